"""The bucket of checkpoints in memory: one an hour, and the first of an hour stands."""

from collections.abc import Iterator
from datetime import datetime

from beeldrecht.adapters.checkpoints import Found, key_of
from beeldrecht.domain.audit import NO_ENTRY, Checkpoint, Entry
from beeldrecht.domain.audit_findings import Chain
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
