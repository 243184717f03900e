"""An archive comes in over the deployed system, although the command is killed."""

import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import boto3
import pytest
from rich.console import Console

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import import_id_of
from beeldrecht.domain.intake import original_key
from beeldrecht.domain.sessions import Origin
from cli import buckets
from cli.commands import DONE, NOT_DONE, main
from cli.desk import Desk
from cli.files import Candidate
from cli.sending import OnBytes, Store, post
from local.demo.staff import CONTRIBUTOR
from tests.workflows.way import Way

NAME = "Archive of the test"
BUCKET, FAR = "archive-of-before", "archive-far-away"
NAMES = ("composed/turned-1.jpg", "composed/turned-3.jpg", "composed/turned-5.jpg")


class Killed(BaseException):
    """The command is gone."""


def desk_of(way: Way, store: Store) -> Desk:
    desk = Desk(Console(file=io.StringIO(), width=300), "en", store=store)
    desk.__dict__["api"] = way.staff[CONTRIBUTOR]
    return desk


def test_a_run_that_was_killed_is_gone_on_with_and_nobody_is_looked_for(
    way: Way, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "archive"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(photos / name, folder / Path(name).name)
    (folder / "words.csv").write_text("path,title\nturned-1.jpg,Market\n")
    computed = way.templates_computed()
    typed = (
        *("import", str(folder), "--csv", str(folder / "words.csv")),
        *("--name", NAME, "--origin", "own_picture"),
    )
    count = 0

    def dying(form: Mapping[str, Any], file: Candidate, on_bytes: OnBytes) -> None:
        nonlocal count
        count += 1
        post(form, file, on_bytes)
        if count == 2:
            raise Killed

    with pytest.raises(Killed):
        main((*typed, "--at-once", "1"), desk_of(way, replace(Store(), post=dying)))
    mine = str(way.staff[CONTRIBUTOR].get("/v1/me")["user_id"])
    api = way.staff[CONTRIBUTOR]
    place = f"/v1/imports/{import_id_of(mine, NAME)}"
    ids = [each["asset_id"] for each in api.each(f"{place}/files", "items")]
    assert len(ids) == 3
    for asset_id in ids[:2]:
        way.object_event(asset_id)  # S3 says it again, before or after it arrived
    assert main(typed, desk_of(way, Store())) == DONE
    records = [way.settled(asset_id) for asset_id in ids]
    assert api.get(place)["announced"] == 3
    assert {each.announcement.origin for each in records} == {Origin.ARCHIVE}
    assert AssetStatus.REJECTED not in {each.status for each in records}
    assert [each.description.title for each in records].count("Market") == 1
    assert sum(each.face_count or 0 for each in records) > 0
    assert way.templates_computed() == computed
    assert main(typed, desk_of(way, Store())) == DONE
    assert api.delete(place)["state"] == "import_stopped"
    assert main(typed, desk_of(way, Store())) == NOT_DONE


def test_an_archive_in_a_bucket_comes_in_and_is_counted(
    way: Way, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BEELDRECHT_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    s3 = way.cloud.client("s3")
    here: Any = {"LocationConstraint": "eu-central-1"}
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=here)
    far = boto3.client(
        "s3",
        region_name="eu-west-1",
        endpoint_url=way.cloud.endpoint,
        aws_access_key_id=way.cloud.env["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=way.cloud.env["AWS_SECRET_ACCESS_KEY"],
    )
    there: Any = {"LocationConstraint": "eu-west-1"}
    far.create_bucket(Bucket=FAR, CreateBucketConfiguration=there)
    data = (photos / "composed/alone.jpg").read_bytes()
    for key, body in (
        ("2009/a.jpg", data),
        ("2009/b/c.jpg", data + b"\0"),
        ("2009/broken.jpg", b"\xff\xd8\xff no picture at all"),
        ("2009/words.csv", b"path,title\na.jpg,Market\n"),
    ):
        s3.put_object(Bucket=BUCKET, Key=key, Body=body)
    place = f"s3://{BUCKET}/2009"
    words = ("--csv", f"{place}/words.csv", "--report", "all.json")
    monkeypatch.setattr(buckets, "_client", lambda: s3)
    desk = desk_of(way, Store())
    assert main(("import", f"s3://{FAR}"), desk) == NOT_DONE
    assert main(("import", place, *words, "--wait"), desk) == DONE
    report = json.loads(Path("all.json").read_text())
    told = {each["path"]: each for each in report["files"]}
    assert {each["state"] for each in told.values()} == {"sent"}
    record = way.deployed.library.record(told["a.jpg"]["asset_id"])
    assert record is not None
    assert record.description.title == "Market"
    (view,) = (
        each
        for each in way.staff[CONTRIBUTOR].get("/v1/imports")["items"]
        if each["name"] == "2009"
    )
    counts = view["counts"]
    assert counts["embargoed"] + counts["ready"] == 2
    assert (counts["announced"], counts["rejected"], counts["open"]) == (3, 1, 0)
    assert main(("import", place, *words), desk) == NOT_DONE  # one file is no picture
    # What comes past the forms and is not what was announced is looked for, and refused.
    other = {
        "path": "2009/d.jpg",
        "file_name": "d.jpg",
        "media_type": "image/jpeg",
        "size": len(data) + 2,
        "sha256": hashlib.sha256(data + b"\1\1").hexdigest(),
    }
    files = f"/v1/imports/{view['import_id']}/files"
    (answer,) = way.staff[CONTRIBUTOR].post(files, {"files": [other]}, repeatable=True)[
        "files"
    ]
    key = original_key(answer["asset_id"])
    s3.put_object(Bucket=way.deployed["OriginalsBucket"], Key=key, Body=data)
    rejection = way.settled(answer["asset_id"]).rejection
    assert rejection is not None
    assert rejection.reason == "not_as_announced"


def test_doctor_looks_at_all_of_a_deployment(way: Way) -> None:
    out = io.StringIO()
    desk = Desk(Console(file=out, width=10_000), "en", find=lambda: way.deployed)
    assert main(("doctor", "--json"), desk) == DONE
    told = json.loads(out.getvalue())
    amiss = {each["what"] for each in told["checks"] if each["level"] != "ok"}
    assert amiss <= {"quota: functions side by side"}  # the local cloud's own
    kinds = {each["what"].split()[0].rstrip(":") for each in told["checks"]}
    assert kinds >= {"Region", "table", "bucket", "log", "function", "role", "mail"}
