"""The promises of the library: faces, and who is in them."""

from dataclasses import replace

import pytest

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import (
    AssetStatus,
    Box,
    FaceMark,
    Release,
)
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.declarations import Declaration, declared_place
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import AppearanceStatus
from tests.adapters.contracts.library_samples import Library, OfALibrary, appearance, face
from tests.fakes.samples import (
    ANN,
    BOB,
    EDITOR,
    NOON,
)


class FacesContract(OfALibrary):
    """What was found in a picture, and what people say of it."""

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

    # -- who is declared to be in a file ---------------------------------------------

    def test_a_declaration_takes_the_place_of_the_one_before_and_ends_a_release(
        self, library: Library
    ) -> None:
        record = self.examined(library, face("a"))
        asset_id = record.asset_id
        yes = appearance(asset_id, face("a"), status=AppearanceStatus.CONFIRMED)
        library.settle(record, yes)
        library.decide(
            self.recorded(library, asset_id),
            self.decision(library, asset_id),
            Release(EDITOR, NOON, {Channel.WEBSITE: Verdict.CLEAR}, frozenset()),
        )
        before = self.recorded(library, asset_id)
        assert before.release is not None
        place = declared_place(asset_id)
        ann, bob = (replace(yes, face_id=place, person_id=each) for each in (ANN, BOB))
        library.declare(before, Declaration(EDITOR, 2), (ann, bob), NOON)
        found = library.picture(asset_id)
        assert found is not None
        assert found[0].declaration == found[1].declaration == Declaration(EDITOR, 2)
        assert found[0].release is None
        assert found[0].revision > before.revision
        assert found[0].status is before.status
        assert set(found[2]) == {yes, ann, bob}
        assert (asset_id, place) in set(library.appearances_of(BOB))
        assert asset_id in list(library.due([before.status], NOON))
        with pytest.raises(StaleRevisionError):
            library.declare(before, Declaration(EDITOR, 0), (), NOON)
        library.declare(found[0], Declaration(EDITOR, 1), (bob,), NOON)
        assert set(self.appearances(library, asset_id)) == {yes, bob}
        last = self.recorded(library, asset_id)
        library.declare(last, Declaration(EDITOR, 0, rest_stays=True), (), NOON)
        assert self.appearances(library, asset_id) == (yes,)
        assert list(library.appearances_of(BOB)) == []
        stays = self.recorded(library, asset_id).declaration
        assert stays == Declaration(EDITOR, 0, rest_stays=True)

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
