"""The register of breaches in memory, and who and what is on record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.breaches import PEOPLE, BreachPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import Breach, Noted, Touched, pages_of, summary_of
from beeldrecht.domain.people import AppearanceStatus
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.world import World


class FakeBreaches:
    """Breaches by identifier."""

    def __init__(self, trail: FakeAuditTrail) -> None:
        self._trail = trail
        self.breaches: dict[str, Breach] = {}
        self.found_of: dict[str, Touched] = {}

    def add(self, breach: Breach, entry: NewEntry) -> bool:
        if breach.breach_id in self.breaches:
            return False
        self._put(breach, entry)
        return True

    def note(self, breach_id: str, noted: Noted, entry: NewEntry) -> bool:
        there = self.breaches.get(breach_id)
        if there is None or there.noted(noted.event):
            return False
        events = sorted((*there.events, noted), key=lambda e: (e.at, e.event))
        self._put(replace(there, events=tuple(events)), entry)
        return True

    def found(
        self, breach_id: str, touched: Touched, at: datetime, entry: NewEntry
    ) -> bool:
        there = self.breaches.get(breach_id)
        if there is None:
            return False
        self.found_of[breach_id] = touched
        self._put(replace(there, summary=summary_of(touched, at)), entry)
        return True

    def get(self, breach_id: str) -> Breach | None:
        return self.breaches.get(breach_id)

    def page(self, after: str | None, limit: int) -> BreachPage:
        places = {place(b.recorded_at, b.breach_id): b for b in self.breaches.values()}
        following = sorted(each for each in places if after is None or each > after)
        shown = following[:limit]
        more = shown[-1] if len(following) > limit else None
        return BreachPage(tuple(places[each] for each in shown), more)

    def touched(self, breach_id: str, what: str, page: int) -> tuple[str, ...]:
        found = self.found_of.get(breach_id)
        if found is None:
            return ()
        pages = pages_of(found.people if what == PEOPLE else found.pictures)
        return tuple(pages[page]) if page < len(pages) else ()

    def _put(self, breach: Breach, entry: NewEntry) -> None:
        def write() -> None:
            self.breaches[breach.breach_id] = breach

        self._trail.record(entry, write)


class FakeAssessor:
    """Remembers what is to be looked up."""

    def __init__(self) -> None:
        self.started: list[str] = []

    def start(self, breach_id: str) -> None:
        self.started.append(breach_id)


class FakeReach:
    """Who and what is on record in a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def everybody(self, before: datetime) -> Iterator[str]:
        people = self._world.register._people
        yield from [p for p, (_, added) in people.items() if added < before]

    def pictures(self) -> Iterator[str]:
        yield from self._world.library.rows

    def people_in(self, asset_id: str) -> Iterator[str]:
        row = self._world.library.rows.get(asset_id)
        for appearance in row.appearances.values() if row else ():
            if appearance.status is AppearanceStatus.CONFIRMED:
                yield appearance.person_id

    def is_person(self, subject: str) -> bool:
        return self._world.register.knows(subject)

    def is_picture(self, subject: str) -> bool:
        return subject in self._world.library.rows
