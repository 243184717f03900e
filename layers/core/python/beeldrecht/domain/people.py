"""A person, and where that person appears."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be portrayed. The name is for staff; rules use the id alone."""

    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person as lists show them; without a name when the name was erased."""

    person_id: str
    name: str | None
    added_at: datetime


class InvalidNameError(ValueError):
    """Something that cannot be anybody's name was given as one."""


LONGEST_NAME = 200
_JOINERS = "\u200c\u200d"
"""Invisible, and part of how names in Persian and several Indian scripts are written."""
_REFUSED = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")


def name_of(given: str) -> str:
    """A name as it is kept: composed (NFC), blanks single; raises InvalidNameError.

    Characters that cannot be seen are refused, above all those that turn the direction
    of what follows: a list that shows them would show somebody else's name.
    """
    if any(unicodedata.category(c) in _REFUSED and c not in _JOINERS for c in given):
        raise InvalidNameError("a name has characters that can be seen")
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not any(c.isalnum() for c in name) or len(name) > LONGEST_NAME:
        raise InvalidNameError("a name has letters, and at most 200 characters")
    return name


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
