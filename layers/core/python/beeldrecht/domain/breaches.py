"""Breaches of personal data, and drills of them: whom it touches, and by when to tell.

A scope says what somebody could have reached: a period, and in it what an account or a
role did, or what lay in a store. The log and the registry say whom that touches. A drill
goes the very same way as a real breach, and is marked as one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .access import Role
from .store_registry import STORES
from .stores import DataCategory, Holding, Store
from .time import Period, instant

TELL_WITHIN: Final = timedelta(hours=72)
"""GDPR 33(1): from when one became aware of it, by the clock and not by working days."""
LONGEST_SCOPE: Final = timedelta(days=366)
ON_PAGE: Final = 1_000
"""Identifiers in one item of what a breach touches."""


class BreachKind(StrEnum):
    """Whether it happened."""

    DRILL = "breach_drill"
    REAL = "breach_real"


class BreachEvent(StrEnum):
    """What was done about it, each a fact with its reason (GDPR 33(5))."""

    AUTHORITY_TOLD = "breach_authority_told"
    AUTHORITY_NOT_TOLD = "breach_authority_not_told"
    """No risk to anybody is likely: the reason says why (GDPR 33(1))."""
    PEOPLE_TOLD = "breach_people_told"
    PEOPLE_NOT_TOLD = "breach_people_not_told"
    """No high risk is likely, or it was taken away: the reason says why (GDPR 34(3))."""
    CLOSED = "breach_closed"


class BreachState(StrEnum):
    """How it stands."""

    COUNTING = "breach_counting"
    """Whom it touches is being looked up."""
    OPEN = "breach_open"
    LATE = "breach_late"
    """The 72 hours are over, and whether the authority is told is not on record."""
    CLOSED = "breach_was_closed"


class BreachRefusal(StrEnum):
    """Why something was not recorded of a breach."""

    SCOPE_TOO_WIDE = "breach_scope_too_wide"
    SCOPE_IN_FUTURE = "breach_scope_in_future"
    WHO_TWICE = "breach_who_twice"
    STILL_COUNTING = "breach_still_counting"
    NOT_DECIDED = "breach_not_decided"
    """It is not closed before somebody decided whether authority and people are told."""
    DECIDED_BEFORE = "breach_decided_before"
    ALREADY_CLOSED = "breach_already_closed"


@dataclass(frozen=True, slots=True)
class BreachScope:
    """What could have been reached: all of it has to hold."""

    period: Period
    actor: str | None = None
    """One account, whose acts in the period are looked at."""
    role: Role | None = None
    """Everybody with this role, in the place of one account."""
    store: Store | None = None

    @property
    def by_acts(self) -> bool:
        """Whether it is about what somebody did; else everything that lay there."""
        return self.store is None or self.actor is not None or self.role is not None


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom and what a breach touches, as far as the records say."""

    people: frozenset[str]
    pictures: frozenset[str]
    categories: frozenset[DataCategory]
    entries: int = 0
    """Entries of the log that were weighed."""
    found_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An event of a breach: who recorded it, and why."""

    event: BreachEvent
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The numbers of what a breach touches; the identifiers lie beside it, in pages."""

    people: int
    pictures: int
    categories: tuple[DataCategory, ...]
    entries: int
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach, or one drill."""

    breach_id: str
    kind: BreachKind
    scope: BreachScope
    aware_at: datetime
    """When somebody became aware of it: the clock begins here."""
    description: str
    recorded_by: str
    recorded_at: datetime
    summary: Summary | None = None
    events: tuple[Noted, ...] = ()

    @property
    def due_at(self) -> datetime:
        """By when the authority is told."""
        return self.aware_at + TELL_WITHIN

    def noted(self, *events: BreachEvent) -> bool:
        """Whether one of these events is on record."""
        return any(each.event in events for each in self.events)


_AUTHORITY: Final = (BreachEvent.AUTHORITY_TOLD, BreachEvent.AUTHORITY_NOT_TOLD)
_PEOPLE: Final = (BreachEvent.PEOPLE_TOLD, BreachEvent.PEOPLE_NOT_TOLD)
_EXCLUDES: Final[Mapping[BreachEvent, tuple[BreachEvent, ...]]] = MappingProxyType(
    {
        **dict.fromkeys(_AUTHORITY, (BreachEvent.AUTHORITY_TOLD,)),
        **dict.fromkeys(_PEOPLE, (BreachEvent.PEOPLE_TOLD,)),
        BreachEvent.CLOSED: (),
    }
)
"""What can be recorded no more after what: who was told stays told. That somebody was not
told can be followed by telling them."""


def scope_problem(
    scope: BreachScope, aware_at: datetime, at: datetime
) -> BreachRefusal | None:
    """Why this cannot be looked up."""
    end = scope.period.end
    if end is None or end - scope.period.start > LONGEST_SCOPE:
        return BreachRefusal.SCOPE_TOO_WIDE
    if scope.period.start > instant(at) or instant(aware_at) > instant(at):
        return BreachRefusal.SCOPE_IN_FUTURE
    return BreachRefusal.WHO_TWICE if scope.actor and scope.role else None


def state_of(breach: Breach, at: datetime) -> BreachState:
    """How it stands at an instant."""
    if breach.noted(BreachEvent.CLOSED):
        return BreachState.CLOSED
    if not breach.noted(*_AUTHORITY) and instant(at) >= breach.due_at:
        return BreachState.LATE
    return BreachState.OPEN if breach.summary else BreachState.COUNTING


def noting_problem(breach: Breach, event: BreachEvent) -> BreachRefusal | None:
    """Why this cannot be recorded of it now."""
    if breach.noted(BreachEvent.CLOSED):
        return BreachRefusal.ALREADY_CLOSED
    if breach.noted(event, *_EXCLUDES[event]):
        return BreachRefusal.DECIDED_BEFORE
    if event is not BreachEvent.CLOSED:
        return None
    if breach.summary is None:
        return BreachRefusal.STILL_COUNTING
    decided = breach.noted(*_AUTHORITY) and breach.noted(*_PEOPLE)
    real = breach.kind is BreachKind.REAL
    return BreachRefusal.NOT_DECIDED if real and not decided else None


_BY_TAG: Final[tuple[tuple[str, frozenset[DataCategory]], ...]] = (
    ("recognition:person", frozenset({DataCategory.BIOMETRIC})),
    ("recognition:people", frozenset({DataCategory.PORTRAIT, DataCategory.IDENTITY})),
    ("recognition:faces", frozenset({DataCategory.FACE_POSITION})),
    ("intake", frozenset({DataCategory.PORTRAIT, DataCategory.DESCRIPTION})),
    ("egress", frozenset({DataCategory.PORTRAIT})),
    ("clearance", frozenset({DataCategory.PORTRAIT, DataCategory.IDENTITY})),
    ("api:person", frozenset({DataCategory.IDENTITY, DataCategory.CONSENT})),
    ("api:contact", frozenset({DataCategory.CONTACT})),
    ("api:consent", frozenset({DataCategory.CONSENT, DataCategory.SIGNATURE})),
    ("api:document", frozenset({DataCategory.SIGNATURE, DataCategory.IDENTITY})),
    ("api:link", frozenset({DataCategory.IDENTITY})),
    ("api:request", frozenset({DataCategory.REQUEST})),
    ("api:objection", frozenset({DataCategory.REQUEST})),
    ("api:subject", frozenset({DataCategory.REQUEST, DataCategory.CONSENT})),
    ("api:audit", frozenset({DataCategory.TRACE})),
    ("api:export", frozenset({DataCategory.IDENTITY, DataCategory.PORTRAIT})),
    ("rights:export", frozenset({DataCategory.IDENTITY, DataCategory.PORTRAIT})),
    ("consent", frozenset({DataCategory.CONSENT, DataCategory.CORRESPONDENCE})),
)
"""Of which kind the data is that an act showed or changed, by how its tag begins."""


SHOWS_EVERYBODY: Final = frozenset({"api:person:list"})
"""Acts that name nobody, because what they show is a list of everybody."""


def categories_of_tag(tag: str) -> frozenset[DataCategory]:
    """Which kinds of data an act is about; at least that it happened."""
    for beginning, categories in _BY_TAG:
        if f"{tag}:".startswith(f"{beginning}:"):
            return categories | {DataCategory.TRACE}
    return frozenset({DataCategory.TRACE})


def categories_of_store(store: Store) -> frozenset[DataCategory]:
    """Which kinds of data lie in a store, by the registry of stores."""
    return frozenset(
        category
        for entry in STORES
        if entry.store is store
        for category in entry.categories
    )


def readable_in(store: Store) -> bool:
    """Whether something there says something of a person by itself.

    What is sealed with a person's own key, or holds identifiers alone, says nothing to
    whoever holds the store and nothing else (GDPR 34(3)(a)).
    """
    held = [entry.holding for entry in STORES if entry.store is store]
    return Holding.PERSONAL in held


@dataclass(slots=True)
class Count:
    """What was found so far, entry by entry."""

    people: set[str] = field(default_factory=set)
    pictures: set[str] = field(default_factory=set)
    categories: set[DataCategory] = field(default_factory=set)
    entries: int = 0

    def touched(self, at: datetime, within: Store | None) -> Touched:
        """The whole of it; of a store, the kinds of data that lie there at all."""
        categories = frozenset(self.categories)
        if within is not None:
            categories &= categories_of_store(within)
        return Touched(
            frozenset(self.people),
            frozenset(self.pictures),
            categories,
            self.entries,
            at,
        )


def summary_of(touched: Touched, at: datetime) -> Summary:
    """The numbers of it."""
    return Summary(
        people=len(touched.people),
        pictures=len(touched.pictures),
        categories=tuple(sorted(touched.categories)),
        entries=touched.entries,
        found_at=touched.found_at or instant(at),
    )


def pages_of(identifiers: Iterable[str]) -> list[list[str]]:
    """Identifiers in pages, in an order that a retry finds again."""
    every = sorted(identifiers)
    return [every[n : n + ON_PAGE] for n in range(0, len(every), ON_PAGE)]
