"""The promises of the library."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import pytest

from beeldrecht.adapters.errors import MissingAssetError, StaleRevisionError
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
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Decision, Facts, Outcome, decide
from beeldrecht.domain.governance import Revocation
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Description,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting, switched
from beeldrecht.domain.sessions import Session
from tests.adapters.contracts.governance import Registers
from tests.fakes.governance import DPIA, noted
from tests.fakes.samples import (
    ANN,
    ASSESSMENT,
    BOB,
    EDITOR,
    NOON,
    PICTURE,
    TICK,
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

    def announce(self, announcement: Announcement, keep_until: datetime) -> None: ...
    def record(self, asset_id: str) -> AssetRecord | None: ...
    def exact_duplicate(self, asset_id: str, sha256: str) -> str | None: ...
    def near_duplicates(self, asset_id: str, perceptual_hash: str) -> tuple[str, ...]: ...
    def receive(
        self,
        record: AssetRecord,
        original: Original,
        description: Description,
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


DESCRIPTION = Description(
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


class LibraryContract:
    """Each test starts from an empty library."""

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

    # -- announcing ------------------------------------------------------------------

    def test_nothing_is_on_record_before_it_is_announced(self, library: Library) -> None:
        assert library.record(new_id()) is None
        assert library.picture(new_id()) is None
        assert library.cached_decision(new_id()) is None

    def test_an_announcement_comes_back_as_it_was_said(self, library: Library) -> None:
        announcement = said(
            new_id(), session_id="5" * 32, sha256="a" * 64, part_sha256=("b" * 64,) * 13
        )
        library.announce(announcement, NOON + WEEK)
        record = self.recorded(library, announcement.asset_id)
        assert record.announcement == announcement
        assert record.status is AssetStatus.EXPECTED
        assert record == AssetRecord(announcement, AssetStatus.EXPECTED, record.revision)

    def test_the_first_announcement_of_an_asset_stands(self, library: Library) -> None:
        first = self.announced(library)
        library.announce(said(first.asset_id, size=7, file_name="other"), NOON + 2 * WEEK)
        assert self.recorded(library, first.asset_id) == first

    def test_announcing_again_does_not_set_back_what_was_received(
        self, library: Library
    ) -> None:
        record = self.received(library)
        library.announce(said(record.asset_id), NOON + WEEK)
        assert self.recorded(library, record.asset_id) == record

    # -- receiving -------------------------------------------------------------------

    def test_what_was_received_comes_back_as_it_was_read(self, library: Library) -> None:
        record = self.received(library)
        assert record.status is AssetStatus.RECEIVED
        assert record.original == original()
        assert record.description == DESCRIPTION
        assert record.renditions == BOTH
        assert record.notes == ("note",)
        assert (record.duplicate_of, record.near_duplicates) == (None, ())
        assert (record.detector_id, record.face_count) == (None, None)

    def test_every_change_of_a_fact_raises_the_revision(self, library: Library) -> None:
        asset_id = self.announced(library).asset_id
        seen = [self.recorded(library, asset_id).revision]

        def raised() -> AssetRecord:
            record = self.recorded(library, asset_id)
            seen.append(record.revision)
            return record

        record = self.recorded(library, asset_id)
        library.count_attempt(record, NOON)
        library.reject(raised(), Rejection("processing_failed"), NOON)
        library.receive(raised(), original(), DESCRIPTION, BOTH, (), NOON)
        library.examine(raised(), [face("a")], True, "detector", NOON)
        confirmed = appearance(asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        library.settle(raised(), confirmed)
        library.decide(raised(), self.decision(library, asset_id), None)
        raised()
        assert seen == sorted(set(seen))

    def test_a_writer_that_read_an_older_revision_is_refused_and_changes_nothing(
        self, library: Library
    ) -> None:
        old = self.examined(library, face("a"))
        asset_id = old.asset_id
        library.count_attempt(old, NOON)
        before = library.picture(asset_id)
        decision = self.decision(library, asset_id)
        confirmed = appearance(asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        writes: list[Callable[[], None]] = [
            lambda: library.receive(old, original("b" * 64), DESCRIPTION, BOTH, (), NOON),
            lambda: library.reject(old, Rejection("corrupt"), NOON),
            lambda: library.count_attempt(old, NOON),
            lambda: library.examine(old, [face("a")], False, "newer", NOON),
            lambda: library.settle(old, confirmed),
            lambda: library.mark(old, face("a").face_id, FaceMark.MASK, NOON),
            lambda: library.decide(old, decision, None),
        ]
        for write in writes:
            with pytest.raises(StaleRevisionError):
                write()
            assert library.picture(asset_id) == before

    def test_a_writer_about_an_asset_that_is_not_on_record_is_told_so(
        self, library: Library
    ) -> None:
        record = AssetRecord(said(new_id()), AssetStatus.EXPECTED, 1)
        writes: list[Callable[[], None]] = [
            lambda: library.reject(record, Rejection("corrupt"), NOON),
            lambda: library.count_attempt(record, NOON),
            lambda: library.receive(record, original(), DESCRIPTION, BOTH, (), NOON),
        ]
        for write in writes:
            with pytest.raises(MissingAssetError):
                write()
        assert library.record(record.asset_id) is None

    def test_a_rejection_comes_back_with_its_figures(self, library: Library) -> None:
        record = self.announced(library)
        rejection = Rejection("too_many_pixels", {"width": 30000, "format": "png"})
        library.reject(record, rejection, NOON)
        after = self.recorded(library, record.asset_id)
        assert (after.status, after.rejection) == (AssetStatus.REJECTED, rejection)
        assert after.refused

    def test_what_is_received_after_our_failure_is_no_longer_rejected(
        self, library: Library
    ) -> None:
        record = self.announced(library)
        library.reject(record, Rejection("processing_failed"), NOON)
        record = self.recorded(library, record.asset_id)
        library.receive(record, original(), DESCRIPTION, BOTH, (), NOON)
        assert self.recorded(library, record.asset_id).rejection is None

    def test_attempts_add_up_and_the_status_stays(self, library: Library) -> None:
        record = self.received(library)
        for _ in range(3):
            record = self.recorded(library, record.asset_id)
            library.count_attempt(record, NOON)
        after = self.recorded(library, record.asset_id)
        assert (after.attempts, after.status) == (3, AssetStatus.RECEIVED)

    # -- duplicates ------------------------------------------------------------------

    def test_the_earliest_other_asset_with_the_same_bytes_is_the_duplicate(
        self, library: Library
    ) -> None:
        sha256 = derived_id("bytes") * 2
        later = self.received(library, sha256, announced_at=NOON + HOUR)
        earlier = self.received(library, sha256, announced_at=NOON)
        assert library.exact_duplicate(new_id(), sha256) == earlier.asset_id
        assert library.exact_duplicate(earlier.asset_id, sha256) == later.asset_id
        assert library.exact_duplicate(earlier.asset_id, "f" * 64) is None
        assert earlier.duplicate_of == later.asset_id
        assert later.duplicate_of is None

    @pytest.mark.parametrize(
        ("other", "near"),
        [
            ("00ff00ff00ff00ff", True),
            ("00ff00ff00ff00f8", True),
            ("00fe00fe00fe00ff", True),
            ("00ff00ff00ff0300", True),
            ("00ff00ff00ff0700", False),
            ("00fe00fe00fe00fe", False),  # four bits, but no quarter in common
            ("ff00ff00ff00ff00", False),
        ],
    )
    def test_near_duplicates_share_a_quarter_and_differ_in_ten_bits_and_not_in_eleven(
        self, library: Library, other: str, near: bool
    ) -> None:
        one = self.received(library, perceptual_hash=HASH)
        two = self.received(library, "b" * 64, perceptual_hash=other)
        assert two.near_duplicates == ((one.asset_id,) if near else ())
        assert library.near_duplicates(one.asset_id, HASH) == (
            (two.asset_id,) if near else ()
        )

    # -- faces -----------------------------------------------------------------------

    def test_faces_come_back_to_a_hundredth_of_a_pixel_in_the_order_of_their_ids(
        self, library: Library
    ) -> None:
        fine = replace(face("a"), box=Box(1.23456, 2.0, 3.999, 4.0), score=0.123456)
        record = self.examined(library, fine, face("b"), face("c"))
        faces = self.faces(library, record.asset_id)
        assert [f.face_id for f in faces] == sorted(f.face_id for f in faces)
        kept = {f.face_id: f for f in faces}
        assert kept[fine.face_id].box == Box(1.23, 2.0, 4.0, 4.0)
        assert kept[fine.face_id].score == 0.1235
        assert kept[face("b").face_id] == face("b")

    def test_a_picture_that_was_looked_through_says_so_and_by_what(
        self, library: Library
    ) -> None:
        record = self.received(library)
        found = library.picture(record.asset_id)
        assert found is not None
        assert found[1].examined is False
        library.examine(record, [face("a")], False, "detector", NOON)
        found = library.picture(record.asset_id)
        assert found is not None
        assert (found[1].examined, found[1].faces_complete) == (True, False)
        assert found[0].detector_id == "detector"
        assert found[0].face_count == 1
        assert found[0].status is AssetStatus.EXAMINED

    def test_a_face_on_record_is_left_as_it_is_with_what_a_person_marked(
        self, library: Library
    ) -> None:
        marked = face("a", mark=FaceMark.MASK)
        record = self.examined(library, marked)
        library.examine(record, [face("a", x=50.0)], True, "detector", NOON)
        assert self.faces(library, record.asset_id) == (marked,)

    def test_faces_land_even_when_the_record_turns_out_to_be_older(
        self, library: Library
    ) -> None:
        old = self.received(library)
        library.count_attempt(old, NOON)
        with pytest.raises(StaleRevisionError):
            library.examine(old, [face("a")], True, "detector", NOON)
        assert self.faces(library, old.asset_id) == (face("a"),)
        assert self.recorded(library, old.asset_id).detector_id is None

    # -- appearances -----------------------------------------------------------------

    def test_a_suggestion_is_recorded_once_and_does_not_raise_the_revision(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"), face("b"))
        pair = [
            appearance(record.asset_id, face("a")),
            appearance(record.asset_id, face("b"), BOB),
        ]
        assert library.suggest(pair) == 2
        assert library.suggest(pair) == 0
        assert set(self.appearances(library, record.asset_id)) == set(pair)
        assert self.recorded(library, record.asset_id) == record

    def test_r14_a_suggestion_does_not_undo_what_a_person_said(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        no = appearance(record.asset_id, face("a"), status=AppearanceStatus.REJECTED)
        library.settle(record, no)
        assert library.suggest([appearance(record.asset_id, face("a"))]) == 0
        assert self.appearances(library, record.asset_id) == (no,)

    def test_what_a_person_says_replaces_the_suggestion(self, library: Library) -> None:
        record = self.examined(library, face("a"))
        library.suggest([appearance(record.asset_id, face("a"))])
        yes = appearance(record.asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        library.settle(record, yes)
        assert self.appearances(library, record.asset_id) == (yes,)
        after = self.recorded(library, record.asset_id)
        assert after.revision > record.revision
        assert after.status is record.status

    def test_who_is_in_a_face_that_is_not_on_record_is_refused_and_changes_nothing(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        before = library.picture(record.asset_id)
        for status in (AppearanceStatus.CONFIRMED, AppearanceStatus.REJECTED):
            said_of_none = appearance(record.asset_id, face("b"), status=status)
            with pytest.raises(StaleRevisionError):
                library.settle(record, said_of_none)
        assert library.picture(record.asset_id) == before

    def test_what_a_person_says_is_to_be_done_about_a_face_stays_with_it(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"), face("b"))
        decided = [AssetStatus.EMBARGOED]
        library.decide(record, self.decision(library, record.asset_id), None)
        before = self.recorded(library, record.asset_id)
        library.mark(before, face("a").face_id, FaceMark.MASK, NOON)
        found = library.picture(record.asset_id)
        assert found is not None
        marks = {each.face_id: each.mark for each in found[1].faces}
        assert marks == {
            face("a").face_id: FaceMark.MASK,
            face("b").face_id: FaceMark.UNMARKED,
        }
        assert found[0].revision > before.revision
        assert list(library.due(decided, NOON)) == [record.asset_id]

    def test_a_face_that_is_not_there_is_not_made_by_a_mark(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        before = library.picture(record.asset_id)
        with pytest.raises(StaleRevisionError):
            library.mark(record, new_id(), FaceMark.MASK, NOON)
        assert library.picture(record.asset_id) == before

    def test_a_picture_is_due_from_the_instant_a_person_spoke_of_it(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        library.decide(record, self.decision(library, record.asset_id), None)
        decided = [AssetStatus.EMBARGOED]
        spoken = appearance(record.asset_id, face("a"), status=AppearanceStatus.REJECTED)
        assert spoken.settled_at is not None
        assert list(library.due(decided, spoken.settled_at)) == []
        library.settle(self.recorded(library, record.asset_id), spoken)
        assert list(library.due(decided, spoken.settled_at)) == [record.asset_id]

    def test_a_picture_that_moves_on_starts_its_attempts_anew(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        library.count_attempt(record, NOON)
        pushed = self.recorded(library, record.asset_id)
        assert pushed.attempts == 1
        library.examine(pushed, [face("a")], True, "another detector", NOON)
        assert self.recorded(library, record.asset_id).attempts == 0

    def test_everywhere_a_person_is_on_record_is_found(self, library: Library) -> None:
        one = self.examined(library, face("a"), face("b"))
        two = self.examined(library, face("c"))
        library.suggest(
            [
                appearance(one.asset_id, face("a")),
                appearance(one.asset_id, face("b"), BOB),
            ]
        )
        library.settle(
            two,
            appearance(two.asset_id, face("c"), status=AppearanceStatus.CONFIRMED),
        )
        assert set(library.appearances_of(ANN)) == {
            (one.asset_id, face("a").face_id),
            (two.asset_id, face("c").face_id),
        }

    # -- decisions -------------------------------------------------------------------

    def test_a_decision_is_cached_under_the_revision_it_was_taken_on(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        decision = self.decision(library, record.asset_id)
        assert decision.outcome is Outcome.READY
        library.decide(record, decision, None)
        after = self.recorded(library, record.asset_id)
        assert after.status is AssetStatus.READY
        assert after.decided_revision == record.revision
        cached = library.cached_decision(record.asset_id)
        assert cached is not None
        assert cached["outcome"] == "ready"
        assert {f["id"] for f in cached["findings"]} == {"no_face_found", "not_released"}

    def test_a_decision_without_a_release_leaves_the_release_that_was(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        release = Release(
            released_by=EDITOR,
            at=NOON,
            channels={Channel.PRINT: Verdict.CLEAR, Channel.WEBSITE: Verdict.MASKED},
            face_ids=frozenset({"x"}),
        )
        decision = self.decision(library, record.asset_id)
        library.decide(record, decision, release)
        record = self.recorded(library, record.asset_id)
        assert record.release == release
        library.decide(record, decision, None)
        assert self.recorded(library, record.asset_id).release == release

    def test_a_decision_ends_the_count_of_attempts_and_our_own_failure(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        library.count_attempt(record, NOON)
        record = self.recorded(library, record.asset_id)
        library.reject(record, Rejection("processing_failed"), NOON)
        record = self.recorded(library, record.asset_id)
        library.decide(record, self.decision(library, record.asset_id), None)
        after = self.recorded(library, record.asset_id)
        assert (after.attempts, after.rejection) == (0, None)

    # -- work lists ------------------------------------------------------------------

    def walked(
        self, library: Library, limit: int, between: Callable[[], object]
    ) -> list[str]:
        """Every page of what is expected, with something done after the first."""
        seen: list[str] = []
        place: Place | None = None
        while True:
            page, place = library.page(AssetStatus.EXPECTED, place, limit)
            assert len(page) <= limit
            seen += [record.asset_id for _, record in page]
            if place is None:
                return seen
            between()
            between = list

    @pytest.mark.parametrize("limit", [1, 2, 3, 5, 9])
    def test_pages_show_each_asset_once_in_the_order_of_waiting(
        self, library: Library, limit: int
    ) -> None:
        first = self.announced(library, NOON).asset_id
        twins = {self.announced(library, NOON + HOUR).asset_id for _ in range(3)}
        last = self.announced(library, NOON + 2 * HOUR).asset_id
        late = new_id()
        seen = self.walked(
            library,
            limit,
            lambda: library.announce(said(late, NOON + 3 * HOUR), NOON + WEEK),
        )
        assert [seen[0], seen[4]] == [first, last]
        assert set(seen[1:4]) == twins
        assert set(seen[5:]) <= {late}

    def test_a_page_begins_after_a_place_that_somebody_made_up(
        self, library: Library
    ) -> None:
        early, late = (self.announced(library, NOON + n * HOUR).asset_id for n in (1, 2))
        middle = (NOON + 1.5 * HOUR).isoformat(timespec="microseconds")
        page, following = library.page(AssetStatus.EXPECTED, Place(middle, early), 9)
        assert [record.asset_id for _, record in page] == [late]
        assert following is None

    def test_a_page_gives_what_is_on_record_under_that_status_now(
        self, library: Library
    ) -> None:
        record = self.announced(library, NOON)
        library.reject(record, Rejection("unreadable"), NOON)
        assert library.page(AssetStatus.EXPECTED, None, 9) == ([], None)
        [(_, rejected)], _ = library.page(AssetStatus.REJECTED, None, 9)
        assert rejected == self.recorded(library, record.asset_id)

    def test_what_waits_longest_comes_first_and_the_boundary_is_included(
        self, library: Library
    ) -> None:
        late, early, middle = (
            self.announced(library, NOON + n * HOUR).asset_id for n in (3, 1, 2)
        )
        waiting = [AssetStatus.EXPECTED]
        assert list(library.due(waiting, NOON + 3 * HOUR)) == [early, middle, late]
        assert list(library.due(waiting, NOON + 2 * HOUR)) == [early, middle]
        tick = timedelta(microseconds=1)
        assert list(library.due(waiting, NOON + 2 * HOUR - tick)) == [early]
        assert [r.asset_id for r in library.in_status(AssetStatus.EXPECTED)] == [
            early,
            middle,
            late,
        ]

    def test_a_picture_waits_in_one_list_since_its_last_step(
        self, library: Library
    ) -> None:
        record = self.received(library)
        assert list(library.due([AssetStatus.EXPECTED], NOON + WEEK)) == []
        received = [AssetStatus.RECEIVED]
        assert list(library.due(received, NOON + HOUR)) == [record.asset_id]
        library.count_attempt(record, NOON + 2 * HOUR)
        assert list(library.due(received, NOON + HOUR)) == []
        assert list(library.due(received, NOON + 2 * HOUR)) == [record.asset_id]
        both = [AssetStatus.EXPECTED, AssetStatus.RECEIVED]
        assert list(library.due(both, NOON + WEEK)) == [record.asset_id]

    def test_settling_does_not_change_where_a_picture_waits(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        yes = appearance(record.asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        library.settle(record, yes)
        assert list(library.due([AssetStatus.EXAMINED], NOON + 2 * HOUR)) == [
            record.asset_id
        ]

    def test_a_decision_that_holds_for_ever_is_never_due(self, library: Library) -> None:
        record = self.examined(library)
        endless = replace(self.decision(library, record.asset_id), valid_until=None)
        library.decide(record, endless, None)
        far = datetime(9998, 12, 31, tzinfo=NOON.tzinfo)
        assert list(library.due([AssetStatus.READY], far)) == []
        assert [r.asset_id for r in library.in_status(AssetStatus.READY)] == [
            record.asset_id
        ]

    def test_a_picture_carries_the_end_of_its_term_and_is_due_at_it(
        self, library: Library
    ) -> None:
        record = self.examined(library)
        found = library.picture(record.asset_id)
        assert record.ends_at is not None
        assert found is not None
        assert found[1].ends_at == record.ends_at
        assert not record.over(NOON)
        assert record.over(record.ends_at)
        decision = self.decision(library, record.asset_id)
        assert decision.valid_until == record.ends_at

    def test_a_file_that_was_not_taken_in_ends_sooner_than_a_picture(
        self, library: Library
    ) -> None:
        refused, taken = new_id(), self.examined(library)
        library.announce(said(refused), NOON + WEEK)
        library.reject(self.recorded(library, refused), Rejection("unreadable"), NOON)
        ends_at = self.recorded(library, refused).ends_at
        assert ends_at is not None
        assert taken.ends_at is not None
        assert ends_at < taken.ends_at

    def test_a_decision_is_due_when_it_ends(self, library: Library) -> None:
        record = self.examined(library)
        ends = replace(
            self.decision(library, record.asset_id), valid_until=NOON + 5 * HOUR
        )
        library.decide(record, ends, None)
        ready = [AssetStatus.READY]
        tick = timedelta(microseconds=1)
        assert list(library.due(ready, NOON + 5 * HOUR - tick)) == []
        assert list(library.due(ready, NOON + 5 * HOUR)) == [record.asset_id]

    # -- sessions and the mode -------------------------------------------------------

    def test_a_session_comes_back_with_everybody_who_signed_there(
        self, library: Library
    ) -> None:
        session = Session(
            session_id=new_id(),
            on=date(2026, 6, 1),
            closed=True,
            head_count=2,
            attested_by=EDITOR,
            roster=frozenset({ANN, BOB}),
            from_public_web=True,
        )
        assert library.session(session.session_id) is None
        library.save_session(session)
        library.save_session(session)
        assert library.session(session.session_id) == session

    def test_an_open_session_without_anybody_comes_back_too(
        self, library: Library
    ) -> None:
        session = Session(session_id=new_id(), on=date(2026, 6, 1))
        library.save_session(session)
        assert library.session(session.session_id) == session

    def test_nobody_who_signed_is_taken_off_by_saving_a_shorter_list(
        self, library: Library
    ) -> None:
        session = Session(new_id(), date(2026, 6, 1), roster=frozenset({ANN, BOB}))
        library.save_session(session)
        library.save_session(replace(session, roster=frozenset({ANN})))
        found = library.session(session.session_id)
        assert found is not None
        assert found.roster == {ANN, BOB}

    def test_r01_recognition_is_off_as_long_as_nobody_recorded_otherwise(
        self, library: Library, registers: Registers
    ) -> None:
        assess(registers)
        assert library.recognition() == RecognitionSetting()
        assert library.recognition_mode(NOON) is RecognitionMode.DETECT
        for count, mode in enumerate(RecognitionMode):
            before = library.recognition()
            after = switched(before, mode, ASSESSMENT, EDITOR, NOON)
            library.switch_recognition(after)
            assert library.recognition() == replace(after, revision=count + 1)
            assert library.recognition_mode(NOON) is mode

    def test_r18_recognition_goes_back_to_detecting_when_its_assessment_lapses(
        self, library: Library, registers: Registers
    ) -> None:
        assess(registers)
        setting = switched(
            RecognitionSetting(), RecognitionMode.ENROLLED, ASSESSMENT, EDITOR, NOON
        )
        library.switch_recognition(setting)
        end = ASSESSMENT.period.end
        assert end is not None
        assert library.recognition_mode(end - TICK) is RecognitionMode.ENROLLED
        assert library.recognition_mode(end) is RecognitionMode.DETECT

    def test_r18_what_carries_recognition_is_asked_of_the_register_at_each_read(
        self, library: Library, registers: Registers
    ) -> None:
        setting = switched(
            RecognitionSetting(), RecognitionMode.ENROLLED, ASSESSMENT, EDITOR, NOON
        )
        library.switch_recognition(setting)
        # Nobody signed what it names: days that somebody typed carry nothing.
        assert library.recognition().assessment is None
        assert library.recognition_mode(NOON) is RecognitionMode.DETECT
        assess(registers)
        assert library.recognition().assessment == ASSESSMENT
        assert library.recognition_mode(NOON) is RecognitionMode.ENROLLED
        registers.revoke(
            ASSESSMENT.assessment_id,
            Revocation(EDITOR, NOON, "The risk changed."),
            noted(ASSESSMENT.assessment_id, NOON, "test:record:revoke"),
        )
        assert library.recognition_mode(NOON - TICK) is RecognitionMode.ENROLLED
        assert library.recognition_mode(NOON) is RecognitionMode.DETECT

    def test_of_two_who_switch_recognition_at_once_one_has_to_look_again(
        self, library: Library
    ) -> None:
        seen = library.recognition()
        off = switched(seen, RecognitionMode.OFF, None, EDITOR, NOON)
        library.switch_recognition(off)
        for stale in (seen, replace(seen, revision=7)):
            on = switched(stale, RecognitionMode.ENROLLED, ASSESSMENT, EDITOR, NOON)
            with pytest.raises(StaleRevisionError):
                library.switch_recognition(on)
        assert library.recognition_mode(NOON) is RecognitionMode.OFF

    # -- collections -----------------------------------------------------------------

    def test_a_picture_is_in_the_collections_that_were_recorded_last(
        self, library: Library
    ) -> None:
        library.announce(said(PICTURE), NOON + WEEK)
        assert self.recorded(library, PICTURE).collection_ids == frozenset()
        for these in (frozenset({ANN, BOB}), frozenset({BOB}), frozenset()):
            before = self.recorded(library, PICTURE)
            library.collect(before, these)
            after = self.recorded(library, PICTURE)
            assert after.collection_ids == these
            assert after.revision > before.revision
            with pytest.raises(StaleRevisionError):
                library.collect(before, frozenset({ANN}))
        with pytest.raises(MissingAssetError):
            library.collect(replace(after, announcement=said(new_id())), frozenset({ANN}))
