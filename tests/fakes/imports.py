"""Archives on their way in, in memory."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.imports import ImportedPage
from beeldrecht.domain.assets import DECIDED, AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.imports import ArchiveImport, ImportTally
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects


class FakeImports:
    """Behaves as `Imports` does."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        effects: Effects | None = None,
        stands: Callable[[str], Iterable[AssetStatus]] = lambda _: (),
    ) -> None:
        self._stands = stands
        """Where the pictures of an import stand."""
        self._trail = trail
        self._effects = effects or Effects()
        self.begun: dict[str, ArchiveImport] = {}
        self.files: dict[str, dict[str, datetime]] = {}
        self._counted: Counter[str] = Counter()
        self._last: dict[str, datetime] = {}

    def begin(self, new: ArchiveImport, entry: NewEntry) -> ArchiveImport:
        with self._effects.effect("imports.begin"):
            if new.import_id not in self.begun:
                self.begun[new.import_id] = new
                self._trail.record(entry)
            else:
                self._counted[new.import_id] = len(self.files.get(new.import_id, {}))
        return self.begun[new.import_id]

    def get(self, import_id: str) -> ArchiveImport | None:
        return self.begun.get(import_id)

    def stop(self, found: ArchiveImport, at: datetime, entry: NewEntry) -> None:
        there = self.begun.get(found.import_id)
        if there is not None and there.stopped_at is None:
            self.begun[found.import_id] = replace(there, stopped_at=at)
            self._trail.record(entry)

    def of_user(self, user_id: str, most: int) -> tuple[ArchiveImport, ...]:
        mine = [each for each in self.begun.values() if each.begun_by == user_id]
        mine.sort(key=lambda each: each.begun_at, reverse=True)
        return tuple(mine[:most])

    def note(self, found: ArchiveImport, asset_id: str, at: datetime) -> bool:
        with self._effects.effect("imports.note"):
            files = self.files.setdefault(found.import_id, {})
            new = asset_id not in files
            files.setdefault(asset_id, at)
        return new

    def count(self, found: ArchiveImport, count: int, at: datetime) -> None:
        with self._effects.effect("imports.count"):
            self._counted[found.import_id] += count
            self._last[found.import_id] = at

    def tally(self, import_id: str) -> ImportTally:
        known = {*DECIDED, AssetStatus.REJECTED}
        there = Counter(each for each in self._stands(import_id) if each in known)
        last = self._last.get(import_id)
        return ImportTally(self._counted[import_id], dict(there), last)

    def page(self, import_id: str, after: str | None, limit: int) -> ImportedPage:
        every = sorted(self.files.get(import_id, {}))
        beyond = [each for each in every if after is None or each > after]
        shown = tuple(beyond[:limit])
        return ImportedPage(shown, shown[-1] if len(beyond) > limit else None)
