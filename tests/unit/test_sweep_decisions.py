"""sweep_decisions: every decision that has outlived its date is taken anew."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from beeldrecht.adapters.library import DECIDED
from beeldrecht.domain import assets as domain_assets
from beeldrecht.domain.assets import AssetStatus
from clearance.sweep_decisions import step
from tests.fakes.disturbed import killed_and_retried
from tests.fakes.effects import When
from tests.fakes.samples import NOON, OTHER, PICTURE, TICK
from tests.fakes.scenes import examined, ready, released
from tests.fakes.world import World

UNTIL = NOON + timedelta(days=30)


def ready_and_due() -> World:
    world = ready()
    world.at = UNTIL
    return world


def test_the_sample_event_says_nothing_for_the_schedule_knows_nothing() -> None:
    assert json.loads(Path(step.__file__).with_name("event.json").read_text()) == {}


def test_the_sweep_and_the_library_mean_the_same_statuses_by_decided() -> None:
    assert set(domain_assets.DECIDED) == set(DECIDED)
    assert set(domain_assets.DECIDED) == {
        AssetStatus.EMBARGOED,
        AssetStatus.READY,
        AssetStatus.RELEASED,
    }


def test_a_decision_is_due_at_the_instant_until_which_it_held_and_not_before() -> None:
    world = released()
    world.at = UNTIL - TICK
    assert world.sweep().count == 0
    assert world.clearance.started == []
    world.at = UNTIL
    assert world.sweep().count == 1
    assert world.clearance.started == [PICTURE]


def test_what_was_decided_meanwhile_is_due_no_more() -> None:
    world = ready_and_due()
    assert world.sweep().count == 1
    world.check()
    assert world.sweep().count == 0


def test_a_decision_that_nothing_else_changes_is_due_when_the_picture_ends() -> None:
    world = examined()
    world.check()
    assert world.record().status is AssetStatus.EMBARGOED
    ends = world.record().ends_at
    assert ends is not None
    world.at = ends - TICK
    assert world.sweep().count == 0
    world.at = ends
    assert world.sweep().count == 1


def test_what_is_still_under_way_is_the_reconcilers_and_not_swept() -> None:
    world = examined()
    world.at += timedelta(days=1)
    assert world.sweep().count == 0


@pytest.mark.parametrize("when", When)
def test_a_sweep_that_ended_half_way_is_finished_by_the_next(when: When) -> None:
    def two_due() -> World:
        world = ready_and_due()
        world.library.rows[OTHER] = world.library.rows[PICTURE]
        return world

    for place in (1, 2):
        world = killed_and_retried(two_due, World.sweep, place, when)
        assert set(world.clearance.started) == {PICTURE}
        assert len(world.clearance.started) >= 2
