"""A face's measurements go with the consent that carried them, and not with another."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.consent import (
    CLOCK_SKEW,
    Grant,
    GrantKind,
    Restriction,
    RestrictionKind,
    Withdrawal,
    withdraw,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.time import Period
from consent.destroy_template import step
from consent.destroy_template.step import Event, Outcome, destroy_template
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.samples import ANN, BOB, NOON, PICTURE, grant
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")
FACT = derived_id("test", "fact")
HOUR = timedelta(hours=1)
KEY, TEMPLATE = "key", "template"


@dataclass(frozen=True)
class Row:
    part: str
    made_at: datetime | None


class FakeRows:
    """One person's rows, keys first."""

    def __init__(self, effects: Effects) -> None:
        self.effects = effects
        self.rows: list[Row] = []

    def enrol(self, at: datetime | None) -> None:
        self.rows = [Row(KEY, at), Row(TEMPLATE, at)]

    def held(self, person_id: str) -> tuple[Row, ...]:
        return tuple(self.rows) if person_id == ANN else ()

    def destroy(self, row: Row) -> bool:
        with self.effects.effect(f"rows.destroy_{row.part}"):
            if row not in self.rows:
                return False
            self.rows.remove(row)
            return True


class House:
    """Ann, who was enrolled an hour ago on her biometric consent."""

    def __init__(self) -> None:
        self.world = World()
        self.rows = FakeRows(self.world.effects)
        self.consent = biometric(NOON - 2 * HOUR)
        self.world.know(ANN)
        self.world.sign(self.consent)
        self.rows.enrol(NOON - HOUR)

    def take_back(self, which: Grant | None = None, at: datetime = NOON) -> None:
        which = which or self.consent
        fact = withdraw(which, derived_id("withdrawal", which.grant_id), at)
        self.world.register.withdraw(fact)

    def run(self, person_id: str = ANN, fact_id: str = FACT) -> Outcome:
        event = Event(person_id=person_id, fact_id=fact_id)
        return destroy_template(
            event, self.world.register, self.rows, self.world.audit, self.world.now
        ).outcome

    def told(self) -> int:
        tags = [entry.tag for entry in self.world.audit.entries(ANN)]
        return tags.count("consent:template:destroy")


def biometric(since: datetime, until: datetime | None = None, name: str = "") -> Grant:
    made = grant(ANN, GrantKind.BIOMETRIC_CONSENT, until)
    return replace(
        made,
        grant_id=derived_id(made.grant_id, since.isoformat(), name),
        quitclaim_id=derived_id(made.quitclaim_id, since.isoformat(), name),
        period=Period(since, until),
    )


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(json.loads(SAMPLE.read_text()))


def test_what_was_taken_back_destroys_key_and_template_and_is_told_once() -> None:
    house = House()
    house.take_back()
    assert house.run() is Outcome.DESTROYED
    assert house.rows.rows == []
    destroyed = [n for n in house.world.effects.names if n.startswith("rows.")]
    assert destroyed == ["rows.destroy_key", "rows.destroy_template"]
    assert house.run() is Outcome.KEPT, "twice does it once"
    assert house.told() == 1


@pytest.mark.parametrize("ahead", [-HOUR / 2, timedelta(), CLOCK_SKEW])
def test_a_withdrawal_counts_at_once_whichever_clock_runs_ahead(ahead: timedelta) -> None:
    house = House()
    house.take_back(at=NOON + ahead)
    assert house.run() is Outcome.DESTROYED


def test_a_consent_that_ended_destroys_as_one_that_was_taken_back() -> None:
    house = House()
    house.world.at = NOON + 3 * HOUR
    assert house.run() is Outcome.KEPT
    ended = House()
    ended.world.register = type(ended.world.register)(ended.world.effects)
    ended.world.sign(biometric(NOON - 2 * HOUR, NOON - HOUR / 2))
    assert ended.run() is Outcome.DESTROYED


def test_other_consents_and_what_is_frozen_leave_it_where_it_is() -> None:
    house = House()
    image = grant(ANN, GrantKind.IMAGE_CONSENT)
    house.world.sign(image)
    house.take_back(image)
    assert house.run() is Outcome.KEPT
    frozen = Restriction(FACT, ANN, RestrictionKind.OBJECTED, Period(NOON - HOUR, None))
    house.world.register.restrict(frozen)
    assert house.run() is Outcome.KEPT, "what is objected to is kept until it is decided"
    assert (house.told(), len(house.rows.rows)) == (0, 2)


@pytest.mark.parametrize("about", [BOB, PICTURE])
def test_who_has_none_loses_nothing_and_takes_nothing_of_anybody(about: str) -> None:
    house = House()
    house.take_back()
    assert house.run(about) is Outcome.KEPT
    assert len(house.rows.rows) == 2


def test_one_of_two_consents_that_is_taken_back_leaves_the_other_to_carry_it() -> None:
    house = House()
    second = biometric(NOON - 2 * HOUR, name="second")
    house.world.sign(second)
    house.take_back()
    assert house.run() is Outcome.KEPT
    house.take_back(second, NOON)
    assert house.run() is Outcome.DESTROYED


def test_an_enrolment_anew_survives_the_message_that_comes_late() -> None:
    house = House()
    house.take_back(at=NOON - HOUR / 2)
    house.world.sign(biometric(NOON - HOUR / 3))
    house.rows.enrol(NOON - HOUR / 4)
    assert house.run() is Outcome.KEPT
    assert (house.told(), len(house.rows.rows)) == (0, 2)


@pytest.mark.parametrize("made_at", [NOON - HOUR, None])
def test_a_consent_given_later_does_not_carry_what_was_to_be_destroyed(
    made_at: datetime | None,
) -> None:
    house = House()
    house.rows.enrol(made_at)
    house.take_back(at=NOON - HOUR / 2)
    house.world.sign(biometric(NOON - HOUR / 3))
    assert house.run() is Outcome.DESTROYED


def test_a_new_key_whose_template_is_on_its_way_is_not_the_old_ones() -> None:
    house = House()
    house.take_back(at=NOON - HOUR / 2)
    house.world.sign(biometric(NOON - HOUR / 3))
    new = Row(KEY, NOON - HOUR / 4)
    house.rows.rows = [new, Row(TEMPLATE, NOON - HOUR)]
    assert house.run() is Outcome.DESTROYED
    assert house.rows.rows == [new]


def test_an_enrolment_that_ended_after_the_withdrawal_is_found_by_its_own_fact() -> None:
    house = House()
    house.take_back(at=NOON - HOUR)
    house.rows.enrol(NOON - HOUR / 2)
    assert house.run(fact_id=derived_id("test", "enrolment")) is Outcome.DESTROYED


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("place", [1, 2, 3])
def test_killed_at_any_change_the_next_run_ends_it_and_it_is_told_once(
    place: int, when: When
) -> None:
    house = House()
    house.take_back()
    house.world.effects.kill(place, when)
    with pytest.raises(Killed):
        house.run()
    assert house.told() or len(house.rows.rows) == 2, "nothing goes untold"
    assert Row(KEY, NOON - HOUR) not in house.rows.rows or len(house.rows.rows) == 2
    house.run()
    assert house.rows.rows == []
    assert house.told() == 1


def test_enrolled_anew_in_between_the_new_rows_stay() -> None:
    house = House()
    house.take_back()
    house.world.effects.arm(1, When.AFTER, lambda: house.rows.enrol(NOON))
    house.run()
    assert [row.made_at for row in house.rows.rows] == [NOON, NOON]


def test_a_withdrawal_of_somebody_elses_is_not_hers() -> None:
    house = House()
    theirs = Withdrawal(FACT, house.consent.grant_id, BOB, NOON)
    house.world.register.withdraw(theirs)
    assert house.run() is Outcome.KEPT
