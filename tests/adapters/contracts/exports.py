"""The promises of exports on record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.adapters.exports import ExportPage
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.exports import FETCHABLE, Export, Package, begun
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from tests.adapters.contracts.asking import paged
from tests.fakes.samples import EDITOR, NOON

HOUR = timedelta(hours=1)


class Exports(Protocol):
    def get(self, export_id: str) -> Export | None: ...
    def of_person(self, person_id: str) -> tuple[Export, ...]: ...
    def page(self, after: str | None, limit: int) -> ExportPage: ...
    def packed(
        self,
        export: Export,
        package: Package,
        entry: NewEntry,
        mails: Iterable[Mail],
        expires_at: int | None = None,
    ) -> bool: ...
    def fetched(self, export: Export, at: datetime, entry: NewEntry) -> bool: ...


class Trail(Protocol):
    def entries(self, subject: str) -> Iterator[Entry]: ...


class Mails(Protocol):
    def get(self, mail_id: str) -> Mail | None: ...
    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool: ...


class Begin(Protocol):
    """Begins an export in an act of its own; who upholds a request has more in it."""

    def __call__(self, export: Export, entry: NewEntry) -> None: ...


@dataclass(frozen=True)
class Store:
    """Exports, and what is written beside them."""

    exports: Exports
    begin: Begin
    mails: Mails
    trail: Trail


def an_export(at: datetime = NOON, person_id: str = "") -> Export:
    return begun(new_id(), person_id or new_id(), EDITOR, at)


def a_package(at: datetime = NOON) -> Package:
    return Package(1_234, "ab" * 32, 3, 1, at, at + FETCHABLE)


def entry_of(export: Export, tag: str, at: datetime = NOON) -> NewEntry:
    name = f"{tag}:{export.export_id}:{at.isoformat()}"
    return NewEntry(export.person_id, name, tag, at, EDITOR)


def ready_mail(export: Export) -> Mail:
    return mail_about(
        MailKind.COPY, export.person_id, NOON, quitclaim_id=export.export_id
    )


class ExportsContract:
    """An export begins once, is packed once, and is given as long as it lasts."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError("the subclass says which")

    def begin(self, store: Store, export: Export) -> Export:
        store.begin(export, entry_of(export, "api:subject:decide"))
        return export

    def tags(self, store: Store, export: Export) -> list[str]:
        return [each.tag for each in store.trail.entries(export.person_id)]

    def test_an_export_comes_back_as_it_began(self, store: Store) -> None:
        export = self.begin(store, an_export())
        assert store.exports.get(export.export_id) == export
        assert store.exports.of_person(export.person_id) == (export,)
        assert store.exports.get(new_id()) is None
        assert store.exports.of_person(new_id()) == ()

    def test_what_has_begun_refuses_the_act_that_would_begin_it_again(
        self, store: Store
    ) -> None:
        export = self.begin(store, an_export())
        later = replace(export, begun_at=NOON + HOUR)
        with pytest.raises(ActRefusedError):
            store.begin(later, entry_of(later, "api:subject:decide", NOON + HOUR))
        assert store.exports.get(export.export_id) == export
        assert self.tags(store, export) == ["api:subject:decide"]

    def test_it_is_packed_once_with_its_mail(self, store: Store) -> None:
        export = self.begin(store, an_export())
        mail, package = ready_mail(export), a_package()
        entry = entry_of(export, "rights:export:pack")
        assert store.exports.packed(export, package, entry, [mail])
        other = replace(package, sha256="cd" * 32)
        assert not store.exports.packed(export, other, entry, [mail])
        assert store.exports.get(export.export_id) == replace(export, package=package)
        assert store.mails.get(mail.mail_id) == mail
        assert self.tags(store, export) == ["api:subject:decide", "rights:export:pack"]

    def test_the_record_is_over_when_its_days_are_whatever_the_table_still_holds(
        self, store: Store
    ) -> None:
        export = self.begin(store, an_export())
        other = self.begin(store, an_export(person_id=export.person_id))
        entry = entry_of(export, "rights:export:pack")
        over = int(NOON.timestamp())
        assert store.exports.packed(export, a_package(), entry, [], over)
        assert store.exports.get(export.export_id) is None
        assert store.exports.of_person(export.person_id) == (other,)
        listed = store.exports.page(None, 999).exports
        assert export.export_id not in {each.export_id for each in listed}

    def test_nothing_is_packed_for_who_is_no_longer_on_record(self, store: Store) -> None:
        export = an_export()
        mail = ready_mail(export)
        entry = entry_of(export, "rights:export:pack")
        assert not store.exports.packed(export, a_package(), entry, [mail])
        assert store.mails.get(mail.mail_id) is None
        assert self.tags(store, export) == []

    def test_a_mail_that_was_told_before_refuses_the_packing_whole(
        self, store: Store
    ) -> None:
        export = self.begin(store, an_export())
        mail = ready_mail(export)
        store.mails.add(mail)
        entry = entry_of(export, "rights:export:pack")
        with pytest.raises(ActRefusedError):
            store.exports.packed(export, a_package(), entry, [mail])
        assert store.exports.get(export.export_id) == export

    def test_each_fetching_counts_as_long_as_the_file_is_there(
        self, store: Store
    ) -> None:
        export = self.begin(store, an_export())
        first = entry_of(export, "api:export:fetch")
        assert not store.exports.fetched(export, NOON, first)
        package = a_package()
        store.exports.packed(export, package, entry_of(export, "rights:export:pack"), [])
        last = package.ends_at - timedelta(microseconds=1)
        for at in (NOON + HOUR, last):
            entry = entry_of(export, "api:export:fetch", at)
            assert store.exports.fetched(export, at, entry)
        late = entry_of(export, "api:export:fetch", package.ends_at)
        assert not store.exports.fetched(export, package.ends_at, late)
        assert store.exports.get(export.export_id) == replace(
            export, package=package, fetched=2, fetched_at=last
        )
        assert self.tags(store, export)[2:] == ["api:export:fetch"] * 2

    def test_all_are_listed_the_last_one_first(self, store: Store) -> None:
        person_id = new_id()
        made = [an_export(NOON + n * HOUR, person_id) for n in (1, 0, 3, 2)]
        for each in made:
            self.begin(store, each)
        newest = sorted(made, key=lambda e: e.begun_at, reverse=True)
        found = paged(lambda after: store.exports.page(after, 3), lambda p: p.exports)
        assert [each for each in found if each.person_id == person_id] == newest
        assert list(store.exports.of_person(person_id)) == newest
