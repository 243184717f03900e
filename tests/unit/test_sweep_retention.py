"""sweep_retention: one run a day, at night; and what stands still goes on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from beeldrecht.domain.expired import ACTOR
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import (
    STANDS_STILL,
    RunKind,
    RunState,
    change_of,
    sweep_of,
)
from beeldrecht.domain.time import day_of
from rights.sweep_retention import step
from rights.sweep_retention.step import Result
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.retention import FakeRetention, FakeRetentionRuns
from tests.fakes.workflows import FakeWorkflow

NIGHT = datetime(2026, 6, 1, 1, 35, tzinfo=UTC)  # 03:35 in Amsterdam
DAY = timedelta(days=1)


class Nights:
    """A deployment, night after night."""

    def __init__(self, policy: RetentionPolicy | None = None) -> None:
        self.trail = FakeAuditTrail()
        self.retention = FakeRetention(policy, self.trail)
        self.runs = FakeRetentionRuns(self.retention, self.trail)
        self.workflow = FakeWorkflow()

    def sweep(self, at: datetime = NIGHT) -> Result:
        return step.sweep_retention(self.runs, self.retention, self.workflow, at)

    def settle(self, state: RunState = RunState.DONE) -> None:
        for run in list(self.runs.runs.values()):
            self.runs.save(replace(run, state=state))


def test_once_a_night_a_run_begins() -> None:
    house = Nights()
    assert house.sweep() == Result(begun=1, restarted=0)
    (run,) = house.runs.runs.values()
    assert run.kind is RunKind.SWEEP
    assert house.workflow.started == {run.run_id: {"run_id": run.run_id}}
    assert house.sweep(NIGHT + timedelta(minutes=20)) == Result(begun=0, restarted=0)


def test_the_next_night_has_a_run_of_its_own_and_the_same_night_has_not() -> None:
    house = Nights()
    house.sweep()
    house.settle()
    assert house.sweep(NIGHT + timedelta(hours=2)).begun == 0
    assert house.sweep(NIGHT + DAY).begun == 1
    assert len(house.workflow.started) == 2


@pytest.mark.parametrize(("minutes", "begun"), [(-36, 0), (-35, 1)])
def test_it_begins_at_three_in_the_night_of_amsterdam(minutes: int, begun: int) -> None:
    assert Nights().sweep(NIGHT + timedelta(minutes=minutes)).begun == begun


def test_while_runs_are_paused_none_begins() -> None:
    house = Nights(RetentionPolicy(paused=True))
    assert house.sweep() == Result(begun=0, restarted=0)
    assert house.workflow.started == {}


def test_one_that_waits_for_a_person_holds_back_the_next() -> None:
    house = Nights()
    house.sweep()
    house.settle(RunState.GUARDED)
    assert house.sweep(NIGHT + DAY) == Result(begun=0, restarted=0)


def test_a_run_that_stands_still_is_started_again_under_another_name() -> None:
    house = Nights()
    house.sweep()
    (run,) = house.runs.runs.values()
    at = NIGHT + STANDS_STILL
    assert house.sweep(at) == Result(begun=0, restarted=1)
    assert house.sweep(at) == Result(begun=0, restarted=0)
    assert house.sweep(at + STANDS_STILL).restarted == 1
    assert len(house.workflow.started) == 3
    assert all(ids == {"run_id": run.run_id} for ids in house.workflow.started.values())


def test_a_night_that_ended_before_its_run_was_started_starts_it_at_the_retry() -> None:
    house = Nights()
    run = sweep_of(house.retention.policy(), day_of(NIGHT), NIGHT, ACTOR)
    house.runs.begin(run)
    assert house.sweep() == Result(begun=0, restarted=1)
    assert house.workflow.started == {run.run_id: {"run_id": run.run_id}}


def test_what_was_to_be_started_again_is_at_the_retry_too() -> None:
    house = Nights()
    house.sweep()
    (run,) = house.runs.runs.values()
    at = NIGHT + STANDS_STILL
    house.runs.save(replace(run, attempts=1, stepped_at=at))
    assert house.sweep(at).restarted == 1
    assert house.sweep(at).restarted == 0


def test_a_change_that_was_paused_goes_on_in_the_hour_after_it_may() -> None:
    house = Nights(RetentionPolicy(paused=True))
    run = change_of(house.retention.policy(), {RetentionKind.MAILS: 200}, "dpo", NIGHT)
    house.runs.begin(replace(run, state=RunState.APPLYING))
    assert house.sweep(NIGHT + DAY).restarted == 0
    house.retention.put(replace(house.retention.policy(), paused=False))
    assert house.sweep(NIGHT + DAY).restarted == 1
