"""Bringing in an archive: many files under one name, of which nobody is looked for.

An import has the identifier that its name and who began it give it, and each of its
pictures the one that import, path and content give it: whoever begins again, from
wherever it stopped, makes no second of anything. A picture of an archive arrives with
boxes alone; software proposes nobody in it, in whatever mode (ADR 0039).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .assets import AssetStatus
from .ids import derived_id
from .intake import KEEP_UNFULFILLED
from .legal_bases import LegalBasisKind
from .sessions import Origin

KEPT: Final = timedelta(days=400)
"""How long an import and what it announced stay on record, from its beginning."""
MOST_FILES: Final = 1_000_000
"""Files of one import; more are several imports."""
BATCH: Final = 25
"""Files that are announced by one request: more would not end within it."""


class ImportState(StrEnum):
    """Whether an import takes more files."""

    OPEN = "import_open"
    STOPPED = "import_stopped"


class ImportRefusal(StrEnum):
    """Why a file, or a whole import, is not taken in."""

    STOPPED = "import_was_stopped"
    OTHER_TERMS = "import_under_other_terms"
    ERASED = "picture_was_erased"
    WAITED_TOO_LONG = "announced_too_long_ago"
    PARTS_NOT_SAID = "parts_not_as_the_size"
    WORDS_REFUSED = "metadata_not_taken"


class ImportRefusedError(Exception):
    """It is not taken in; `reason` says why."""

    def __init__(self, reason: ImportRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ImportTerms:
    """What holds for every picture of an import."""

    origin: Origin | None = None
    """What whoever brings it in says of all of it; None: nobody said."""
    session_id: str | None = None
    collection_id: str | None = None
    basis: LegalBasisKind | None = None
    """On what keeping it rests. It allows no use of any picture."""


@dataclass(frozen=True, slots=True)
class ImportTally:
    """How many pictures of an import stand where.

    Counted as they move; one that was erased since counts where it stood.
    """

    announced: int = 0
    by_status: Mapping[AssetStatus, int] = field(default_factory=dict)
    """Of those that were decided on, or refused."""
    announced_at: datetime | None = None
    """When the last of them was announced."""

    def of(self, status: AssetStatus) -> int:
        """How many stand there."""
        return self.by_status.get(status, 0)

    @property
    def open(self) -> int:
        """How many were announced and are not decided on: not sent, or on their way."""
        return max(self.announced - sum(self.by_status.values()), 0)

    def lapsed(self, at: datetime) -> int:
        """How many of the open ones nothing can come of any more."""
        last = self.announced_at
        over = last is not None and at >= last + KEEP_UNFULFILLED
        return self.open if over else 0


@dataclass(frozen=True, slots=True)
class ArchiveImport:
    """An archive on its way in."""

    import_id: str
    name: str
    count: int
    """How many files whoever began it had found."""
    terms: ImportTerms
    begun_by: str
    begun_at: datetime
    stopped_at: datetime | None = None

    @property
    def state(self) -> ImportState:
        """Whether it takes more."""
        return ImportState.OPEN if self.stopped_at is None else ImportState.STOPPED

    @property
    def ends_at(self) -> datetime:
        """When it goes from the record; the pictures stay."""
        return self.begun_at + KEPT

    @property
    def origin(self) -> Origin:
        """With what origin its pictures arrive: none of them ever feeds recognition."""
        public = self.terms.origin is Origin.PUBLIC_WEB
        return Origin.PUBLIC_WEB if public else Origin.ARCHIVE

    def asset_id(self, path: str, sha256: str) -> str:
        """Which picture the file at this path, with this content, becomes.

        The path goes in as a digest: it can name people, and is kept nowhere.
        """
        where = hashlib.sha256(path.encode()).hexdigest()
        return derived_id("imported", self.import_id, where, sha256)


def import_id_of(begun_by: str, name: str) -> str:
    """The identifier of somebody's import of that name: begun again it is the same."""
    named = hashlib.sha256(name.encode()).hexdigest()
    return derived_id("import", begun_by, named)
