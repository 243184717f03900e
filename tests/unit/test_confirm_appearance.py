"""confirm_appearance: a person says who a face is, once, and it counts at once."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from clearance.check_consent.step import Outcome
from clearance.confirm_appearance import step
from clearance.confirm_appearance.step import (
    Event,
    UnknownFaceError,
    UnknownPersonError,
)
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import Killed, When
from tests.fakes.samples import ANN, BOB, EDITOR, PICTURE, UPLOADER, face_id, grant
from tests.fakes.scenes import examined, released
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
FACE = face_id(0)


def suggested() -> World:
    world = examined()
    world.library.suggest(
        [
            Appearance(
                PICTURE,
                FACE,
                ANN,
                AppearanceStatus.SUGGESTED,
                band=SuggestionBand.LIKELY,
            )
        ]
    )
    return world


def confirmed() -> World:
    world = examined()
    world.answer(FACE)
    return world


SCENES = (examined, suggested, confirmed)


def confirm(world: World) -> object:
    return world.answer(FACE)


def reject(world: World) -> object:
    return world.answer(FACE, answer="reject")


def test_the_sample_event_is_an_answer() -> None:
    event = Event.model_validate(json.loads(SAMPLE.read_text()))
    assert event.answer == "confirm"


def test_there_are_two_answers() -> None:
    said = json.loads(SAMPLE.read_text()) | {"answer": "perhaps"}
    with pytest.raises(ValidationError):
        Event.model_validate(said)


def test_a_confirmed_face_is_on_record_with_who_said_so_and_decided_on() -> None:
    world = suggested()
    result = world.answer(FACE)
    assert (result.status, result.changed) == (AppearanceStatus.CONFIRMED, True)
    (appearance,) = world.appearances()
    assert appearance == Appearance(
        PICTURE,
        FACE,
        ANN,
        AppearanceStatus.CONFIRMED,
        settled_by=EDITOR,
        settled_at=world.at,
        band=SuggestionBand.LIKELY,
    )
    assert world.clearance.started == [PICTURE]
    entry = list(world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("clearance:appearance:confirm", EDITOR)
    assert entry.data == {"face_id": FACE, "person_id": ANN}


def test_r14_software_cannot_confirm_for_an_answer_names_who_gave_it() -> None:
    said = json.loads(SAMPLE.read_text())
    del said["actor_id"]
    with pytest.raises(ValidationError):
        Event.model_validate(said)


def test_a_person_can_change_their_mind_and_back_and_each_time_is_in_the_trail() -> None:
    world = examined()
    tags = []
    for answer in ("confirm", "reject", "confirm"):
        world.at += timedelta(minutes=1)
        assert world.answer(FACE, answer=answer).changed
        tags.append(f"clearance:appearance:{answer}")
    assert [e.tag for e in world.audit.entries(PICTURE)][-3:] == tags
    assert world.appearances()[0].status is AppearanceStatus.CONFIRMED


def test_the_same_answer_again_keeps_who_gave_it_first_and_asks_for_the_decision() -> (
    None
):
    world = confirmed()
    before = world.outcome()
    world.clearance.started.clear()
    world.at += timedelta(hours=1)
    result = world.answer(FACE, actor_id=UPLOADER)
    assert not result.changed
    assert world.appearances()[0].settled_by == EDITOR
    assert world.clearance.started == [PICTURE]
    assert world.outcome() == before


def test_two_people_in_one_face_are_both_on_record_and_keep_the_picture_in() -> None:
    world = released()
    world.know(BOB)
    world.sign(grant(BOB))
    world.answer(FACE, BOB)
    assert len(world.appearances()) == 2
    assert world.check().outcome is Outcome.EMBARGOED


def test_a_face_or_a_picture_nobody_knows_is_refused() -> None:
    world = examined()
    with pytest.raises(UnknownFaceError):
        world.answer("0" * 32)
    with pytest.raises(UnknownFaceError):
        world.answer(FACE, asset_id="0" * 32)
    assert world.clearance.started == []


def test_a_person_nobody_knows_is_refused() -> None:
    world = examined()
    with pytest.raises(UnknownPersonError):
        world.answer(FACE, BOB)
    assert world.appearances() == ()
    assert world.clearance.started == []


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("act", [confirm, reject])
@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_asked_again_it_comes_to_the_same(
    scene: Callable[[], World], act: Callable[[World], object], when: When
) -> None:
    undisturbed = scene()
    act(undisturbed)
    names = effects_of(scene, act)
    for place in range(1, len(names) + 1):
        world = killed_and_retried(scene, act, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


def test_somebody_else_asking_again_does_not_take_the_answer_over_in_the_trail() -> None:
    """The first editor's request ends half-way; a second editor clicks the same."""
    undisturbed = suggested()
    confirm(undisturbed)
    world = suggested()
    world.effects.kill(2, When.BEFORE)
    with pytest.raises(Killed):
        confirm(world)
    world.at += timedelta(hours=1)
    world.answer(FACE, actor_id=UPLOADER)
    assert world.outcome() == undisturbed.outcome()


@pytest.mark.parametrize("act", [confirm, reject])
@pytest.mark.parametrize("when", When)
def test_two_clicks_at_the_same_time_come_to_the_same_as_one(
    act: Callable[[World], object], when: When
) -> None:
    undisturbed = suggested()
    act(undisturbed)
    names = effects_of(suggested, act)
    for place in range(1, len(names) + 1):
        world = overtaken(suggested, act, act, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


def test_of_two_opposite_answers_at_the_same_time_the_second_is_told_to_look_again() -> (
    None
):
    world = suggested()
    world.effects.arm(1, When.BEFORE, lambda: reject(world))
    with pytest.raises(StaleRevisionError):
        confirm(world)
    assert world.appearances()[0].status is AppearanceStatus.REJECTED


def test_the_answer_is_on_record_before_it_is_acted_on() -> None:
    assert effects_of(suggested, confirm) == [
        "library.settle",
        "clearance.start",
    ]
