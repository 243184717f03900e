"""deliver_mail: a mail goes once, or it is on record why it does not."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.accounts import AccountStatus
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import (
    CLAIM_LASTS,
    GIVE_UP_AFTER,
    Mail,
    MailKind,
    MailRefusedError,
    MailState,
    NotSent,
)
from beeldrecht_mail.letters import Templates
from consent.deliver_mail import step
from consent.deliver_mail.step import Event, Outcome
from layers import mails as compiler
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, EDITOR, NOON
from tests.unit.delivering import (
    ADDRESS,
    Office,
    asked,
    mail,
    signed,
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("templates") / "mails"
    compiler.compile_all(folder)
    return Templates(folder)


@pytest.fixture
def office(templates: Templates) -> Office:
    return Office(templates)


def test_the_sample_event_is_one() -> None:
    Event.model_validate_json(Path(step.__file__).with_name("event.json").read_text())


# -- what is not sent, and why ---------------------------------------------------------


def not_sent(office: Office) -> NotSent | None:
    told = mail(MailKind.COPY, quitclaim_id=signed(office).quitclaim.quitclaim_id)
    result = office.deliver(told)
    assert result.outcome is Outcome.NOT_SENT
    assert office.post.sent == []
    assert office.world.links.links == {}
    assert result.reason is not None
    assert office.state(told) == (MailState.NOT_SENT, result.reason.value)
    return result.reason


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (AddressState.BOUNCED, NotSent.ADDRESS_BOUNCED),
        (AddressState.COMPLAINED, NotSent.ADDRESS_COMPLAINED),
    ],
)
def test_an_address_that_failed_is_not_tried_again(
    state: AddressState, reason: NotSent, office: Office
) -> None:
    office.world.contacts.note(ANN, AddressNote(state, "0" * 32, NOON))
    assert not_sent(office) is reason


def test_without_an_address_staff_see_that_there_is_none(office: Office) -> None:
    office.reach(Contact(None, "nl"))
    assert not_sent(office) is NotSent.NO_ADDRESS


@pytest.mark.parametrize("state", [None, AddressState.BOUNCED, AddressState.COMPLAINED])
def test_where_no_mail_arrives_the_copy_is_made_for_their_own_page(
    state: AddressState | None, office: Office
) -> None:
    if state is None:
        office.reach(Contact(None, "nl"))
    else:
        office.world.contacts.note(ANN, AddressNote(state, "0" * 32, NOON))
    signing = signed(office)
    quitclaim_id = signing.quitclaim.quitclaim_id
    told = mail(MailKind.COPY, quitclaim_id=quitclaim_id)
    assert office.deliver(told).outcome is Outcome.NOT_SENT
    assert office.world.documents.read(quitclaim_id)
    assert office.world.signatures.document_sha256(ANN, quitclaim_id)


def test_nothing_is_sent_to_somebody_who_was_erased(office: Office) -> None:
    signing = signed(office)
    office.world.keys.destroy(ANN)
    told = mail(MailKind.COPY, quitclaim_id=signing.quitclaim.quitclaim_id)
    assert office.deliver(told).reason is NotSent.ERASED


def test_a_mail_of_last_week_is_given_up(office: Office) -> None:
    told = mail(MailKind.ASK, request_id=asked(office).request_id)
    office.at = NOON + GIVE_UP_AFTER
    assert office.deliver(told).outcome is Outcome.SENT
    late = mail(MailKind.REMIND, request_id=derived_id("test", "request"))
    office.at = NOON + GIVE_UP_AFTER + timedelta(microseconds=1)
    assert office.deliver(late).reason is NotSent.TOO_LATE


@pytest.mark.parametrize("status", [None, AccountStatus.DISABLED])
def test_who_left_the_staff_is_told_nothing(
    status: AccountStatus | None, office: Office
) -> None:
    user_id = EDITOR
    if status:
        user_id = office.users.add("gone@example.org", "invitation").user_id
        office.users.disable(user_id)
    told = mail(MailKind.DIGEST, user_id, staff=True, day="2026-07-01", days="30")
    assert office.deliver(told).reason is NotSent.NO_ADDRESS


def test_what_ses_refuses_for_good_is_said(office: Office) -> None:
    office.post.refuses = MailRefusedError(NotSent.ADDRESS_REFUSED)
    told = mail(MailKind.ASK, request_id=asked(office).request_id)
    assert office.deliver(told).reason is NotSent.ADDRESS_REFUSED
    assert office.state(told) == (MailState.NOT_SENT, "mail_address_refused")


# -- once ------------------------------------------------------------------------------


def test_a_mail_that_is_delivered_twice_is_sent_once(office: Office) -> None:
    told = mail(MailKind.ASK, request_id=asked(office).request_id)
    assert office.deliver(told).outcome is Outcome.SENT
    office.at += 2 * CLAIM_LASTS
    assert office.again(told).outcome is Outcome.HELD
    unknown = mail(MailKind.ASK, request_id="unknown")
    assert office.again(unknown).outcome is Outcome.HELD
    assert len(office.post.sent) == 1


def copied(office: Office) -> Mail:
    return mail(MailKind.COPY, quitclaim_id=signed(office).quitclaim.quitclaim_id)


def unreachable(office: Office) -> Mail:
    office.reach(Contact(None, "nl"))
    return mail(MailKind.ASK, request_id=asked(office).request_id)


@pytest.mark.parametrize(
    ("scene", "effects"),
    [
        (copied, ["claim", "keep", "note_document", "create", "send", "sent"]),
        (unreachable, ["claim", "outcome"]),
    ],
)
@pytest.mark.parametrize("when", When)
def test_killed_at_any_effect_it_comes_to_the_same_and_is_sent_twice_only_after_sending(
    scene: Callable[[Office], Mail], effects: list[str], when: When, templates: Templates
) -> None:
    undisturbed = Office(templates)
    told = scene(undisturbed)
    undisturbed.deliver(told)
    assert undisturbed.effects.names == effects
    for place, name in enumerate(effects, start=1):
        office = Office(templates)
        told = scene(office)
        office.effects.kill(place, when)
        with pytest.raises(Killed):
            office.deliver(told)
        # At once it is held by whoever was killed; later the sweep hands it on again.
        if (place, when) != (1, When.BEFORE):
            assert office.again(told).outcome is Outcome.HELD
        office.at += CLAIM_LASTS
        office.again(told)
        assert office.state(told) == undisturbed.state(told), (name, when)
        # SES had it and nobody could say so: the one place from which it goes out twice,
        # unless SES's own event comes within the claim (see test_note_delivery).
        unsaid = (name, when) in {("send", When.AFTER), ("sent", When.BEFORE)}
        once = len(undisturbed.post.sent)
        assert len(office.post.sent) == once + (once and unsaid), (name, when)
        copies = {m.attachments[0].data for _, m in office.post.sent if m.attachments}
        assert len(copies) <= 1


def test_whatever_goes_wrong_otherwise_leaves_the_mail_to_the_next(
    office: Office,
) -> None:
    told = mail(MailKind.COPY, quitclaim_id=derived_id("unknown"))
    with pytest.raises(LookupError):
        office.deliver(told)
    assert office.state(told) == (MailState.CLAIMED, None)
    assert list(office.world.mails.waiting(office.at)) == [told.mail_id]


def test_what_is_on_record_of_a_mail_says_nothing_of_anybody(office: Office) -> None:
    told = mail(MailKind.ASK, request_id=asked(office).request_id)
    office.deliver(told)
    there = json.dumps(dict(told.about)) + repr(office.world.trail.__dict__)
    for personal in (ADDRESS, "Vries", office.letter.text.split("#")[1][:43]):
        assert personal not in there
