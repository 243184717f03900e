"""A library in memory with people who received pictures, and what they are asked."""

from datetime import datetime, timedelta
from typing import Any

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import Restriction, RestrictionKind, withdraw
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailState
from beeldrecht.domain.recalls import Recall
from beeldrecht.domain.time import Period
from consent.remind_recipients import step as remind_step
from consent.tell_recipients import step as tell_step
from tests.fakes.following import Following
from tests.fakes.samples import ANN, EDITOR, NOON, OTHER, PICTURE, grant
from tests.fakes.scenes import released
from tests.fakes.world import World

FACT = derived_id("test", "fact")
BEFORE = NOON - timedelta(hours=1)


def copy(
    channel: Channel | None = Channel.WEBSITE,
    recipient_id: str = EDITOR,
    at: datetime = BEFORE,
    **more: Any,
) -> Disclosure:
    """A copy of the picture of Ann, in which nobody is covered."""
    said: dict[str, Any] = {
        "disclosure_id": derived_id("copy", str(channel), recipient_id, at.isoformat()),
        "asset_id": PICTURE,
        "kind": DisclosureKind.DOWNLOAD,
        "recipient_id": recipient_id,
        "channel": channel,
        "place": Place.WORLD,
        "rendition": "working",
        "masked": frozenset(),
        "at": at,
        "revision": 4,
    }
    return Disclosure(**(said | more))


class Recipients(Following):
    """A picture of Ann that was released for the website and print, and given out."""

    def __init__(self, *copies: Disclosure, world: World | None = None) -> None:
        super().__init__(released() if world is None else world)
        for each in copies:
            self.give(each)

    def give(self, each: Disclosure) -> None:
        """Put a copy on record."""
        tag = "egress:asset:download"
        said = NewEntry(
            each.asset_id,
            f"{tag}:{each.disclosure_id}",
            tag,
            each.at,
            each.recipient_id,
            said_of(each),
        )
        assert self.disclosures.record(each, said)

    def take_back(self) -> None:
        """Ann takes her consent back."""
        self.register.withdraw(withdraw(grant(ANN), FACT, self.world.at))

    def freeze(self, until: datetime | None = None) -> None:
        """Ann's pictures are frozen."""
        self.register.restrict(
            Restriction(
                FACT, ANN, RestrictionKind.RESTRICTED, Period(self.world.at, until)
            )
        )

    def tell(self, fact: str = FACT, **more: Any) -> tell_step.Result:
        """What follows a fact, for both pictures that there could be."""
        return tell_step.tell_recipients(
            tell_step.Event(fact_id=fact, asset_ids=(PICTURE, OTHER), **more),
            self.world.library,
            self.register,
            self.world.bases,
            self.disclosures,
            self.recalls,
            self.world.at,
        )

    def remind(self, later: timedelta = timedelta()) -> remind_step.Result:
        """The hourly look at what is open, so much later."""
        self.world.at += later
        return remind_step.remind_recipients(
            self.world.library,
            self.register,
            self.world.bases,
            self.disclosures,
            self.recalls,
            self.mails,
            self.world.at,
        )

    def deliver(self, state: MailState = MailState.SENT) -> None:
        """Every mail that waits goes out now, or this becomes of it."""
        for mail_id, mail in tuple(self.mails.mails.items()):
            if mail.state is not MailState.WAITING:
                continue
            if state is not MailState.NOT_SENT:
                self.mails.sent(mail_id, f"ses-{mail_id}", self.world.at)
            if state is not MailState.SENT:
                self.mails.outcome(mail_id, state, self.world.at)

    @property
    def opened(self) -> list[Recall]:
        """The recalls on record, by who is asked."""
        return sorted(self.recalls.recalls.values(), key=lambda each: each.recipient_id)
