"""Facts as the register tells of them to what follows: their kind and their ids."""

from dataclasses import dataclass
from enum import StrEnum


class FactKind(StrEnum):
    """What was put on record; nothing else starts anything."""

    REQUEST = "request"
    QUITCLAIM = "quitclaim"
    WITHDRAWAL = "withdrawal"
    RESTRICTION = "restriction"
    LIFT = "lift"
    """The end of a restriction or an objection."""
    ERASURE = "erasure"
    """Somebody is to be erased."""
    PICTURE_ERASURE = "picture_erasure"
    """A picture is to be erased."""
    EXPORT = "export"
    """A copy of all that is on record about somebody, that is to be made."""
    ENROLMENT = "enrolment"
    """A template of somebody was made: pictures may be looked at again for them."""
    MAIL = "mail"
    """One that tells somebody that their consent has ended is about that person; no
    other names anybody."""


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """One fact: its id, and the person or asset that it is about."""

    kind: FactKind
    fact_id: str
    subject_id: str | None = None
