"""reach_milestone: each milestone is told once, as the record has it then."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.consent import Grant, withdraw
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import MailKind
from beeldrecht.domain.milestones import BEFORE_END
from consent.reach_milestone import step
from consent.reach_milestone.step import Event
from tests.fakes.following import DAY, Following
from tests.fakes.samples import ANN, NOON

UNTIL = NOON + timedelta(days=200)


def reach(
    house: Following,
    signed: Grant,
    planned_for: datetime,
    at: datetime | None = None,
    days: tuple[int, ...] = BEFORE_END,
) -> int:
    event = Event(
        person_id=ANN, quitclaim_id=signed.quitclaim_id, planned_for=planned_for
    )
    return step.reach_milestone(
        event, house.register, house.documents, house.mails, at or planned_for, days
    ).told


def kinds(house: Following) -> list[MailKind]:
    return [mail.kind for mail in house.mails.mails.values()]


def test_the_sample_event_is_what_the_scheduler_sends() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample).planned_for.year == 2026


def test_each_milestone_of_a_life_is_told_with_the_document_it_is_about() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    for days in (90, 30, 7, 0):
        assert reach(house, signed, UNTIL - days * DAY) == 1
    assert kinds(house) == [*([MailKind.RENEW] * 3), MailKind.ENDED]
    for mail in house.mails.mails.values():
        assert mail.to == ANN
        assert mail.about["quitclaim_id"] == signed.quitclaim_id
    assert house.tags() == ["consent:milestone:reach"] * 4


def test_a_schedule_of_days_that_the_deployment_no_longer_names_tells_nothing() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    assert reach(house, signed, UNTIL - 90 * DAY, days=(60, 14)) == 0
    assert reach(house, signed, UNTIL - 60 * DAY, days=(60, 14)) == 1
    assert kinds(house) == [MailKind.RENEW]


@pytest.mark.parametrize("times", [2, 5])
def test_a_schedule_that_fires_more_than_once_tells_once(times: int) -> None:
    house = Following()
    signed = house.sign(UNTIL)
    told = [reach(house, signed, UNTIL - 30 * DAY) for _ in range(times)]
    assert told == [1] + [0] * (times - 1)
    assert len(house.tags()) == 1


def test_a_function_whose_clock_runs_behind_goes_by_the_schedulers() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    due = UNTIL - 90 * DAY
    assert reach(house, signed, due, at=due - timedelta(minutes=5)) == 1


def test_what_was_renewed_meanwhile_is_not_told() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    house.sign(UNTIL + 365 * DAY)
    assert reach(house, signed, UNTIL - 30 * DAY) == 0
    assert kinds(house) == []


def test_what_was_withdrawn_meanwhile_is_not_told() -> None:
    house = Following()
    signed = house.sign(UNTIL)
    house.register.withdraw(withdraw(signed, derived_id("test", "withdrawal"), NOON))
    assert reach(house, signed, UNTIL) == 0


def test_a_schedule_of_somebody_who_is_gone_tells_nobody() -> None:
    signed = Following().sign(UNTIL)
    house = Following()
    assert reach(house, signed, UNTIL) == 0
