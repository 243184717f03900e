"""remind_recipients: an open recall is followed until it is gone (R12)."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.mails import MailKind, MailState
from beeldrecht.domain.recalls import (
    LOOK_AFTER,
    REMIND_AFTER,
    REMINDERS,
    Recall,
    RecallReason,
    RecallState,
)
from consent.remind_recipients import step
from consent.remind_recipients.step import Result
from consent.tell_recipients.step import Cause
from tests.fakes.effects import Killed, When
from tests.fakes.recipients import Recipients, copy
from tests.fakes.samples import ANN, EDITOR, PICTURE

DAY = timedelta(days=1)
NOTHING = Result(looked_at=0, reminded=0, unreachable=0, lifted=0)


def asked(state: MailState | None = MailState.SENT) -> Recipients:
    """Somebody was asked to remove a copy, and this became of the mail."""
    house = Recipients(copy())
    house.take_back()
    house.tell()
    if state is not None:
        house.deliver(state)
    return house


def told() -> Recipients:
    """The same, and it was noticed that they were."""
    house = asked()
    house.remind(LOOK_AFTER)
    return house


def recall_of(house: Recipients) -> Recall:
    [recall] = house.opened
    return recall


def test_the_schedule_sends_nothing() -> None:
    assert json.loads(Path(step.__file__).with_name("event.json").read_text()) == {}


def test_nothing_is_looked_at_before_it_is_due() -> None:
    house = asked()
    assert house.remind() == NOTHING
    assert house.remind(LOOK_AFTER).looked_at == 1


def test_when_they_were_told_is_when_the_mail_was_sent() -> None:
    house = asked()
    sent_at = house.world.at
    house.remind(LOOK_AFTER)
    recall = recall_of(house)
    assert (recall.told_at, recall.state) == (sent_at, RecallState.OPEN)
    assert recall.next_at == sent_at + REMIND_AFTER


def test_r12_who_does_not_answer_is_reminded_every_week() -> None:
    house = told()
    assert house.remind(REMIND_AFTER - LOOK_AFTER - timedelta(minutes=1)) == NOTHING
    assert house.remind(timedelta(minutes=1)).reminded == 1
    mails = sorted(house.mails.mails.values(), key=lambda mail: mail.created_at)
    assert [mail.kind for mail in mails] == [MailKind.RECALL, MailKind.RECALL_REMINDER]
    assert mails[1].to == EDITOR
    assert house.tags(PICTURE)[-1] == "consent:recipient:remind"
    # The same hour again does nothing more.
    assert house.remind() == NOTHING


def test_r12_who_never_answers_is_left_to_an_officer() -> None:
    house = told()
    for n in range(REMINDERS):
        assert house.remind(REMIND_AFTER).reminded == 1, n
        house.deliver()
    assert house.remind(REMIND_AFTER).unreachable == 1
    recall = recall_of(house)
    assert (recall.state, recall.next_at) == (RecallState.UNREACHABLE, None)
    assert house.tags(PICTURE)[-1] == "consent:recipient:miss"
    assert house.remind(99 * DAY) == NOTHING
    assert len(house.mails.mails) == 1 + REMINDERS


@pytest.mark.parametrize(
    "state", [MailState.NOT_SENT, MailState.BOUNCED, MailState.COMPLAINED]
)
def test_r12_whom_no_mail_reaches_is_left_to_an_officer(state: MailState) -> None:
    house = asked(state)
    assert house.remind(LOOK_AFTER).unreachable == 1
    assert recall_of(house).state is RecallState.UNREACHABLE


def test_a_reminder_that_comes_back_is_noticed_too() -> None:
    house = told()
    house.remind(REMIND_AFTER)
    house.deliver(MailState.BOUNCED)
    assert house.remind(REMIND_AFTER).unreachable == 1


def test_a_mail_that_is_not_on_record_reached_nobody() -> None:
    house = told()
    house.mails.mails.clear()
    assert house.remind(REMIND_AFTER).unreachable == 1


def test_a_mail_on_its_way_is_waited_for() -> None:
    house = asked(None)
    assert house.remind(LOOK_AFTER) == replace_looked(1)
    assert recall_of(house).told_at is None
    house.deliver()
    house.remind(LOOK_AFTER)
    assert recall_of(house).told_at is not None


def replace_looked(count: int) -> Result:
    return NOTHING.model_copy(update={"looked_at": count})


def test_what_may_be_used_again_is_asked_for_no_more() -> None:
    house = Recipients(copy())
    house.freeze(until=house.world.at + DAY)
    house.tell()
    house.deliver()
    house.remind(LOOK_AFTER)
    assert recall_of(house).reason is RecallReason.RESTRICTION
    assert house.remind(REMIND_AFTER).lifted == 1
    assert recall_of(house).state is RecallState.LIFTED
    assert house.tags(PICTURE)[-1] == "consent:recipient:lift"
    assert house.remind(99 * DAY) == NOTHING


def test_an_erasure_is_asked_for_to_the_end_whatever_may_be_used() -> None:
    house = Recipients(copy())
    house.tell(cause=Cause.ERASURE, person_id=ANN)
    house.deliver()
    house.remind(LOOK_AFTER)
    assert house.remind(REMIND_AFTER).reminded == 1


def test_what_is_removed_is_left_alone() -> None:
    house = told()
    before = recall_of(house)
    after = replace(
        before,
        state=RecallState.REMOVED,
        acknowledged_at=house.world.at,
        next_at=None,
    )
    assert house.recalls.change(before, after)
    assert house.remind(99 * DAY) == NOTHING


def test_another_recipient_of_the_same_picture_is_another_recall() -> None:
    house = Recipients(copy(), copy(Channel.PRINT, ANN))
    house.take_back()
    house.tell()
    house.deliver()
    assert house.remind(LOOK_AFTER).looked_at == 2
    assert house.remind(REMIND_AFTER).reminded == 2


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize(
    "wait", [REMIND_AFTER, (REMINDERS + 1) * REMIND_AFTER], ids=["first", "late"]
)
def test_r12_a_reminder_that_is_ended_half_way_is_sent_once(
    when: When, wait: timedelta
) -> None:
    whole, broken = told(), told()
    whole.remind(wait)
    broken.world.effects.kill(1, when)
    with pytest.raises(Killed):
        broken.remind(wait)
    broken.remind()
    assert broken.opened == whole.opened
    assert broken.mails.mails == whole.mails.mails
    assert broken.tags(PICTURE) == whole.tags(PICTURE)
