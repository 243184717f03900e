"""Send one mail that is on record: claim it, compose it, hand it to SES, say so.

What can end this half-way, and what then: before the claim, nothing happened. After it,
the mail is left alone for fifteen minutes; a link or a copy that was made serves nobody,
or is found again. Between SES taking the mail and our saying so, SES itself says so: its
event carries the mail's id (`note_delivery`). Only when that event, too, comes later than
the claim lasts is a mail sent twice (ADR 0019).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.mails import (
    GIVE_UP_AFTER,
    Mail,
    MailRefusedError,
    MailState,
    NotSent,
)
from beeldrecht.runtime.events import Frozen, OpaqueId


class Event(Frozen):
    """A mail waits."""

    mail_id: OpaqueId


class Outcome(StrEnum):
    """What became of it."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    HELD = "held"
    """It was sent, somebody is sending it, or there is none such."""


class Result(Frozen):
    """What became of it, and of a mail that was not sent, why."""

    mail_id: OpaqueId
    outcome: Outcome
    reason: NotSent | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail as it goes out."""

    to: str
    subject: str
    html: str
    text: str
    attachments: Sequence[Attachment] = ()


class Mails(Protocol):
    """The mails on record."""

    def claim(self, mail_id: str, at: datetime) -> Mail | None:
        """Take a mail up; None when it is out, taken up by another, or unknown."""
        ...

    def sent(self, mail_id: str, message_id: str, at: datetime) -> None:
        """Say that it was handed over."""
        ...

    def outcome(
        self, mail_id: str, state: MailState, at: datetime, reason: str | None = None
    ) -> Mail | None:
        """Say what came of it; what is known already is never taken back."""
        ...


class Post(Protocol):
    """Whoever delivers."""

    def send(self, mail_id: str, mail: Composed) -> str:
        """Hand a mail over; the name it has there. Raises MailRefusedError."""
        ...


def deliver_mail(
    event: Event,
    mails: Mails,
    compose: Callable[[Mail, datetime], Composed],
    post: Post,
    now: Callable[[], datetime],
) -> Result:
    """Deliver one mail. Safe to repeat: whoever cannot claim it leaves it alone.

    `compose` raises MailRefusedError for what is not to be sent. Any other error leaves
    the claim as it is: the message comes back, and when the claim has ended, a sweep
    hands the mail on again.
    """
    at = now()
    mail = mails.claim(event.mail_id, at)
    if mail is None:
        return Result(mail_id=event.mail_id, outcome=Outcome.HELD)
    if at - mail.created_at > GIVE_UP_AFTER:
        return _not_sent(mail, NotSent.TOO_LATE, mails, at)
    try:
        message_id = post.send(mail.mail_id, compose(mail, at))
    except MailRefusedError as error:
        return _not_sent(mail, error.reason, mails, now())
    mails.sent(mail.mail_id, message_id, now())
    return Result(mail_id=mail.mail_id, outcome=Outcome.SENT)


def _not_sent(mail: Mail, reason: NotSent, mails: Mails, at: datetime) -> Result:
    mails.outcome(mail.mail_id, MailState.NOT_SENT, at, reason.value)
    return Result(mail_id=mail.mail_id, outcome=Outcome.NOT_SENT, reason=reason)
