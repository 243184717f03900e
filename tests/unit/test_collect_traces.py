"""The first look plans, the second counts, and neither comes after the deed.

What it finds in real stores is asked in `tests/adapters/test_erasing_over_aws.py`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.declarations import declared_place
from beeldrecht.domain.erasure import (
    ErasureRefusedError,
    ErasureState,
    PictureOutcome,
    Trace,
    replanned,
)
from beeldrecht.domain.erasure_texts import (
    LeavingReason,
    TextOutcome,
    TextPlace,
    TextWish,
    decided,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.named import Wanted
from beeldrecht.domain.stores import Store
from beeldrecht.runtime.erasing import ErasureEvent
from rights.collect_traces import step
from rights.collect_traces.step import Outcome, collect_traces
from tests.fakes.erasing import Erasing
from tests.fakes.erasures import FakeTexts
from tests.fakes.samples import (
    ANN,
    BOB,
    NOON,
    PICTURE,
    Sight,
    announcement,
    face_id,
    grant,
    picture_of,
    seen,
)
from tests.fakes.scenes import brochure, released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
NEWER = derived_id("test", "a newer file")
CONTACT = Trace(Store.CONSENT, "contact", "DOSSIER", "CONTACT")
SEARCH = Trace(Store.LIBRARY, "saved_search", "SEARCHES", "SAVED")
DECLARED = Trace(Store.CONSENT, "erasure", "ERASURE", "META")
FILE = Trace(Store.ORIGINALS, "originals/", "originals/1", "v1")


class Found:
    def __init__(self, faces: Mapping[str, Sequence[str]] | None = None) -> None:
        self.faces = faces or {}

    def of_person(self, person_id: str) -> Iterator[Trace]:
        assert person_id == ANN
        yield CONTACT

    def mentions(self, subject_id: str) -> Iterator[Trace]:
        assert subject_id == ANN
        yield from (CONTACT, SEARCH, DECLARED)

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        assert asset_id
        yield FILE

    files = of_picture

    def portrayed(self, person_id: str) -> Mapping[str, Sequence[str]]:
        assert person_id == ANN
        return self.faces


class Called:
    """What she is called, as long as that can be opened."""

    def wanted(self, person_id: str) -> Wanted:
        assert person_id == ANN
        return Wanted(("Ann de Vries",), ("ann@vries.example",))


def look(
    here: Erasing,
    found: Found,
    typed: FakeTexts | None = None,
    world: World | None = None,
) -> Outcome:
    library, typed = (world or released()).library, typed or FakeTexts()
    said = collect_traces(
        here.event, here.erasures, found, library, Called(), typed, NOON
    )
    return said.outcome


def shown() -> str:
    found = released().library.picture(PICTURE)
    assert found is not None
    return found[1].faces[0].face_id


def test_a_file_that_somebody_is_declared_in_is_deleted_for_nobody_can_cover_them() -> (
    None
):
    world = brochure(faces=2)
    world.declare(ANN)
    world.sign(grant(ANN))
    world.answer(face_id(0), BOB)
    world.check()
    world.library.rows[PICTURE].record = replace(
        world.record(), status=AssetStatus.RELEASED
    )
    here = Erasing(ErasureState.COLLECTING)
    look(here, Found({PICTURE: [declared_place(PICTURE)]}), world=world)
    plan = here.erasures.plan(here.event.erasure_id)
    assert plan is not None
    (planned,) = plan.pictures
    assert (planned.outcome, planned.face_ids) == (PictureOutcome.DELETE, ())
    with pytest.raises(ErasureRefusedError):
        replanned(plan, ErasureState.PLANNED, {PICTURE: PictureOutcome.MASK}, None)


def of_two_files(*faces: float) -> World:
    """Released, then replaced by a newer file in which nobody is named yet."""
    world = released()
    said = replace(announcement(NEWER), replaces=PICTURE)
    world.library.announce(said, NOON.replace(year=2030))
    world.upload(picture_of(shade=33), NEWER)
    world.receive(NEWER)
    world.sight = Sight(tuple(seen(n, height) for n, height in enumerate(faces)))
    world.detect(NEWER)
    return world


def planned(here: Erasing) -> dict[str, PictureOutcome]:
    plan = here.erasures.plan(here.event.erasure_id)
    assert plan is not None
    return {each.asset_id: each.outcome for each in plan.pictures}


@pytest.mark.parametrize("faces", [(), (20.0,)])
def test_r11_another_file_in_which_she_may_be_goes_as_well(
    faces: tuple[float, ...],
) -> None:
    here = Erasing(ErasureState.COLLECTING)
    look(here, Found({PICTURE: [shown()]}), world=of_two_files(*faces))
    both = {PICTURE, NEWER} if faces else {PICTURE}
    assert planned(here) == dict.fromkeys(both, PictureOutcome.DELETE)


@pytest.mark.parametrize(
    ("erased", "gone"), [(NEWER, {NEWER, PICTURE}), (PICTURE, {PICTURE})]
)
def test_r11_the_current_file_takes_the_older_ones_along_and_an_older_one_goes_alone(
    erased: str, gone: set[str]
) -> None:
    here = Erasing(ErasureState.COLLECTING, of_picture=True, asset_id=erased)
    look(here, Found(), world=of_two_files(20.0))
    assert planned(here) == dict.fromkeys(gone, PictureOutcome.DELETE)


def test_the_sample_event_is_one() -> None:
    assert ErasureEvent.model_validate(json.loads(SAMPLE.read_text()))


def test_the_first_look_plans_and_waits_for_an_officer() -> None:
    here = Erasing(ErasureState.COLLECTING)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.PLANNED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    assert [each.asset_id for each in plan.pictures] == [PICTURE]
    assert plan.found == {
        "store_consent/contact": 1,
        "store_library/saved_search": 1,
        "store_originals/originals/": 1,
    }
    assert here.state is ErasureState.PLANNED
    assert look(here, Found()) is Outcome.PLANNED  # kept once
    assert here.tags() == ["rights:erasure:plan"]


def test_a_picture_by_itself_needs_no_officer() -> None:
    here = Erasing(ErasureState.COLLECTING, of_picture=True)
    assert look(here, Found()) is Outcome.CONFIRMED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    assert [p.outcome for p in plan.pictures] == [PictureOutcome.DELETE]
    assert here.state is ErasureState.CONFIRMED


def test_the_second_look_adds_what_came_since_and_counts_anew() -> None:
    here = Erasing(ErasureState.CONFIRMED, PictureOutcome.MASK)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.CONFIRMED
    plan = here.erasures.plan(here.erasure.erasure_id)
    assert plan is not None
    # What the officer chose for it stands.
    assert [(p.asset_id, p.outcome) for p in plan.pictures] == [
        (PICTURE, PictureOutcome.MASK)
    ]
    assert plan.found["store_library/face"] == 1


@pytest.mark.parametrize(
    "state", [ErasureState.ERASING, ErasureState.ERASED, ErasureState.CANCELLED]
)
def test_what_is_over_or_under_way_is_not_planned_again(state: ErasureState) -> None:
    here = Erasing(state)
    assert look(here, Found({PICTURE: [shown()]})) is Outcome.GONE
    assert here.state is state


TITLE = TextPlace(Store.LIBRARY, "session", "SESSION#1", "META", "title")
SIGNED = TextPlace(Store.LIBRARY, "governance_version", "RECORD#1", "VERSION#1", "title")


def test_r11_texts_that_name_her_are_found_and_none_of_their_words_is_kept() -> None:
    here = Erasing(ErasureState.COLLECTING)
    typed = FakeTexts(
        {TITLE: "Visit of VRIES, Ann de.", SIGNED: "Ann de Vries", OTHER: "Ann speaks"}
    )
    assert look(here, Found(), typed) is Outcome.PLANNED
    there = {e.place: e for e in here.erasures.texts(here.erasure.erasure_id)}
    assert there.keys() == {TITLE, SIGNED}
    assert (there[TITLE].spans, there[TITLE].outcome) == (((9, 22),), None)
    signed = there[SIGNED]
    assert (signed.outcome, signed.reason) == (TextOutcome.LEAVE, LeavingReason.SIGNED)
    assert not {"vries", "ann"} & set(repr(there).lower().replace("'", " ").split())


OTHER = TextPlace(Store.LIBRARY, "collection", "COLLECTION#1", "META", "title")


def test_r11_a_text_that_changed_since_is_asked_of_the_officer_again() -> None:
    here, typed = (
        Erasing(ErasureState.COLLECTING),
        FakeTexts({TITLE: "With Ann de Vries"}),
    )
    look(here, Found(), typed)
    erasure_id = here.erasure.erasure_id

    def confirm() -> None:
        erasure = here.erasures.erasures[erasure_id]
        texts = here.erasures.texts(erasure_id)
        wanted = {e.text_id: TextWish(TextOutcome.REDACT) for e in texts}
        here.erasures.note_texts(erasure_id, decided(erasure, texts, wanted))
        again = replace(erasure, state=ErasureState.CONFIRMED, confirmed_at=NOON)
        here.erasures.put(again)

    confirm()
    assert look(here, Found(), typed) is Outcome.CONFIRMED
    typed.texts[TITLE] = "A day with Ann de Vries"
    assert look(here, Found(), typed) is Outcome.PLANNED
    assert here.state is ErasureState.PLANNED
    confirm()
    assert look(here, Found(), typed) is Outcome.CONFIRMED
    del typed.texts[TITLE]
    assert look(here, Found(), typed) is Outcome.CONFIRMED
    (text,) = here.erasures.texts(erasure_id)
    assert (text.outcome, text.spans) == (TextOutcome.GONE, ())
