"""What people ask for themselves (GDPR 15-21): each with a clock of one month (R7)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
