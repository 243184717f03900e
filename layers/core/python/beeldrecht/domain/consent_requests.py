"""Asking somebody for consent: what was asked, how, and what came of it.

What people ask for themselves (access, erasure, objection) is a subject request: see
`subject_requests`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

REMIND_AFTER: Final = timedelta(days=7)
LAPSE_AFTER: Final = timedelta(days=30)
"""After asking; `statemachines/request_consent.asl.json` waits as long."""


class Delivery(StrEnum):
    """How somebody was asked, and so how they signed."""

    LINK = "link"
    """By a link in a mail."""
    QR = "qr"
    """By a code that was printed for a session."""
    TABLET = "tablet"
    """On a device of the organisation's, at the door."""
    PAPER = "paper"
    """On a form that staff entered."""


class ConsentRequestState(StrEnum):
    """Where an ask stands."""

    OPEN = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class ConsentRequest:
    """One person asked for consent in one wording."""

    request_id: str
    person_id: str
    wording: str
    """The version that is asked in, by its name: `<wording id>.<version>`."""
    language: str
    delivery: Delivery
    asked_by: str
    asked_at: datetime
    ends_at: datetime
    session_id: str | None = None
    pictures: tuple[str, ...] = ()
    """Assets that it is about, shown to the person before signing; may be none yet."""
    photographer: str | None = None
    state: ConsentRequestState = ConsentRequestState.OPEN
    quitclaim_id: str | None = None
    """What was signed in answer."""
    settled_at: datetime | None = None
