"""The promises of the register of breaches."""

from datetime import datetime, timedelta
from typing import Protocol

from beeldrecht.adapters.breaches import PEOPLE, PICTURES, BreachPage
from beeldrecht.domain.access import Role
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import (
    ON_PAGE,
    Breach,
    BreachEvent,
    BreachKind,
    BreachScope,
    Noted,
    Touched,
    summary_of,
)
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.stores import DataCategory, Store
from beeldrecht.domain.time import Period
from tests.fakes.governance import noted
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, TICK

HOUR = timedelta(hours=1)
WHOLE = BreachScope(Period(NOON - HOUR, NOON), ANN, Role.EDITOR, Store.LIBRARY)
PLAIN = BreachScope(Period(NOON - HOUR, NOON))


class Breaches(Protocol):
    """What both registers offer."""

    def add(self, breach: Breach, entry: NewEntry) -> bool: ...
    def note(self, breach_id: str, noted: Noted, entry: NewEntry) -> bool: ...
    def found(
        self, breach_id: str, touched: Touched, at: datetime, entry: NewEntry
    ) -> bool: ...
    def get(self, breach_id: str) -> Breach | None: ...
    def page(self, after: str | None, limit: int) -> BreachPage: ...
    def touched(self, breach_id: str, what: str, page: int) -> tuple[str, ...]: ...


def a_breach(number: int = 0, scope: BreachScope = WHOLE) -> Breach:
    at = NOON + number * TICK
    text = "A laptop was stolen."
    return Breach(new_id(), BreachKind.REAL, scope, NOON, text, EDITOR, at)


class BreachesContract:
    """A breach is recorded once, its events once each, and what it touches in pages."""

    def add(self, breaches: Breaches, breach: Breach) -> bool:
        return breaches.add(breach, noted(breach.breach_id, NOON, "test:breach:add"))

    def test_a_breach_comes_back_as_it_was_recorded_and_once(
        self, breaches: Breaches
    ) -> None:
        assert breaches.get(new_id()) is None
        for scope in (WHOLE, PLAIN):
            breach = a_breach(scope=scope)
            assert self.add(breaches, breach)
            assert not self.add(breaches, breach)
            assert breaches.get(breach.breach_id) == breach

    def test_each_event_stands_once_as_it_was_noted_first(
        self, breaches: Breaches
    ) -> None:
        breach = a_breach()
        self.add(breaches, breach)
        told = Noted(BreachEvent.AUTHORITY_TOLD, EDITOR, NOON + HOUR, "By their form.")
        people = Noted(BreachEvent.PEOPLE_TOLD, EDITOR, NOON, "By letter.")
        for number, each in enumerate((told, people)):
            entry = noted(breach.breach_id, NOON, "test:breach:note", number)
            assert breaches.note(breach.breach_id, each, entry)
        again = Noted(told.event, ANN, NOON, "Otherwise.")
        entry = noted(breach.breach_id, NOON, "test:breach:note", 9)
        assert not breaches.note(breach.breach_id, again, entry)
        assert not breaches.note(new_id(), told, entry)
        found = breaches.get(breach.breach_id)
        assert found is not None
        assert found.events == (people, told)

    def test_r17_whom_it_touches_is_kept_in_pages_and_counted(
        self, breaches: Breaches
    ) -> None:
        breach = a_breach()
        self.add(breaches, breach)
        people = {derived_id("many", str(n)) for n in range(ON_PAGE + 1)}
        touched = Touched(
            frozenset(people),
            frozenset({PICTURE}),
            frozenset({DataCategory.PORTRAIT, DataCategory.CONTACT}),
            entries=12,
            found_at=NOON,
        )
        for number in range(2):
            entry = noted(breach.breach_id, NOON, "test:breach:find", number)
            assert breaches.found(breach.breach_id, touched, NOON, entry)
        found = breaches.get(breach.breach_id)
        assert found is not None
        assert found.summary == summary_of(touched, NOON)
        pages = [breaches.touched(breach.breach_id, PEOPLE, n) for n in range(3)]
        assert [len(page) for page in pages] == [ON_PAGE, 1, 0]
        assert {each for page in pages for each in page} == people
        assert breaches.touched(breach.breach_id, PICTURES, 0) == (PICTURE,)

    def test_of_an_unknown_breach_nothing_is_found(self, breaches: Breaches) -> None:
        touched = Touched(frozenset({BOB}), frozenset(), frozenset())
        entry = noted(new_id(), NOON, "test:breach:find")
        assert not breaches.found(new_id(), touched, NOON, entry)

    def test_the_register_lists_them_page_by_page_the_first_first(
        self, breaches: Breaches
    ) -> None:
        made = [a_breach(n) for n in range(3)]
        for each in made:
            self.add(breaches, each)
        first = breaches.page(None, 2)
        second = breaches.page(first.after, 2)
        assert (*first.breaches, *second.breaches) == tuple(made)
        assert second.after is None
