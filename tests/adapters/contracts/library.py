"""The promises of the library."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from beeldrecht.adapters.errors import MissingAssetError, StaleRevisionError
from beeldrecht.domain.assets import (
    AssetStatus,
    FaceMark,
)
from beeldrecht.domain.governance import Revocation
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import (
    AssetRecord,
    Rejection,
)
from beeldrecht.domain.people import AppearanceStatus
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting, switched
from beeldrecht.domain.sessions import Session
from tests.adapters.contracts.governance import Registers
from tests.adapters.contracts.library_faces import FacesContract
from tests.adapters.contracts.library_lists import ListsContract
from tests.adapters.contracts.library_samples import (
    BOTH,
    DESCRIPTION,
    HASH,
    HOUR,
    WEEK,
    Library,
    appearance,
    assess,
    face,
    original,
    said,
)
from tests.fakes.governance import noted
from tests.fakes.samples import (
    ANN,
    ASSESSMENT,
    BOB,
    EDITOR,
    NOON,
    PICTURE,
    TICK,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "BOTH",
    "DESCRIPTION",
    "HASH",
    "HOUR",
    "WEEK",
    "Library",
    "LibraryContract",
    "appearance",
    "assess",
    "face",
    "original",
    "said",
]


class LibraryContract(FacesContract, ListsContract):
    """All of them: coming in, being looked at, and what waits; and the rest beside."""

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
