"""Look up whom a breach touches: by the log of acts, or by what lay in a store."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Protocol

from beeldrecht.adapters.audit_search import AuditPage, Position, Search
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.breaches import (
    SHOWS_EVERYBODY,
    Breach,
    BreachScope,
    Count,
    Touched,
    categories_of_store,
    categories_of_tag,
)
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.events import Frozen, OpaqueId

PAGE = 500
"""Entries that are read at a time."""
_PICTURED = frozenset({Store.LIBRARY, Store.ORIGINALS, Store.RENDITIONS})
"""Where pictures lie, and who is in them."""
_STAFF = frozenset({Store.USERS, Store.CHECKPOINTS, Store.LIMITS})
"""Where nobody who is portrayed can be found."""


class Event(Frozen):
    """Which breach."""

    breach_id: OpaqueId


class Result(Frozen):
    """The numbers of what was found; None: there is no such breach."""

    breach_id: OpaqueId
    people: int | None = None
    pictures: int | None = None


class Breaches(Protocol):
    """The register of breaches."""

    def get(self, breach_id: str) -> Breach | None:
        """One of them."""
        ...

    def found(
        self, breach_id: str, touched: Touched, at: datetime, entry: NewEntry
    ) -> bool:
        """Record whom it touches."""
        ...


class Log(Protocol):
    """The audit log, to be searched."""

    def page(
        self,
        search: Search,
        limit: int,
        after: Position | None = None,
        *,
        newest_first: bool = True,
        most: int = 2_000,
    ) -> AuditPage:
        """A page of what is looked for."""
        ...


class Reach(Protocol):
    """Who and what is on record, by identifiers alone."""

    def everybody(self, before: datetime) -> Iterator[str]:
        """Everybody who was on record before an instant."""
        ...

    def pictures(self) -> Iterator[str]:
        """Every picture on record."""
        ...

    def people_in(self, asset_id: str) -> Iterator[str]:
        """Who is in a picture."""
        ...

    def is_person(self, subject: str) -> bool:
        """Whether an identifier is a person's."""
        ...

    def is_picture(self, subject: str) -> bool:
        """Whether an identifier is a picture's."""
        ...


class Users(Protocol):
    """The accounts of the staff."""

    def with_role(self, role: Role) -> Iterator[Account]:
        """Everybody who has this role."""
        ...


def assess_breach(
    event: Event,
    breaches: Breaches,
    log: Log,
    reach: Reach,
    users: Users,
    at: datetime,
) -> Result:
    """Look up whom a breach touches, and record it. Safe to repeat: it is looked up anew.

    It errs towards too many: of a store without an act in it, everybody whose data could
    lie there. Who was erased since is no longer on record and cannot be told.
    """
    breach = breaches.get(event.breach_id)
    if breach is None:
        return Result(breach_id=event.breach_id)
    scope = breach.scope
    search = _Acts(log, reach, users) if scope.by_acts else _Lying(reach)
    touched = search.touched(scope, at)
    tag = "rights:breach:assess"
    entry = NewEntry(
        subject=breach.breach_id,
        entry_id=f"{tag}:{at.isoformat()}",
        tag=tag,
        at=at,
        actor="system",
        data={"people": len(touched.people), "pictures": len(touched.pictures)},
    )
    breaches.found(breach.breach_id, touched, at, entry)
    return Result(
        breach_id=breach.breach_id,
        people=len(touched.people),
        pictures=len(touched.pictures),
    )


@dataclass(frozen=True)
class _Acts:
    """By what was done in the period, entry by entry of the log."""

    log: Log
    reach: Reach
    users: Users

    def touched(self, scope: BreachScope, at: datetime) -> Touched:
        """Whom and what those acts were about, and whoever is in those pictures."""
        count, kinds = Count(), _Kinds(self.reach)
        for entry in self._entries(scope):
            categories = categories_of_tag(entry.tag)
            if scope.store is not None:
                categories &= categories_of_store(scope.store)
            if not categories:
                continue
            count.entries += 1
            count.categories |= categories
            if entry.tag in SHOWS_EVERYBODY:
                count.people.update(self.reach.everybody(entry.instant))
            for each in _named(entry):
                if kinds.is_picture(each):
                    count.pictures.add(each)
                elif kinds.is_person(each):
                    count.people.add(each)
        for asset_id in sorted(count.pictures):
            count.people.update(self.reach.people_in(asset_id))
        return count.touched(at, scope.store)

    def _entries(self, scope: BreachScope) -> Iterator[Entry]:
        actors: set[str] | None = {scope.actor} if scope.actor else None
        if scope.role is not None:
            actors = {each.user_id for each in self.users.with_role(scope.role)}
        search, after = Search(period=scope.period), None
        while True:
            page = self.log.page(search, PAGE, after, newest_first=False)
            yield from (
                each for each in page.entries if actors is None or each.actor in actors
            )
            after = page.after
            if after is None:
                return


@dataclass(frozen=True)
class _Lying:
    """By what lay in a store: all of it, for nobody knows what was taken."""

    reach: Reach

    def touched(self, scope: BreachScope, at: datetime) -> Touched:
        """Everybody whose data could lie there, and every picture where those do."""
        store, end = scope.store, scope.period.end or at
        assert store is not None  # noqa: S101  # a scope without acts is one of a store
        count = Count(categories=set(categories_of_store(store)))
        if store in _PICTURED:
            count.pictures.update(self.reach.pictures())
            for asset_id in sorted(count.pictures):
                count.people.update(self.reach.people_in(asset_id))
        elif store not in _STAFF:
            count.people.update(self.reach.everybody(end))
        return count.touched(at, store)


class _Kinds:
    """What each identifier is, asked once."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach

    @cached_property
    def _known(self) -> dict[str, str]:
        return {}

    def is_picture(self, identifier: str) -> bool:
        """Whether it is a picture's."""
        return self._kind(identifier) == "picture"

    def is_person(self, identifier: str) -> bool:
        """Whether it is a person's."""
        return self._kind(identifier) == "person"

    def _kind(self, identifier: str) -> str:
        if identifier not in self._known:
            kind = "other"
            if self._reach.is_picture(identifier):
                kind = "picture"
            elif self._reach.is_person(identifier):
                kind = "person"
            self._known[identifier] = kind
        return self._known[identifier]


def _named(entry: Entry) -> Iterator[str]:
    """What an entry is about: its subject, and the person or picture that it names."""
    yield entry.subject
    for key in ("person_id", "asset_id", "subject_id"):
        said = entry.data.get(key)
        if isinstance(said, str):
            yield said
