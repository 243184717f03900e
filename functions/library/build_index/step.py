"""Make the next generation of the index, of what changed since the last."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, Protocol

from beeldrecht.adapters.search_documents import Found
from beeldrecht.adapters.search_engine import Engine
from beeldrecht.adapters.search_items import Change, Generation, Swing
from beeldrecht.adapters.search_schema import is_packed
from beeldrecht.runtime.events import Frozen

LEASE: Final = timedelta(minutes=11)
"""A little longer than the function may run: who is late finds another one at it."""
ROUNDS: Final = 3
"""How many generations one call makes, while more changes than that wait."""
MANY: Final = 500


class Outcome(StrEnum):
    """What came of it."""

    BUILT = "built"
    NOTHING = "nothing"
    """Nothing had changed."""
    BUSY = "busy"
    """Another one is making it."""
    LATE = "late"
    """Another one had made it by then: nothing of this one counts."""


class Result(Frozen):
    """What came of it, and how many changes it took up."""

    outcome: Outcome
    taken: int = 0
    purged: int = 0


class State(Protocol):
    """What is on record about the index."""

    def lease(self, lease_id: str, at: datetime, until: datetime) -> Generation | None:
        """Become the one that writes; None while another one is."""
        ...

    def release(self, lease_id: str) -> None:
        """Let another one write."""
        ...

    def generation(self) -> Generation:
        """The index as it is."""
        ...

    def changes(self, since: datetime | None = None) -> tuple[Change, ...]:
        """What changed."""
        ...

    def purges(self) -> Iterator[tuple[str, str]]:
        """What has to go from every file."""
        ...

    def swing(self, lease_id: str, before: Generation, made: Swing) -> bool:
        """Make this the index; False: another one did."""
        ...

    def purged(self, purges: Iterable[tuple[str, str]], at: datetime) -> None:
        """Record that these are gone from every file."""
        ...

    def taken(self, changes: Iterable[Change]) -> None:
        """Drop changes that a generation holds."""
        ...


class Files(Protocol):
    """The files of generations."""

    def put(
        self, folder: Path, before: Generation, made_by: str, store: Path
    ) -> tuple[Mapping[str, Any], dict[str, str]]:
        """Put what is new; give Tantivy's list, and the object of each file."""
        ...

    def drop_all_but(self, generation: Generation) -> int:
        """Remove what is of no generation any more."""
        ...


class Copies(Protocol):
    """Copies of generations, to read and to change."""

    @property
    def store(self) -> Path:
        """Where objects are kept as they came."""
        ...

    def lay_out(self, generation: Generation) -> Engine:
        """A copy of one, in a folder of its own."""
        ...


class Source(Protocol):
    """What is on record now."""

    def read(
        self, subjects: Iterable[str], of_session: Callable[[str], Iterable[str]]
    ) -> tuple[list[Found], list[str]]:
        """What is on record of these, and of which nothing is."""
        ...


@dataclass(frozen=True, slots=True)
class Workshop:
    """What making a generation takes."""

    state: State
    files: Files
    copies: Copies
    source: Source
    new_id: Callable[[], str]
    now: Callable[[], datetime]


def build_index(shop: Workshop) -> Result:
    """Make the next generation, and another one while many changes wait.

    One at a time, under a lease. Wherever it stops, the generation before serves and the
    changes still wait; a generation counts from the one write that names its files. What
    was purged is said to be gone after the last file that held it is. Safe to repeat.
    """
    done = _in_turn(shop)
    for _ in range(ROUNDS - 1):
        # Who asked for a purge meanwhile was told that somebody is at it: this one.
        over = done.outcome in {Outcome.BUSY, Outcome.LATE}
        if over or next(iter(shop.state.purges()), None) is None:
            break
        more = _in_turn(shop)
        if more.outcome is not Outcome.BUILT:
            break
        done = _together(done, more)
    return done


def _in_turn(shop: Workshop) -> Result:
    """A few generations under one lease, which is given back whatever happens."""
    lease_id, at = shop.new_id(), shop.now()
    if shop.state.lease(lease_id, at, at + LEASE) is None:
        return Result(outcome=Outcome.BUSY)
    done = Result(outcome=Outcome.NOTHING)
    try:
        for _ in range(ROUNDS):
            last = _next(shop, lease_id)
            if last.outcome is not Outcome.BUILT:
                return last if last.outcome is Outcome.LATE else done
            done = _together(done, last)
            if last.taken < MANY:
                break
    finally:
        shop.state.release(lease_id)
    return done


def _together(done: Result, more: Result) -> Result:
    return Result(
        outcome=more.outcome,
        taken=done.taken + more.taken,
        purged=done.purged + more.purged,
    )


def _next(shop: Workshop, lease_id: str) -> Result:
    before, read_at = shop.state.generation(), shop.now()
    purges = tuple(shop.state.purges())
    changes = shop.state.changes()
    packed = is_packed(before.meta)
    if not changes and not purges and packed:
        # A writer that stopped may have left files that are of no generation.
        shop.files.drop_all_but(before)
        return Result(outcome=Outcome.NOTHING)
    engine = shop.copies.lay_out(before)
    subjects = {each.subject for each in changes} | {asset_id for asset_id, _ in purges}
    found, gone = shop.source.read(subjects, engine.of_session)
    engine.apply(found, gone)
    if purges or not packed:
        engine = _anew(engine)
    meta, files = shop.files.put(engine.folder, before, lease_id, shop.copies.store)
    made = Swing(meta, files, read_at, purged=bool(purges))
    if not shop.state.swing(lease_id, before, made):
        # What it put is of no generation, and may say what the other one left out.
        shop.files.drop_all_but(shop.state.generation())
        return Result(outcome=Outcome.LATE)
    shop.files.drop_all_but(shop.state.generation())
    shop.state.purged(purges, shop.now())
    shop.state.taken(changes)
    return Result(outcome=Outcome.BUILT, taken=len(changes), purged=len(purges))


def _anew(engine: Engine) -> Engine:
    """The same in files that never held anything else.

    What is deleted from an index stays in its files until they are merged; here every
    file is written again, from what the index still says, with all fields of today.
    """
    folder = engine.folder.with_name(f"{engine.folder.name}-anew")
    shutil.rmtree(folder, ignore_errors=True)
    fresh = Engine(folder)
    fresh.fill(engine.documents())
    return fresh
