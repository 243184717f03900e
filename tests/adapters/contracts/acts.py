"""The promises of an act and its entry: both, or neither."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol, Self

import pytest

from beeldrecht.adapters.errors import StaleRevisionError, UnwiredTrailError
from beeldrecht.domain.assets import Face, Release
from beeldrecht.domain.audit import Entry, Head, NewEntry
from beeldrecht.domain.decisions import Decision, Facts, decide
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import Appearance, AppearanceStatus
from tests.adapters.contracts.library import face, original
from tests.fakes.samples import ANN, BOB, EDITOR, NOON, PICTURE, announcement


class ActingLibrary(Protocol):
    """What both libraries write with an entry."""

    def announce(self, announcement: Announcement, keep_until: datetime) -> None: ...
    def record(self, asset_id: str) -> AssetRecord | None: ...
    def picture(self, asset_id: str) -> tuple[AssetRecord, Any, Any] | None: ...
    def receive(
        self,
        record: AssetRecord,
        original: Original,
        description: Metadata,
        renditions: frozenset[RenditionName],
        notes: tuple[str, ...],
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None: ...
    def reject(
        self,
        record: AssetRecord,
        rejection: Rejection,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None: ...
    def examine(
        self,
        record: AssetRecord,
        faces: Sequence[Face],
        complete: bool,
        detector_id: str,
        at: datetime,
        entry: NewEntry | None = None,
    ) -> None: ...
    def settle(
        self,
        record: AssetRecord,
        appearance: Appearance,
        entry: NewEntry | None = None,
    ) -> None: ...
    def suggest(
        self, suggestions: Sequence[Appearance], entry: NewEntry | None = None
    ) -> int: ...
    def decide(
        self,
        record: AssetRecord,
        decision: Decision,
        release: Release | None,
        entry: NewEntry | None = None,
    ) -> None: ...


class ReadableTrail(Protocol):
    """Where the entries are."""

    def entries(self, subject: str) -> Iterator[Entry]: ...
    def heads(self) -> tuple[Head, ...]: ...


@dataclass(frozen=True)
class Scene:
    """A library with one announced picture, in which a face was found."""

    library: ActingLibrary

    @classmethod
    def set_up(cls, library: ActingLibrary) -> Self:
        library.announce(announcement(), NOON + timedelta(days=7))
        scene = cls(library)
        library.examine(scene.recorded(), [face("a")], True, "detector", NOON)
        return scene

    def recorded(self) -> AssetRecord:
        record = self.library.record(PICTURE)
        assert record is not None
        return record


type Act = Callable[[Scene, AssetRecord, NewEntry], object]


def entry(name: str = "one") -> NewEntry:
    return NewEntry(PICTURE, name, "a:b:c", NOON, EDITOR)


def appearance(
    face_id: str,
    person_id: str = ANN,
    status: AppearanceStatus = AppearanceStatus.SUGGESTED,
) -> Appearance:
    settled = status is not AppearanceStatus.SUGGESTED
    return Appearance(
        asset_id=PICTURE,
        face_id=face_id,
        person_id=person_id,
        status=status,
        settled_by=EDITOR if settled else None,
        settled_at=NOON if settled else None,
        band=None,
    )


def _receive(scene: Scene, record: AssetRecord, said: NewEntry) -> None:
    scene.library.receive(record, original(), Metadata(), frozenset(), (), NOON, said)


def _decide(scene: Scene, record: AssetRecord, said: NewEntry) -> None:
    found = scene.library.picture(PICTURE)
    assert found is not None
    decision = decide(Facts(found[1], (), (), (), ()), NOON)
    scene.library.decide(record, decision, None, said)


ACTS: dict[str, Act] = {
    "receive": _receive,
    "reject": lambda s, r, e: s.library.reject(r, Rejection("reason"), NOON, e),
    "examine": lambda s, r, e: s.library.examine(
        r, [face("a")], True, "detector", NOON, e
    ),
    "settle": lambda s, r, e: s.library.settle(
        r, appearance(face("a").face_id, status=AppearanceStatus.CONFIRMED), e
    ),
    "decide": _decide,
}


class ActsContract:
    """Each test starts from an empty library and an empty trail."""

    @pytest.fixture
    def trail(self) -> ReadableTrail:
        raise NotImplementedError("the subclass says which trail")

    @pytest.fixture
    def library(self) -> ActingLibrary:
        raise NotImplementedError("the subclass says which library, with that trail")

    @pytest.fixture
    def unwired(self) -> ActingLibrary:
        raise NotImplementedError("the subclass says which library, without a trail")

    @pytest.fixture
    def scene(self, library: ActingLibrary) -> Scene:
        return Scene.set_up(library)

    def names(self, trail: ReadableTrail) -> list[str]:
        return [e.entry_id for e in trail.entries(PICTURE)]

    @pytest.mark.parametrize("act", ACTS)
    def test_r16_an_act_comes_with_its_entry(
        self, scene: Scene, trail: ReadableTrail, act: str
    ) -> None:
        before = scene.recorded()
        ACTS[act](scene, before, entry())
        assert scene.recorded().revision == before.revision + 1
        assert self.names(trail) == ["one"]

    @pytest.mark.parametrize("act", ACTS)
    def test_r16_an_act_on_what_somebody_changed_meanwhile_leaves_no_entry(
        self, scene: Scene, trail: ReadableTrail, act: str
    ) -> None:
        before = scene.recorded()
        ACTS[act](scene, before, entry())
        after = scene.recorded()
        with pytest.raises(StaleRevisionError):
            ACTS[act](scene, before, entry("two"))
        assert scene.recorded() == after
        assert self.names(trail) == ["one"]

    @pytest.mark.parametrize("act", ACTS)
    def test_an_entry_for_no_trail_is_a_fault_and_nothing_is_done(
        self, unwired: ActingLibrary, act: str
    ) -> None:
        scene = Scene.set_up(unwired)
        before = scene.recorded()
        with pytest.raises(UnwiredTrailError):
            ACTS[act](scene, before, entry())
        assert scene.recorded().status is before.status

    def test_r22_suggestions_come_with_their_entry_and_so_does_having_none(
        self, scene: Scene, trail: ReadableTrail
    ) -> None:
        faces = [f"{n:032x}" for n in range(3)]
        made = [appearance(each) for each in faces]
        assert scene.library.suggest(made, entry()) == 3
        assert scene.library.suggest(made, entry("two")) == 0
        assert scene.library.suggest([], entry("three")) == 0
        more = [*made, appearance(faces[0], BOB)]
        assert scene.library.suggest(more, entry("four")) == 1
        assert self.names(trail) == ["one", "two", "three", "four"]

    def test_more_suggestions_than_fit_one_transaction_have_one_entry(
        self, scene: Scene, trail: ReadableTrail
    ) -> None:
        made = [appearance(f"{n:032x}") for n in range(200)]
        assert scene.library.suggest(made, entry()) == 200
        assert self.names(trail) == ["one"]
        assert scene.library.suggest(made, entry("two")) == 0
