"""Exports on record, in the `consent` table: one begins with the request it answers.

The export lies in its person's dossier; beside it stands a pointer by its own id, which
is all that a link or an officer has. Both are written in the act of upholding.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import Export, Package
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.retention import over

from . import keys
from .binding import bind
from .consent_items import ConsentItem
from .consent_lists import listed
from .errors import ActRefusedError
from .outbox import add_mails
from .pages import place
from .trail import Trail


class ExportItem(ConsentItem, discriminator="export"):
    """An export in its person's dossier; listed under the day on which it began."""

    export_id = UnicodeAttribute()
    person_id = UnicodeAttribute()
    request_id = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    begun_by = UnicodeAttribute()
    size = NumberAttribute(null=True)
    sha256 = UnicodeAttribute(null=True)
    pictures = NumberAttribute(null=True)
    left_out = NumberAttribute(null=True)
    packed_at = UTCDateTimeAttribute(null=True)
    ends_at = UTCDateTimeAttribute(null=True)
    fetched = NumberAttribute(default=0)
    fetched_at = UTCDateTimeAttribute(null=True)


class ExportOfItem(ConsentItem, discriminator="export_of"):
    """Whose export it is; listed among all, by when it began."""

    export_id = UnicodeAttribute()
    person_id = UnicodeAttribute()


@dataclass(frozen=True, slots=True)
class ExportPage:
    """Some exports, the last one begun first."""

    exports: tuple[Export, ...]
    after: str | None
    """Where the next page begins; None: there is none."""


def beginning(export: Export) -> Callable[[TransactWrite], None]:
    """What begins an export within the act that upholds the request.

    Two writes, both on the condition that it has not begun: an export that is there
    refuses the whole act. The table's stream starts what makes it.
    """

    def write(act: TransactWrite) -> None:
        act.save(_item_of(export), condition=ConsentItem.pk.does_not_exist())
        act.save(
            ExportOfItem(
                keys.export(export.export_id),
                keys.META,
                export_id=export.export_id,
                person_id=export.person_id,
                gsi1pk=keys.EXPORTS,
                gsi1sk=place(export.begun_at, export.export_id),
            ),
            condition=ConsentItem.pk.does_not_exist(),
        )

    return write


class Exports:
    """The repository of exports; `trail` where something is written."""

    def __init__(
        self,
        table: str,
        region: str,
        trail: Trail,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail
        self._now = now

    def get(self, export_id: str) -> Export | None:
        """An export by its own id, read consistently; None when there is none."""
        try:
            pointer = ExportOfItem.get(
                keys.export(export_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        item = _find(pointer.person_id, export_id)
        return None if item is None or self._over(item) else _export_of(item)

    def of_person(self, person_id: str) -> tuple[Export, ...]:
        """A person's exports, the last one begun first."""
        found = ExportItem.query(
            keys.dossier(person_id),
            ConsentItem.sk.startswith(keys.EXPORT),
            consistent_read=True,
        )
        exports = [_export_of(item) for item in found if not self._over(item)]
        return tuple(
            sorted(exports, key=lambda e: (e.begun_at, e.export_id), reverse=True)
        )

    def page(self, after: str | None, limit: int) -> ExportPage:
        """A page of all exports, the last one begun first; `after` as it was given."""
        found, following = listed(keys.EXPORTS, after, limit, newest_first=True)
        ids = [str(item.gsi1sk).rpartition("#")[2] for item in found]
        exports = [self.get(each) for each in ids]
        return ExportPage(tuple(e for e in exports if e is not None), following)

    def packed(
        self,
        export: Export,
        package: Package,
        entry: NewEntry,
        mails: Iterable[Mail],
        expires_at: int | None = None,
    ) -> bool:
        """Record what an export became, with its entry and mails; once.

        `expires_at` is when the record of it goes, long after the file. False when it
        was packed before, or is no longer on record: somebody whose data was erased
        meanwhile is told nothing.
        """
        told = tuple(mails)

        def write(act: TransactWrite) -> None:
            act.update(
                _key(export),
                actions=[
                    ExportItem.size.set(package.size),
                    ExportItem.sha256.set(package.sha256),
                    ExportItem.pictures.set(package.pictures),
                    ExportItem.left_out.set(package.left_out),
                    ExportItem.packed_at.set(package.packed_at),
                    ExportItem.ends_at.set(package.ends_at),
                    *_ends(expires_at),
                ],
                condition=ConsentItem.pk.exists() & ExportItem.packed_at.does_not_exist(),
            )
            if expires_at is not None:
                act.update(
                    ExportOfItem(keys.export(export.export_id), keys.META),
                    actions=_ends(expires_at),
                    condition=ConsentItem.pk.exists(),
                )
            add_mails(act, told)

        return self._changed(export, write, entry, lambda item: item.packed_at is None)

    def fetched(self, export: Export, at: datetime, entry: NewEntry) -> bool:
        """Record that an address was asked for; False when its days are over.

        Each counts: nobody is given an address that is not on record.
        """

        def write(act: TransactWrite) -> None:
            act.update(
                _key(export),
                actions=[ExportItem.fetched.add(1), ExportItem.fetched_at.set(at)],
                condition=ExportItem.packed_at.exists() & (ExportItem.ends_at > at),
            )

        return self._changed(
            export,
            write,
            entry,
            lambda item: item.ends_at is not None and item.ends_at > at,
        )

    def _over(self, item: ExportItem) -> bool:
        return over(item.expires_at, self._now())

    def _changed(
        self,
        export: Export,
        write: Callable[[TransactWrite], None],
        entry: NewEntry,
        still_possible: Callable[[ExportItem], bool],
    ) -> bool:
        """Write the act with its entry; False when its condition no longer holds.

        A refusal while the condition holds has another cause, and is raised.
        """
        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            there = _find(export.person_id, export.export_id)
            if there is not None and still_possible(there):
                raise
            return False
        return True


def _ends(expires_at: int | None) -> list[Action]:
    return [] if expires_at is None else [ConsentItem.expires_at.set(expires_at)]


def _key(export: Export) -> ExportItem:
    return ExportItem(keys.dossier(export.person_id), keys.export(export.export_id))


def _find(person_id: str, export_id: str) -> ExportItem | None:
    try:
        return ExportItem.get(
            keys.dossier(person_id), keys.export(export_id), consistent_read=True
        )
    except DoesNotExist:
        return None


def _item_of(export: Export) -> ExportItem:
    return ExportItem(
        keys.dossier(export.person_id),
        keys.export(export.export_id),
        export_id=export.export_id,
        person_id=export.person_id,
        request_id=export.request_id,
        begun_at=export.begun_at,
        begun_by=export.begun_by,
        gsi1pk=keys.facts(export.begun_at),
        gsi1sk=place(export.begun_at, export.export_id),
    )


def _export_of(item: ExportItem) -> Export:
    return Export(
        export_id=item.export_id,
        person_id=item.person_id,
        request_id=item.request_id,
        begun_at=item.begun_at,
        begun_by=item.begun_by,
        package=_package_of(item),
        fetched=int(item.fetched or 0),
        fetched_at=item.fetched_at,
    )


def _package_of(item: ExportItem) -> Package | None:
    if item.packed_at is None or item.ends_at is None or item.sha256 is None:
        return None
    return Package(
        size=int(item.size or 0),
        sha256=item.sha256,
        pictures=int(item.pictures or 0),
        left_out=int(item.left_out or 0),
        packed_at=item.packed_at,
        ends_at=item.ends_at,
    )
