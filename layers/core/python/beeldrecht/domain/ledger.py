"""The erasure ledger: what was erased, so that no backup brings it back.

An erasure is entered before the first thing is deleted and noted as done at its end. A
table that was restored from a backup holds people again who were erased since: it may
serve only once everything in the ledger was done to it as well, and each time that is
done a mark in the table itself says so. The ledger lies in the audit table, which nobody
can change; identifiers alone stand in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .erasure import PictureOutcome
from .erasure_texts import TextPlace
from .named import Span


class LedgerError(ValueError):
    """An erasure that names nobody and nothing, or more than one: not to be entered."""


class RestoredTableError(Exception):
    """A table does not show every erasure: it was restored, and may not serve."""


@dataclass(frozen=True, slots=True)
class ErasedPicture:
    """A picture, what became of it, and which faces in it were the erased person's."""

    asset_id: str
    outcome: PictureOutcome
    face_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ErasedText:
    """A text that the name was taken out of: where it stood, and never which it was."""

    place: TextPlace
    spans: tuple[Span, ...]
    digest: str
    """Of the text without the name."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure is about to take away: a person with pictures, or one picture."""

    erasure_id: str
    person_id: str | None = None
    asset_id: str | None = None
    pictures: tuple[ErasedPicture, ...] = ()
    proof_kept: bool = False
    """Whether the proof of consent stays, sealed, until its statutory term ends."""
    texts: tuple[ErasedText, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be done again to a backup."""
        if (self.person_id is None) == (self.asset_id is None):
            raise LedgerError("an erasure is of one person or of one picture")
        if len({each.asset_id for each in self.pictures}) < len(self.pictures):
            raise LedgerError("one thing becomes of a picture")

    @property
    def all_pictures(self) -> tuple[ErasedPicture, ...]:
        """Every picture that was touched, the one that was erased by itself too."""
        if self.asset_id is None or self.asset_id in {p.asset_id for p in self.pictures}:
            return self.pictures
        return (*self.pictures, ErasedPicture(self.asset_id, PictureOutcome.DELETE))


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One erasure as it stands in the ledger, numbered from 1 without a gap."""

    number: int
    at: datetime
    erased: Erased
    done_at: datetime | None = None
    """None: it has begun, and may not be over."""


def serves(last: int, done: Iterable[int], marked: Iterable[int]) -> bool:
    """Whether a table with these marks may serve beside a ledger that ends at `last`.

    Every erasure that is over has to show in the table. A mark for an erasure that the
    ledger does not know says that the ledger itself is older than the table: then nobody
    knows what is missing, and nothing serves either.
    """
    marks = set(marked)
    return set(done) <= marks and all(1 <= number <= last for number in marks)
