"""The command `forecast`: the numbers, and the pictures behind one of them."""

import json
from datetime import timedelta

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.forecast import month_of
from beeldrecht.domain.ids import derived_id
from cli.commands import DONE
from tests.fakes.samples import NOON, PICTURE
from tests.fakes.scenes import ready, released
from tests.unit.cli.desks import Office

MONTH = f"{month_of(NOON + timedelta(days=30)):%Y-%m}"
FAIR = derived_id("test", "fair")


@pytest.fixture
def office() -> Office:
    world = released()
    world.check()
    world.library.collect(world.record(), frozenset({FAIR}))
    made = Office(world, roles=frozenset({Role.EDITOR}))
    collections = made.staff.services.collections.collections
    collections[FAIR] = Collection(FAIR, "Fair", False, {}, 1)
    return made


def test_a_bar_for_each_month_with_the_number_of_each_channel(office: Office) -> None:
    assert office.run("forecast") == DONE
    rows = [line for line in office.said.splitlines() if line.startswith("20")]
    assert len(rows) == 12
    assert [row for row in rows if "█" in row] == [r for r in rows if MONTH in r]
    (row,) = [r for r in rows if MONTH in r]
    assert row.split()[-2:] == ["1", "1"]
    assert "website" in office.said
    assert "press" not in office.said
    assert f"{FAIR[:8]}  {MONTH}, website: 1" in office.said


def test_one_channel_or_one_collection_alone(office: Office) -> None:
    assert office.run("forecast", "--channel", "print", "--months", "2") == DONE
    assert "website" not in office.said
    other = derived_id("test", "other")
    assert office.run("forecast", "--collection", other) == DONE
    assert "Nothing goes dark" in office.said


def test_for_a_program_it_is_json(office: Office) -> None:
    assert office.run("forecast", "--json", "--channel", "website") == DONE
    items = json.loads(office.said)["items"]
    assert items == [
        {"month": MONTH, "channel": "website", "collection_id": None, "pictures": 1},
        {"month": MONTH, "channel": "website", "collection_id": FAIR, "pictures": 1},
    ]


def test_the_pictures_behind_a_number(office: Office) -> None:
    asked = ("forecast", "--month", MONTH, "--channel", "website")
    assert office.run(*asked, "--collection", FAIR) == DONE
    assert f"{PICTURE[:8]}  website, " in office.said
    assert office.run("forecast", "--month", "2031-01", "--channel", "website") == DONE
    assert "No picture goes dark then" in office.said


def test_the_pictures_of_every_channel_for_a_program(office: Office) -> None:
    assert office.run("forecast", "--month", MONTH, "--json") == DONE
    found = json.loads(office.said)
    assert [(each["asset_id"], each["channel"]) for each in found] == [
        (PICTURE, "website"),
        (PICTURE, "print"),
    ]


def test_where_nothing_was_released_nothing_goes_dark() -> None:
    world = ready()
    world.check()
    office = Office(world, roles=frozenset({Role.EDITOR}))
    assert office.run("forecast") == DONE
    assert "Nothing goes dark" in office.said
