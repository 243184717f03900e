"""Requests that staff enter, check, put off and lift (R7, R10), and their register."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from api.staff_api.routes import subject_requests
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.audit import Entry
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.domain.subject_requests import SubjectRequestKind, due_at
from beeldrecht.domain.time import midnight
from tests.fakes.asked import noted
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, NOON, OTHER, PICTURE, face_id
from tests.fakes.staff import as_
from tests.unit.api.test_subject_requests_routes import EDITS, OVERSEES, PATH, WHY, Both

DETAILS = "Dat ben ik niet."
RESTRICTION: dict[str, Any] = {"kind": "restriction", "received": "asked_at_counter"}
WRONG: dict[str, Any] = {
    "kind": "rectification",
    "received": "asked_by_phone",
    "asset_id": PICTURE,
}


@pytest.fixture
def both() -> Both:
    return Both()


def shown(both: Both, request_id: str) -> Any:
    return both.staff.get(f"{PATH}/{request_id}", OVERSEES).json


def reached(both: Both) -> None:
    """Ann has an address at which mail arrives."""
    contact, keys = Contact("ann@example.org", "nl"), both.staff.world.keys
    both.staff.services.contacts.put(ANN, contact, keys, noted(ANN, "contact"))


def last_entry(both: Both) -> Entry:
    return list(both.staff.world.audit.entries(ANN))[-1]


def who(both: Both) -> AppearanceStatus:
    """What is said of the face in the picture."""
    found = both.staff.world.library.picture(PICTURE)
    assert found is not None
    appearance: Appearance
    (appearance,) = found[2]
    return appearance.status


# -- entering ----------------------------------------------------------------------------


def test_r07_the_clock_of_a_letter_runs_from_the_day_it_reached_us(both: Both) -> None:
    answer = both.enter(asked_day="2026-05-20", details=DETAILS)
    assert answer.status == 201
    asked = midnight(NOON.date().replace(month=5, day=20))
    told = answer.json
    assert told["asked_at"] == asked.isoformat().replace("+00:00", "Z")
    assert told["due_at"] == due_at(asked).isoformat().replace("+00:00", "Z")
    assert (told["received"], told["entered_by"]) == ("asked_by_letter", OVERSEES.user_id)
    assert (told["identity"], told["details"]) == ("not_checked", DETAILS)
    entry = last_entry(both)
    assert (entry.tag, entry.actor) == ("api:rights:enter", OVERSEES.user_id)
    assert entry.data["identity"] == "not_checked"
    assert DETAILS not in str(entry)
    # Whoever another asked for hears of it, where mail reaches them.
    assert both.mails() == [MailKind.REQUEST_RECEIVED]
    [listed] = both.staff.get(PATH, OVERSEES).json["items"]
    assert listed["details"] is None


def test_what_reached_us_today_stands_at_the_instant_it_was_entered(both: Both) -> None:
    told = both.enter(asked_day="2026-06-01").json
    assert told["asked_at"] == NOON.isoformat().replace("+00:00", "Z")
    refused = both.enter(asked_day="2026-06-02", key="another-key-of-mine")
    assert refused.status == 422
    assert refused.json["errors"] == [
        {"where": ["body", "asked_day"], "rule": "date_in_the_past"}
    ]


def test_entered_twice_under_one_key_it_is_one_request(both: Both) -> None:
    first = both.enter()
    both.staff.world.at += timedelta(minutes=5)
    again = both.enter()
    assert (again.status, again.json) == (201, first.json)
    other = both.enter(details=DETAILS)
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")
    assert both.enter(key="short").json["code"] == "idempotency_key_required"
    assert len(both.staff.services.subject_requests.requests) == 1


def test_while_one_waits_the_same_is_not_entered_beside_it(both: Both) -> None:
    both.ask("erasure")
    refused = both.enter()
    assert (refused.status, refused.json["reason"]) == (409, "request_open_already")
    # Of corrections there can be several.
    for key in ("a-key-of-sixteen1", "a-key-of-sixteen2"):
        assert both.enter(key=key, **WRONG).status == 201


@pytest.mark.parametrize("kind", ["restriction", "objection"])
@pytest.mark.parametrize("user", [EDITS, OVERSEES])
def test_r10_a_freeze_that_is_entered_counts_from_that_instant_on(
    both: Both, kind: str, user: User
) -> None:
    assert both.leaves()
    answer = both.enter(user, **{**RESTRICTION, "kind": kind, "asked_day": "2026-05-01"})
    assert answer.status == 201
    assert not both.leaves()
    [freeze] = both.staff.world.register.facts([ANN]).restrictions
    assert (freeze.period.start, freeze.period.end) == (NOON, None)
    assert freeze.kind == {"restriction": "restricted", "objection": "objected"}[kind]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "rectification"},
        {"kind": "erasure", "asset_id": PICTURE},
        {"kind": "rectification", "details": DETAILS, "face_id": new_id()},
        {"received": "asked_on_page"},
        {"identity": "came_by_own_link"},
        {"details": "Ne\u202een"},
    ],
)
def test_what_makes_no_sense_is_not_entered(both: Both, body: dict[str, Any]) -> None:
    assert both.enter(**body).status == 422
    assert both.staff.services.subject_requests.requests == {}


def test_nothing_is_entered_for_nobody_or_for_somebody_who_was_erased(
    both: Both,
) -> None:
    assert both.enter(person_id=new_id()).status == 404
    both.staff.world.keys.destroy(ANN)
    assert both.enter().status == 404


OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]


@pytest.mark.parametrize("user", OTHERS)
def test_nobody_else_enters_anything(both: Both, user: User) -> None:
    there, nowhere = both.enter(user), both.enter(user, person_id=new_id())
    assert (there.status, there.text) == (404, nowhere.text)
    assert both.leaves()


def test_an_editor_who_enters_a_request_reads_no_other(both: Both) -> None:
    answer = both.enter(EDITS, **RESTRICTION)
    assert answer.json["affordances"] == []
    request_id = answer.json["subject_request_id"]
    assert both.staff.get(f"{PATH}/{request_id}", EDITS).status == 404
    for act, body in ACTS.items():
        assert both.do(request_id, act, body, EDITS).status == 404


ACTS: dict[str, dict[str, Any]] = {
    "identity": {"identity": "document_was_seen"},
    "extension": {"months": 1, "reason": WHY},
    "decision": {"outcome": "upheld", "reason": WHY},
    "lift": {"reason": WHY, "told": "told_by_phone"},
}

# -- who asks ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["export", "erasure"])
def test_a_copy_or_an_erasure_is_granted_only_to_somebody_who_was_checked(
    both: Both, kind: str
) -> None:
    request_id = both.entered(kind=kind)
    assert shown(both, request_id)["outcomes"] == ["dismissed"]
    refused = both.decide(request_id, "upheld")
    assert (refused.status, refused.json["reason"]) == (409, "identity_unchecked")
    assert both.staff.services.subject_requests.begun.items == {}
    both.staff.world.at += timedelta(hours=1)
    checked = both.do(request_id, "identity", ACTS["identity"])
    assert (checked.status, checked.json["identity"]) == (201, "document_was_seen")
    assert checked.json["identity_by"] == OVERSEES.user_id
    assert checked.json["outcomes"] == ["upheld", "dismissed"]
    entry = last_entry(both)
    assert entry.tag == "api:rights:identify"
    assert entry.data == {"request_id": request_id, "identity": "document_was_seen"}
    assert both.decide(request_id, "upheld").status == 201


def test_to_refuse_takes_no_check(both: Both) -> None:
    assert both.decide(both.entered(), "dismissed").status == 201


@pytest.mark.parametrize("kind", ["restriction", "objection", "rectification"])
def test_what_is_soon_undone_waits_for_no_check(both: Both, kind: str) -> None:
    request_id = both.entered(kind=kind, details=DETAILS)
    assert both.decide(request_id, "upheld").status == 201


def test_who_asks_is_said_once(both: Both) -> None:
    request_id = both.entered()
    first = both.do(request_id, "identity", ACTS["identity"])
    assert both.do(request_id, "identity", ACTS["identity"]).json == first.json
    other = both.do(request_id, "identity", {"identity": "known_to_staff"})
    assert (other.status, other.json["reason"]) == (409, "identity_checked_before")
    late = both.entered(kind="export", key="another-key-of-mine")
    both.decide(late, "dismissed")
    other = both.do(late, "identity", ACTS["identity"])
    assert (other.status, other.json["reason"]) == (409, "decided_before")
    own = both.ask("rectification", details=DETAILS)
    other = both.do(own, "identity", ACTS["identity"])
    assert (other.status, other.json["reason"]) == (409, "identity_checked_before")


def test_whoever_enters_may_say_at_once_how_they_know(both: Both) -> None:
    told = both.enter(EDITS, kind="export", identity="guardian_was_checked").json
    assert told["identity_by"] == EDITS.user_id
    assert both.decide(told["subject_request_id"], "upheld").status == 201


# -- putting off -------------------------------------------------------------------------


def test_r07_an_answer_is_put_off_once_with_a_reason_that_the_person_is_told(
    both: Both,
) -> None:
    request_id = both.ask("export")
    both.staff.world.at += timedelta(days=3)
    answer = both.do(request_id, "extension", {"months": 2, "reason": WHY})
    assert answer.status == 201
    assert answer.json["due_at"] == "2026-09-01T22:00:00Z"
    told = answer.json["extension"]
    assert (told["months"], told["reason"], told["by"]) == (2, WHY, OVERSEES.user_id)
    assert both.mails() == [MailKind.REQUEST_RECEIVED, MailKind.REQUEST_EXTENDED]
    entry = last_entry(both)
    assert entry.tag == "api:rights:extend"
    assert entry.data["months"] == 2
    assert WHY not in str(entry)
    again = both.do(request_id, "extension", {"months": 2, "reason": WHY})
    assert again.json == answer.json
    more = both.do(request_id, "extension", {"months": 1, "reason": WHY})
    assert (more.status, more.json["reason"]) == (409, "extended_before")
    assert "subject_request:extend" not in answer.json["affordances"]


def test_r07_the_first_month_over_nothing_is_put_off(both: Both) -> None:
    request_id = both.ask("export")
    both.staff.world.at = due_at(NOON)
    late = both.do(request_id, "extension", ACTS["extension"])
    assert (late.status, late.json["reason"]) == (409, "extension_too_late")
    both.decide(request_id, "dismissed")
    late = both.do(request_id, "extension", ACTS["extension"])
    assert (late.status, late.json["reason"]) == (409, "decided_before")


@pytest.mark.parametrize("months", [0, 3, 1.5, "two"])
def test_r07_two_months_are_the_most(both: Both, months: Any) -> None:
    body = {"months": months, "reason": WHY}
    assert both.do(both.ask("export"), "extension", body).status == 422


# -- correcting --------------------------------------------------------------------------


def test_r10_a_wrong_name_comes_off_with_the_word_that_grants_it(both: Both) -> None:
    request_id = both.entered(**WRONG, face_id=face_id(0))
    assert who(both) is AppearanceStatus.CONFIRMED
    both.staff.world.clearance.started.clear()
    assert both.decide(request_id, "upheld").status == 201
    assert who(both) is AppearanceStatus.REJECTED
    assert both.staff.world.clearance.started == [PICTURE]
    assert both.mails() == [MailKind.REQUEST_RECEIVED, MailKind.REQUEST_DECIDED]
    # Nobody is named in it now, so it stays in.
    both.staff.world.check()
    assert not both.leaves()


@pytest.mark.parametrize(("times", "status"), [(2, 201), (3, 412)])
def test_r10_a_picture_that_is_being_decided_on_is_tried_again_a_few_times(
    both: Both, monkeypatch: pytest.MonkeyPatch, times: int, status: int
) -> None:
    request_id = both.entered(**WRONG, face_id=face_id(0))
    library, left = both.staff.world.library, [None] * times
    settle = library.settle

    def changing(*given: Any, **named: Any) -> None:
        if left:
            left.pop()
            raise StaleRevisionError(PICTURE)
        settle(*given, **named)

    monkeypatch.setattr(library, "settle", changing)
    assert both.decide(request_id, "upheld").status == status
    done = status == 201
    assert (who(both) is AppearanceStatus.REJECTED) is done


def test_r10_a_name_stays_on_where_that_is_refused(both: Both) -> None:
    request_id = both.ask("rectification", asset_id=PICTURE)
    assert both.decide(request_id, "dismissed").status == 201
    assert who(both) is AppearanceStatus.CONFIRMED
    assert both.leaves()


def test_a_try_that_stopped_after_the_name_came_off_is_finished_by_the_next(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = both.ask("rectification", asset_id=PICTURE)
    requests = both.staff.services.subject_requests

    def stops(*_: Any, **__: Any) -> bool:
        raise RuntimeError("the process ends here")

    monkeypatch.setattr(requests, "decide", stops)
    assert both.decide(request_id, "upheld").status == 500
    assert who(both) is AppearanceStatus.REJECTED
    assert shown(both, request_id)["state"] == "received"
    monkeypatch.undo()
    assert both.decide(request_id, "upheld").status == 201
    assert shown(both, request_id)["state"] == "upheld"


@pytest.mark.parametrize(
    "changed", [{"person_id": BOB}, {"asset_id": OTHER}, {"face_id": new_id()}]
)
def test_nothing_is_wrong_in_a_picture_that_somebody_is_not_said_to_be_in(
    both: Both, changed: dict[str, str]
) -> None:
    both.staff.world.know(BOB)
    refused = both.enter(**{**WRONG, **changed})
    assert (refused.status, refused.json["reason"]) == (409, "person_not_in_picture")


# -- lifting -----------------------------------------------------------------------------


def granted(both: Both, kind: str = "restriction") -> str:
    request_id = both.entered(**{**RESTRICTION, "kind": kind})
    assert both.decide(request_id, "upheld").status == 201
    return request_id


@pytest.mark.parametrize("kind", ["restriction", "objection"])
def test_r10_a_freeze_ends_some_days_after_the_person_was_told(
    both: Both, kind: str
) -> None:
    reached(both)
    request_id = granted(both, kind)
    answer = both.do(request_id, "lift", {"reason": WHY})
    assert answer.status == 201
    # Told on the first of June; frozen through the fourth.
    assert answer.json["lifting"]["lifts_from"] == "2026-06-04T22:00:00Z"
    assert both.mails()[-1] is MailKind.FREEZE_LIFTED
    entry = last_entry(both)
    assert entry.tag == "api:rights:lift"
    assert entry.data["told"] == "told_by_mail"
    ends = midnight(NOON.date() + timedelta(days=4))
    both.staff.world.at = ends - timedelta(microseconds=1)
    assert not both.leaves()
    both.staff.world.at = ends
    assert both.leaves()
    again = both.do(request_id, "lift", {"reason": WHY})
    assert (again.status, again.json["lifting"]) == (201, answer.json["lifting"])
    other = both.do(request_id, "lift", {"reason": "Something else."})
    assert (other.status, other.json["reason"]) == (409, "lifted_before")


@pytest.mark.parametrize("state", [None, AddressState.BOUNCED, AddressState.COMPLAINED])
def test_whom_no_mail_reaches_is_told_in_another_way_first(
    both: Both, state: AddressState | None
) -> None:
    request_id = granted(both)
    if state is not None:
        reached(both)
        note = AddressNote(state, new_id(), NOON)
        both.staff.services.contacts.note(ANN, note)
    refused = both.do(request_id, "lift", {"reason": WHY})
    assert (refused.status, refused.json["reason"]) == (409, "cannot_be_told")
    told = both.do(request_id, "lift", {"reason": WHY, "told": "told_by_letter"})
    assert (told.status, told.json["lifting"]["told"]) == (201, "told_by_letter")
    assert MailKind.FREEZE_LIFTED not in both.mails()


@pytest.mark.parametrize("kind", [k for k in SubjectRequestKind if k != "objection"])
def test_only_a_freeze_that_was_granted_is_lifted(both: Both, kind: str) -> None:
    more = {"details": DETAILS} if kind == "rectification" else {}
    request_id = both.ask(kind, **more)
    refused = both.do(request_id, "lift", ACTS["lift"])
    assert (refused.status, refused.json["reason"]) == (409, "nothing_frozen")
    both.decide(request_id, "dismissed")
    refused = both.do(request_id, "lift", ACTS["lift"])
    assert (refused.status, refused.json["reason"]) == (409, "nothing_frozen")


def test_a_dismissed_restriction_is_over_at_once(both: Both) -> None:
    request_id = both.entered(**RESTRICTION)
    both.staff.world.at += timedelta(minutes=1)
    both.decide(request_id, "dismissed")
    assert both.leaves()


def test_lifting_takes_a_recent_sign_in(both: Both) -> None:
    request_id = granted(both)
    both.staff.world.at = NOON + timedelta(hours=2)
    late = as_(Role.PRIVACY_OFFICER)
    path = f"{PATH}/{request_id}/lift"
    answer = both.staff.post(path, late, ACTS["lift"], fresh=False)
    assert (answer.status, answer.json["code"]) == (403, "sign_in_again")


# -- the register ------------------------------------------------------------------------


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_r07_the_register_holds_the_clocks_and_nothing_that_anybody_wrote(
    both: Both,
) -> None:
    request_id = both.entered(details=DETAILS)
    both.do(request_id, "extension", ACTS["extension"])
    both.staff.world.at += timedelta(days=1)
    both.decide(request_id, "dismissed")
    late = both.ask("export")
    both.staff.world.at = NOON + timedelta(days=60)
    both.decide(late, "upheld")
    answer = both.staff.get(f"{PATH}/register", OVERSEES)
    assert answer.headers["Content-Type"].startswith("text/csv")
    first, second = rows(answer)
    assert (first["request_id"], first["kind"]) == (request_id, "erasure")
    assert (first["last_day"], first["extended_months"]) == ("2026-08-01", "1")
    assert (first["state"], first["in_time"]) == ("dismissed", "yes")
    assert (second["request_id"], second["in_time"]) == (late, "no")
    assert WHY not in answer.text
    assert DETAILS not in answer.text
    [entry] = both.staff.world.audit.entries(OVERSEES.user_id)
    assert (entry.tag, entry.data) == ("api:rights:export", {"count": 2})
    some = both.staff.get(f"{PATH}/register", OVERSEES, query={"state": "received"})
    assert rows(some) == []


def test_a_register_longer_than_a_file_goes_on_in_the_next(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subject_requests, "_ROWS", 2)
    for n, kind in enumerate(("export", "erasure", "objection")):
        key = f"a-key-of-sixteen-{n}"
        both.enter(key=key, kind=kind)
        both.staff.world.at += timedelta(minutes=1)
    first = both.staff.get(f"{PATH}/register", OVERSEES)
    link = first.headers["Link"]
    cursor = link.partition("cursor=")[2].partition(">")[0]
    rest = both.staff.get(f"{PATH}/register", OVERSEES, query={"cursor": cursor})
    kinds = [row["kind"] for row in (*rows(first), *rows(rest))]
    assert kinds == ["export", "erasure", "objection"]
    assert "Link" not in rest.headers


def test_the_list_says_who_may_fetch_the_register_and_enter(both: Both) -> None:
    told = both.staff.get(PATH, OVERSEES).json["affordances"]
    assert told == ["subject_request:enter", "subject_request:export"]
