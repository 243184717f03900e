"""What nobody waits for: work that stood still, decisions that aged, the hourly proof.

The clock starts these. Here they are started by hand, on records whose dates were set
back, so that each does for once what it is there for, with its own rights alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters import keys
from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import AssetRecord
from cli.stack import Deployed
from tests.fakes.http import Answer, request
from tests.fakes.staff import as_
from tests.workflows.way import Way, until

EDITS = as_(Role.EDITOR, Role.CONTRIBUTOR)


@pytest.fixture(scope="module")
def picture(way: Way, photos: Path) -> str:
    asset_id = way.upload(photos / "biden.jpg")
    way.settled(asset_id)
    return asset_id


def put_back(
    way: Way, asset_id: str, status: AssetStatus, *, hours: float = 1, attempts: int = 0
) -> None:
    """Have a record say that it waits like this, for so long, after so many tries."""
    since = datetime.now(UTC) - timedelta(hours=hours)
    way.cloud.client("dynamodb").update_item(
        TableName=way.deployed["LibraryTable"],
        Key={"pk": {"S": keys.asset(asset_id)}, "sk": {"S": keys.META}},
        UpdateExpression="SET #s = :status, gsi2pk = :work, gsi2sk = :since, #a = :tries",
        ExpressionAttributeNames={"#s": "status", "#a": "attempts"},
        ExpressionAttributeValues={
            ":status": {"S": status},
            ":work": {"S": keys.work(status)},
            ":since": {"S": since.isoformat(timespec="microseconds")},
            ":tries": {"N": str(attempts)},
        },
    )


def decided(way: Way, asset_id: str) -> AssetRecord:
    """Wait until it was decided on again, with nothing in the queues."""

    def look() -> AssetRecord | None:
        record = way.deployed.library.record(asset_id)
        over = record is not None and record.status is AssetStatus.EMBARGOED
        return record if over else None

    found = until(look, f"asset {asset_id} to be decided on again")
    way.quiet()
    return found


def staff(deployed: Deployed, method: str, path: str, **sent: Any) -> Answer:
    """Ask the staff's function as its API would."""
    answer = deployed.invoke("StaffApi", request(method, path, user=EDITS, **sent))
    return Answer(answer["statusCode"], answer["headers"], answer.get("body") or "")


@pytest.mark.parametrize(
    "status", [AssetStatus.EXPECTED, AssetStatus.RECEIVED, AssetStatus.EXAMINED]
)
def test_what_stood_still_is_pushed_on_from_where_it_stood(
    way: Way, picture: str, status: AssetStatus
) -> None:
    put_back(way, picture, status)
    assert way.deployed.invoke("ReconcileUploads", {})["pushed"] == 1
    decided(way, picture)


def test_what_was_pushed_in_vain_is_given_up_and_a_person_tries_again(
    way: Way, picture: str
) -> None:
    put_back(way, picture, AssetStatus.RECEIVED, attempts=3)
    assert way.deployed.invoke("ReconcileUploads", {})["given_up"] == 1
    record = way.deployed.library.record(picture)
    assert record is not None
    assert record.rejection is not None
    assert record.rejection.reason == "processing_failed"
    answer = staff(way.deployed, "POST", f"/v1/assets/{picture}/retry")
    assert answer.status == 202, answer.text
    decided(way, picture)


def test_an_object_whose_event_was_lost_is_found(way: Way) -> None:
    asset_id = new_id()
    with nobody_listening(way):
        way.cloud.client("s3").put_object(
            Bucket=way.deployed["OriginalsBucket"], Key=f"originals/{asset_id}", Body=b"x"
        )
        lose_what_waits(way)
    assert way.deployed.invoke("ReconcileUploads", {})["unrecorded"] == 1
    record = way.settled(asset_id)
    assert record.rejection is not None
    assert record.rejection.reason == "unannounced"


def lose_what_waits(way: Way) -> None:
    """Wait for the event to be in the queue, and throw it away."""
    sqs, queue = way.cloud.client("sqs"), way.deployed["UploadsQueueUrl"]
    counted = ["ApproximateNumberOfMessages"]

    def there() -> bool | None:
        found = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=counted)
        return found["Attributes"]["ApproximateNumberOfMessages"] != "0" or None

    until(there, "the event to be in the queue")
    sqs.purge_queue(QueueUrl=queue)


@contextmanager
def nobody_listening(way: Way) -> Iterator[None]:
    """Leave what comes into the queue of uploads there."""
    functions = way.cloud.client("lambda")
    name = way.deployed["ReceiveUploadFunction"]
    [source] = functions.list_event_source_mappings(FunctionName=name)[
        "EventSourceMappings"
    ]
    functions.update_event_source_mapping(UUID=source["UUID"], Enabled=False)
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=source["UUID"], Enabled=True)


def test_a_decision_that_has_aged_is_taken_anew(way: Way, picture: str) -> None:
    put_back(way, picture, AssetStatus.EMBARGOED)
    assert way.deployed.invoke("SweepDecisions", {})["count"] >= 1

    def no_longer_due() -> bool | None:
        due = way.deployed.library.due([AssetStatus.EMBARGOED], datetime.now(UTC))
        return picture not in set(due) or None

    until(no_longer_due, "the decision to be taken anew")


def test_r16_the_log_is_vouched_for_once_an_hour(way: Way, picture: str) -> None:
    first = way.deployed.invoke("CheckpointAudit", {})
    again = way.deployed.invoke("CheckpointAudit", {})
    assert first["number"] >= 1
    assert again["number"] in {first["number"], first["number"] + 1}


def test_somebody_is_let_near_a_collection_and_no_more(deployed: Deployed) -> None:
    made = staff(
        deployed,
        "POST",
        "/v1/collections",
        body={"title": "Zomerfeest", "restricted": False},
        headers={"Idempotency-Key": new_id()},
    )
    assert made.status == 201, made.text
    path = f"/v1/collections/{made.json['collection_id']}/members/{new_id()}"
    seen = {"If-Match": made.headers["ETag"]}
    let_near = staff(deployed, "PUT", path, body={"role": "viewer"}, headers=seen)
    assert let_near.status == 200, let_near.text
    seen = {"If-Match": let_near.headers["ETag"]}
    gone = staff(deployed, "DELETE", path, headers=seen)
    assert gone.status == 200, gone.text
    assert path.rpartition("/")[2] not in gone.text
