"""People through the API: names for those who may, and every look on record."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.consent import Restriction, RestrictionKind, Withdrawal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.people import Person
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.time import Period
from beeldrecht.runtime.http.paging import cursor_of
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, grant
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
READERS = [EDITS, OVERSEES, as_(Role.EDITOR, Role.RECOGNISER)]
OTHERS = [
    as_(),
    as_(Role.VIEWER),
    as_(Role.CONTRIBUTOR),
    as_(Role.ADMINISTRATOR),
    as_(Role.RECOGNISER),
]
KEY = "k" * 32


def everybody(names: int) -> Staff:
    staff = Staff()
    for n in range(names):
        person = Person(f"{n:032x}", f"Name {n}")
        at = NOON + timedelta(minutes=n)
        staff.world.register.add_person(person, staff.world.keys, at)
    return staff


def create(staff: Staff, name: Any, user: User = EDITS, key: str | None = KEY) -> Answer:
    headers = {"Idempotency-Key": key} if key else {}
    return staff.post("/v1/people", user, {"name": name}, headers=headers)


def tags(staff: Staff, subject: str) -> list[str]:
    return [entry.tag for entry in staff.world.audit.entries(subject)]


# -- the list --------------------------------------------------------------------------


@pytest.mark.parametrize("user", READERS)
def test_r16_a_list_of_names_is_on_record_in_the_name_of_who_looked(user: User) -> None:
    staff = everybody(3)
    answer = staff.get("/v1/people", user)
    assert [each["name"] for each in answer.json["items"]] == [
        "Name 2",
        "Name 1",
        "Name 0",
    ]
    (entry,) = staff.world.audit.entries(user.user_id)
    assert (entry.tag, entry.actor) == ("api:person:list", user.user_id)
    assert entry.data == {"count": 3}


def test_every_look_is_an_entry_of_its_own() -> None:
    staff = everybody(1)
    for _ in range(3):
        staff.get("/v1/people", EDITS)
        staff.get(f"/v1/people/{0:032x}", EDITS)
    assert tags(staff, EDITS.user_id) == ["api:person:list"] * 3
    assert tags(staff, f"{0:032x}") == ["api:person:read"] * 3


@pytest.mark.parametrize("user", OTHERS)
def test_names_are_not_listed_for_others_and_nothing_is_read(user: User) -> None:
    staff = everybody(1)
    answer = staff.get("/v1/people", user)
    assert (answer.status, answer.json["code"]) == (403, "not_allowed")
    assert "Name" not in answer.text
    assert tags(staff, user.user_id) == []


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7])
def test_everybody_comes_once_page_by_page(limit: int) -> None:
    staff = everybody(5)
    names, cursor = [], None
    while True:
        query = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        page = staff.get("/v1/people", EDITS, query=query).json
        names += [each["name"] for each in page["items"]]
        cursor = page["cursor"]
        if cursor is None:
            break
    assert names == [f"Name {n}" for n in reversed(range(5))]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "",
        cursor_of(("PEOPLE",)),
        cursor_of(("2026-06-01T12:00:00.000000+00:00#" + "0" * 31,)),
        cursor_of(("2026-06-01T12:00:00.000000+00:00", "0" * 32)),
    ],
)
def test_a_cursor_that_is_none_of_ours_is_refused(cursor: str) -> None:
    answer = everybody(1).get("/v1/people", EDITS, query={"cursor": cursor})
    assert (answer.status, answer.json["code"]) == (400, "cursor_unknown")


@pytest.mark.parametrize("limit", ["0", "101", "x"])
def test_a_page_has_its_limits(limit: str) -> None:
    answer = everybody(1).get("/v1/people", EDITS, query={"limit": limit})
    assert answer.status == 422


def test_r11_somebody_whose_name_was_erased_is_listed_without_one() -> None:
    staff = everybody(2)
    staff.world.keys.destroy(f"{1:032x}")
    items = staff.get("/v1/people", EDITS).json["items"]
    assert [each["name"] for each in items] == [None, "Name 0"]
    assert staff.get(f"/v1/people/{1:032x}", EDITS).json["name"] is None


# -- somebody new ----------------------------------------------------------------------


def test_somebody_new_is_on_record_sealed_and_with_an_entry() -> None:
    staff = Staff()
    answer = create(staff, "  Zoe\u0308   de Vries ")
    assert answer.status == 201
    person_id = answer.json["person_id"]
    assert answer.headers["Location"] == f"/v1/people/{person_id}"
    assert answer.json["name"] == "Zoë de Vries"
    person = staff.world.register.person(person_id, staff.world.keys)
    assert person == Person(person_id, "Zoë de Vries")
    (entry,) = staff.world.audit.entries(person_id)
    assert (entry.tag, entry.actor) == ("api:person:create", EDITS.user_id)
    assert "Vries" not in str(entry)


def test_the_same_key_again_makes_nobody_new() -> None:
    staff = Staff()
    first, second = create(staff, "Jan"), create(staff, "Jan")
    assert (first.status, first.json) == (second.status, second.json)
    assert tags(staff, first.json["person_id"]) == ["api:person:create"]
    assert len(staff.get("/v1/people", EDITS).json["items"]) == 1


def test_the_same_key_for_another_name_is_refused() -> None:
    staff = Staff()
    create(staff, "Jan")
    answer = create(staff, "Piet")
    assert (answer.status, answer.json["code"]) == (422, "idempotency_key_reused")


def test_the_same_key_of_somebody_else_is_another_key() -> None:
    staff = Staff()
    other = as_(Role.EDITOR, user_id=BOB)
    made = {create(staff, "Jan", user).json["person_id"] for user in (EDITS, other)}
    assert len(made) == 2


@pytest.mark.parametrize("key", [None, "short", "k" * 65, "k k" * 8])
def test_nobody_is_made_without_a_key(key: str | None) -> None:
    staff = Staff()
    assert create(staff, "Jan", key=key).json["code"] == "idempotency_key_required"
    assert staff.get("/v1/people", EDITS).json["items"] == []


@pytest.mark.parametrize(
    "name", ["", "  ", "Jan\n", "Jan\u202e", "x" * 201, "x" * 5000, None, 7, ["Jan"]]
)
def test_what_is_no_name_is_refused_and_never_quoted(name: Any) -> None:
    staff = Staff()
    answer = create(staff, name)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "Jan" not in answer.text
    assert staff.get("/v1/people", EDITS).json["items"] == []


@pytest.mark.parametrize("user", [*OTHERS, OVERSEES])
def test_others_put_nobody_on_record(user: User) -> None:
    staff = Staff()
    assert create(staff, "Jan", user).status == 403
    assert staff.get("/v1/people", EDITS).json["items"] == []


# -- one person ------------------------------------------------------------------------


def known() -> Staff:
    world = World()
    world.know(ANN, BOB)
    return Staff(world)


def read(staff: Staff, user: User = EDITS, person_id: str = ANN) -> Any:
    answer = staff.get(f"/v1/people/{person_id}", user)
    assert answer.status == 200
    return answer.json


@pytest.mark.parametrize("user", READERS)
def test_r16_a_look_at_somebody_is_on_record_under_them(user: User) -> None:
    staff = known()
    assert read(staff, user)["name"] == f"name of {ANN}"
    (entry,) = staff.world.audit.entries(ANN)
    assert (entry.tag, entry.actor) == ("api:person:read", user.user_id)
    assert "name" not in str(entry.data)


@pytest.mark.parametrize("user", [None, *OTHERS])
def test_for_others_somebody_and_nobody_are_the_same(user: User | None) -> None:
    staff = known()
    there = staff.get(f"/v1/people/{ANN}", user)
    nowhere = staff.get(f"/v1/people/{new_id()}", user)
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)
    assert tags(staff, ANN) == []


def test_nobody_is_not_found_and_leaves_no_entry() -> None:
    staff = known()
    nobody = new_id()
    answer = staff.get(f"/v1/people/{nobody}", EDITS)
    assert (answer.status, answer.json["code"]) == (404, "not_found")
    assert tags(staff, nobody) == []


def test_what_somebody_agreed_to_is_shown_as_it_stands() -> None:
    staff = known()
    held = grant(ANN, until=NOON + timedelta(days=1))
    back = replace(grant(ANN, until=None), grant_id=new_id())
    staff.world.sign(held, back, grant(BOB))
    taken = Withdrawal(new_id(), back.grant_id, ANN, NOON - timedelta(days=1))
    staff.world.register.withdraw(taken)
    shown = {each["grant_id"]: each for each in read(staff)["grants"]}
    assert shown.keys() == {held.grant_id, back.grant_id}
    assert shown[held.grant_id]["state"] == "in_force"
    assert shown[held.grant_id]["kind"] == held.kind
    assert shown[held.grant_id]["channels"] == sorted(held.channels)
    assert shown[back.grant_id]["state"] == "withdrawn"
    staff.world.at = NOON + timedelta(days=1)
    shown = {each["grant_id"]: each for each in read(staff)["grants"]}
    assert shown[held.grant_id]["state"] == "ended"


def test_pictures_are_counted_in_which_somebody_confirmed_them() -> None:
    world = World()
    world.know(ANN)
    staff = Staff(world)
    assert read(staff)["pictures"] == 0
    world.announce()
    world.upload()
    world.receive()
    world.detect()
    (face,) = world.library.rows[PICTURE].faces
    world.answer(face, ANN, "reject")
    assert read(staff)["pictures"] == 0
    world.answer(face, ANN)
    assert read(staff)["pictures"] == 1


def test_a_freeze_is_shown_while_it_lasts() -> None:
    staff = known()
    period = Period(NOON, NOON + timedelta(days=1))
    frozen = Restriction(new_id(), ANN, RestrictionKind.RESTRICTED, period)
    staff.world.register.restrict(frozen)
    assert read(staff)["frozen"] is True
    assert read(staff, person_id=BOB)["frozen"] is False
    staff.world.at = NOON + timedelta(days=1)
    assert read(staff)["frozen"] is False


def a_link(staff: Staff) -> Link:
    link = Link(
        new_id(), ANN, LinkPurpose.OWN_PAGE, EDITOR, NOON, NOON + timedelta(days=30)
    )
    staff.services.links.links["digest"] = link
    return link


@pytest.mark.parametrize("user", READERS)
def test_links_are_listed_for_who_may_make_them_without_their_token(user: User) -> None:
    staff = known()
    link = a_link(staff)
    (shown,) = read(staff, user)["links"]
    assert shown["link_id"] == link.link_id
    assert shown["state"] == "live"
    assert "digest" not in str(shown)
    assert "link:create" in read(staff, user)["affordances"]


def test_enrolling_is_afforded_to_a_recogniser_when_a_permit_could_be_had() -> None:
    staff = known()
    recogniser = as_(Role.EDITOR, Role.RECOGNISER)
    assert "person:enrol" not in read(staff, recogniser)["affordances"]
    hindrance = read(staff, recogniser)["enrolment_hindrance"]
    assert hindrance["id"] == "recognition_mode_off"
    assert "switched off" in hindrance["words"]
    staff.world.recognise(RecognitionMode.CLOSED_SESSION)
    hindrance = read(staff, recogniser)["enrolment_hindrance"]
    assert hindrance["id"] == "no_biometric_consent"
    assert read(staff, EDITS)["enrolment_hindrance"] is None
    assert "person:enrol" not in read(staff, EDITS)["affordances"]


def test_a_look_that_cannot_be_put_on_record_is_not_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    staff = known()

    def fails(*_: object, **__: object) -> None:
        raise ConnectionError("no audit")

    monkeypatch.setattr(staff.world.audit, "record", fails)
    for path in ("/v1/people", f"/v1/people/{ANN}"):
        answer = staff.get(path, EDITS)
        assert answer.status == 500
        assert "name of" not in answer.text
