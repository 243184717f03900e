"""One makes the next generation at a time, and nothing counts before its one write."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.adapters.search_documents import Found
from beeldrecht.adapters.search_engine import Engine
from beeldrecht.adapters.search_items import NONE, Change, Generation, Swing
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.search import SearchDocument
from library.build_index.step import (
    LEASE,
    MANY,
    ROUNDS,
    Outcome,
    Result,
    Workshop,
    build_index,
)
from tests.fakes.samples import NOON, OTHER, PICTURE

ERASURE = derived_id("erasure")


class House:
    """What making a generation takes, in memory; the engine is the real one."""

    def __init__(self, folder: Path) -> None:
        self.library: dict[str, SearchDocument] = {}
        self.waits: list[Change] = []
        self.to_go: list[tuple[str, str]] = []
        self.current = NONE
        self.kept: dict[str, list[Found]] = {}
        self.lent: tuple[str, datetime] | None = None
        self.at = NOON
        self.did: list[str] = []
        self.late = False
        self.store = folder / "store"
        self._folder = folder
        self._made = 0

    def new_id(self) -> str:
        self._made += 1
        return derived_id("made", str(self._made))

    def change(self, *asset_ids: str) -> None:
        for asset_id in asset_ids:
            self.library[asset_id] = SearchDocument(asset_id, NOON, "ready", OTHER)
            self.waits.append(Change(f"{len(self.waits):09}", asset_id))

    def build(self) -> Result:
        self.did.clear()
        return build_index(
            Workshop(
                state=self,
                files=self,
                copies=self,
                source=self,
                new_id=self.new_id,
                now=lambda: self.at,
            )
        )

    def found(self) -> list[str]:
        [name] = self.current.files.values() or ("",)
        told = self.kept.get(name, [])
        return sorted(e.asset_id for e in told if isinstance(e, SearchDocument))

    # What is on record.

    def lease(self, lease_id: str, at: datetime, until: datetime) -> Generation | None:
        if self.lent is not None and self.lent[1] > at:
            return None
        self.lent = (lease_id, until)
        return self.current

    def release(self, lease_id: str) -> None:
        self.did.append("release")
        if self.lent is not None and self.lent[0] == lease_id:
            self.lent = None

    def generation(self) -> Generation:
        return self.current

    def changes(self, since: datetime | None = None) -> tuple[Change, ...]:
        assert since is None
        return tuple(self.waits[:MANY])

    def purges(self) -> Iterator[tuple[str, str]]:
        return iter(self.to_go)

    def swing(self, lease_id: str, before: Generation, made: Swing) -> bool:
        self.did.append("swing")
        if self.late:
            return False
        number = before.number + 1
        self.current = replace(
            self.current, number=number, files=made.files, read_at=made.read_at
        )
        return True

    def purged(self, purges: Iterable[tuple[str, str]], at: datetime) -> None:
        if gone := set(purges):
            self.did.append("purged")
        self.to_go = [each for each in self.to_go if each not in gone]

    def taken(self, changes: Iterable[Change]) -> None:
        self.did.append("taken")
        known = set(changes)
        self.waits = [each for each in self.waits if each not in known]

    # Files, copies, and what they are made of.

    def put(
        self, folder: Path, before: Generation, made_by: str, store: Path
    ) -> tuple[Mapping[str, Any], dict[str, str]]:
        self.did.append("put")
        name = f"{made_by}-{len(self.kept)}"
        self.kept[name] = list(Engine(folder).documents())
        self.folder = folder
        return {}, {"all": name}

    def drop_all_but(self, generation: Generation) -> int:
        self.did.append("drop")
        stays = set(generation.files.values())
        gone = [name for name in self.kept if name not in stays]
        for name in gone:
            del self.kept[name]
        return len(gone)

    def lay_out(self, generation: Generation) -> Engine:
        engine = Engine(self._folder / self.new_id())
        engine.fill(each for n in generation.files.values() for each in self.kept[n])
        return engine

    def read(
        self, subjects: Iterable[str], of_session: Callable[[str], Iterable[str]]
    ) -> tuple[list[Found], list[str]]:
        asked = sorted(subjects)
        found: list[Found] = [self.library[s] for s in asked if s in self.library]
        return found, [s for s in asked if s not in self.library]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_what_changed_is_in_the_next_generation_and_waits_no_longer(
    house: House,
) -> None:
    house.change(PICTURE, OTHER)
    assert house.build() == Result(outcome=Outcome.BUILT, taken=2)
    assert house.found() == sorted([PICTURE, OTHER])
    assert (house.waits, house.current.number) == ([], 1)
    # The instant before the changes were read: later ones are read beside it.
    assert house.current.read_at == NOON
    assert house.build() == Result(outcome=Outcome.NOTHING)
    assert house.current.number == 1


def test_it_counts_from_one_write_and_only_then_does_anything_go(house: House) -> None:
    house.change(PICTURE)
    house.build()
    assert house.did == ["put", "swing", "drop", "taken", "release"]


def test_a_second_one_leaves_it_to_the_first_until_that_is_late(house: House) -> None:
    house.change(PICTURE)
    house.lent = (derived_id("first"), NOON + LEASE)
    assert house.build() == Result(outcome=Outcome.BUSY)
    # It gives back nothing that it was not lent.
    assert (house.did, house.found()) == ([], [])
    house.at = NOON + LEASE
    assert house.build().outcome is Outcome.BUILT


def test_what_a_late_one_made_counts_for_nothing_and_goes(house: House) -> None:
    house.change(PICTURE)
    house.build()
    house.change(OTHER)
    house.late = True
    assert house.build() == Result(outcome=Outcome.LATE)
    assert house.found() == [PICTURE]
    assert list(house.kept) == list(house.current.files.values())
    assert [each.subject for each in house.waits] == [OTHER]


def test_what_has_to_go_is_said_to_be_gone_once_it_is_in_no_file(house: House) -> None:
    house.change(PICTURE, OTHER)
    house.build()
    del house.library[PICTURE]
    house.to_go = [(PICTURE, ERASURE)]
    assert house.build() == Result(outcome=Outcome.BUILT, purged=1)
    assert house.did == ["put", "swing", "drop", "purged", "taken", "release"]
    assert (house.found(), house.to_go) == ([OTHER], [])
    # Not a file of it ever held the picture.
    held = b"".join(p.read_bytes() for p in house.folder.rglob("*") if p.is_file())
    assert OTHER.encode() in held
    assert PICTURE.encode() not in held


def test_who_asks_while_it_is_made_is_not_left_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.change(PICTURE, OTHER)
    house.build()
    house.library.clear()
    house.to_go = [(PICTURE, ERASURE)]
    busy: list[Outcome] = []
    swing = house.swing

    def meanwhile(*given: Any) -> bool:
        if not busy:
            house.to_go.append((OTHER, ERASURE))
            second = Workshop(house, house, house, house, house.new_id, lambda: house.at)
            busy.append(build_index(second).outcome)
        return swing(*given)

    monkeypatch.setattr(house, "swing", meanwhile)
    assert house.build() == Result(outcome=Outcome.BUILT, purged=2)
    assert busy == [Outcome.BUSY]
    assert (house.found(), house.to_go, house.lent) == ([], [], None)


@pytest.mark.parametrize("at", ["read", "put", "swing"])
def test_one_that_fails_gives_back_its_lease_and_leaves_all_as_it_was(
    house: House, at: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any) -> Any:
        raise TimeoutError

    house.change(PICTURE)
    with monkeypatch.context() as broken:
        broken.setattr(house, at, fail)
        with pytest.raises(TimeoutError):
            house.build()
    assert (house.lent, house.current, len(house.waits)) == (None, NONE, 1)
    assert house.build().outcome is Outcome.BUILT
    assert list(house.kept) == list(house.current.files.values())


def test_files_of_no_generation_go_when_there_is_nothing_to_do(house: House) -> None:
    house.kept["left by who was killed"] = []
    assert house.build() == Result(outcome=Outcome.NOTHING)
    assert house.kept == {}


def test_while_many_wait_one_call_makes_a_few_generations_and_no_more(
    house: House,
) -> None:
    # The same picture again and again: it is read once for each generation.
    house.change(*[PICTURE] * (MANY * ROUNDS + 1))
    assert house.build() == Result(outcome=Outcome.BUILT, taken=MANY * ROUNDS)
    assert (house.current.number, len(house.waits)) == (ROUNDS, 1)
    assert house.build().taken == 1
