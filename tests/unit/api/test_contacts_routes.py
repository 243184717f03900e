"""How people are reached, through the API: sealed, and seen by who looks after them."""

from datetime import timedelta
from typing import Any

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.contacts import AddressNote, AddressState
from beeldrecht.domain.ids import new_id
from tests.fakes.asked import BODIES, contact, noted
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, NOON
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

EDITS = as_(Role.EDITOR)
OVERSEES = as_(Role.PRIVACY_OFFICER)
OTHERS = [as_(), as_(Role.VIEWER), as_(Role.CONTRIBUTOR), as_(Role.ADMINISTRATOR)]
BODY = BODIES["put_contact"]


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN)
    return Staff(world)


def put(
    staff: Staff, body: Any = BODY, user: User | None = EDITS, who: str = ANN
) -> Answer:
    return staff.put(f"/v1/people/{who}/contact", user, body)


def person(staff: Staff, user: User = EDITS, language: str = "en") -> Any:
    headers = {"Accept-Language": language}
    return staff.get(f"/v1/people/{ANN}", user, headers=headers).json


def test_a_contact_is_shown_with_the_person_and_stands_nowhere_else(
    staff: Staff, capsys: pytest.CaptureFixture[str]
) -> None:
    assert person(staff)["contact"] is None
    answer = put(staff)
    assert (answer.status, answer.json["email"]) == (200, "ann@example.org")
    assert answer.json["address"]["id"] == "address_fine"
    assert person(staff)["contact"] == answer.json
    kept = f"{list(staff.world.audit.entries(ANN))}{capsys.readouterr()}"
    assert "ann@example.org" not in kept
    assert "api:contact:change" in [e.tag for e in staff.world.audit.entries(ANN)]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (AddressState.BOUNCED, "Mail to this address comes back"),
        (AddressState.COMPLAINED, "does not want our mail"),
    ],
)
def test_what_came_back_is_said_in_words_until_there_is_a_new_address(
    staff: Staff, state: AddressState, said: str
) -> None:
    put(staff)
    staff.services.contacts.note(ANN, AddressNote(state, new_id(), NOON))
    for user in (EDITS, OVERSEES):
        address = person(staff, user)["contact"]["address"]
        assert address["id"] == state
        assert said in address["words"]
    assert person(staff, language="nl")["contact"]["address"]["words"] != said
    staff.world.at = NOON + timedelta(hours=1)
    put(staff, {**BODY, "email": "new@example.org"})
    assert person(staff)["contact"]["address"]["id"] == "address_fine"


def test_r11_who_was_erased_has_no_contact_and_gets_none(staff: Staff) -> None:
    put(staff)
    staff.world.keys.destroy(ANN)
    assert person(staff)["contact"] is None
    assert put(staff).status == 404
    assert put(staff, who=new_id()).status == 404


def test_no_address_is_an_answer_too(staff: Staff) -> None:
    answer = put(staff, {**BODY, "email": None, "guardian_name": "Piet de Boer"})
    assert answer.json["address"]["id"] == "address_none"
    assert answer.json["guardian_name"] == "Piet de Boer"


@pytest.mark.parametrize(
    "changed",
    [
        {"email": "ann"},
        {"email": "ann@example.org\nBcc: bob@example.org"},
        {"email": "ann@example.org, bob@example.org"},
        {"language": "Dutch"},
        {"country": "nl"},
        {"birth_date": "2026-06-02"},
        {"birth_date": "0001-01-01"},
        {"guardian_name": "\u202e"},
    ],
)
def test_what_is_no_contact_is_refused_and_not_quoted(
    staff: Staff, changed: dict[str, Any]
) -> None:
    answer = put(staff, {**BODY, **changed})
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "ann@" not in answer.text
    assert person(staff)["contact"] is None


@pytest.mark.parametrize("user", [None, *OTHERS, OVERSEES])
def test_only_an_editor_changes_how_somebody_is_reached(
    staff: Staff, user: User | None
) -> None:
    there, nowhere = put(staff, user=user), put(staff, user=user, who=new_id())
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)


def test_what_can_be_done_with_somebody_is_offered_to_who_may(staff: Staff) -> None:
    staff.services.contacts.put(ANN, contact(), staff.world.keys, noted(ANN, "contact"))
    offered = set(person(staff)["affordances"])
    assert offered == {
        "consent:enter",
        "consent:read",
        "consent_request:create",
        "contact:change",
        "link:create",
        "person:read",
    }
    assert set(person(staff, OVERSEES)["affordances"]) == {
        "consent:read",
        "link:create",
        "person:read",
    }
