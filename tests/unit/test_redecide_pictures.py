"""redecide_pictures: every picture of a person, a page at a time, and no other."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.ids import new_id
from consent.redecide_pictures import step
from consent.redecide_pictures.step import Event, Outcome, Result
from tests.fakes.following import Following
from tests.fakes.samples import ANN, BOB, PICTURE
from tests.fakes.scenes import examined, released


def redecide(house: Following, person_id: str = ANN, after: str | None = None) -> Result:
    return step.redecide_pictures(
        Event(person_id=person_id, after=after),
        house.appearances,
        house.world.library,
        house.world.clearance,
    )


def in_pictures(count: int) -> Following:
    """Ann, confirmed in so many pictures."""
    house = Following(released())
    row = house.world.library.rows.pop(PICTURE)
    for _ in range(count):
        house.world.library.rows[new_id()] = row
    return house


def test_the_sample_event_is_the_first_page() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample).after is None


def test_a_picture_in_which_the_person_is_confirmed_is_decided_on() -> None:
    house = Following(released())
    found = redecide(house)
    assert found == Result(outcome=Outcome.ALL, asset_ids=(PICTURE,), after=None)
    assert house.world.clearance.started == [PICTURE]


def test_a_picture_in_which_nobody_said_so_is_not() -> None:
    house = Following(examined())
    assert redecide(house).asset_ids == ()
    assert redecide(house, BOB).asset_ids == ()
    assert house.world.clearance.started == []


@pytest.mark.parametrize("count", [step.PAGE - 1, step.PAGE, step.PAGE + 1, 120])
def test_pages_together_are_every_picture_once(count: int) -> None:
    house = in_pictures(count)
    pages = [redecide(house)]
    while pages[-1].outcome is Outcome.MORE:
        pages.append(redecide(house, after=pages[-1].after))
    found = [asset_id for page in pages for asset_id in page.asset_ids]
    assert sorted(found) == sorted(house.world.library.rows)
    assert house.world.clearance.started == found
    assert all(len(page.asset_ids) <= step.PAGE for page in pages)
    assert pages[-1].after is None


def test_a_page_that_is_asked_for_twice_decides_the_same_twice() -> None:
    house = in_pictures(3)
    assert redecide(house) == redecide(house)


def test_a_picture_that_was_itself_frozen_is_decided_on() -> None:
    house = Following(released())
    assert redecide(house, PICTURE).asset_ids == (PICTURE,)
