"""Note what came of a mail that was sent: SES says so, at least once, in any order."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, StringConstraints

from beeldrecht.domain.contacts import AddressNote, AddressState
from beeldrecht.domain.mails import Mail, MailState, NotSent
from beeldrecht.runtime.events import Frozen, OpaqueId

_PERMANENT = "Permanent"
"""What SES calls a bounce after which it makes no sense to try again.

An address on the suppression list bounces so too, without any server having been asked:
suppressed is not delivered.
"""


class Happened(StrEnum):
    """The events of SES that are listened to, by the names that it gives them."""

    SENT = "Email Sent"
    DELIVERED = "Email Delivered"
    BOUNCED = "Email Bounced"
    COMPLAINED = "Email Complaint Received"


class Event(Frozen):
    """One event, as the rule passes it on: no address, no subject, no header.

    `mail_id` is a list because tags of SES are; a mail of ours carries one.
    """

    event: Happened
    mail_id: tuple[OpaqueId]
    message_id: Annotated[str, StringConstraints(pattern=r"^[\w@.+-]{1,200}$")]
    at: AwareDatetime
    bounce: str | None = None


class Result(Frozen):
    """How far the mail came, now that this is known."""

    mail_id: OpaqueId
    state: MailState | None


class Mails(Protocol):
    """The mails on record."""

    def sent(self, mail_id: str, message_id: str, at: datetime) -> None:
        """Say that it was handed over."""
        ...

    def outcome(
        self, mail_id: str, state: MailState, at: datetime, reason: str | None = None
    ) -> Mail | None:
        """Say what came of it; what is known already is never taken back."""
        ...

    def get(self, mail_id: str) -> Mail | None:
        """One mail."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def note(self, person_id: str, note: AddressNote) -> bool:
        """Mark an address, unless another was put on record since."""
        ...


def note_delivery(event: Event, mails: Mails, contacts: Contacts) -> Result:
    """Bring the mail's record on, and mark the address that mail does not reach.

    Safe to repeat, late and out of order: a record only ever goes forward. Each event
    says, too, that the mail was sent: so a sender that ended before it could say so is
    made good, whichever event comes first. The note is of the instant of sending, so that
    it never marks an address that was put on record afterwards.
    """
    [mail_id] = event.mail_id
    mails.sent(mail_id, event.message_id, event.at)
    if event.event is Happened.SENT:
        mail = mails.get(mail_id)
        return Result(mail_id=mail_id, state=mail.state if mail else None)
    state, reason, marked = _meaning(event)
    mail = mails.outcome(mail_id, state, event.at, reason)
    if mail is not None and marked is not None and not mail.to_staff:
        at = mail.claimed_at or mail.sent_at or event.at
        contacts.note(mail.to, AddressNote(marked, mail_id, at))
    return Result(mail_id=mail_id, state=mail.state if mail else None)


def _meaning(event: Event) -> tuple[MailState, str | None, AddressState | None]:
    match event.event:
        case Happened.DELIVERED:
            return MailState.DELIVERED, None, None
        case Happened.COMPLAINED:
            return MailState.COMPLAINED, None, AddressState.COMPLAINED
    if event.bounce == _PERMANENT:
        return MailState.BOUNCED, None, AddressState.BOUNCED
    return MailState.BOUNCED, NotSent.BOUNCED_FOR_NOW.value, None
