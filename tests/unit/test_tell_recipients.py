"""tell_recipients: who has more than is allowed now is asked to remove it (R12)."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import DisclosureKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.recalls import RecallReason, RecallState, asking
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.runtime.recalling import Acknowledger, acknowledge
from consent.tell_recipients import step
from consent.tell_recipients.step import Cause, Event, Result
from tests.fakes.effects import Killed, When
from tests.fakes.recipients import FACT, Recipients, copy
from tests.fakes.samples import ANN, BOB, EDITOR, OTHER, PICTURE, UPLOADER, face_id
from tests.fakes.world import World

WEB, PRINT = Channel.WEBSITE, Channel.PRINT
LATER = derived_id("test", "a later fact")


def taken_back(*copies: object) -> Recipients:
    house = Recipients(*copies)  # type: ignore[arg-type]  # copies, all of them
    house.take_back()
    return house


def test_the_sample_event_carries_a_fact_and_pictures() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    event = Event.model_validate(sample)
    assert len(event.asset_ids) == 1
    assert (event.cause, event.person_id) == (Cause.DECISION, None)


def test_r12_whoever_received_it_is_asked_of_the_picture_and_the_uses() -> None:
    house = taken_back(copy(), copy(PRINT))
    assert house.tell() == Result(told=1, recalls=1)
    [recall] = house.opened
    assert (recall.recipient_id, recall.channels) == (EDITOR, frozenset({WEB, PRINT}))
    assert (recall.state, recall.reason) == (RecallState.OPEN, RecallReason.WITHDRAWAL)
    [mail] = house.mails.mails.values()
    assert (mail.kind, mail.to, mail.to_staff) == (MailKind.RECALL, EDITOR, True)
    assert mail == asking(recall, house.world.at)
    entry = list(house.world.audit.entries(PICTURE))[-1]
    assert entry.tag == "consent:recipient:recall"
    assert entry.data == {
        "recall_id": recall.recall_id,
        "recipient_id": EDITOR,
        "fact_id": FACT,
        "channels": "print,website",
        "reason": "recalled_for_withdrawal",
    }


def test_everybody_who_received_it_is_asked_by_themselves() -> None:
    house = taken_back(copy(), copy(recipient_id=UPLOADER))
    assert house.tell().told == 2
    assert {mail.to for mail in house.mails.mails.values()} == {EDITOR, UPLOADER}


def test_asked_twice_of_one_fact_it_is_asked_once_and_counted_the_same() -> None:
    house = taken_back(copy())
    assert [house.tell(), house.tell()] == [
        Result(told=1, recalls=1),
        Result(told=0, recalls=1),
    ]


def test_who_removed_it_before_it_was_followed_again_is_counted_too() -> None:
    house = taken_back(copy())
    house.tell()
    [recall] = house.opened
    said_by = Acknowledger("test:copy:gone", EDITOR, EDITOR)
    acknowledge(house.recalls, recall, said_by, house.world.at)
    assert house.tell() == Result(told=0, recalls=1)


def test_another_fact_asks_nobody_for_what_they_were_asked_already() -> None:
    house = taken_back(copy())
    house.tell()
    assert house.tell(fact=LATER) == Result(told=0, recalls=0)
    house.give(copy(recipient_id=UPLOADER))
    assert house.tell(fact=LATER) == Result(told=1, recalls=1)


def test_what_may_still_be_used_is_not_called_back() -> None:
    house = Recipients(copy(), copy(PRINT))
    assert house.tell().told == 0
    house.give(copy(Channel.SOCIAL))
    assert house.tell().told == 1
    assert house.opened[0].channels == {Channel.SOCIAL}


def test_a_copy_in_which_they_are_covered_is_theirs_to_keep() -> None:
    house = taken_back(copy(masked=frozenset({face_id(0)})))
    assert house.tell().told == 0


def test_r12_a_freeze_calls_back_all_that_was_given_wherever_for() -> None:
    house = Recipients(copy(place=Place.NETHERLANDS), copy(PRINT))
    house.freeze()
    assert house.tell().told == 1
    assert house.opened[0].channels == {WEB, PRINT}
    assert house.opened[0].reason is RecallReason.RESTRICTION


def test_a_picture_that_is_gone_may_not_be_used_for_anything() -> None:
    house = Recipients(copy(), world=World())
    assert house.tell().told == 1


def test_who_received_nothing_hears_nothing() -> None:
    assert taken_back().tell() == Result(told=0, recalls=0)


def test_a_copy_that_is_on_record_no_more_calls_nobody() -> None:
    house = taken_back(copy())
    end = RetentionPolicy().ends(RetentionKind.DISCLOSURES, copy().at)
    assert end is not None
    house.world.at = end
    assert house.tell().told == 0


# -- erasure -----------------------------------------------------------------------------


def test_r12_an_erasure_calls_back_what_may_still_be_used() -> None:
    house = Recipients(copy(), copy(PRINT, UPLOADER, masked=frozenset({face_id(0)})))
    assert house.tell(cause=Cause.ERASURE, person_id=ANN) == Result(told=1, recalls=1)
    [recall] = house.opened
    assert (recall.recipient_id, recall.reason) == (EDITOR, RecallReason.ERASURE)
    assert house.tell(cause=Cause.ERASURE, person_id=ANN) == Result(told=0, recalls=1)


def test_r12_an_erasure_of_somebody_who_is_not_in_it_calls_nothing_back() -> None:
    house = Recipients(copy())
    assert house.tell(cause=Cause.ERASURE, person_id=BOB).told == 0


def test_r12_an_erasure_of_the_picture_calls_every_copy_back() -> None:
    house = Recipients(copy(), copy(PRINT, UPLOADER, masked=frozenset({face_id(0)})))
    house.give(copy(None, ANN, kind=DisclosureKind.EXPORT))
    assert house.tell(cause=Cause.ERASURE).told == 2


def test_r12_where_nobody_knows_who_was_in_it_every_copy_comes_back() -> None:
    house = Recipients(copy(), world=World())
    assert house.tell(cause=Cause.ERASURE, person_id=ANN).told == 1


def test_r12_who_was_asked_to_stop_is_asked_to_erase_too() -> None:
    house = taken_back(copy())
    house.tell()
    assert house.tell(fact=LATER, cause=Cause.ERASURE, person_id=ANN).told == 1
    assert len(house.mails.mails) == 2


# -- ended half-way ----------------------------------------------------------------------


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("place", [1, 2])
def test_r12_ended_anywhere_and_done_again_it_ends_the_same(
    place: int, when: When
) -> None:
    def scene() -> Recipients:
        return taken_back(copy(), copy(recipient_id=UPLOADER))

    whole, broken = scene(), scene()
    whole.tell()
    broken.world.effects.kill(place, when)
    with pytest.raises(Killed):
        broken.tell()
    assert broken.tell().recalls == 2
    assert broken.opened == whole.opened
    assert broken.mails.mails == whole.mails.mails
    assert broken.tags(PICTURE) == whole.tags(PICTURE)
    assert not broken.world.audit.findings()


def test_pictures_of_others_are_left_alone() -> None:
    house = taken_back(copy(asset_id=OTHER, masked=frozenset()))
    # There is no such picture: nothing that anybody could still be allowed to use.
    assert house.tell().told == 1
    assert house.opened[0].asset_id == OTHER
