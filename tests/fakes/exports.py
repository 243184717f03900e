"""Exports on record, in memory."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.adapters.exports import ExportPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import Export, Package
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.retention import over
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back
from tests.fakes.mails import FakeMails
from tests.fakes.samples import NOON


class FakeExports:
    """Exports by their id."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        mails: FakeMails | None = None,
        now: Callable[[], datetime] = lambda: NOON,
    ) -> None:
        self._trail = trail
        self._mails = mails or FakeMails(trail)
        self._now = now
        self.exports: dict[str, Export] = {}
        self._ends: dict[str, int | None] = {}

    def begin(self, export: Export, entry: NewEntry) -> None:
        self._trail.record(entry, lambda: self.put_new(export))

    def get(self, export_id: str) -> Export | None:
        return None if self._over(export_id) else self.exports.get(export_id)

    def of_person(self, person_id: str) -> tuple[Export, ...]:
        own = [each for each in self._kept() if each.person_id == person_id]
        return tuple(sorted(own, key=lambda e: (e.begun_at, e.export_id), reverse=True))

    def page(self, after: str | None, limit: int) -> ExportPage:
        places = {place(e.begun_at, e.export_id): e for e in self._kept()}
        shown, following = page_back(places, after, limit)
        return ExportPage(tuple(shown), following)

    def packed(
        self,
        export: Export,
        package: Package,
        entry: NewEntry,
        mails: Iterable[Mail],
        expires_at: int | None = None,
    ) -> bool:
        told = tuple(mails)
        there = self.exports.get(export.export_id)
        if there is None or there.package is not None:
            return False

        def write() -> None:
            self._mails.put_new(told)
            self.exports[export.export_id] = replace(there, package=package)
            self._ends[export.export_id] = expires_at

        self._trail.record(entry, write)
        return True

    def fetched(self, export: Export, at: datetime, entry: NewEntry) -> bool:
        there = self.exports.get(export.export_id)
        if there is None or there.package is None or there.package.ends_at <= at:
            return False
        after = replace(there, fetched=there.fetched + 1, fetched_at=at)

        def write() -> None:
            self.exports[export.export_id] = after

        self._trail.record(entry, write)
        return True

    def _over(self, export_id: str) -> bool:
        return over(self._ends.get(export_id), self._now())

    def _kept(self) -> list[Export]:
        return [each for name, each in self.exports.items() if not self._over(name)]

    # -- for the other fakes, within their transactions --------------------------------

    def put_new(self, export: Export) -> None:
        """What begins; one that is there already refuses the act."""
        if export.export_id in self.exports:
            raise ActRefusedError("the export has begun already")
        self.exports[export.export_id] = export
