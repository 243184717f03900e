"""What is said of pictures through the API: by whom, previewed, undone, refused."""

from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.metadata import LIMITS, Metadata
from tests.fakes.http import Answer
from tests.fakes.samples import EDITOR, OTHER, PICTURE, UPLOADER
from tests.fakes.scenes import ready, released
from tests.fakes.staff import Staff, as_

WHO = as_(Role.EDITOR, user_id=EDITOR)
HERE = f"/v1/assets/{PICTURE}/metadata"
EDITS = "/v1/metadata/edits"
KEY = {"Idempotency-Key": "0123456789abcdef"}
FAIR = {"values": {"title": "Fair"}, "add": {"keywords": ["fair"]}}


def change(staff: Staff, body: Any, user: Any = WHO) -> Answer:
    tag = f'"{staff.world.record().revision}"'
    return staff.send("PATCH", HERE, user, body=body, headers={"If-Match": tag})


def edit(staff: Staff, body: Any, key: str = KEY["Idempotency-Key"], **more: Any) -> Any:
    sent = {"asset_ids": [PICTURE], **body}
    return staff.post(EDITS, WHO, sent, headers={"Idempotency-Key": key}, **more)


def said(staff: Staff) -> Metadata:
    return staff.world.record().description


def test_what_the_file_said_is_read_and_said_otherwise_under_its_tag() -> None:
    staff = Staff(ready())
    before = said(staff)
    read = staff.get(HERE, WHO)
    assert read.json["said"]["title"] == before.title
    assert read.headers["ETag"] == f'"{staff.world.record().revision}"'
    answer = change(staff, FAIR)
    assert (answer.status, answer.json["said"]["title"]) == (200, "Fair")
    assert said(staff).caption == before.caption
    stale = staff.send("PATCH", HERE, WHO, body=FAIR, headers={"If-Match": '"1"'})
    assert stale.status == 412
    tags = [e.tag for e in staff.world.audit.entries(PICTURE)]
    assert tags.count("api:metadata:change") == 1


def test_what_is_decided_stays_decided() -> None:
    staff = Staff(released())
    assert staff.world.record().settled
    assert change(staff, FAIR).status == 200
    assert staff.world.record().settled


def test_an_uploader_describes_their_own_and_a_viewer_nothing() -> None:
    staff = Staff(released())
    assert change(staff, FAIR, as_(Role.CONTRIBUTOR, user_id=UPLOADER)).status == 200
    for user in (as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.PRIVACY_OFFICER)):
        assert change(staff, FAIR, user).status in {403, 404}


def test_a_preview_shows_both_and_changes_nothing() -> None:
    staff = Staff(ready())
    before, entries = said(staff), len(list(staff.world.audit.entries(PICTURE)))
    answer = edit(staff, FAIR, query={"preview": "true"})
    (item,) = answer.json["items"]
    assert (answer.json["edit_id"], item["changes"]) == (None, True)
    assert (item["before"]["title"], item["after"]["title"]) == (before.title, "Fair")
    assert said(staff) == before
    assert len(list(staff.world.audit.entries(PICTURE))) == entries


def test_an_edit_counts_once_and_is_taken_back() -> None:
    staff = Staff(ready())
    before = said(staff)
    first, second = edit(staff, FAIR), edit(staff, FAIR)
    assert first.status == second.status == 201
    assert first.json["edit_id"] == second.json["edit_id"]
    assert said(staff).title == "Fair"
    undo = f"{EDITS}/{first.json['edit_id']}"
    assert staff.delete(undo, WHO).status == 200
    assert said(staff) == before
    assert staff.delete(undo, WHO).json["items"] == []


def test_what_somebody_changed_since_is_named_and_nothing_is_taken_back() -> None:
    staff = Staff(ready())
    made = edit(staff, FAIR).json["edit_id"]
    change(staff, {"values": {"title": "Market"}})
    refused = staff.delete(f"{EDITS}/{made}", WHO)
    assert (refused.status, refused.json["asset_ids"]) == (409, [PICTURE])
    assert refused.json["reason"] == "metadata_changed_since"
    assert said(staff).title == "Market"


def test_a_collection_is_edited_as_a_whole() -> None:
    staff = Staff(ready())
    fair = derived_id("test", "fair")
    members = {EDITOR: Role.EDITOR}
    staff.services.collections.collections[fair] = Collection(
        fair, "Fair", False, members, revision=1
    )
    body = {**FAIR, "asset_ids": [], "collection_id": fair}
    assert edit(staff, body).json["reason"] == "nothing_to_change"
    record = staff.world.record()
    staff.world.library.collect(record, frozenset({fair}))
    answer = edit(staff, body, key="fedcba9876543210")
    assert [i["asset_id"] for i in answer.json["items"]] == [PICTURE]
    assert said(staff).title == "Fair"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({}, "nothing_to_change"),
        ({"values": {"title": "x" * (LIMITS["title"] + 1)}}, "words_too_long"),
        ({"values": {"title": "hidden\u202e"}}, "words_not_plain"),
        ({"values": {"captured_at": "summer"}}, "no_such_date"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(
    body: dict[str, Any], reason: str
) -> None:
    staff = Staff(ready())
    before = said(staff)
    for answer in (change(staff, body), edit(staff, body)):
        assert (answer.status, answer.json["reason"]) == (409, reason)
    assert said(staff) == before


def test_an_edit_that_names_what_is_not_there_changes_nothing() -> None:
    staff = Staff(ready())
    before = said(staff)
    assert edit(staff, {**FAIR, "asset_ids": [PICTURE, OTHER]}).status == 404
    assert said(staff) == before
    assert staff.delete(f"{EDITS}/{OTHER}", WHO).status == 404
