"""What every record of imports promises, over DynamoDB and in memory."""

from dataclasses import replace
from datetime import timedelta
from typing import Protocol

import pytest

from beeldrecht.adapters.imports import ImportedPage
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.imports import (
    ArchiveImport,
    ImportTally,
    ImportTerms,
    import_id_of,
)
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.sessions import Origin
from tests.fakes.samples import EDITOR, NOON

TERMS = ImportTerms(Origin.OWN, "5" * 32, "c" * 32, LegalBasisKind.PUBLIC_TASK)
NEW = ArchiveImport(import_id_of(EDITOR, "A"), "A", 3, TERMS, EDITOR, NOON)


class Subject(Protocol):
    """What the contract needs of it."""

    def begin(self, new: ArchiveImport, entry: NewEntry) -> ArchiveImport: ...
    def get(self, import_id: str) -> ArchiveImport | None: ...
    def stop(self, found: ArchiveImport, at: object, entry: NewEntry) -> None: ...
    def note(self, found: ArchiveImport, asset_id: str, at: object) -> bool: ...
    def count(self, found: ArchiveImport, count: int, at: object) -> None: ...
    def tally(self, import_id: str) -> ImportTally: ...
    def of_user(self, user_id: str, most: int) -> tuple[ArchiveImport, ...]: ...
    def page(self, import_id: str, after: str | None, limit: int) -> ImportedPage: ...


def entry(tag: str = "api:import:begin") -> NewEntry:
    return NewEntry(NEW.import_id, tag, tag, NOON, EDITOR)


class ImportsContract:
    """The promises."""

    @pytest.fixture
    def imports(self) -> Subject:
        raise NotImplementedError

    def test_what_was_begun_first_stands(self, imports: Subject) -> None:
        assert imports.get(NEW.import_id) is None
        assert imports.begin(NEW, entry()) == NEW
        later = replace(NEW, terms=ImportTerms(), count=9)
        assert imports.begin(later, entry()) == NEW
        assert imports.get(NEW.import_id) == NEW

    def test_it_stays_stopped_since_it_was_first(self, imports: Subject) -> None:
        imports.begin(NEW, entry())
        imports.stop(NEW, NOON, entry("api:import:stop"))
        imports.stop(NEW, NOON + timedelta(hours=1), entry("api:import:stop"))
        found = imports.get(NEW.import_id)
        assert found is not None
        assert found.stopped_at == NOON

    def test_each_picture_is_noted_once_and_listed_page_by_page(
        self, imports: Subject
    ) -> None:
        imports.begin(NEW, entry())
        ids = [f"{n:032x}" for n in (3, 1, 2, 15, 200)]
        assert [imports.note(NEW, each, NOON) for each in ids] == [True] * 5
        assert [imports.note(NEW, each, NOON) for each in ids] == [False] * 5
        listed: list[str] = []
        after: str | None = None
        while True:
            page = imports.page(NEW.import_id, after, 2)
            listed += page.asset_ids
            after = page.after
            if after is None:
                break
        assert listed == sorted(ids)

    def test_who_begins_again_has_the_announced_ones_counted_anew(
        self, imports: Subject
    ) -> None:
        imports.begin(NEW, entry())
        assert imports.tally(NEW.import_id) == ImportTally()
        for n in range(5):
            imports.note(NEW, f"{n:032x}", NOON)
        imports.count(NEW, 3, NOON)
        later = NOON + timedelta(hours=1)
        imports.count(NEW, 1, later)  # and of the last nobody told: they were killed
        tally = imports.tally(NEW.import_id)
        assert (tally.announced, tally.announced_at) == (4, later)
        imports.begin(NEW, entry())
        tally = imports.tally(NEW.import_id)
        assert (tally.announced, tally.open, tally.announced_at) == (5, 5, later)

    def test_everybody_sees_their_own_the_newest_first(self, imports: Subject) -> None:
        older = replace(NEW, import_id="1" * 32, begun_at=NOON - timedelta(days=1))
        other = replace(NEW, import_id="2" * 32, begun_by="f" * 32)
        for each in (older, NEW, other):
            imports.begin(each, replace(entry(), subject=each.import_id))
        assert imports.of_user(EDITOR, 9) == (NEW, older)
        assert imports.of_user(EDITOR, 1) == (NEW,)
        assert imports.of_user("e" * 32, 9) == ()
