"""Tell whoever received a picture that it may not be used any more as it was."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather


class Event(Frozen):
    """What happened, and the pictures that it may concern."""

    fact_id: OpaqueId
    asset_ids: tuple[OpaqueId, ...]


class Result(Frozen):
    """How many mails are new on record."""

    told: int


class Recipients(Protocol):
    """Who received which picture for what: the recall list.

    A register of disclosures is to stand behind it; until there is one, it is who
    fetched a picture, by the audit log.
    """

    def of(self, asset_id: str) -> Iterable[tuple[str, Channel]]:
        """Each recipient of a picture, by the user's id, and the channel it was for."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Put a mail on record with its entry; False when it is there already."""
        ...


def tell_recipients(
    event: Event,
    library: Pictures,
    register: Register,
    bases: Bases,
    recipients: Recipients,
    mails: Mails,
    at: datetime,
) -> Result:
    """Decide on each picture now, and record a mail to whom it was given for more.

    Only what may not leave any more for the use it was given for is called back. Safe to
    repeat: the mail's id follows from the fact, the picture and who received it.
    """
    told = 0
    for asset_id in event.asset_ids:
        found = library.picture(asset_id)
        leaves: frozenset[Channel] = frozenset()
        if found is not None and not found[0].refused:
            _, asset, appearances = found
            facts = gather(asset, appearances, register, bases, at)
            leaves = frozenset(decide(facts, at).leaves)
        dark: dict[str, set[Channel]] = {}
        for user_id, channel in recipients.of(asset_id):
            if channel not in leaves:
                dark.setdefault(user_id, set()).add(channel)
        for user_id, channels in sorted(dark.items()):
            told += _tell(event.fact_id, asset_id, user_id, channels, mails, at)
    return Result(told=told)


def _tell(
    fact_id: str,
    asset_id: str,
    user_id: str,
    channels: set[Channel],
    mails: Mails,
    at: datetime,
) -> bool:
    named = ",".join(sorted(channels))
    mail = Mail(
        mail_id(MailKind.RECALL, user_id, asset_id, fact_id),
        MailKind.RECALL,
        to=user_id,
        created_at=at,
        about={"asset_id": asset_id, "fact_id": fact_id, "channels": named},
        to_staff=True,
    )
    entry = NewEntry(
        subject=asset_id,
        entry_id=f"consent:recipient:recall:{mail.mail_id}",
        tag="consent:recipient:recall",
        at=at,
        actor="system",
        data={"user_id": user_id, "fact_id": fact_id, "channels": named},
    )
    return mails.add(mail, entry)
