"""declare_file: a person says who is in what nobody can look through, and it counts."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.consent import Withdrawal
from beeldrecht.domain.declarations import Declaration, declared_people, declared_place
from beeldrecht.domain.intake import RenditionName
from clearance.declare_file import step
from clearance.declare_file.step import (
    Event,
    NotDeclarableError,
    UnknownPersonError,
)
from recognition.detect_faces.step import NOT_LOOKED
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import (
    ANN,
    BOB,
    EDITOR,
    LETTER,
    OTHER,
    PICTURE,
    face_id,
    grant,
)
from tests.fakes.scenes import brochure, examined, letter
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
TAG = "clearance:file:declare"


def of_ann(world: World) -> step.Result:
    return world.declare(ANN)


def people(world: World) -> tuple[str, ...]:
    return declared_people(PICTURE, world.appearances())


def entries(world: World) -> list[object]:
    return [e.data for e in world.audit.entries(PICTURE) if e.tag == TAG]


def test_the_sample_event_is_a_declaration() -> None:
    assert len(Event.model_validate_json(SAMPLE.read_text()).people) == 1


def test_r14_a_declaration_names_who_made_it_and_says_one_thing() -> None:
    said = json.loads(SAMPLE.read_text())
    with pytest.raises(ValidationError):
        Event.model_validate({**said, "rest_stays": True})
    del said["actor_id"]
    with pytest.raises(ValidationError):
        Event.model_validate(said)


def test_a_file_that_nothing_opens_waits_for_somebody_to_declare_it() -> None:
    world = letter()
    record = world.record()
    assert record.status is AssetStatus.EMBARGOED
    assert record.detector_id == NOT_LOOKED
    assert world.looks == 0
    assert record.renditions == {RenditionName.FILE}
    assert world.renditions.stored[PICTURE, RenditionName.FILE] == LETTER
    assert [e.tag for e in world.audit.entries(PICTURE)][:2] == [
        "intake:asset:receive",
        "recognition:file:pass",
    ]
    world.detect()  # delivered again
    tags = [e.tag for e in world.audit.entries(PICTURE)]
    assert tags.count("recognition:file:pass") == 1


def test_a_declaration_counts_at_once_and_is_on_record() -> None:
    world = letter()
    world.sign(grant(ANN))
    before = world.record().revision
    assert world.declare(ANN).changed
    assert world.record().revision == before + 1
    assert world.record().declaration == Declaration(EDITOR, 1)
    assert people(world) == (ANN,)
    assert world.clearance.started == [PICTURE]
    assert entries(world) == [{"people": ANN, "before": "", "rest_stays": 0}]
    world.check()
    assert world.record().status is AssetStatus.READY
    world.release()
    release = world.record().release
    assert release is not None
    assert release.channels == dict.fromkeys(
        (Channel.WEBSITE, Channel.PRINT), Verdict.CLEAR
    )


def test_the_same_again_changes_nothing_and_asks_for_the_decision_again() -> None:
    world = letter()
    world.declare(ANN, BOB)
    before = world.record().revision
    assert not world.declare(BOB, ANN).changed
    assert world.record().revision == before
    assert len(entries(world)) == 1
    assert world.clearance.started == [PICTURE, PICTURE]


def test_another_declaration_takes_the_place_of_the_first_and_ends_the_release() -> None:
    world = letter()
    world.declare()
    world.check()
    world.release()
    assert world.record().release is not None
    assert world.declare(ANN, BOB).changed
    assert world.record().release is None
    assert people(world) == tuple(sorted((ANN, BOB)))
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    world.declare(BOB)
    assert people(world) == (BOB,)
    assert world.declare().changed
    assert people(world) == ()
    world.check()
    assert world.record().status is AssetStatus.READY
    assert world.record().release is None
    data = [e.data for e in world.audit.entries(PICTURE) if e.tag == TAG]
    assert [each["before"] for each in data][-1] == BOB


def test_whoever_takes_a_consent_back_closes_a_released_file() -> None:
    world = letter()
    given = grant(ANN)
    world.sign(given)
    world.declare(ANN)
    world.check()
    world.release()
    world.check()
    assert world.record().status is AssetStatus.RELEASED
    world.at += timedelta(seconds=1)
    world.register.withdraw(Withdrawal("0" * 32, given.grant_id, ANN, world.at))
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    release = world.record().release
    assert release is not None
    assert not release.channels


def test_of_a_document_the_page_is_looked_through_and_the_rest_declared() -> None:
    world = brochure(faces=1)
    assert world.looks == 1
    world.sign(grant(ANN))
    world.answer(face_id(0), ANN)
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    world.declare(rest_stays=True)
    world.check()
    assert world.record().status is AssetStatus.READY
    world.declare(BOB)
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    world.declare()
    world.check()
    assert world.record().status is AssetStatus.READY


def test_what_can_be_looked_through_is_not_declared() -> None:
    with pytest.raises(NotDeclarableError):
        examined().declare(ANN)
    with pytest.raises(NotDeclarableError):
        letter().declare(asset_id=OTHER)
    with pytest.raises(NotDeclarableError):
        letter().declare(rest_stays=True)  # there is no other part to use


def test_nobody_is_declared_whom_the_house_does_not_know() -> None:
    world = letter()
    with pytest.raises(UnknownPersonError):
        world.declare(ANN, OTHER)
    assert people(world) == ()


def test_a_declaration_is_no_name_of_a_face() -> None:
    world = brochure(faces=1)
    world.declare(ANN)
    (appearance,) = world.appearances()
    assert appearance.face_id == declared_place(PICTURE)
    assert appearance.face_id != face_id(0)


@pytest.mark.parametrize("place", range(1, len(effects_of(letter, of_ann)) + 1))
@pytest.mark.parametrize("when", When)
def test_ended_anywhere_the_next_try_ends_in_the_same_state(
    place: int, when: When
) -> None:
    world = killed_and_retried(letter, of_ann, place, when)
    assert people(world) == (ANN,)
    assert len(entries(world)) == 1
    assert world.clearance.started[-1] == PICTURE


@pytest.mark.parametrize("when", When)
def test_of_two_who_declare_at_once_the_last_one_counts_whole(when: When) -> None:
    def of_bob(world: World) -> None:
        world.declare(BOB)

    world = overtaken(letter, of_ann, of_bob, 1, when)
    assert people(world) in {(ANN,), (BOB,)}
    said = world.record().declaration
    assert said is not None
    assert said.people == 1
