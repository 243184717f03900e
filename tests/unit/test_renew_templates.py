"""Another secret for everybody: resumed page by page, and the old one destroyed last."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from beeldrecht.domain.ids import derived_id
from recognition.renew_templates import step
from recognition.renew_templates.step import BUDGET, GRACE, Event, Outcome, Result
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.samples import EDITOR, NOON

SAMPLE = Path(step.__file__).with_name("event.json")
MODEL = "model"
PEOPLE = [derived_id("test", str(each)) for each in range(5)]


class House:
    """Five people turned by `old`; two a page, and each page takes all of the budget."""

    def __init__(self, slow: bool = True) -> None:
        self.effects = Effects()
        self.trail = FakeAuditTrail(self.effects)
        self.at, self.slow = NOON, slow
        self.now_id = "old"
        self.old: str | None = None
        self.since = NOON
        self.turned = dict.fromkeys(PEOPLE, "old")

    def now(self) -> datetime:
        return self.at

    def page(self, after: str | None, limit: int) -> tuple[Sequence[str], str | None]:
        assert limit >= 2
        first = 0 if after is None else PEOPLE.index(after) + 1
        ids = PEOPLE[first : first + 2]
        if self.slow:
            self.at += BUDGET
        return ids, ids[-1] if first + 2 < len(PEOPLE) else None


class Templates:
    def __init__(self, house: House) -> None:
        self.house = house

    def renew(self, person_id: str, model_id: str) -> bool:
        assert model_id == MODEL
        if self.house.turned[person_id] == self.house.now_id:
            return False
        with self.house.effects.effect("templates.renew"):
            self.house.turned[person_id] = self.house.now_id
        return True


class Rotations:
    """The secrets of a house: those of `House`, and another begun."""

    def __init__(self, house: House) -> None:
        self.house = house

    def current(self) -> str:
        return self.house.now_id

    def before(self) -> tuple[str, datetime] | None:
        return None if self.house.old is None else (self.house.old, self.house.since)

    def finish(self, rotation_id: str) -> None:
        with self.house.effects.effect("rotations.finish"):
            assert rotation_id not in self.house.turned.values(), "somebody was lost"
            self.house.old = None

    def renew(self) -> str:
        with self.house.effects.effect("rotations.renew"):
            self.house.old, self.house.now_id = self.house.now_id, "new"
            self.house.since = self.house.at
        return "new"


def call(house: House, walk: step.Walk | None = None) -> Result:
    event = Event(actor_id=EDITOR, walk=walk)
    return step.renew_templates(
        event, house, Templates(house), Rotations(house), house.trail, MODEL, house.now
    )


def walked(house: House) -> Result:
    """Call after call, as an operator does."""
    result = call(house)
    while result.outcome is Outcome.MORE:
        result = call(house, result.walk)
    return result


def tags(house: House) -> list[str]:
    entries = list(house.trail.entries("recognition"))
    assert {entry.actor for entry in entries} == {EDITOR}
    return [entry.tag for entry in entries]


def test_the_sample_event_begins_a_walk() -> None:
    assert Event.model_validate(json.loads(SAMPLE.read_text())).walk is None


@pytest.mark.parametrize("slow", [True, False])
def test_everybody_is_turned_and_the_old_secret_goes_with_a_later_whole_walk(
    slow: bool,
) -> None:
    house = House(slow)
    first = walked(house)
    assert (first.outcome, first.renewed) == (Outcome.AGAIN, 5)
    assert set(house.turned.values()) == {"new"}
    assert first.whole_from == house.since + GRACE
    assert house.old == "old"
    house.at = house.since + GRACE - timedelta(seconds=1)
    assert walked(house).outcome is Outcome.AGAIN, "it began too early"
    house.at = house.since + GRACE
    assert walked(house).outcome is Outcome.DONE
    assert house.old is None
    assert tags(house) == ["recognition:rotation:renew", "recognition:rotation:finish"]


def test_a_walk_that_met_something_in_an_earlier_call_is_not_whole() -> None:
    house = House()
    walked(house)
    house.at = house.since + GRACE
    house.turned[PEOPLE[0]] = "old"
    result = walked(house)
    assert (result.outcome, result.renewed) == (Outcome.AGAIN, 1)
    assert house.old == "old"
    assert walked(house).outcome is Outcome.DONE


def test_who_goes_on_with_what_another_ended_begins_no_other() -> None:
    house = House()
    result = call(house)
    house.turned, house.old = dict.fromkeys(PEOPLE, "new"), None
    assert call(house, result.walk).outcome is Outcome.DONE
    assert house.now_id == "new"
    assert tags(house) == ["recognition:rotation:renew"]


@pytest.mark.parametrize("when", list(When))
@pytest.mark.parametrize("place", range(1, 10))
def test_killed_at_any_change_the_same_words_end_it_and_nobody_is_lost(
    place: int, when: When
) -> None:
    house = House(slow=False)
    house.effects.kill(place, when)
    killed = False
    for _ in range(4):
        try:
            result = walked(house)
        except Killed:
            killed = True
            if house.now_id == "new" and house.old is None:
                break
            continue
        if result.outcome is Outcome.DONE:
            break
        house.at += GRACE
    assert killed
    assert (house.old, set(house.turned.values())) == (None, {"new"})
    assert tags(house) == ["recognition:rotation:renew", "recognition:rotation:finish"]
