"""The audit log's part of a run: what is over is declared, and what is locked dated.

Two nights lie between: a run declares in the chain that entries are over (with a
"retention:chain:begin"), the hour's checkpoint sees each of them and locks that, and a
later run dates what is locked. Neither function can do the other's part.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Final, Protocol

from beeldrecht.domain.audit import SHARDS, Checkpoint, Entry, Head, NewEntry
from beeldrecht.domain.audit_beginnings import (
    beginning_of,
    declaration,
    is_over,
    over_from,
    start_of,
)
from beeldrecht.domain.expired import ACTOR
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import Counted, RetentionRun

DATED: Final = 500
"""Entries dated at a time, some twenty milliseconds each."""
_CHAINS = 8
"""Chains at a time: most have nothing that is over."""
_CURSOR = "chain:"
_KIND = RetentionKind.AUDIT


class Chains(Protocol):
    """The chains of the audit log, as far as their term goes."""

    def locked(self, at: datetime) -> Checkpoint | None:
        """The newest checkpoint."""
        ...

    def head(self, shard: str) -> Head:
        """Where a chain ends."""
        ...

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        """What stands in a chain from that number on."""
        ...

    def undated(self, shard: str, until: int) -> Iterator[Entry]:
        """The entries up to that number that carry no date."""
        ...

    def declare(self, entry: NewEntry) -> None:
        """Put a beginning on record in its chain; the same again adds nothing."""
        ...

    def date(self, entry: Entry, expires_at: int) -> bool:
        """Date an entry; False when it changed or went meanwhile."""
        ...


def first_cursor() -> str:
    """Where the walk over the chains begins."""
    return f"{_CURSOR}{SHARDS[0]}"


def in_chains(cursor: str | None) -> bool:
    """Whether a walk has come to the chains."""
    return cursor is not None and cursor.startswith(_CURSOR)


class Walk:
    """The chains under one policy at one instant."""

    def __init__(
        self,
        chains: Chains,
        policy: RetentionPolicy,
        locked: Callable[[], Checkpoint | None],
        at: datetime,
    ) -> None:
        self._chains = chains
        self._policy = policy
        self._locked = locked
        self._at = at

    def count(self, cursor: str, before: Counted) -> tuple[Counted, str | None]:
        """What would end of the next chains, and where the next begin."""
        place = _place(cursor)
        for shard in SHARDS[place : place + _CHAINS]:
            start = self._start(shard)
            ends, _ = self._over(shard, start)
            waiting = sum(1 for _ in self._due(shard, start.number))
            before = self._more(shard, start, before, ends + waiting, ends)
        return before, _cursor(place + _CHAINS)

    def apply(
        self, run: RetentionRun, cursor: str, before: Counted
    ) -> tuple[Counted, str | None]:
        """Date what is locked, declare what is over; safe to stop anywhere.

        A chain of which more is to be dated is gone on with before it is counted.
        """
        place = _place(cursor)
        for number in range(place, min(place + _CHAINS, len(SHARDS))):
            shard = SHARDS[number]
            start = self._start(shard)
            dated = self._date(shard, start.number)
            if dated == DATED:
                dated_so_far = Counted(before.looked, before.dates + dated, before.ends)
                return dated_so_far, _cursor(number)
            ends, entry = self._over(shard, start, run.run_id)
            before = self._more(shard, start, before, dated + ends, ends)
            if entry is not None:
                self._chains.declare(entry)
        return before, _cursor(place + _CHAINS)

    # -- inside -----------------------------------------------------------------------

    def _start(self, shard: str) -> Head:
        return start_of(beginning_of(self._locked(), shard))

    def _over(
        self, shard: str, start: Head, run_id: str = ""
    ) -> tuple[int, NewEntry | None]:
        """How many entries are over behind that head, and the entry that says so.

        Where nothing but such entries is over, it waits: else an idle log would be kept
        going by its own declarations.
        """
        entries = self._chains.since(shard, start.number + 1)
        over = over_from(entries, shard, start, self._is_over)
        days = self._policy.days(_KIND)
        if not over.acts or days is None:
            return 0, None
        return over.count, declaration(over, shard, days, run_id, self._at, ACTOR)

    def _date(self, shard: str, until: int) -> int:
        dated = 0
        for entry in islice(self._due(shard, until), DATED):
            expires_at = self._policy.expiry(_KIND, entry.instant, self._at)
            if expires_at is not None:
                dated += self._chains.date(entry, expires_at)
        return dated

    def _due(self, shard: str, until: int) -> Iterator[Entry]:
        """What is locked as gone and carries no date; by this policy too it is over."""
        if until:
            for entry in self._chains.undated(shard, until):
                if self._is_over(entry.instant):
                    yield entry

    def _is_over(self, written: datetime) -> bool:
        return is_over(self._policy, written, self._at)

    def _more(
        self, shard: str, start: Head, before: Counted, dates: int, ends: int
    ) -> Counted:
        looked = self._chains.head(shard).number - start.number
        return Counted(before.looked + looked, before.dates + dates, before.ends + ends)


def _place(cursor: str) -> int:
    return SHARDS.index(cursor.removeprefix(_CURSOR))


def _cursor(place: int) -> str | None:
    return f"{_CURSOR}{SHARDS[place]}" if place < len(SHARDS) else None
