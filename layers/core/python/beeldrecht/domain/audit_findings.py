"""What can be wrong with the audit log, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .audit import Beginning, Entry


class AuditFindingId(StrEnum):
    """What can be wrong with the audit log."""

    CHANGED = "entry_changed"
    """The entry is not what it was when it was written."""
    MISSING = "entry_missing"
    """Between entries, or before the first, there is none where one was."""
    CUT_OFF = "chain_cut_off"
    """The chain ends before it did when a checkpoint was made."""
    OUT_OF_PLACE = "entry_out_of_place"
    """The entry is whole, and stands where it was not written."""
    INSERTED = "entry_inserted"
    """The entry stands where another is already, or twice."""
    FORKED = "chain_forked"
    """The entries are whole, and are not those that were written one after another."""
    STRAY = "stray_item"
    """Something in the chain is not an entry."""
    MARK_ALONE = "mark_without_entry"
    """An entry is marked as written, and is not there."""
    DATED = "entry_dated_to_go"
    """The entry is dated to be removed, and no locked beginning says that it may be."""
    BEGINNING_WRONG = "beginning_wrong"
    """A chain is said to begin later, and the log and the checkpoints do not agree."""
    BEGINNING_EARLY = "beginning_early"
    """What a beginning says is gone was not over yet."""
    CHECKPOINT_CHANGED = "checkpoint_changed"
    """The checkpoint is not what it was when it was made."""
    CHECKPOINT_MISSING = "checkpoint_missing"
    """Between checkpoints there is none where one was."""
    CHECKPOINT_FORKED = "checkpoint_forked"
    """The checkpoint does not follow the one before it."""
    CHECKPOINT_LATE = "checkpoint_late"
    """There is no recent checkpoint."""


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """One thing that is wrong, and where: the chain, the numbers, the entry."""

    id: AuditFindingId
    shard: str | None = None
    first: int | None = None
    last: int | None = None
    entry_id: str | None = None
    checkpoint: int | None = None


class Mark(NamedTuple):
    """That an entry was written, where no act says so; and at which number."""

    subject: str
    entry_id: str
    place: str

    @property
    def number(self) -> int:
        """The number of the entry."""
        return int(self.place)


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that stands in one chain, entries in the order in which they do."""

    shard: str
    entries: Sequence[Entry]
    marks: frozenset[Mark] = frozenset()
    strays: tuple[str, ...] = ()
    """The keys of what is no entry."""
    dated: frozenset[int] = frozenset()
    """The numbers of the entries and marks that are dated to be removed."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What came out of verifying the log."""

    entries: int
    checkpoints: int
    findings: tuple[AuditFinding, ...]
    beginnings: tuple[Beginning, ...] = ()
    """The chains that begin later, because what is older was over."""
