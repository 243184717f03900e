"""Breaches and drills through the API (R17): recorded, looked up, decided on, closed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.breaches import ON_PAGE, TELL_WITHIN, Touched
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.stores import DataCategory
from tests.fakes.governance import noted
from tests.fakes.http import Answer
from tests.fakes.registers import BREACH_ORDER
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, TICK
from tests.fakes.staff import Staff, as_

OFFICER = as_(Role.PRIVACY_OFFICER)
SECOND = as_(Role.PRIVACY_OFFICER, user_id=BOB)
OTHERS = [as_(), *(as_(role) for role in Role if role is not Role.PRIVACY_OFFICER)]
KEY = {"Idempotency-Key": "k" * 32}
REAL = {**BREACH_ORDER, "kind": "breach_real"}
FOUND = Touched(
    frozenset({ANN, BOB}),
    frozenset({PICTURE}),
    frozenset({DataCategory.PORTRAIT, DataCategory.CONTACT}),
    entries=3,
    found_at=NOON,
)


def create(staff: Staff, body: Any = BREACH_ORDER, user: User = OFFICER) -> Answer:
    return staff.post("/v1/breaches", user, body, headers=KEY)


def found(staff: Staff, breach_id: str, touched: Touched = FOUND) -> None:
    """What the look-up records."""
    entry = noted(breach_id, NOON, "test:breach:find")
    staff.services.breaches.found(breach_id, touched, NOON, entry)


def read(staff: Staff, breach_id: str) -> Any:
    answer = staff.get(f"/v1/breaches/{breach_id}", OFFICER)
    assert answer.status == 200
    return answer.json


def note(
    staff: Staff, breach_id: str, event: str, user: User = OFFICER, why: str = "So."
) -> Answer:
    body = {"event": event, "reason": why}
    return staff.post(f"/v1/breaches/{breach_id}/events", user, body)


def test_r17_a_breach_is_recorded_with_its_clock_and_looked_up() -> None:
    staff = Staff()
    made = create(staff)
    assert (made.status, made.json["state"]) == (201, "breach_counting")
    assert made.json["aware_at"] == "2026-06-01T09:00:00Z"
    assert made.json["due_at"] == "2026-06-04T09:00:00Z"
    assert made.json["touched"] is None
    assert made.json["authority"] == []
    breach_id = made.json["breach_id"]
    assert staff.services.assessor.started == [breach_id]
    (entry,) = staff.world.audit.entries(breach_id)
    assert (entry.tag, entry.actor) == ("api:breach:create", OFFICER.user_id)
    # The same again records nothing twice, and begins what may have been lost.
    assert create(staff).json == made.json
    assert staff.services.assessor.started == [breach_id] * 2
    assert len(staff.services.breaches.breaches) == 1


def test_r17_without_another_word_the_clock_begins_now() -> None:
    staff = Staff()
    body = {k: v for k, v in BREACH_ORDER.items() if k != "aware_at"}
    assert create(staff, body).json["due_at"] == "2026-06-04T12:00:00Z"


def test_r17_what_it_touches_is_shown_in_numbers_with_both_draft_notices() -> None:
    staff = Staff()
    breach_id = create(staff, REAL).json["breach_id"]
    found(staff, breach_id)
    told = read(staff, breach_id)
    assert told["state"] == "breach_open"
    assert (told["touched"]["people"], told["touched"]["pictures"]) == (2, 1)
    kinds = {each["category"] for each in told["touched"]["categories"]}
    assert kinds == {"category_portrait", "category_contact"}
    for drafts in (told["authority"], told["people"]):
        assert [each["language"] for each in drafts] == ["en", "nl"]
    english, dutch = (" ".join(each["paragraphs"]) for each in told["authority"])
    assert "About 2 people and 1 pictures" in english
    assert "Ongeveer 2 mensen en 1 foto's" in dutch
    for text in (english, dutch):
        assert "2026-06-04 11:00" in text  # as lived in Amsterdam
        assert "Gemeente Vis" in text
        assert BREACH_ORDER["description"] in text
        assert "[" in text
    assert "DRILL" not in english


def test_r17_a_drill_says_that_it_is_one_in_each_of_its_drafts() -> None:
    staff = Staff()
    breach_id = create(staff).json["breach_id"]
    found(staff, breach_id)
    told = read(staff, breach_id)
    firsts = [each["paragraphs"][0] for each in (*told["authority"], *told["people"])]
    assert [text.split(":")[0] for text in firsts] == ["DRILL", "OEFENING"] * 2


def test_r17_after_72_hours_without_a_decision_it_is_late_and_says_why() -> None:
    staff = Staff()
    breach_id = create(staff, REAL).json["breach_id"]
    found(staff, breach_id)
    due = NOON - timedelta(hours=3) + TELL_WITHIN
    staff.world.at = due - TICK
    assert read(staff, breach_id)["state"] == "breach_open"
    staff.world.at = due
    told = read(staff, breach_id)
    assert told["state"] == "breach_late"
    assert "after 72 hours because" in " ".join(told["authority"][0]["paragraphs"])
    assert note(staff, breach_id, "breach_authority_told").json["state"] == "breach_open"


def test_r17_a_real_breach_is_closed_once_both_decisions_are_on_record() -> None:
    staff = Staff()
    breach_id = create(staff, REAL).json["breach_id"]
    early = note(staff, breach_id, "breach_closed")
    assert (early.status, early.json["reason"]) == (409, "breach_still_counting")
    found(staff, breach_id)
    for event in ("breach_authority_not_told", "breach_people_not_told"):
        refused = note(staff, breach_id, "breach_closed")
        assert refused.json["reason"] == "breach_not_decided"
        assert note(staff, breach_id, event).status == 201
    closed = note(staff, breach_id, "breach_closed")
    assert closed.json["state"] == "breach_was_closed"
    assert closed.json["affordances"] == ["breach:read"]
    after = note(staff, breach_id, "breach_people_told")
    assert (after.status, after.json["reason"]) == (409, "breach_already_closed")


def test_who_was_told_stays_told_and_who_was_not_can_be_told_later() -> None:
    staff = Staff()
    breach_id = create(staff, REAL).json["breach_id"]
    assert note(staff, breach_id, "breach_authority_not_told").status == 201
    told = note(staff, breach_id, "breach_authority_told")
    assert told.status == 201
    assert note(staff, breach_id, "breach_authority_told").json == told.json
    other = note(staff, breach_id, "breach_authority_told", SECOND)
    assert (other.status, other.json["reason"]) == (409, "breach_decided_before")
    back = note(staff, breach_id, "breach_authority_not_told", why="Otherwise.")
    assert back.json["reason"] == "breach_decided_before"


def test_a_drill_is_closed_without_telling_anybody() -> None:
    staff = Staff()
    breach_id = create(staff).json["breach_id"]
    found(staff, breach_id)
    assert note(staff, breach_id, "breach_closed").json["state"] == "breach_was_closed"


def test_r17_the_people_are_listed_page_by_page_and_who_looks_is_on_record() -> None:
    staff = Staff()
    breach_id = create(staff).json["breach_id"]
    many = frozenset(derived_id("many", str(n)) for n in range(ON_PAGE + 1))
    found(staff, breach_id, replace(FOUND, people=many))
    path = f"/v1/breaches/{breach_id}/touched"
    pages = [
        staff.get(path, OFFICER, query={"what": "people", "page": str(n)}).json
        for n in range(2)
    ]
    assert [each["more"] for each in pages] == [True, False]
    assert {each for page in pages for each in page["items"]} == many
    pictures = staff.get(path, OFFICER, query={"what": "pictures"}).json
    assert pictures["items"] == [PICTURE]
    tags = [each.tag for each in staff.world.audit.entries(breach_id)]
    assert tags.count("api:breach:read") == 3


def test_it_is_looked_up_again_when_somebody_asks() -> None:
    staff = Staff()
    breach_id = create(staff).json["breach_id"]
    again = staff.post(f"/v1/breaches/{breach_id}/assessment", OFFICER)
    assert again.status == 202
    assert staff.services.assessor.started == [breach_id] * 2


@pytest.mark.parametrize("user", OTHERS)
def test_others_are_told_of_no_breach(user: User) -> None:
    staff = Staff()
    breach_id = create(staff).json["breach_id"]
    assert staff.get("/v1/breaches", user).status == 403
    assert create(staff, user=user).status == 403
    hidden = staff.get(f"/v1/breaches/{breach_id}", user)
    never = staff.get(f"/v1/breaches/{'0' * 32}", user)
    assert (hidden.status, hidden.json) == (404, never.json)


def test_the_register_lists_breaches_and_drills() -> None:
    staff = Staff()
    create(staff)
    [item] = staff.get("/v1/breaches", OFFICER).json["items"]
    assert (item["kind"], item["state"]) == ("breach_drill", "breach_counting")


SCOPE = BREACH_ORDER["scope"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"scope": {**SCOPE, "start": "2024-06-01T00:00:00Z"}}, "breach_scope_too_wide"),
        (
            {"scope": {"start": "2026-06-02T00:00:00Z", "end": "2026-06-03T00:00:00Z"}},
            "breach_scope_in_future",
        ),
        ({"aware_at": "2026-06-01T12:00:01Z"}, "breach_scope_in_future"),
        ({"scope": {**SCOPE, "actor": ANN, "role": "editor"}}, "breach_who_twice"),
    ],
)
def test_a_scope_that_cannot_be_looked_up_is_refused_by_name(
    wrong: Any, reason: str
) -> None:
    staff = Staff()
    refused = create(staff, {**BREACH_ORDER, **wrong})
    assert (refused.status, refused.json["reason"]) == (409, reason)
    assert staff.services.breaches.breaches == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "wish"},
        {"scope": {**SCOPE, "end": SCOPE["start"]}},
        {"scope": {**SCOPE, "start": "2026-05-01T00:00:00"}},
        {"aware_at": "2026-06-01T09:00:00"},
        {"scope": {**SCOPE, "store": "cellar"}},
        {"description": " "},
    ],
)
def test_what_is_no_breach_is_refused(wrong: Any) -> None:
    answer = create(Staff(), {**BREACH_ORDER, **wrong})
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
