"""Uploads through the API: what exactly may be sent, by whom, once."""

import hashlib
from typing import Any

import pytest

from beeldrecht.domain import intake
from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import derived_id
from tests.fakes.http import Answer
from tests.fakes.samples import OTHER, picture_of
from tests.fakes.staff import Staff, as_

KEY = {"Idempotency-Key": "0123456789abcdef"}
SENDER = as_(Role.CONTRIBUTOR)
EDITOR, OFFICER = as_(Role.EDITOR), as_(Role.PRIVACY_OFFICER)
VIEWER, ADMINISTRATOR, NOBODY = as_(Role.VIEWER), as_(Role.ADMINISTRATOR), as_()
PART = 40_000
LARGE = picture_of() + bytes(2 * PART)
PARTS = tuple(LARGE[at : at + PART] for at in range(0, len(LARGE), PART))


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PART_BYTES", PART)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def order(data: bytes = picture_of(), **changes: Any) -> dict[str, Any]:
    parts = [data[at : at + PART] for at in range(0, len(data), PART)]
    return {
        "file_name": "zomerfeest.jpg",
        "media_type": "image/jpeg",
        "size": len(data),
        "sha256": sha256(data),
        "part_sha256": [sha256(p) for p in parts] if len(parts) > 1 else [],
        **changes,
    }


def asked(staff: Staff, data: bytes = picture_of(), user: Any = SENDER) -> Any:
    answer = staff.post("/v1/uploads", user, order(data), headers=KEY)
    assert answer.status == 201, answer.text
    return answer.json


def sent(staff: Staff, leave: Any, *numbers: int) -> dict[str, Any]:
    """Put these parts, all if none is named; give the body of the completion."""
    upload_id = leave["multipart"]["upload_id"]
    stored = [
        staff.world.originals.put_part(leave["asset_id"], upload_id, n, PARTS[n - 1])
        for n in numbers or range(1, len(PARTS) + 1)
    ]
    parts = [{"number": each.part.number, "etag": each.etag} for each in stored]
    return {"upload_id": upload_id, "parts": parts}


def completed(staff: Staff, asset_id: str, body: Any, user: Any = SENDER) -> Answer:
    return staff.post(f"/v1/uploads/{asset_id}/complete", user, body)


# -- asking ----------------------------------------------------------------------------


def test_a_file_is_announced_as_the_callers_own_and_gets_its_form() -> None:
    staff = Staff()
    answer = staff.post("/v1/uploads", SENDER, order(session_id="5" * 32), headers=KEY)
    asset_id = answer.json["asset_id"]
    assert answer.status == 201
    assert answer.headers["Location"] == f"/v1/uploads/{asset_id}"
    assert answer.json["form"]["fields"]["key"] == f"originals/{asset_id}"
    assert answer.json["form"]["fields"]["sha256"] == sha256(picture_of())
    assert (answer.json["multipart"], answer.json["arrived"]) == (None, False)
    said = staff.world.record(asset_id).announcement
    assert (said.uploader_id, said.session_id) == (SENDER.user_id, "5" * 32)


def test_the_same_key_again_is_about_the_same_picture() -> None:
    staff = Staff()
    first = asked(staff)
    assert asked(staff) == first
    assert len(staff.world.library.rows) == 1


def test_another_persons_same_key_is_about_another_picture() -> None:
    staff = Staff()
    assert asked(staff)["asset_id"] != asked(staff, user=EDITOR)["asset_id"]


def test_the_same_key_for_another_file_is_refused() -> None:
    staff = Staff()
    asked(staff)
    changed = order(sha256=sha256(b"another"))
    answer = staff.post("/v1/uploads", SENDER, changed, headers=KEY)
    assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")
    assert len(staff.world.library.rows) == 1


def test_without_a_key_nothing_is_announced() -> None:
    staff = Staff()
    answer = staff.post("/v1/uploads", SENDER, order())
    assert (answer.status, answer.json["code"]) == (400, "idempotency_key_required")
    assert staff.world.library.rows == {}


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": intake.MAX_BYTES + 1},
        {"sha256": "x"},
        {"media_type": "text/html"},
        {"media_type": "image/svg+xml"},
        {"file_name": ""},
        {"uploader_id": OTHER},
        {"asset_id": OTHER},
        {"part_sha256": ["a" * 64]},
        {"size": PART + 1},
    ],
)
def test_what_is_over_the_edge_announces_nothing(change: dict[str, Any]) -> None:
    staff = Staff()
    answer = staff.post("/v1/uploads", SENDER, order(**change), headers=KEY)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert staff.world.library.rows == {}


@pytest.mark.parametrize("user", [VIEWER, OFFICER, ADMINISTRATOR, NOBODY])
def test_only_who_uploads_may_ask(user: Any) -> None:
    staff = Staff()
    answer = staff.post("/v1/uploads", user, order(), headers=KEY)
    assert (answer.status, answer.json["code"]) == (403, "not_allowed")
    assert staff.world.library.rows == {}


# -- a large file ----------------------------------------------------------------------


def test_a_large_file_goes_in_parts_and_becomes_one_picture() -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    assert leave["form"] is None
    assert [p["number"] for p in leave["multipart"]["parts"]] == [1, 2, 3]
    answer = completed(staff, leave["asset_id"], sent(staff, leave))
    assert (answer.status, answer.json) == (200, {"asset_id": leave["asset_id"]})
    staff.world.receive(leave["asset_id"])
    assert staff.world.record(leave["asset_id"]).status is AssetStatus.RECEIVED


def test_interrupted_it_goes_on_with_what_is_missing() -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    body = sent(staff, leave, 1, 3)
    answer = completed(staff, leave["asset_id"], body)
    assert (answer.status, answer.json["code"]) == (409, "upload_incomplete")
    assert answer.json["missing"] == [2]
    resumed = staff.get(f"/v1/uploads/{leave['asset_id']}", SENDER).json
    assert resumed["multipart"]["upload_id"] == leave["multipart"]["upload_id"]
    assert [p["number"] for p in resumed["multipart"]["parts"]] == [2]
    assert completed(staff, leave["asset_id"], sent(staff, leave)).status == 200
    assert staff.get(f"/v1/uploads/{leave['asset_id']}", SENDER).json["arrived"]


def test_completing_twice_is_completing_once() -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    body = sent(staff, leave)
    answers = [completed(staff, leave["asset_id"], body) for _ in range(2)]
    assert [each.status for each in answers] == [200, 200]
    assert staff.world.originals.reads == []
    version = staff.world.originals.first_version(leave["asset_id"])
    assert version is not None
    assert version.size == len(LARGE)


def test_parts_out_of_order_are_no_request() -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    body = sent(staff, leave)
    body["parts"].reverse()
    assert completed(staff, leave["asset_id"], body).status == 422
    assert not staff.world.originals.exists(leave["asset_id"])


def test_what_was_begun_can_be_given_up() -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    sent(staff, leave)
    upload_id = leave["multipart"]["upload_id"]
    path = f"/v1/uploads/{leave['asset_id']}/parts/{upload_id}"
    assert staff.send("DELETE", path, EDITOR).status == 404
    assert staff.send("DELETE", path, SENDER).status == 200
    assert staff.send("DELETE", path, SENDER).status == 200
    assert staff.world.originals.uploads == {}


# -- whose it is -----------------------------------------------------------------------


def all_of(answer: Answer) -> tuple[int, tuple[tuple[str, str], ...], str]:
    return answer.status, tuple(sorted(answer.headers.items())), answer.text


@pytest.mark.parametrize("user", [EDITOR, VIEWER, OFFICER, ADMINISTRATOR, NOBODY])
def test_somebody_elses_upload_looks_like_none(user: Any) -> None:
    staff = Staff()
    leave = asked(staff, LARGE)
    body, mine, none = sent(staff, leave), leave["asset_id"], derived_id("nothing")
    for method, path, sending in (
        ("GET", "/v1/uploads/{}", None),
        ("POST", "/v1/uploads/{}/complete", body),
        ("DELETE", "/v1/uploads/{}/parts/" + body["upload_id"], None),
    ):
        theirs = staff.send(method, path.format(mine), user, body=sending)
        absent = staff.send(method, path.format(none), user, body=sending)
        assert all_of(theirs) == all_of(absent)
        assert theirs.status == 404
    assert not staff.world.originals.exists(mine)
    assert staff.world.originals.begun_uploads(mine) == (body["upload_id"],)


def test_a_stranger_without_a_token_is_nobody() -> None:
    staff = Staff()
    for method, path in (("POST", "/v1/uploads"), ("GET", f"/v1/uploads/{OTHER}")):
        assert staff.send(method, path, None, body=order()).status == 401
