"""tell_recipients: who was given more than is allowed now is told, once, and nobody else.

The register of disclosures is to come; what is held here is the port `Recipients` and
what is done with it. `adapters.downloads` stands behind it until then.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from consent.tell_recipients import step
from consent.tell_recipients.step import Event
from tests.fakes.following import Following
from tests.fakes.samples import ANN, EDITOR, OTHER, PICTURE, UPLOADER, grant
from tests.fakes.scenes import released

FACT = derived_id("test", "fact")


class Received:
    """Who received the picture for what."""

    def __init__(self, *receipts: tuple[str, Channel]) -> None:
        self.receipts = receipts

    def of(self, asset_id: str) -> Iterator[tuple[str, Channel]]:
        if asset_id == PICTURE:
            yield from self.receipts


def tell(house: Following, *receipts: tuple[str, Channel], fact: str = FACT) -> int:
    return step.tell_recipients(
        Event(fact_id=fact, asset_ids=(PICTURE, OTHER)),
        house.world.library,
        house.register,
        house.world.bases,
        Received(*receipts),
        house.mails,
        house.world.at,
    ).told


def taken_back() -> Following:
    house = Following(released())
    house.register.withdraw(withdraw(grant(ANN), FACT, house.world.at))
    return house


def test_the_sample_event_carries_a_fact_and_pictures() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert len(Event.model_validate(sample).asset_ids) == 1


def test_whoever_received_it_is_told_of_the_picture_and_the_uses() -> None:
    house = taken_back()
    web, printed = (EDITOR, Channel.WEBSITE), (EDITOR, Channel.PRINT)
    assert tell(house, web, printed, web) == 1
    [mail] = house.mails.mails.values()
    assert (mail.kind, mail.to, mail.to_staff) == (MailKind.RECALL, EDITOR, True)
    assert mail.about == {
        "asset_id": PICTURE,
        "fact_id": FACT,
        "channels": "print,website",
    }
    assert house.tags(PICTURE)[-1] == "consent:recipient:recall"


def test_everybody_who_received_it_is_told_by_themselves() -> None:
    house = taken_back()
    assert tell(house, (EDITOR, Channel.WEBSITE), (UPLOADER, Channel.WEBSITE)) == 2
    assert {mail.to for mail in house.mails.mails.values()} == {EDITOR, UPLOADER}


def test_told_twice_of_one_fact_it_is_told_once_and_of_another_again() -> None:
    house = taken_back()
    receipt = (EDITOR, Channel.WEBSITE)
    assert [tell(house, receipt), tell(house, receipt)] == [1, 0]
    assert tell(house, receipt, fact=derived_id("test", "another")) == 1


def test_what_may_still_be_used_is_not_called_back() -> None:
    house = Following(released())
    assert tell(house, (EDITOR, Channel.WEBSITE), (EDITOR, Channel.PRINT)) == 0
    assert tell(house, (EDITOR, Channel.SOCIAL)) == 1


def test_a_picture_that_is_gone_may_not_be_used_for_anything() -> None:
    house = Following()
    assert tell(house, (EDITOR, Channel.WEBSITE)) == 1


def test_who_received_nothing_hears_nothing() -> None:
    assert tell(taken_back()) == 0
