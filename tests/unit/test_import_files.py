"""import_files: the same file of the same import is the same picture, and only once."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import (
    ArchiveImport,
    ImportRefusal,
    ImportRefusedError,
    ImportTerms,
    import_id_of,
)
from beeldrecht.domain.intake import KEEP_UNFULFILLED
from beeldrecht.domain.metadata import Metadata, joined
from beeldrecht.domain.sessions import Origin
from intake.import_files.step import Answer, Event, ImportedFile, import_files
from tests.fakes.effects import Killed, When
from tests.fakes.imports import FakeImports
from tests.fakes.samples import EDITOR, NOON, picture_of
from tests.fakes.world import World

IMPORT = ArchiveImport(
    import_id_of(EDITOR, "Archief 2009"), "Archief 2009", 3, ImportTerms(), EDITOR, NOON
)


class House:
    """A world with an import in it."""

    def __init__(self, found: ArchiveImport = IMPORT) -> None:
        self.world = World()
        stands = self.world.library.standing_of_import
        self.imports = FakeImports(self.world.audit, self.world.effects, stands)
        self.found = found

    def was_here(self, asset_id: str) -> bool:
        """As the log has it."""
        chains = self.world.audit.chains.values()
        return any(each.subject == asset_id for chain in chains for each in chain)

    def bring(self, *files: ImportedFile, at: datetime | None = None) -> Answer:
        """Announce files."""
        event = Event(
            import_id=self.found.import_id, uploader_id=EDITOR, files=tuple(files)
        )
        world = self.world
        return import_files(
            event,
            self.found,
            world.library,
            self.imports,
            self,
            world.originals,
            at or world.now(),
        )

    def arrive(self, asset_id: str, data: bytes) -> None:
        """Its bytes come, and are taken in."""
        self.world.originals.put(asset_id, data)
        self.world.receive(asset_id)


def file_of(path: str = "2009/a.jpg", data: bytes | None = None, **said: Any) -> Any:
    data = picture_of() if data is None else data
    return ImportedFile(
        path=path,
        file_name=Path(path).name,
        media_type="image/jpeg",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        said=said,
    )


def test_a_file_that_is_announced_twice_is_one_picture() -> None:
    house = House()
    first, again = house.bring(file_of()), house.bring(file_of())
    assert first == again
    assert first.files[0].form is not None
    assert len(house.world.library.rows) == 1
    assert house.imports.tally(IMPORT.import_id).announced == 1


def test_the_same_bytes_at_two_places_are_two_pictures() -> None:
    house = House()
    answer = house.bring(file_of("a.jpg"), file_of("b/a.jpg"))
    assert len({each.asset_id for each in answer.files}) == 2


def test_what_arrived_is_not_asked_for_again() -> None:
    house = House()
    asset_id = house.bring(file_of()).files[0].asset_id
    house.arrive(asset_id, picture_of())
    (there,) = house.bring(file_of()).files
    assert (there.arrived, there.form) == (True, None)
    assert there.status is AssetStatus.RECEIVED


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        (None, Origin.ARCHIVE),
        (Origin.OWN, Origin.ARCHIVE),
        (Origin.PUBLIC_WEB, Origin.PUBLIC_WEB),
    ],
)
def test_whatever_is_said_of_an_archive_it_feeds_no_recognition(
    said: Origin | None, origin: Origin
) -> None:
    found = ArchiveImport("1" * 32, "x", 1, ImportTerms(origin=said), EDITOR, NOON)
    house = House(found)
    asset_id = house.bring(file_of()).files[0].asset_id
    assert house.world.record(asset_id).announcement.origin is origin


def test_what_a_sidecar_says_goes_before_what_the_file_says() -> None:
    house = House()
    (there,) = house.bring(file_of(title="Markt", keywords=("plein",))).files
    house.arrive(there.asset_id, picture_of())
    said = house.world.record(there.asset_id).description
    assert (said.title, said.keywords) == ("Markt", ("plein",))
    both = joined(Metadata(title="x", city="Vis", keywords=("a", "b")), said)
    assert (both.title, both.city, both.keywords) == ("Markt", "Vis", ("plein", "a", "b"))


def test_words_that_cannot_be_taken_over_refuse_that_file_alone() -> None:
    house = House()
    bad, good = house.bring(
        file_of("a.jpg", captured_at="some day"), file_of("b.jpg")
    ).files
    assert bad.refusal is ImportRefusal.WORDS_REFUSED
    assert good.refusal is None
    assert len(house.world.library.rows) == 1


def test_what_was_erased_is_not_taken_in_again() -> None:
    house = House()
    asset_id = house.bring(file_of()).files[0].asset_id
    house.arrive(asset_id, picture_of())
    del house.world.library.rows[asset_id]
    (there,) = house.bring(file_of()).files
    assert there.refusal is ImportRefusal.ERASED
    assert not house.world.library.rows


def test_what_was_announced_and_lapsed_is_announced_anew() -> None:
    house = House()
    asset_id = house.bring(file_of()).files[0].asset_id
    late = NOON + KEEP_UNFULFILLED
    assert house.bring(file_of(), at=late).files[0].refusal is (
        ImportRefusal.WAITED_TOO_LONG
    )
    del house.world.library.rows[asset_id]
    assert house.bring(file_of(), at=late).files[0].form is not None


def test_an_import_that_was_stopped_takes_nothing() -> None:
    stopped = ArchiveImport(
        "1" * 32, "x", 1, ImportTerms(), EDITOR, NOON, NOON + timedelta(hours=1)
    )
    house = House(stopped)
    with pytest.raises(ImportRefusedError):
        house.bring(file_of())
    assert not house.world.library.rows


@settings(max_examples=10, deadline=None)
@given(
    kills=st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(When), st.booleans()), max_size=6
    )
)
def test_killed_anywhere_and_begun_again_it_ends_the_same(
    kills: list[tuple[int, When, bool]],
) -> None:
    """The client or the function dies at an effect; messages come twice."""
    house = House()
    contents = {f"{n}.jpg": picture_of() + bytes([n]) for n in range(3)}

    def once(twice: bool) -> None:
        files = [file_of(path, data) for path, data in contents.items()]
        for answer, data in zip(
            house.bring(*files).files, contents.values(), strict=True
        ):
            if not answer.arrived:
                house.world.originals.put(answer.asset_id, data)
            for _ in range(2 if twice else 1):
                house.world.receive(answer.asset_id)

    for place, when, twice in kills:
        house.world.effects.kill(place, when)
        with suppress(Killed):
            once(twice)
        house.world.effects.disarm()
    once(twice=False)
    rows = house.world.library.rows
    expected = {
        IMPORT.asset_id(path, file_of(path, data).sha256)
        for path, data in contents.items()
    }
    assert set(rows) == expected
    assert set(house.imports.files[IMPORT.import_id]) == expected
    assert {row.record.status for row in rows.values()} == {AssetStatus.RECEIVED}
    tags = [
        (each.subject, each.tag)
        for chain in house.world.audit.chains.values()
        for each in chain
    ]
    assert sorted(tags) == sorted((e, "intake:asset:receive") for e in expected)
