"""When nothing is under way with a picture any more."""

from dataclasses import replace

from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from tests.fakes import scenes
from tests.fakes.samples import face_id
from tests.fakes.world import World


def test_a_picture_is_settled_when_it_was_decided_on_after_its_last_change() -> None:
    world = scenes.examined()
    assert not world.record().settled
    world.check()
    assert world.record().settled
    world.answer(face_id(0))
    assert not world.record().settled
    world.check()
    assert world.record().settled


def test_a_refused_file_is_settled_and_a_failure_of_ours_is_not() -> None:
    world = World()
    world.announce()
    record = world.record()
    assert replace(record, rejection=Rejection("truncated")).settled
    assert not replace(record, rejection=Rejection(PROCESSING_FAILED)).settled
