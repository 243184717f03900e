"""The audit log of the deployed system: verified from outside, and by its own hours.

It comes after the others by name, so that it verifies what all of them left behind.
"""

import io
from pathlib import Path

import pytest
from botocore.exceptions import ClientError
from rich.console import Console

from beeldrecht.domain.audit import shard_of
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import AuditFindingId
from beeldrecht.domain.messages import words
from cli.commands import main
from cli.desk import Desk
from local.demo.staff import OFFICER
from tests.workflows.way import Way


@pytest.fixture(scope="module")
def picture(way: Way, photos: Path) -> str:
    asset_id = way.upload(photos / "biden.jpg")
    way.settled(asset_id)
    way.quiet()
    return asset_id


def command(way: Way, *arguments: str) -> tuple[int, str]:
    """What an operator types, and what it says."""
    printed = io.StringIO()
    out = Console(file=printed, width=200, force_terminal=False)
    code = main(arguments, Desk(out, "en", find=lambda: way.deployed))
    return code, printed.getvalue()


def test_r16_the_log_of_everything_so_far_is_whole_and_vouched_for(
    way: Way, picture: str, tmp_path: Path
) -> None:
    kept = way.deployed.invoke("CheckpointAudit", {})
    assert kept["broken"] == []
    copy = tmp_path / "log.jsonl"
    code, said = command(way, "audit", "verify", "--keep", str(copy))
    assert code == 0, said
    assert "The log is whole" in said
    code, said = command(way, "audit", "verify", "--file", str(copy))
    assert code == 0, said


def test_r16_a_checkpoint_cannot_be_removed_before_its_time(
    way: Way, picture: str
) -> None:
    way.deployed.invoke("CheckpointAudit", {})
    s3, bucket = way.cloud.client("s3"), way.deployed["CheckpointsBucket"]
    before = way.deployed.checkpoints.all()
    [version, *_] = s3.list_object_versions(Bucket=bucket)["Versions"]
    named = {"Key": version["Key"], "VersionId": version["VersionId"]}
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.delete_object(Bucket=bucket, **named)
    s3.put_object(Bucket=bucket, Key=version["Key"], Body=b"{}")
    s3.delete_object(Bucket=bucket, Key=version["Key"])
    assert way.deployed.checkpoints.all() == before


def test_r16_what_the_officer_searches_for_is_found_and_the_look_is_on_record(
    way: Way, picture: str
) -> None:
    found = way.staff[OFFICER].get("/v1/audit", subject=picture)
    tags = [item["tag"] for item in found["items"]]
    assert tags[-1] == "intake:asset:receive"
    again = way.staff[OFFICER].get("/v1/audit", subject=picture)
    assert again["items"][0]["tag"] == "api:audit:search"
    taken = way.staff[OFFICER].get("/v1/audit/export", subject=picture)
    assert taken.body.splitlines()[0].startswith('"chain","number"')


def test_r16_an_entry_that_somebody_with_the_table_changed_is_named(
    way: Way, picture: str
) -> None:
    """With a put, which the table's policy cannot tell from that of a new entry."""
    way.deployed.invoke("CheckpointAudit", {})
    tables, table = way.cloud.client("dynamodb"), way.deployed["AuditTable"]
    shard = shard_of(picture)
    key = {"pk": {"S": f"CHAIN#{shard}"}, "sk": {"S": "ENTRY#000000000001"}}
    item = tables.get_item(TableName=table, Key=key)["Item"]
    # The shard's first entry may be of whatever came first, of the system itself too.
    others = "system" if item["actor"]["S"] != "system" else "staff:nobody"
    tables.put_item(TableName=table, Item={**item, "actor": {"S": others}})
    try:
        code, said = command(way, "audit", "verify")
        findings = verify(way.deployed.audit_reader.chains()).findings
    finally:
        tables.put_item(TableName=table, Item=item)  # others come after
    assert code == 1
    assert words(AuditFindingId.CHANGED, "en").split(".")[0] in said
    assert [(f.shard, f.first) for f in findings] == [(shard, 1)]
