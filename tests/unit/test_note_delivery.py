"""note_delivery: what SES says of a mail, in any order, marks the right address."""

import itertools
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.contacts import AddressState, Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailKind, MailState, NotSent
from consent.note_delivery import step
from consent.note_delivery.step import Event, Happened, note_delivery
from tests.fakes.consents import FakeConsents
from tests.fakes.samples import ANN, EDITOR, NOON

MAIL = derived_id("test", "mail")


@pytest.fixture
def world() -> FakeConsents:
    made = FakeConsents()
    reach(made, "ann@example.org", 0)
    made.mails.add(Mail(MAIL, MailKind.ASK, ANN, NOON))
    return made


def reach(world: FakeConsents, address: str, hours: int) -> None:
    at = NOON + timedelta(hours=hours)
    entry = NewEntry(ANN, f"test:contact:{hours}", "api:person:create", at, EDITOR, {})
    world.contacts.put(ANN, Contact(address, "nl"), world.keys, entry)


def event(happened: Happened, bounce: str | None = None, seconds: int = 60) -> Event:
    at = NOON + timedelta(seconds=seconds)
    return Event(
        event=happened, mail_id=(MAIL,), message_id="message-1", at=at, bounce=bounce
    )


SENT = event(Happened.SENT, seconds=1)
DELIVERED = event(Happened.DELIVERED)
BOUNCED = event(Happened.BOUNCED, "Permanent")
AWAY = event(Happened.BOUNCED, "Transient")
COMPLAINED = event(Happened.COMPLAINED, seconds=3600)


def told(world: FakeConsents, *events: Event) -> MailState | None:
    result = [note_delivery(each, world.mails, world.contacts) for each in events]
    return result[-1].state


def test_the_sample_event_is_one() -> None:
    Event.model_validate_json(Path(step.__file__).with_name("event.json").read_text())


@pytest.mark.parametrize(
    ("events", "state", "address"),
    [
        ([SENT], MailState.SENT, None),
        ([SENT, DELIVERED], MailState.DELIVERED, None),
        ([SENT, BOUNCED], MailState.BOUNCED, AddressState.BOUNCED),
        ([SENT, AWAY], MailState.BOUNCED, None),
        ([SENT, DELIVERED, COMPLAINED], MailState.COMPLAINED, AddressState.COMPLAINED),
    ],
)
def test_in_any_order_and_twice_it_comes_to_the_same(
    events: Sequence[Event],
    state: MailState,
    address: AddressState | None,
) -> None:
    for order in itertools.permutations([*events, events[0]]):
        world = FakeConsents()
        reach(world, "ann@example.org", 0)
        world.mails.add(Mail(MAIL, MailKind.ASK, ANN, NOON))
        world.mails.claim(MAIL, NOON)
        assert told(world, *order) is state
        note = world.contacts.state(ANN)
        assert (note.state if note else None) is address
        there = world.mails.get(MAIL)
        assert there is not None
        assert there.message_id == "message-1"


def test_a_sender_that_ended_before_it_could_say_so_is_made_good(
    world: FakeConsents,
) -> None:
    world.mails.claim(MAIL, NOON)
    assert told(world, SENT) is MailState.SENT
    assert world.mails.claim(MAIL, NOON + CLAIM_LASTS) is None


def test_an_address_on_the_suppression_list_counts_as_bounced(
    world: FakeConsents,
) -> None:
    world.mails.claim(MAIL, NOON)
    # SES names it Permanent, with the sub-type that says nobody was asked.
    assert told(world, BOUNCED) is MailState.BOUNCED
    note = world.contacts.state(ANN)
    assert note is not None
    assert (note.state, note.mail_id, note.at) == (AddressState.BOUNCED, MAIL, NOON)


def test_a_full_mailbox_says_nothing_of_the_address(world: FakeConsents) -> None:
    world.mails.claim(MAIL, NOON)
    told(world, AWAY)
    there = world.mails.get(MAIL)
    assert there is not None
    assert there.reason == NotSent.BOUNCED_FOR_NOW.value


def test_an_address_put_on_record_since_is_not_marked(world: FakeConsents) -> None:
    world.mails.claim(MAIL, NOON)
    reach(world, "new@example.org", 1)
    told(world, event(Happened.BOUNCED, "Permanent", seconds=2 * 3600))
    assert world.contacts.state(ANN) is None


def test_a_bounce_of_staff_mail_marks_no_person(world: FakeConsents) -> None:
    staff = derived_id("test", "digest")
    world.mails.add(Mail(staff, MailKind.DIGEST, ANN, NOON, to_staff=True))
    bounced = BOUNCED.model_copy(update={"mail_id": (staff,)})
    assert told(world, bounced) is MailState.BOUNCED
    assert world.contacts.state(ANN) is None


def test_of_a_mail_that_is_not_on_record_nothing_is_noted(world: FakeConsents) -> None:
    unknown = BOUNCED.model_copy(update={"mail_id": (derived_id("unknown"),)})
    assert told(world, unknown) is None
    assert world.contacts.state(ANN) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_id": ["ann@example.org"]},
        {"mail_id": []},
        {"message_id": "<Jan de Vries>"},
        {"event": "Email Opened"},
        {"destination": "ann@example.org"},
    ],
)
def test_what_is_no_event_is_refused_without_being_quoted(wrong: object) -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert isinstance(wrong, dict)
    with pytest.raises(ValidationError) as caught:
        Event.model_validate({**sample, **wrong})
    for personal in ("ann", "Vries"):
        assert personal not in str(caught.value)
