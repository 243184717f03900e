"""The audit trail in memory, chained like the real one."""

from collections.abc import Iterator
from datetime import UTC, datetime

from beeldrecht.adapters.audit import FIRST, Data, Entry, digest_of
from tests.fakes.effects import Effects


class FakeAuditTrail:
    """Chains of entries; an entry id counts once in its chain."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.chains: dict[str, list[Entry]] = {}

    def append(
        self, scope: str, entry_id: str, tag: str, at: datetime, actor: str, data: Data
    ) -> None:
        if not all(isinstance(text, str) for text in (scope, entry_id, tag, actor)):
            raise TypeError("the table takes text only")
        with self._effects.effect("audit.append"):
            chain = self.chains.setdefault(scope, [])
            if any(entry.entry_id == entry_id for entry in chain):
                return
            number = len(chain) + 1
            previous = chain[-1].digest if chain else FIRST
            stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
            # A table hands plain words back, whatever enumeration they came from.
            plain = {k: str(v) if isinstance(v, str) else v for k, v in data.items()}
            digest = digest_of(
                scope, number, entry_id, tag, stamp, actor, plain, previous
            )
            chain.append(
                Entry(scope, number, entry_id, tag, stamp, actor, plain, previous, digest)
            )

    def entries(self, scope: str) -> Iterator[Entry]:
        yield from self.chains.get(scope, [])
