"""The audit trail in memory, chained like the real one."""

from collections.abc import Callable, Iterator
from datetime import datetime

from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Data,
    Entry,
    Head,
    NewEntry,
    chained,
    shard_of,
)
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import AuditFinding, Chain
from tests.fakes.effects import Effects


class FakeAuditTrail:
    """Chains of entries, by shard."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.chains: dict[str, list[Entry]] = {}
        self._once: set[tuple[str, str]] = set()

    def record(self, entry: NewEntry, write: Callable[[], None] | None = None) -> None:
        """An entry by itself counts once; with an act it stands or falls with that."""
        with self._effects.effect("audit.record"):
            if write is None:
                self.add_once(entry)
            else:
                write()
                self.add(entry)

    def append(
        self, scope: str, entry_id: str, tag: str, at: datetime, actor: str, data: Data
    ) -> None:
        self.record(NewEntry(scope, entry_id, tag, at, actor, data))

    def add(self, entry: NewEntry) -> None:
        """The entry alone, within an act that another fake counts as one effect."""
        shard = shard_of(entry.subject)
        head = self.head(shard)
        chain = self.chains.setdefault(shard, [])
        chain.append(chained(entry, head.number + 1, head.digest))

    def add_once(self, entry: NewEntry) -> None:
        """The same, where no act says whether it was there already."""
        name = (entry.subject, entry.entry_id)
        if name not in self._once:
            self._once.add(name)
            self.add(entry)

    def entries(self, subject: str) -> Iterator[Entry]:
        for entry in self.chains.get(shard_of(subject), []):
            if entry.subject == subject:
                yield entry

    def findings(self) -> tuple[AuditFinding, ...]:
        """What verifying all chains finds."""
        return verify(
            Chain(shard, entries) for shard, entries in self.chains.items()
        ).findings

    def head(self, shard: str) -> Head:
        chain = self.chains.get(shard)
        return Head(chain[-1].number, chain[-1].digest) if chain else EMPTY

    def heads(self) -> tuple[Head, ...]:
        return tuple(self.head(shard) for shard in SHARDS)
