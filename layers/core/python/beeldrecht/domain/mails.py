"""Mail to people and staff: each one a record before it is sent.

A mail is recorded in the transaction of what it tells, under an id that follows from what
it is about: recorded twice it is one mail. Who delivers it claims it first.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

CLAIM_LASTS: Final = timedelta(minutes=15)
"""How long a claimed mail is left alone: SES says within it whether it was sent."""
GIVE_UP_AFTER: Final = timedelta(days=7)


class MailKind(StrEnum):
    """What a mail says; each has a template and words in every language."""

    ASK = "mail_ask"
    REMIND = "mail_remind"
    COPY = "mail_copy"
    """What was signed, as a PDF, with the link to one's own page."""
    RENEW = "mail_renew"
    """A consent ends soon: one tap renews it."""
    ENDED = "mail_ended"
    COMES_OF_AGE = "mail_comes_of_age"
    WITHDRAWN = "mail_withdrawn"
    OBJECTION = "mail_objection"
    """That an objection was received, or how it was decided."""
    RECALL = "mail_recall"
    """To whoever received a picture: it may not be used any more."""
    RECALL_REMINDER = "mail_recall_reminder"
    DIGEST = "mail_digest"
    """To staff: what goes dark soon."""
    REQUEST_RECEIVED = "mail_request_received"
    ERASED = "mail_erased"
    """The last one: what was asked is done, with the number and the certificate."""
    REQUEST_EXTENDED = "mail_request_extended"
    """That an answer takes longer, until when, and why."""
    REQUEST_DECIDED = "mail_request_decided"
    FREEZE_LIFTED = "mail_freeze_lifted"
    """That pictures may be used again, some days before they may."""
    OFFICER_DIGEST = "mail_officer_digest"
    """To privacy officers: which answers are due soon, or late."""
    RECOGNITION_OFF = "mail_recognition_off"
    """To privacy officers: what carried recognition holds no more."""
    EXPORT_READY = "mail_export_ready"
    """That somebody's copy of what is on record about them can be fetched."""
    SHARE = "mail_share"
    """To somebody outside: the link to pictures that they may see."""


class MailState(StrEnum):
    """How far a mail came."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    NOT_SENT = "not_sent"
    """There was no address, or it bounced or complained before: see `reason`."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as it is on record: identifiers alone; words are made when it is sent."""

    mail_id: str
    kind: MailKind
    to: str
    """A person's id, or a user's (`to_staff`)."""
    created_at: datetime
    about: Mapping[str, str] = field(default_factory=dict)
    """`request_id`, `quitclaim_id`, `milestone`, `day`, `asset_id`: what it is about."""
    to_staff: bool = False
    state: MailState = MailState.WAITING
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: str | None = None
    """What SES calls it."""
    reason: str | None = None

    def __post_init__(self) -> None:
        """Freeze what it is about."""
        object.__setattr__(self, "about", MappingProxyType(dict(self.about)))


def mail_id(kind: MailKind, to: str, *about: str) -> str:
    """The id of the one mail of that kind to that person about that."""
    text = ":".join((kind.value, to, *about))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def mail_about(kind: MailKind, to: str, at: datetime, **about: str) -> Mail:
    """The one mail of that kind to that person about that, as it goes on record.

    Its id follows from what it is about, in the order in which that is named here: who
    records it again names the same in the same order.
    """
    return Mail(mail_id(kind, to, *about.values()), kind, to, at, about)


class NotSent(StrEnum):
    """Why a mail was not sent, or did not arrive; staff see it with the person."""

    NO_ADDRESS = "mail_no_address"
    ADDRESS_BOUNCED = "mail_address_bounced"
    ADDRESS_COMPLAINED = "mail_address_complained"
    ADDRESS_REFUSED = "mail_address_refused"
    """It is none that mail can be sent to."""
    NO_SENDER = "mail_no_sender"
    """This deployment was not told from which address it sends."""
    NO_LONGER_APPLIES = "mail_no_longer_applies"
    """What it would tell was overtaken: answered, renewed, withdrawn."""
    TOO_LATE = "mail_too_late"
    ERASED = "mail_person_erased"
    BOUNCED_FOR_NOW = "mail_bounced_for_now"
    """The mailbox was full or away for days; the address may be right."""


class MailRefusedError(Exception):
    """A mail was surely not sent, and would not be if it were tried again."""

    def __init__(self, reason: NotSent) -> None:
        super().__init__(reason.value)
        self.reason = reason
