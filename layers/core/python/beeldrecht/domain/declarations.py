"""Who is in a file that nobody's detector looks through: a person says so, or it stays.

Of a picture all there is can be looked at. Of a document the first page can, and of any
other file nothing: who else is in it is declared by hand. Whoever is declared to be in
what cannot be looked at has no place that could be covered, so that part leaves only
while each of them is cleared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .ids import derived_id
from .people import Appearance, AppearanceStatus

FILE_TYPE: Final = "application/octet-stream"
"""What a file is kept and handed out as that nothing here opens: bytes, to be saved."""
PDF_TYPE: Final = "application/pdf"

MOST_DECLARED: Final = 40
"""How many people one declaration names: it is recorded whole, in one transaction."""


class Sight(StrEnum):
    """How much of a file can be looked through."""

    WHOLE = "seen_whole"
    """A picture: what can be seen is all there is."""
    PART = "seen_in_part"
    """A document, of which the first page became the picture."""
    NOTHING = "not_seen"
    """Bytes that are kept as they came."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a person said of who is in what cannot be looked through."""

    declared_by: str
    people: int
    """How many they named; each is on record as an appearance at `declared_place`.

    The number stands by itself, so that somebody who is lost from the record makes it
    unknown who is in the file, and never nobody.
    """
    rest_stays: bool = False
    """Whether they said that what was not looked through never leaves: then it does not
    matter who is in it, and only the first page is used."""

    def __post_init__(self) -> None:
        """Refuse to be said by nobody (R14), or to say two things at once."""
        if not self.declared_by:
            raise ValueError("only a person declares who is in a file")
        if not 0 <= self.people <= (0 if self.rest_stays else MOST_DECLARED):
            raise ValueError("who is in what stays does not matter")


def sight_of(media_type: str) -> Sight:
    """How much can be looked through of a file that was taken in as this.

    A type that is not known to be a picture is never taken for one.
    """
    if media_type.startswith("image/"):
        return Sight.WHOLE
    return Sight.PART if media_type == PDF_TYPE else Sight.NOTHING


def declared_place(asset_id: str) -> str:
    """Where somebody is who is in a file and in no face: one place for each file.

    It has the shape of a face's identifier, and is that of none: what finds the pictures
    of a person finds the files that they are declared in by the same index.
    """
    return derived_id("declared", asset_id)


def declared_people(asset_id: str, appearances: Iterable[Appearance]) -> tuple[str, ...]:
    """Who is on record as declared to be in a file, in the order of their ids."""
    place = declared_place(asset_id)
    return tuple(
        sorted(
            {
                each.person_id
                for each in appearances
                if each.asset_id == asset_id
                and each.face_id == place
                and each.status is AppearanceStatus.CONFIRMED
            }
        )
    )
