"""plan_milestones: a schedule for each moment that would be told, and no other."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from beeldrecht.domain.consent import Grant, withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.milestones import BEFORE_END
from consent.plan_milestones import step
from consent.plan_milestones.step import Event, Result
from tests.fakes.following import DAY, Following
from tests.fakes.samples import ANN, NOON

UNTIL = NOON + timedelta(days=200)


def plan(
    house: Following,
    signed: Grant,
    at: datetime = NOON,
    days: tuple[int, ...] = BEFORE_END,
) -> Result:
    event = Event(person_id=ANN, quitclaim_id=signed.quitclaim_id)
    return step.plan_milestones(
        event, house.register, house.documents, house.schedules, at, days
    )


def test_the_sample_event_carries_a_person_and_a_document() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample)


def test_four_moments_are_planned_by_ids_alone() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    assert plan(house, signed) == Result(planned=4, dropped=0)
    moments = sorted(at for at, _ in house.schedules.planned.values())
    assert moments[-1] == UNTIL
    assert [(UNTIL - at).days for at in moments] == [90, 30, 7, 0]
    ids = {"person_id": ANN, "quitclaim_id": signed.quitclaim_id}
    assert all(given == ids for _, given in house.schedules.planned.values())


def test_as_many_days_before_are_planned_as_the_deployment_says() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    assert plan(house, signed, days=(120, 80, 1)) == Result(planned=3, dropped=0)
    moments = sorted(at for at, _ in house.schedules.planned.values())
    # A hundred and twenty days before, it was not signed for as many days yet.
    assert [(UNTIL - at).days for at in moments] == [80, 1, 0]


def test_planned_twice_they_are_planned_once() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    plan(house, signed)
    before = dict(house.schedules.planned)
    plan(house, signed)
    assert house.schedules.planned == before


def test_what_is_past_is_the_sweeps() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    assert plan(house, signed, UNTIL - 40 * DAY) == Result(planned=3, dropped=0)
    assert plan(house, signed, UNTIL) == Result(planned=0, dropped=0)


def test_a_renewal_plans_its_own_and_drops_those_of_what_it_replaces() -> None:
    house = Following()
    first = house.sign(UNTIL)
    plan(house, first)
    old = set(house.schedules.planned)
    second = house.sign(UNTIL + 365 * DAY)
    assert plan(house, second) == Result(planned=4, dropped=4)
    assert set(house.schedules.dropped) == old
    assert not old & house.schedules.planned.keys()


def test_what_was_withdrawn_is_planned_no_more() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    plan(house, signed)
    house.register.withdraw(withdraw(signed, derived_id("test", "withdrawal"), NOON))
    assert plan(house, signed) == Result(planned=0, dropped=4)
    assert not house.schedules.planned
