"""A person, and where that person appears."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be portrayed. The name is for staff; rules use the id alone."""

    person_id: str
    name: str


class AppearanceStatus(StrEnum):
    """How far it is settled that this face is this person (R14)."""

    SUGGESTED = "suggested"
    """Software says so; nothing follows from it."""
    CONFIRMED = "confirmed"
    """A person says so."""
    REJECTED = "rejected"
    """A person says it is not."""


class SuggestionBand(StrEnum):
    """How a suggestion is shown: never with a score."""

    LIKELY = "likely"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Appearance:
    """A person in a face of a picture."""

    asset_id: str
    face_id: str
    person_id: str
    status: AppearanceStatus
    settled_by: str | None = None
    """Who confirmed or rejected it; None as long as only software has spoken."""
    settled_at: datetime | None = None
    band: SuggestionBand | None = None

    def __post_init__(self) -> None:
        """Refuse to be settled by nobody (R14)."""
        if self.status is not AppearanceStatus.SUGGESTED and not self.settled_by:
            raise ValueError("only a person settles who a face is")
