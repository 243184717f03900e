"""detect_faces: boxes and landmarks, recorded once, and nothing biometric."""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.domain.assets import AssetStatus, FaceMark
from beeldrecht.domain.declarations import Sight as SightOf
from beeldrecht.domain.films import MP4_TYPE
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection, RenditionName
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.pixels import NotReceivedError
from recognition.detect_faces import step
from recognition.detect_faces.step import Outcome
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import DETECTOR, FILM, PICTURE, Sight, face_id, picture_of, seen
from tests.fakes.world import World

ROOT = Path(__file__).parents[2]
SAMPLE = Path(step.__file__).with_name("event.json")


def received() -> World:
    world = World()
    world.announce()
    world.upload()
    world.receive()
    world.sight = Sight((seen(0), seen(1)))
    return world


def faceless() -> World:
    world = received()
    world.sight = Sight(())
    return world


def filmed() -> World:
    """A film that came in, and was not opened yet."""
    world = World()
    world.announce(media_type=MP4_TYPE)
    world.upload(FILM)
    world.receive()
    return world


SCENES = (received, faceless, filmed)


def test_the_sample_event_carries_one_asset() -> None:
    (record,) = json.loads(SAMPLE.read_text())["Records"]
    event = AssetEvent.model_validate_json(record["body"])
    assert event.asset_id == "9b2f6c0d4e8a4f7bb1c2d3e4f5a60718"


def test_a_message_with_anything_besides_an_asset_is_no_event() -> None:
    with pytest.raises(ValidationError):
        AssetEvent.model_validate_json(json.dumps({"asset_id": PICTURE, "name": "Ann"}))


def test_every_face_is_recorded_and_then_the_picture_is_decided_on() -> None:
    world = received()
    result = world.detect()
    assert (result.outcome, result.faces) == (Outcome.EXAMINED, 2)
    record = world.record()
    assert record.status is AssetStatus.EXAMINED
    assert (record.face_count, record.faces_complete) == (2, True)
    found = world.library.picture(PICTURE)
    assert found is not None
    faces = {face.face_id: face for face in found[1].faces}
    assert set(faces) == {face_id(0), face_id(1)}
    assert faces[face_id(1)].box.x == 35.0
    assert faces[face_id(0)].mark is FaceMark.UNMARKED
    assert world.clearance.started == [PICTURE]
    entry = list(world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("recognition:faces:detect", "system")
    assert entry.data == {"detector_id": DETECTOR, "faces": 2}


def test_what_there_is_to_see_is_read_from_where_the_full_pixels_are() -> None:
    looked: list[tuple[bytes, int]] = []

    def look(jpeg: bytes, orientation: int) -> Sight:
        looked.append((jpeg, orientation))
        return Sight(())

    for data in (picture_of(orientation=6), picture_of("PNG")):
        world = World()
        world.announce()
        world.upload(data)
        world.receive()
        world.look = look  # type: ignore[method-assign]  # another pair of eyes
        world.detect()
    assert looked[0] == (picture_of(orientation=6), 6)
    assert looked[1][0].startswith(b"\xff\xd8")
    assert looked[1][1] == 1


def test_the_poster_of_a_film_is_looked_at_like_any_picture() -> None:
    world = filmed()
    assert world.record().sight is SightOf.NOTHING
    result = world.detect()
    assert (result.outcome, result.faces) == (Outcome.EXAMINED, 1)
    record = world.record()
    assert record.sight is SightOf.PART
    assert record.renditions == set(RenditionName)
    assert record.original is not None
    assert (record.original.media_type, record.original.width) == (MP4_TYPE, 64)
    assert world.films.seen[PICTURE][1].face_count == 1
    opened, seen_ = list(world.audit.entries(PICTURE))[-2:]
    assert (opened.tag, opened.actor) == ("recognition:film:open", "system")
    assert opened.data == {"frames": 2, "codec": "h264"}
    assert seen_.tag == "recognition:faces:detect"
    # Another detector looks at the poster anew, and the film stays as it is.
    world.detect(detector="another")
    assert world.films.looks == 1


def test_a_film_that_no_decoder_opens_is_a_file_that_nobody_can_look_through() -> None:
    world = filmed()
    world.films.watched = None
    world.detect()
    record = world.record()
    assert (record.sight, record.detector_id) == (SightOf.NOTHING, step.NOT_LOOKED)
    assert record.renditions == {RenditionName.FILE}
    world.detect()
    assert world.films.looks == 1
    assert world.looks == 0


def test_a_picture_whose_boxes_are_kept_no_longer_is_looked_at_again() -> None:
    world = received()
    world.detect()
    world.library.lose_face(PICTURE, face_id(1))
    lost = world.library.picture(PICTURE)
    assert lost is not None
    assert lost[1].faces_forgotten
    world.detect()
    found = world.library.picture(PICTURE)
    assert found is not None
    assert {face.face_id for face in found[1].faces} == {face_id(0), face_id(1)}
    assert not found[1].faces_forgotten
    entries = [e.tag for e in world.audit.entries(PICTURE)]
    assert entries.count("recognition:faces:detect") == 2


def test_a_picture_with_more_faces_than_are_reported_is_known_as_incomplete() -> None:
    world = received()
    world.sight = replace(world.sight, truncated=True)
    world.detect()
    assert world.record().faces_complete is False


def test_a_face_seen_from_the_side_has_a_nose_offset_that_can_be_written_down() -> None:
    world = received()
    aside = seen(0)
    aside = replace(aside, pose=replace(aside.pose, nose_offset=math.inf))
    world.sight = Sight((aside,))
    world.detect()
    found = world.library.picture(PICTURE)
    assert found is not None
    assert found[1].faces[0].pose.nose_offset == 99.0


def test_a_message_before_the_picture_is_on_record_as_received_comes_again() -> None:
    world = World()
    world.announce()
    world.upload()
    before = world.outcome()
    with pytest.raises(NotReceivedError):
        world.detect()
    assert world.outcome() == before
    world.receive()
    assert world.detect().outcome is Outcome.EXAMINED


def test_a_picture_that_is_gone_or_refused_is_not_looked_at() -> None:
    world = received()
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    assert world.detect().outcome is Outcome.GONE
    world.library.forget(PICTURE)
    assert world.detect().outcome is Outcome.GONE
    assert world.looks == 0
    assert world.clearance.started == []


def test_a_picture_we_failed_on_is_looked_at_again_and_no_longer_rejected() -> None:
    world = received()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert world.detect().outcome is Outcome.EXAMINED
    assert world.record().rejection is None
    assert world.record().status is AssetStatus.EXAMINED


def test_pixels_that_are_gone_are_an_error_and_not_a_picture_without_faces() -> None:
    world = received()
    world.originals.erase(PICTURE)
    with pytest.raises(MissingObjectError):
        world.detect()
    assert world.record().detector_id is None


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_message_again_looks_no_second_time_and_asks_for_the_decision(
    scene: Callable[[], World],
) -> None:
    world = scene()
    first = world.detect()
    before = world.outcome()
    world.clearance.started.clear()
    world.at += timedelta(hours=1)
    assert world.detect() == first
    assert world.looks == 1
    assert world.clearance.started == [PICTURE]
    assert world.outcome() == before


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_delivered_again_it_comes_to_the_same(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.detect()
    names = effects_of(scene, World.detect)
    for place in range(1, len(names) + 1):
        world = killed_and_retried(scene, World.detect, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_two_deliveries_at_the_same_time_come_to_the_same_as_one(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.detect()
    names = effects_of(scene, World.detect)
    for place in range(1, len(names) + 1):
        world = overtaken(scene, World.detect, World.detect, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


def test_faces_land_before_the_record_that_says_there_are_no_others() -> None:
    assert effects_of(received, World.detect) == [
        "library.face",
        "library.face",
        "library.examine",
        "clearance.start",
    ]


def test_a_late_message_does_not_undo_what_a_person_said_meanwhile() -> None:
    world = received()
    world.detect()
    world.know("a" * 32)
    world.answer(face_id(0), "a" * 32)
    before = world.appearances()
    world.detect()
    assert world.appearances() == before
    assert before[0].settled_by is not None


def test_a_newer_detector_looks_again_and_its_faces_are_other_faces() -> None:
    world = received()
    world.detect()
    world.detect(detector="newer")
    assert world.looks == 2
    assert world.record().detector_id == "newer"
    found = world.library.picture(PICTURE)
    assert found is not None
    assert len(found[1].faces) == 4


# -- R1 --------------------------------------------------------------------------------


def test_r01_a_picture_goes_the_default_way_without_a_template_being_possible() -> None:
    """In a process of its own, in which importing the recognition layer is an error."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.fakes.default_way"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            "PYTHONPATH": ":".join(
                str(ROOT / folder)
                for folder in (
                    "",
                    "functions",
                    "layers/core/python",
                    "layers/vision/python",
                    "layers/recognition/python",
                )
            )
        },
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert said == {
        "modes": ["detect"],
        "outcomes": ["received", "examined", "detect", "embargoed"],
        "faces": 30,
        "suggestions": 0,
        "guard_bites": True,
        "templates_possible": False,
    }
