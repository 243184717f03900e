"""mark_face: a person says that a face is covered, once, and it counts at once."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import AssetStatus, FaceMark
from beeldrecht.domain.channels import Verdict
from clearance.mark_face import step
from clearance.mark_face.step import Event, UnknownFaceError, mark_face
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import ANN, EDITOR, OTHER, PICTURE, face_id
from tests.fakes.scenes import examined, released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
TAG = "clearance:face:mark"


def mark(
    world: World,
    value: FaceMark = FaceMark.MASK,
    face: str | None = None,
    asset_id: str = PICTURE,
) -> step.Result:
    event = Event(
        asset_id=asset_id, face_id=face or face_id(0), mark=value, actor_id=EDITOR
    )
    return mark_face(event, world.library, world.clearance, world.now)


def on_record(world: World) -> FaceMark:
    found = world.library.picture(PICTURE)
    assert found is not None
    return found[1].faces[0].mark


def entries(world: World) -> list[object]:
    return [e.data for e in world.audit.entries(PICTURE) if e.tag == TAG]


def test_the_sample_event_is_a_mark() -> None:
    assert Event.model_validate_json(SAMPLE.read_text()).mark is FaceMark.MASK


def test_r14_a_mark_names_the_person_who_made_it() -> None:
    said = json.loads(SAMPLE.read_text())
    del said["actor_id"]
    with pytest.raises(ValidationError):
        Event.model_validate(said)


def test_a_mark_counts_at_once_and_is_on_record() -> None:
    world = examined()
    before = world.record().revision
    result = mark(world)
    assert (result.mark, result.changed) == (FaceMark.MASK, True)
    assert on_record(world) is FaceMark.MASK
    assert world.record().revision == before + 1
    assert world.clearance.started == [PICTURE]
    world.check()
    assert world.record().status is AssetStatus.READY
    assert set(world.release().channels.values()) == {Verdict.MASKED}
    assert entries(world) == [
        {"face_id": face_id(0), "mark": "mask", "before": "unmarked"}
    ]


def test_the_same_again_changes_nothing_and_asks_for_the_decision_again() -> None:
    world = examined()
    mark(world)
    before = world.record().revision
    assert not mark(world).changed
    assert world.record().revision == before
    assert len(entries(world)) == 1
    assert world.clearance.started == [PICTURE, PICTURE]


def test_r14_a_mark_after_the_release_takes_what_was_clear_away() -> None:
    world = released()
    mark(world)
    world.check()
    assert world.record().status is not AssetStatus.RELEASED


@pytest.mark.parametrize("place", range(1, len(effects_of(examined, mark)) + 1))
@pytest.mark.parametrize("when", When)
def test_ended_anywhere_the_next_try_ends_in_the_same_state(
    place: int, when: When
) -> None:
    world = killed_and_retried(examined, mark, place, when)
    assert on_record(world) is FaceMark.MASK
    assert len(entries(world)) == 1
    assert world.clearance.started[-1] == PICTURE


@pytest.mark.parametrize("when", When)
def test_who_is_overtaken_looks_again_and_loses_nothing(when: When) -> None:
    def answer(world: World) -> None:
        world.answer(face_id(0), ANN)

    world = overtaken(examined, mark, answer, 1, when)
    assert on_record(world) is FaceMark.MASK
    assert [a.person_id for a in world.appearances()] == [ANN]


def test_a_face_that_went_meanwhile_is_not_made_by_its_mark() -> None:
    world = examined(2)
    world.effects.arm(
        1, When.BEFORE, lambda: world.library.rows[PICTURE].faces.pop(face_id(1))
    )
    with pytest.raises(StaleRevisionError):
        mark(world, face=face_id(1))


def test_what_is_not_there_cannot_be_marked() -> None:
    with pytest.raises(UnknownFaceError):
        mark(examined(), face=face_id(7))
    with pytest.raises(UnknownFaceError):
        mark(examined(), asset_id=OTHER)
