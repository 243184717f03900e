"""The bucket of checkpoints in memory: one an hour, and the first of an hour stands."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.checkpoints import Found, key_of
from beeldrecht.domain.audit import (
    NO_ENTRY,
    SHARDS,
    Checkpoint,
    Entry,
    Head,
    NewEntry,
)
from beeldrecht.domain.audit_findings import Chain
from beeldrecht.domain.retention import over
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects


class FakeCheckpoints:
    """Checkpoints by their keys."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.kept: dict[str, Checkpoint] = {}

    def write(self, checkpoint: Checkpoint) -> None:
        with self._effects.effect("checkpoints.write"):
            self.kept.setdefault(key_of(checkpoint.instant), checkpoint)

    def last(self, _at: datetime) -> Checkpoint | None:
        everything = self.all().checkpoints
        return everything[-1] if everything else None

    def all(self) -> Found:
        return Found(tuple(sorted(self.kept.values(), key=lambda c: c.number)), ())


class FakeLog:
    """The log as it is, read from a trail; an entry can be put aside or spoiled."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.spoiled: dict[tuple[str, int], Entry] = {}
        self.gone: set[tuple[str, int]] = set()

    def chain(self, shard: str) -> Chain:
        found = list(self.since(shard, 1))
        entries = [entry for entry in found if entry is not NO_ENTRY]
        strays = tuple("stray" for entry in found if entry is NO_ENTRY)
        return Chain(shard, entries, strays=strays)

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        for entry in self._trail.chains.get(shard, []):
            name = (shard, entry.number)
            if entry.number >= number and name not in self.gone:
                yield self.spoiled.get(name, entry)


class FakeChains:
    """The chains as a retention run sees them; a date is an effect, and stays."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        checkpoints: FakeCheckpoints,
        effects: Effects | None = None,
    ) -> None:
        self._trail = trail
        self.kept = checkpoints
        self._effects = effects or Effects()
        self.log = FakeLog(trail)
        self.dates: dict[tuple[str, int], int] = {}

    def locked(self, at: datetime) -> Checkpoint | None:
        return self.kept.last(at)

    def head(self, shard: str) -> Head:
        return self._trail.head(shard)

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        return self.log.since(shard, number)

    def undated(self, shard: str, until: int) -> Iterator[Entry]:
        for entry in self.log.since(shard, 1):
            if entry.number <= until and (shard, entry.number) not in self.dates:
                yield entry

    def declare(self, entry: NewEntry) -> None:
        self._trail.record(entry)

    def date(self, entry: Entry, expires_at: int) -> bool:
        name = (entry.shard, entry.number)
        with self._effects.effect("chains.date"):
            if name in self.dates or name in self.log.gone:
                return False
            self.dates[name] = expires_at
        return True

    def end(self, at: datetime) -> None:
        """What time to live does, once a date has come."""
        self.log.gone |= {name for name, date in self.dates.items() if over(date, at)}

    def chains(self) -> list[Chain]:
        """What is there of each chain, to be verified."""
        return [
            replace(
                self.log.chain(shard),
                dated=frozenset(
                    number
                    for other, number in self.dates
                    if other == shard and (shard, number) not in self.log.gone
                ),
            )
            for shard in SHARDS
        ]
