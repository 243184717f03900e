"""Who is erased is told while there is an address, and it is not waited for long."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.mails import MailKind, MailState
from beeldrecht.runtime.erasing import ErasureEvent
from rights.tell_person import step
from rights.tell_person.step import WAIT_AT_MOST, Outcome, tell_person
from tests.fakes.erasing import Erasing
from tests.fakes.mails import FakeMails
from tests.fakes.samples import ANN, NOON, PICTURE, TICK

SAMPLE = Path(step.__file__).with_name("event.json")


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


def test_one_mail_is_recorded_however_often_it_is_asked() -> None:
    here = Erasing(ErasureState.CONFIRMED)
    mails = FakeMails(here.trail)
    for _ in range(3):
        result = tell_person(here.event, here.erasures, mails, NOON)
        assert result.outcome is Outcome.WAITING
    [mail] = mails.of_person(ANN)
    assert mail.kind is MailKind.ERASED
    assert mail.about == {"erasure_id": here.erasure.erasure_id}
    assert here.tags() == ["rights:person:tell"]


@pytest.mark.parametrize(
    "state", [s for s in MailState if s not in {MailState.WAITING, MailState.CLAIMED}]
)
def test_a_mail_that_is_out_or_cannot_be_sent_is_not_waited_for(
    state: MailState,
) -> None:
    here = Erasing(ErasureState.CONFIRMED)
    mails = FakeMails(here.trail)
    tell_person(here.event, here.erasures, mails, NOON)
    [mail] = mails.of_person(ANN)
    mails.outcome(mail.mail_id, state, NOON)
    if state is MailState.SENT:
        mails.sent(mail.mail_id, "an id", NOON)
    outcome = tell_person(here.event, here.erasures, mails, NOON).outcome
    assert outcome is Outcome.TOLD


def test_after_an_hour_the_right_goes_before_the_mail() -> None:
    here = Erasing(ErasureState.CONFIRMED)
    mails = FakeMails(here.trail)
    for at, outcome in (
        (NOON, Outcome.WAITING),
        (NOON + WAIT_AT_MOST - TICK, Outcome.WAITING),
        (NOON + WAIT_AT_MOST, Outcome.TOLD),
    ):
        assert tell_person(here.event, here.erasures, mails, at).outcome is outcome


def test_it_is_looked_again_after_half_as_long_as_the_mail_has_waited() -> None:
    here = Erasing(ErasureState.CONFIRMED)
    mails = FakeMails(here.trail)
    at, looks = NOON, 0
    for seconds in (2, 2, 2, 3, 4, 6, 9, 14, 21, 31, 47, 60, 60):
        result = tell_person(here.event, here.erasures, mails, at)
        assert result.wait == seconds
        at += timedelta(seconds=seconds)
    while result.outcome is Outcome.WAITING:
        result = tell_person(here.event, here.erasures, mails, at)
        at, looks = at + timedelta(seconds=result.wait), looks + 1
    # A workflow holds 25,000 events, and each look is some ten of them.
    assert looks <= 60


def test_nobody_is_told_of_a_picture() -> None:
    here = Erasing(ErasureState.CONFIRMED, of_picture=True)
    mails = FakeMails(here.trail)
    assert tell_person(here.event, here.erasures, mails, NOON).outcome is Outcome.TOLD
    assert not mails.mails
    assert not here.tags(PICTURE)
