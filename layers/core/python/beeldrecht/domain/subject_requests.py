"""What people ask for themselves (GDPR 15-21): each with a clock of one month (R7)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from .time import day_of, instant, midnight, months_later

LONGEST_EXTENSION: Final = 2
"""Months, besides the first (GDPR 12(3))."""
REMIND_BEFORE: Final = (14, 7)
"""Days before an answer is due on which officers are reminded of it."""
REMIND_DAILY: Final = 2
"""Days before it from which on they are reminded each day, until it is decided."""


class SubjectRequestKind(StrEnum):
    """What is asked."""

    EXPORT = "export"
    """Access and portability (15 and 20)."""
    RECTIFICATION = "rectification"
    """Something on record is wrong (16): above all, that somebody in a picture is not
    this person."""
    RESTRICTION = "restriction"
    """Kept, and not used (18)."""
    OBJECTION = "objection"
    ERASURE = "erasure"


FREEZING: Final = frozenset(
    {SubjectRequestKind.RESTRICTION, SubjectRequestKind.OBJECTION}
)
"""What freezes the person's pictures from the instant of the record on."""


class SubjectRequestState(StrEnum):
    """Where it stands."""

    OPEN = "received"
    UPHELD = "upheld"
    """It was done as asked; of a freeze: it stays, until it is lifted."""
    DISMISSED = "dismissed"
    """It was refused, with a reason that the person was told."""


class Received(StrEnum):
    """By which way it was asked."""

    OWN_PAGE = "asked_on_page"
    LETTER = "asked_by_letter"
    MAIL = "asked_by_mail"
    PHONE = "asked_by_phone"
    COUNTER = "asked_at_counter"


class Identity(StrEnum):
    """How we know that it is this person who asks, or who may ask for them."""

    LINK = "came_by_own_link"
    KNOWN = "known_to_staff"
    DOCUMENT_SEEN = "document_was_seen"
    """Looked at and given back: no copy of it is kept."""
    GUARDIAN = "guardian_was_checked"
    UNCHECKED = "not_checked"


class ToldBy(StrEnum):
    """By which way somebody was told that a freeze ends."""

    MAIL = "told_by_mail"
    """By the mail that is recorded with it."""
    LETTER = "told_by_letter"
    PHONE = "told_by_phone"
    COUNTER = "told_at_counter"


@dataclass(frozen=True, slots=True)
class Extension:
    """That the answer takes longer; the person was told why, within the first month."""

    months: int
    reason: str | None
    """None where it was not opened."""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Decided:
    """What an officer decided on a request, and why: the person is told both."""

    state: SubjectRequestState
    by: str
    at: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Lifting:
    """The end of a freeze that was upheld, said beforehand (GDPR 18(3))."""

    from_: datetime
    """From when on pictures may be used again, as far as anything allows it."""
    reason: str | None
    """None where it was not opened."""
    by: str
    at: datetime
    told: ToldBy = ToldBy.MAIL


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """One thing that a person asked for."""

    request_id: str
    person_id: str
    kind: SubjectRequestKind
    asked_at: datetime
    """When it reached us: the clock runs from there, whenever it was entered."""
    due_at: datetime
    """One month later, to the day; later still once that was extended."""
    state: SubjectRequestState = SubjectRequestState.OPEN
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    received: Received = Received.OWN_PAGE
    entered_by: str | None = None
    """The user who entered it; None: the person did."""
    identity: Identity = Identity.LINK
    identity_by: str | None = None
    """The user who checked it, where somebody did after it was entered."""
    identity_at: datetime | None = None
    details: str | None = None
    """What the person says besides; None where it was not opened."""
    asset_id: str | None = None
    """The picture that it is about, where it is about one."""
    face_id: str | None = None
    """The face in it that is not this person; None: whichever is said to be."""
    extension: Extension | None = None
    lifting: Lifting | None = None


def due_at(asked_at: datetime) -> datetime:
    """When the answer is due (GDPR 12(3)): within a month, the last day counted in full.

    In Amsterdam, and by Regulation (EEC, Euratom) 1182/71; a weekend or a holiday, which
    could make it later, does not here.
    """
    return due_after(asked_at, 1)


def due_after(asked_at: datetime, months: int) -> datetime:
    """When an answer is due within so many months of the day it was asked on."""
    return midnight(months_later(day_of(asked_at), months) + timedelta(days=1))


def overdue(request: SubjectRequest, at: datetime) -> bool:
    """Whether nobody has decided on it in time."""
    waiting = request.state is SubjectRequestState.OPEN
    return waiting and instant(at) >= request.due_at


def reached_us(day: date, at: datetime) -> datetime:
    """The instant that stands for the day on which something asked reached us.

    Now, where that is today; else the first of the day: the clock counts by days.
    """
    return at if day == day_of(at) else midnight(day)


def last_day(request: SubjectRequest) -> date:
    """The last day on which the answer is in time."""
    return day_of(request.due_at - timedelta(microseconds=1))


def to_remind(request: SubjectRequest, on: date) -> bool:
    """Whether officers are reminded of it that day.

    Two weeks and one week before its last day, and from two days before on each day as
    long as nobody decides: a day on which nothing ran is made up for by the next.
    """
    if request.state is not SubjectRequestState.OPEN:
        return False
    left = (last_day(request) - on).days
    return left in REMIND_BEFORE or left <= REMIND_DAILY
