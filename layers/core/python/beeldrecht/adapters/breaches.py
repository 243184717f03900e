"""Breaches and drills in the library table, and looking up whom one touches."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from pynamodb.attributes import (
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.access import Role
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import (
    Breach,
    BreachEvent,
    BreachKind,
    BreachScope,
    Noted,
    Summary,
    Touched,
    pages_of,
    summary_of,
)
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.stores import DataCategory, Store
from beeldrecht.domain.time import Period

from . import keys
from .audit import Write
from .binding import bind
from .consent_items import ConsentItem
from .errors import ActRefusedError
from .library_items import AppearanceItem, LibraryItem
from .pages import place
from .trail import Trail

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

REGISTER = "breach"
PEOPLE = "PEOPLE"
PICTURES = "PICTURES"


class BreachItem(LibraryItem, discriminator="breach"):
    """A breach or a drill, with the numbers of whom it touches."""

    breach_id = UnicodeAttribute()
    breach_kind = UnicodeAttribute()
    start = UTCDateTimeAttribute()
    end = UTCDateTimeAttribute()
    actor = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    store = UnicodeAttribute(null=True)
    aware_at = UTCDateTimeAttribute()
    description = UnicodeAttribute()
    recorded_by = UnicodeAttribute()
    recorded_at = UTCDateTimeAttribute()
    people_count = NumberAttribute(null=True)
    picture_count = NumberAttribute(null=True)
    categories = ListAttribute[str](null=True)
    entries = NumberAttribute(null=True)
    found_at = UTCDateTimeAttribute(null=True)


class BreachEventItem(LibraryItem, discriminator="breach_event"):
    """Something that was done about a breach: each event once."""

    breach_id = UnicodeAttribute()
    event = UnicodeAttribute()
    by = UnicodeAttribute()
    at = UTCDateTimeAttribute()
    reason = UnicodeAttribute()


class BreachPageItem(LibraryItem, discriminator="breach_page"):
    """Some identifiers of the people or the pictures that it touches."""

    breach_id = UnicodeAttribute()
    identifiers = ListAttribute[str]()


@dataclass(frozen=True, slots=True)
class BreachPage:
    """Some breaches, and where the page after them begins."""

    breaches: tuple[Breach, ...]
    after: str | None


class Breaches:
    """The register of breaches (GDPR 33(5))."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def add(self, breach: Breach, entry: NewEntry) -> bool:
        """Record one; False when it is there."""
        scope = breach.scope
        item = BreachItem(
            keys.breach(breach.breach_id),
            keys.META,
            breach_id=breach.breach_id,
            breach_kind=breach.kind.value,
            start=scope.period.start,
            end=scope.period.end,
            actor=scope.actor,
            role=scope.role.value if scope.role else None,
            store=scope.store.value if scope.store else None,
            aware_at=breach.aware_at,
            description=breach.description,
            recorded_by=breach.recorded_by,
            recorded_at=breach.recorded_at,
            gsi1pk=keys.register(REGISTER),
            gsi1sk=place(breach.recorded_at, breach.breach_id),
        )

        def write(act: TransactWrite) -> None:
            act.save(item, condition=LibraryItem.pk.does_not_exist())

        return self._written(entry, write)

    def note(self, breach_id: str, noted: Noted, entry: NewEntry) -> bool:
        """Record an event; False when it is on record, or there is no such breach."""
        pk = keys.breach(breach_id)

        def write(act: TransactWrite) -> None:
            act.condition_check(
                BreachItem, pk, keys.META, condition=LibraryItem.pk.exists()
            )
            item = BreachEventItem(
                pk,
                keys.EVENT + noted.event,
                breach_id=breach_id,
                event=noted.event.value,
                by=noted.by,
                at=noted.at,
                reason=noted.reason,
            )
            act.save(item, condition=LibraryItem.pk.does_not_exist())

        return self._written(entry, write)

    def found(
        self, breach_id: str, touched: Touched, at: datetime, entry: NewEntry
    ) -> bool:
        """Record whom it touches: the pages first, then their number, which counts.

        Safe to repeat: what is found later is written over the same pages.
        """
        pk = keys.breach(breach_id)
        for what, every in ((PEOPLE, touched.people), (PICTURES, touched.pictures)):
            for number, identifiers in enumerate(pages_of(every)):
                BreachPageItem(
                    pk,
                    keys.touched(what, number),
                    breach_id=breach_id,
                    identifiers=identifiers,
                ).save()
        summary = summary_of(touched, at)
        categories = [each.value for each in summary.categories]

        def write(act: TransactWrite) -> None:
            act.update(
                BreachItem(pk, keys.META),
                actions=[
                    BreachItem.people_count.set(summary.people),
                    BreachItem.picture_count.set(summary.pictures),
                    BreachItem.categories.set(categories),
                    BreachItem.entries.set(summary.entries),
                    BreachItem.found_at.set(summary.found_at),
                ],
                condition=LibraryItem.pk.exists(),
            )

        return self._written(entry, write)

    def get(self, breach_id: str) -> Breach | None:
        """One of them with its events, read consistently."""
        head: BreachItem | None = None
        events: list[Noted] = []
        rest = LibraryItem.sk.between(keys.EVENT, f"{keys.META}~")
        for item in LibraryItem.query(keys.breach(breach_id), rest, consistent_read=True):
            if isinstance(item, BreachItem):
                head = item
            elif isinstance(item, BreachEventItem):
                noted = Noted(BreachEvent(item.event), item.by, item.at, item.reason)
                events.append(noted)
        if head is None:
            return None
        return _breach_of(head, tuple(sorted(events, key=lambda e: (e.at, e.event))))

    def page(self, after: str | None, limit: int) -> BreachPage:
        """The next of them, the one that was recorded first first."""
        beyond = None if after is None else LibraryItem.gsi1sk > after
        found = list(
            LibraryItem.by_lookup.query(keys.register(REGISTER), beyond, limit=limit + 1)
        )
        shown, more = found[:limit], len(found) > limit
        read = [self.get(str(item.gsi1sk).rpartition("#")[2]) for item in shown]
        return BreachPage(
            tuple(each for each in read if each is not None),
            shown[-1].gsi1sk if more else None,
        )

    def touched(self, breach_id: str, what: str, page: int) -> tuple[str, ...]:
        """One page of the identifiers of the people or the pictures; none beyond."""
        pk, sk = keys.breach(breach_id), keys.touched(what, page)
        found = BreachPageItem.query(pk, LibraryItem.sk == sk, consistent_read=True)
        return tuple(
            each
            for item in found
            if isinstance(item, BreachPageItem)
            for each in item.identifiers
        )

    def _written(self, entry: NewEntry, write: Write) -> bool:
        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True


class Assessor:
    """Has somebody else look up whom a breach touches, and waits for nothing."""

    def __init__(self, client: "LambdaClient", function: str) -> None:
        self._client = client
        self._function = function

    def start(self, breach_id: str) -> None:
        """Begin; what was begun twice is looked up twice, to the same end."""
        self._client.invoke(
            FunctionName=self._function,
            InvocationType="Event",
            Payload=json.dumps({"breach_id": breach_id}).encode(),
        )


class Reach:
    """Who and what is on record, by identifiers alone: no name is opened here."""

    def __init__(self, library_table: str, consent_table: str, region: str) -> None:
        bind(LibraryItem, library_table, region)
        bind(ConsentItem, consent_table, region)

    def everybody(self, before: datetime) -> Iterator[str]:
        """Everybody who was on record before an instant and still is."""
        for item in ConsentItem.by_lookup.query(keys.PEOPLE):
            added, _, person_id = str(item.gsi1sk).rpartition("#")
            if datetime.fromisoformat(added) < before:
                yield person_id

    def pictures(self) -> Iterator[str]:
        """Every picture on record."""
        for status in AssetStatus:
            for item in LibraryItem.by_work.query(keys.work(status)):
                yield str(item.pk).removeprefix(keys.asset(""))

    def people_in(self, asset_id: str) -> Iterator[str]:
        """Who is in a picture, by a person's word."""
        found = AppearanceItem.query(
            keys.asset(asset_id), LibraryItem.sk.startswith(keys.APPEARANCE)
        )
        for item in found:
            if (
                isinstance(item, AppearanceItem)
                and item.status == AppearanceStatus.CONFIRMED.value
            ):
                yield item.person_id

    def is_person(self, subject: str) -> bool:
        """Whether an identifier is, or was, a person's."""
        found = ConsentItem.query(keys.person(subject), limit=1)
        return next(iter(found), None) is not None

    def is_picture(self, subject: str) -> bool:
        """Whether an identifier is a picture's."""
        found = LibraryItem.query(keys.asset(subject), limit=1)
        return next(iter(found), None) is not None


def _breach_of(item: BreachItem, events: tuple[Noted, ...]) -> Breach:
    summary = None
    if item.found_at is not None:
        summary = Summary(
            people=int(item.people_count or 0),
            pictures=int(item.picture_count or 0),
            categories=tuple(DataCategory(each) for each in item.categories or []),
            entries=int(item.entries or 0),
            found_at=item.found_at,
        )
    return Breach(
        breach_id=item.breach_id,
        kind=BreachKind(item.breach_kind),
        scope=BreachScope(
            Period(item.start, item.end),
            actor=item.actor,
            role=Role(item.role) if item.role else None,
            store=Store(item.store) if item.store else None,
        ),
        aware_at=item.aware_at,
        description=item.description,
        recorded_by=item.recorded_by,
        recorded_at=item.recorded_at,
        summary=summary,
        events=events,
    )
