"""What people ask for themselves (GDPR 15-21): each with a clock of one month (R7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .time import day_of, instant, midnight, months_later


class SubjectRequestKind(StrEnum):
    """What is asked."""

    EXPORT = "export"
    ERASURE = "erasure"
    OBJECTION = "objection"


class SubjectRequestState(StrEnum):
    """Where it stands."""

    OPEN = "received"
    UPHELD = "upheld"
    """It was done as asked; of an objection: the pictures stay in for good."""
    DISMISSED = "dismissed"
    """It was refused, with a reason that the person was told."""


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """One thing that a person asked for."""

    request_id: str
    person_id: str
    kind: SubjectRequestKind
    asked_at: datetime
    due_at: datetime
    """One month later, to the day."""
    state: SubjectRequestState = SubjectRequestState.OPEN
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None


def due_at(asked_at: datetime) -> datetime:
    """When the answer is due (GDPR 12(3)): within a month, the last day counted in full.

    In Amsterdam, and by Regulation (EEC, Euratom) 1182/71; a weekend or a holiday, which
    could make it later, does not here.
    """
    return midnight(months_later(day_of(asked_at), 1) + timedelta(days=1))


def overdue(request: SubjectRequest, at: datetime) -> bool:
    """Whether nobody has decided on it in time."""
    waiting = request.state is SubjectRequestState.OPEN
    return waiting and instant(at) >= request.due_at
