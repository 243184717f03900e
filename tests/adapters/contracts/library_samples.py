"""What both libraries offer, and pictures on record in one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

import pytest

from beeldrecht.adapters.library_pages import Page, Place
from beeldrecht.domain.assets import (
    Asset,
    AssetStatus,
    Box,
    Face,
    FaceMark,
    FacePose,
    Release,
)
from beeldrecht.domain.decisions import Decision, Facts, decide
from beeldrecht.domain.declarations import Declaration
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting
from beeldrecht.domain.sessions import Session
from tests.adapters.contracts.governance import Registers
from tests.fakes.governance import DPIA, noted
from tests.fakes.samples import (
    ANN,
    EDITOR,
    NOON,
    UPLOADER,
)

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
HASH = "00ff00ff00ff00ff"


def assess(registers: Registers) -> None:
    """Put the signed assessment of the tests on record."""
    [version], [signature] = DPIA.versions, DPIA.signatures
    at = version.written_at
    registers.add(version, noted(DPIA.record_id, at, "test:record:write"))
    registers.sign(
        DPIA.record_id, signature, noted(DPIA.record_id, at, "test:record:sign")
    )


class Library(Protocol):
    """What both libraries offer."""

    def announce(
        self,
        announcement: Announcement,
        keep_until: datetime,
        said: Metadata | None = None,
        collection_ids: frozenset[str] = frozenset(),
    ) -> None: ...
    def record(self, asset_id: str) -> AssetRecord | None: ...
    def exact_duplicate(self, asset_id: str, sha256: str) -> str | None: ...
    def near_duplicates(self, asset_id: str, perceptual_hash: str) -> tuple[str, ...]: ...
    def receive(
        self,
        record: AssetRecord,
        original: Original,
        description: Metadata,
        renditions: frozenset[RenditionName],
        notes: tuple[str, ...],
        at: datetime,
    ) -> None: ...
    def reject(self, record: AssetRecord, rejection: Rejection, at: datetime) -> None: ...
    def count_attempt(self, record: AssetRecord, at: datetime) -> None: ...
    def examine(
        self,
        record: AssetRecord,
        faces: Sequence[Face],
        complete: bool,
        detector_id: str,
        at: datetime,
    ) -> None: ...
    def picture(
        self, asset_id: str
    ) -> tuple[AssetRecord, Asset, tuple[Appearance, ...]] | None: ...
    def suggest(self, suggestions: Sequence[Appearance]) -> int: ...
    def settle(self, record: AssetRecord, appearance: Appearance) -> None: ...
    def mark(
        self, record: AssetRecord, face_id: str, mark: FaceMark, at: datetime
    ) -> None: ...
    def declare(
        self,
        record: AssetRecord,
        declaration: Declaration,
        people: Sequence[Appearance],
        at: datetime,
    ) -> None: ...
    def appearances_of(self, person_id: str) -> Iterator[tuple[str, str]]: ...
    def decide(
        self, record: AssetRecord, decision: Decision, release: Release | None
    ) -> None: ...
    def cached_decision(self, asset_id: str) -> dict[str, Any] | None: ...
    def due(self, statuses: Sequence[AssetStatus], before: datetime) -> Iterator[str]: ...
    def page(self, status: AssetStatus, after: Place | None, limit: int) -> Page: ...
    def in_status(self, status: AssetStatus) -> Iterator[AssetRecord]: ...
    def session(self, session_id: str) -> Session | None: ...
    def save_session(self, session: Session) -> None: ...
    def recognition(self) -> RecognitionSetting: ...
    def recognition_mode(self, at: datetime) -> RecognitionMode: ...
    def switch_recognition(self, setting: RecognitionSetting) -> None: ...
    def collect(self, record: AssetRecord, collection_ids: frozenset[str]) -> None: ...


def said(asset_id: str, at: datetime = NOON, **changes: Any) -> Announcement:
    announcement = Announcement(
        asset_id=asset_id,
        file_name="zomerfeest é 012.jpg",
        media_type="image/jpeg",
        size=482113,
        uploader_id=UPLOADER,
        session_id=None,
        announced_at=at,
    )
    return replace(announcement, **changes)


def original(sha256: str = "a" * 64, perceptual_hash: str = HASH) -> Original:
    return Original(
        version_id="version-1",
        size=482113,
        media_type="image/jpeg",
        width=4000,
        height=3000,
        orientation=6,
        sha256=sha256,
        perceptual_hash=perceptual_hash,
    )


DESCRIPTION = Metadata(
    captured_at="2026-06-01T10:00:00",
    creator="Jo",
    title="Zomerfeest",
    caption=None,
    keywords=("feest", "zomer"),
    credit=None,
    copyright="© Jo",
)
BOTH = frozenset({RenditionName.PREVIEW, RenditionName.THUMB})


def face(name: str, x: float = 1.0, mark: FaceMark = FaceMark.UNMARKED) -> Face:
    return Face(
        face_id=derived_id("face", name),
        box=Box(x, 2.0, 30.25, 40.5),
        landmarks=((x, 3.0), (9.0, 3.0), (5.0, 6.0), (2.0, 9.0), (8.0, 9.0)),
        score=0.9876,
        pose=FacePose(roll=-3.5, nose_offset=0.125, eye_mouth=0.9),
        mark=mark,
    )


def appearance(
    asset_id: str,
    of: Face,
    person_id: str = ANN,
    status: AppearanceStatus = AppearanceStatus.SUGGESTED,
) -> Appearance:
    by_software = status is AppearanceStatus.SUGGESTED
    return Appearance(
        asset_id=asset_id,
        face_id=of.face_id,
        person_id=person_id,
        status=status,
        settled_by=None if by_software else EDITOR,
        settled_at=None if by_software else NOON + timedelta(microseconds=123456),
        band=SuggestionBand.LIKELY if by_software else None,
    )


class OfALibrary:
    """Each test starts from an empty library, and brings pictures so far in it."""

    @pytest.fixture
    def library(self) -> Library:
        raise NotImplementedError("the subclass says which library")

    def recorded(self, library: Library, asset_id: str) -> AssetRecord:
        record = library.record(asset_id)
        assert record is not None
        return record

    def announced(
        self, library: Library, at: datetime = NOON, asset_id: str | None = None
    ) -> AssetRecord:
        asset_id = asset_id or new_id()
        library.announce(said(asset_id, at), at + WEEK)
        return self.recorded(library, asset_id)

    def received(
        self,
        library: Library,
        sha256: str = "a" * 64,
        perceptual_hash: str = HASH,
        announced_at: datetime = NOON,
    ) -> AssetRecord:
        record = self.announced(library, announced_at)
        library.receive(
            record,
            original(sha256, perceptual_hash),
            DESCRIPTION,
            BOTH,
            ("note",),
            NOON + HOUR,
        )
        return self.recorded(library, record.asset_id)

    def examined(self, library: Library, *faces: Face) -> AssetRecord:
        record = self.received(library)
        library.examine(record, faces, True, "detector", NOON + 2 * HOUR)
        return self.recorded(library, record.asset_id)

    def faces(self, library: Library, asset_id: str) -> tuple[Face, ...]:
        found = library.picture(asset_id)
        assert found is not None
        return found[1].faces

    def appearances(self, library: Library, asset_id: str) -> tuple[Appearance, ...]:
        found = library.picture(asset_id)
        assert found is not None
        return found[2]

    def decision(self, library: Library, asset_id: str, at: datetime = NOON) -> Decision:
        found = library.picture(asset_id)
        assert found is not None
        return decide(Facts(found[1], found[2]), at)
