"""The registers through the API: written, read, signed and revoked by name."""

from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.governance import FORMS, RegisterKind, digest
from beeldrecht.domain.shipped_activities import shipped_activities
from tests.fakes.http import Answer
from tests.fakes.registers import ORDER, TEXT
from tests.fakes.samples import BOB, NOON
from tests.fakes.staff import Staff, as_

OFFICER = as_(Role.PRIVACY_OFFICER)
SECOND = as_(Role.PRIVACY_OFFICER, user_id=BOB)
EDITOR = as_(Role.EDITOR)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
KEY = {"Idempotency-Key": "k" * 32}
LAST_DAY = "2027-01-31"
SHIPPED = shipped_activities()[0].record_id


def create(staff: Staff, body: Any = ORDER, user: User = OFFICER) -> Answer:
    return staff.post("/v1/governance", user, body, headers=KEY)


def change(staff: Staff, record_id: str, body: Any, seen: int) -> Answer:
    path = f"/v1/governance/{record_id}/versions"
    return staff.post(path, OFFICER, body, headers={"If-Match": f'"{seen}"'})


def read(staff: Staff, record_id: str, user: User = OFFICER) -> Any:
    answer = staff.get(f"/v1/governance/{record_id}", user)
    assert answer.status == 200
    return answer.json


def sign(staff: Staff, record_id: str, user: User = OFFICER, **changes: Any) -> Answer:
    latest = read(staff, record_id)["versions"][-1]
    body = {
        "version": latest["version"],
        "sha256": latest["sha256"],
        "last_day": LAST_DAY,
        **changes,
    }
    return staff.post(f"/v1/governance/{record_id}/signature", user, body)


def revoke(
    staff: Staff, record_id: str, why: str = "The risk changed.", user: User = OFFICER
) -> Answer:
    path = f"/v1/governance/{record_id}/revocation"
    return staff.post(path, user, {"reason": why})


def test_a_record_is_begun_once_and_is_a_draft_that_holds_nothing() -> None:
    staff = Staff()
    first, second = create(staff), create(staff)
    assert (first.status, first.json) == (201, second.json)
    made = first.json
    assert (made["state"], made["holds_until"]) == ("record_draft", None)
    assert made["open_questions"] == []
    assert made["affordances"] == [
        "governance:change",
        "governance:read",
        "governance:sign",
    ]
    [record] = staff.world.governance.records.values()
    assert made["versions"][0]["sha256"] == digest(record.latest)
    (entry,) = staff.world.audit.entries(record.record_id)
    assert (entry.tag, entry.actor) == ("api:record:write", OFFICER.user_id)
    assert dict(entry.data) == {"version": "1"}


def test_a_record_is_signed_by_what_was_read_and_holds_through_its_last_day() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    signed = sign(staff, record_id)
    assert (signed.status, signed.json["state"]) == (201, "record_signed")
    assert signed.json["holds_until"] == "2027-01-31T23:00:00Z"
    [signature] = signed.json["signatures"]
    assert signature["signed_by"] == OFFICER.user_id
    assert signature["last_day"] == LAST_DAY
    # The same again changes nothing; another day is a signature of its own.
    assert sign(staff, record_id).json == signed.json
    again = sign(staff, record_id, last_day="2027-02-01")
    assert (again.status, again.json["reason"]) == (409, "record_signed_before")
    other = sign(staff, record_id, SECOND)
    assert (other.status, other.json["reason"]) == (409, "record_signed_before")


def test_what_was_not_read_is_not_signed() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    unread = sign(staff, record_id, sha256="0" * 64)
    assert (unread.status, unread.json["code"]) == (412, "changed_meanwhile")
    early = sign(staff, record_id, version=2)
    assert early.json["reason"] == "record_not_the_latest"
    assert read(staff, record_id)["state"] == "record_draft"


@pytest.mark.parametrize(
    ("last_day", "reason"),
    [("2026-05-31", "record_day_over"), ("2030-01-01", "record_day_too_far")],
)
def test_a_day_that_is_over_or_too_far_is_refused(last_day: str, reason: str) -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    refused = sign(staff, record_id, last_day=last_day)
    assert (refused.status, refused.json["reason"]) == (409, reason)


def test_a_form_with_open_questions_is_kept_and_not_signed() -> None:
    staff = Staff()
    some = {"form_risks": "Somebody is taken for somebody else."}
    made = create(staff, {**ORDER, "answers": some}).json
    assert len(made["open_questions"]) == len(FORMS[RegisterKind.DPIA]) - 1
    assert "form_risks" not in [each["field"] for each in made["open_questions"]]
    refused = sign(staff, made["record_id"])
    assert (refused.status, refused.json["reason"]) == (409, "form_not_complete")


def test_a_form_takes_no_answer_to_what_it_does_not_ask() -> None:
    staff = Staff()
    refused = create(staff, {**ORDER, "answers": {"form_party": "A hosting firm"}})
    assert (refused.status, refused.json["reason"]) == (409, "form_other_question")
    assert staff.world.governance.records == {}


def test_the_next_version_leaves_what_was_signed_until_it_is_signed_too() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    sign(staff, record_id)
    added = change(staff, record_id, {**TEXT, "title": "Anew"}, 1)
    assert (added.status, added.headers["ETag"]) == (201, '"2"')
    assert added.json["state"] == "record_signed"
    assert added.json["holds_until"] == "2027-01-31T23:00:00Z"
    assert [each["title"] for each in added.json["versions"]] == [TEXT["title"], "Anew"]
    stale = change(staff, record_id, TEXT, 1)
    assert stale.json["code"] == "changed_meanwhile"
    staff.world.at += timedelta(hours=1)
    again = sign(staff, record_id, last_day="2026-07-01")
    assert again.json["holds_until"] == "2026-07-01T22:00:00Z"
    assert len(again.json["signatures"]) == 2


def test_a_revoked_record_holds_no_more_and_stays_as_it_is() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    assert revoke(staff, record_id).json["reason"] == "record_never_signed"
    sign(staff, record_id)
    gone = revoke(staff, record_id)
    assert (gone.status, gone.json["state"]) == (201, "record_revoked")
    assert gone.json["revocation"]["reason"] == "The risk changed."
    assert gone.json["affordances"] == ["governance:read"]
    assert revoke(staff, record_id).json == gone.json
    for refused in (
        revoke(staff, record_id, user=SECOND),
        change(staff, record_id, TEXT, 1),
        sign(staff, record_id, last_day="2027-02-01"),
    ):
        assert (refused.status, refused.json["reason"]) == (409, "record_was_revoked")


def test_signing_and_revoking_need_a_recent_sign_in_and_writing_does_not() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    latest = read(staff, record_id)["versions"][-1]
    order = {"version": 1, "sha256": latest["sha256"], "last_day": LAST_DAY}
    staff.world.at += timedelta(hours=2)
    path = f"/v1/governance/{record_id}"
    for end, body in (("signature", order), ("revocation", {"reason": "It changed."})):
        stale = staff.post(f"{path}/{end}", OFFICER, body, fresh=False)
        assert (stale.status, stale.json["code"]) == (403, "sign_in_again")
    shown = staff.get(path, OFFICER, fresh=False).json
    assert "governance:sign" in shown["affordances"]


def test_editors_read_what_a_basis_refers_to_and_write_nothing() -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    assert read(staff, record_id, EDITOR)["affordances"] == ["governance:read"]
    assert create(staff, user=EDITOR).status == 403
    for end, body in (("signature", {}), ("revocation", {"reason": "No."})):
        answer = staff.post(f"/v1/governance/{record_id}/{end}", EDITOR, body)
        assert answer.status in {404, 422}


@pytest.mark.parametrize("user", OTHERS)
def test_others_are_told_of_no_register(user: User) -> None:
    staff = Staff()
    record_id = create(staff).json["record_id"]
    assert staff.get("/v1/governance", user, query={"kind": "dpia"}).status == 403
    hidden = staff.get(f"/v1/governance/{record_id}", user)
    never = staff.get(f"/v1/governance/{'0' * 32}", user)
    assert (hidden.status, hidden.json) == (404, never.json)


def test_a_register_lists_its_own_with_its_form_page_by_page() -> None:
    staff = Staff()
    made = []
    for n in range(3):
        staff.world.at = NOON + timedelta(minutes=n)
        body = {**ORDER, "title": f"Number {n}"}
        headers = {"Idempotency-Key": f"{n}" * 32}
        made.append(staff.post("/v1/governance", OFFICER, body, headers=headers).json)
    query = {"kind": "dpia", "limit": "2"}
    first = staff.get("/v1/governance", OFFICER, query=query).json
    query["cursor"] = first["cursor"]
    second = staff.get("/v1/governance", OFFICER, query=query).json
    titles = [each["title"] for page in (first, second) for each in page["items"]]
    assert titles == ["Number 0", "Number 1", "Number 2"]
    assert second["cursor"] is None
    asked = [each["field"] for each in first["form"]["questions"]]
    assert asked == list(FORMS[RegisterKind.DPIA])
    assert first["affordances"] == ["governance:create"]
    empty = staff.get("/v1/governance", OFFICER, query={"kind": "sub_processor"}).json
    assert empty["items"] == []


def test_r15_the_record_of_processing_is_never_empty_and_is_taken_over_by_name() -> None:
    staff = Staff()
    query = {"kind": "processing_activity"}
    told = staff.get("/v1/governance", OFFICER, query=query).json["items"]
    assert len(told) == len(shipped_activities())
    assert {each["version"] for each in told} == {0}
    shown = read(staff, SHIPPED)
    assert shown["open_questions"] == []
    # It is nobody's until somebody writes it: nothing is there to sign.
    assert "governance:sign" not in shown["affordances"]
    assert sign(staff, SHIPPED).status == 422
    own = {"title": "Our pictures", "answers": shown["versions"][0]["answers"]}
    taken = change(staff, SHIPPED, own, 0)
    assert (taken.status, taken.headers["ETag"]) == (201, '"1"')
    assert sign(staff, SHIPPED).json["state"] == "record_signed"
    again = staff.get("/v1/governance", OFFICER, query=query).json["items"]
    assert len(again) == len(told)
    assert [e["title"] for e in again if e["record_id"] == SHIPPED] == ["Our pictures"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_activity_that_is_shipped_answers_its_whole_form(language: str) -> None:
    for each in shipped_activities(language):
        assert set(each.latest.answers) == set(FORMS[RegisterKind.PROCESSING_ACTIVITY])
        assert all(text.strip() for text in each.latest.answers.values())


@pytest.mark.parametrize(
    "wrong",
    [
        {**ORDER, "kind": "wish"},
        {**ORDER, "title": " "},
        {**ORDER, "answers": {"form_risks": ""}},
        {**ORDER, "answers": {"form_wishes": "Jan Jansen"}},
        {**ORDER, "signed_by": "Jan Jansen"},
    ],
)
def test_what_is_no_record_is_refused_without_being_quoted(wrong: Any) -> None:
    answer = create(Staff(), wrong)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "Jansen" not in answer.text
