"""reconcile_uploads: whatever stands still is found, pushed on, or given up visibly."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.assets import UNDER_WAY, AssetStatus
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Announcement, Rejection
from intake.reconcile_uploads import step
from intake.reconcile_uploads.step import ATTEMPTS, ORIGINAL_LOST, PATIENCE
from tests.fakes.disturbed import effects_of, killed_and_retried
from tests.fakes.effects import When
from tests.fakes.library import FakeLibrary
from tests.fakes.samples import (
    NOON,
    OTHER,
    PICTURE,
    TICK,
    UPLOADER,
    announcement,
    face_id,
)
from tests.fakes.scenes import examined
from tests.fakes.scenes import received as received_with
from tests.fakes.world import World

HOUR = timedelta(hours=1)


def expected() -> World:
    """Announced and uploaded; S3's event never came."""
    world = World()
    world.announce()
    world.upload()
    return world


def received() -> World:
    """Received; the message to the detector was lost."""
    return received_with(20.0)


STALLED = (expected, received, examined)


def handed_on(world: World) -> tuple[list[str], list[str], list[str]]:
    return world.uploads.sent, world.detections.sent, world.clearance.started


def an_hour_later(world: World) -> step.Result:
    world.at += HOUR
    return world.reconcile()


def test_the_sample_event_says_nothing_for_the_schedule_knows_nothing() -> None:
    assert json.loads(Path(step.__file__).with_name("event.json").read_text()) == {}


def test_the_library_means_the_same_statuses_by_under_way() -> None:
    assert set(UNDER_WAY) == set(AssetStatus) - {
        AssetStatus.EMBARGOED,
        AssetStatus.READY,
        AssetStatus.RELEASED,
        AssetStatus.REJECTED,
    }


def test_an_object_without_a_record_is_announced_to_the_intake_which_rejects_it() -> None:
    world = World()
    world.upload()
    assert world.reconcile().unrecorded == 1
    assert world.uploads.sent == [PICTURE]
    world.receive(world.uploads.sent.pop())
    assert world.record().status is AssetStatus.REJECTED
    assert an_hour_later(world) == step.Result()
    assert world.uploads.sent == []


def test_a_record_without_an_object_that_never_came_is_left_to_expire() -> None:
    world = World()
    world.announce()
    assert an_hour_later(world) == step.Result()
    assert world.record().status is AssetStatus.EXPECTED
    assert world.library.rows[PICTURE].expires_at is not None


@pytest.mark.parametrize("scene", [received, examined])
def test_a_record_whose_object_is_lost_is_rejected_where_people_see_it(
    scene: Callable[[], World],
) -> None:
    world = scene()
    world.originals.erase(PICTURE)
    assert an_hour_later(world).lost == 1
    assert world.record().rejection == Rejection(ORIGINAL_LOST)
    assert world.record().refused
    entry = list(world.audit.entries(PICTURE))[-1]
    assert (entry.tag, entry.actor) == ("intake:asset:reject", "system")
    assert entry.data == {"reason": ORIGINAL_LOST}
    assert an_hour_later(world) == step.Result()


def test_an_object_behind_a_delete_marker_is_not_lost() -> None:
    world = received()
    world.originals.hide(PICTURE)
    result = an_hour_later(world)
    assert (result.lost, result.pushed) == (0, 1)


@pytest.mark.parametrize(
    ("scene", "where"), [(expected, 0), (received, 1), (examined, 2)]
)
def test_a_picture_that_stands_still_is_sent_on_to_its_next_stage(
    scene: Callable[[], World], where: int
) -> None:
    world = scene()
    assert an_hour_later(world).pushed == 1
    sent = handed_on(world)
    assert sent[where] == [PICTURE]
    assert sum(len(queue) for queue in sent) == 1
    assert world.record().attempts == 1


@pytest.mark.parametrize("scene", STALLED)
def test_patience_ends_at_its_last_instant_and_not_a_tick_before(
    scene: Callable[[], World],
) -> None:
    world = scene()
    world.at = NOON + PATIENCE - TICK
    assert world.reconcile().pushed == 0
    world.at = NOON + PATIENCE
    assert world.reconcile().pushed == 1


@pytest.mark.parametrize("scene", STALLED)
def test_what_was_pushed_waits_anew(scene: Callable[[], World]) -> None:
    world = scene()
    an_hour_later(world)
    assert world.reconcile().pushed == 0
    world.at += PATIENCE - TICK
    assert world.reconcile().pushed == 0
    world.at += TICK
    assert world.reconcile().pushed == 1


@pytest.mark.parametrize("scene", STALLED)
def test_after_three_pushes_it_is_given_up_where_people_see_it(
    scene: Callable[[], World],
) -> None:
    world = scene()
    for _ in range(ATTEMPTS):
        assert an_hour_later(world).pushed == 1
    pushed = [list(queue) for queue in handed_on(world)]
    assert sum(len(queue) for queue in pushed) == ATTEMPTS == 3
    result = an_hour_later(world)
    assert (result.pushed, result.given_up) == (0, 1)
    record = world.record()
    assert record.status is AssetStatus.REJECTED
    assert record.rejection == Rejection(PROCESSING_FAILED)
    assert [list(queue) for queue in handed_on(world)] == pushed
    assert list(world.audit.entries(PICTURE))[-1].data == {"reason": PROCESSING_FAILED}
    assert an_hour_later(world) == step.Result()


@pytest.mark.parametrize("scene", STALLED)
def test_what_was_given_up_succeeds_when_it_is_tried_again(
    scene: Callable[[], World],
) -> None:
    world = scene()
    for _ in range(ATTEMPTS + 1):
        an_hour_later(world)
    assert world.record().rejection is not None
    world.detections.sent.clear()
    world.receive()
    assert world.detections.sent == [PICTURE]
    world.detect()
    assert world.check().outcome == "embargoed"
    record = world.record()
    assert (record.status, record.rejection, record.attempts) == (
        AssetStatus.EMBARGOED,
        None,
        0,
    )
    assert record.face_count == 1


def test_a_decided_picture_is_the_sweeps_and_not_pushed() -> None:
    world = examined()
    world.check()
    world.at += timedelta(days=10_000)
    assert world.reconcile() == step.Result()


def test_a_picture_that_a_person_named_while_it_was_looked_through_is_not_lost() -> None:
    """Killed between the faces and the record, and a person was quicker."""
    world = received_with(20.0)
    world.effects.arm(1, When.AFTER, lambda: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        world.detect()
    world.know(UPLOADER)
    world.answer(face_id(0), UPLOADER)
    world.check()
    assert an_hour_later(world).pushed == 1
    assert world.detections.sent == [PICTURE]


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("scene", STALLED)
@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_the_next_runs_hand_it_on_all_the_same(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    an_hour_later(undisturbed)
    names = effects_of(scene, an_hour_later)
    assert names[-1] == "library.count_attempt"
    for place in range(1, len(names) + 1):
        world = killed_and_retried(scene, an_hour_later, place, when)
        assert [set(q) for q in handed_on(world)] == [
            set(q) for q in handed_on(undisturbed)
        ]
        assert world.record().status is undisturbed.record().status
        # One more than undisturbed where all was done, and the next hour did it again.
        assert 1 <= world.record().attempts <= 2


@pytest.mark.parametrize("lost", [False, True])
@pytest.mark.parametrize("when", When)
def test_ended_while_giving_up_the_next_run_gives_up_and_says_so_once(
    lost: bool, when: When
) -> None:
    def hopeless() -> World:
        world = received()
        for _ in range(ATTEMPTS):
            an_hour_later(world)
        if lost:
            world.originals.erase(PICTURE)
        world.at += HOUR
        return world

    undisturbed = hopeless()
    undisturbed.reconcile()
    assert effects_of(hopeless, World.reconcile) == ["library.reject"]
    world = killed_and_retried(hopeless, World.reconcile, 1, when)
    assert world.outcome() == undisturbed.outcome()


def test_a_picture_that_moved_on_meanwhile_is_not_pushed_back() -> None:
    world = received()
    world.at += HOUR
    world.effects.arm(1, When.BEFORE, world.detect)
    world.reconcile()
    assert world.record().status is AssetStatus.EXAMINED
    assert world.record().attempts == 0
    assert world.reconcile().pushed == 0
    assert an_hour_later(world).pushed == 1


class OldIndex(FakeLibrary):
    """An index that has not heard yet of what happened since."""

    def due(self, statuses: Iterable[AssetStatus], before: datetime) -> Iterator[str]:
        yield from (OTHER, PICTURE)


def test_what_an_old_index_still_lists_is_looked_up_before_it_is_pushed() -> None:
    world = World()
    world.library = OldIndex(world.effects, world.audit)
    world.announce()
    world.upload()
    world.receive()
    world.detect()
    world.check()
    world.upload(asset_id=OTHER)
    world.library.announce(announcement(OTHER), NOON)
    world.library.forget(OTHER)
    world.originals.erase(OTHER)
    before = world.outcome()
    assert an_hour_later(world) == step.Result()
    assert world.outcome() == before


def test_many_pictures_are_each_pushed_once() -> None:
    world = World()
    for n in range(50):
        asset_id = derived_id("many", str(n))
        world.library.announce(
            Announcement(asset_id, "x.jpg", "image/jpeg", 1, OTHER, None, NOON),
            NOON + timedelta(days=7),
        )
        world.upload(asset_id=asset_id)
    assert an_hour_later(world).pushed == 50
    assert len(set(world.uploads.sent)) == len(world.uploads.sent) == 50
