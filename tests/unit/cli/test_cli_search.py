"""Searching from the command line: what is typed, and what comes of it."""

import json
from typing import Any

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.search import SearchPage
from beeldrecht.runtime.logs import logger
from cli.commands import DONE, NOT_DONE
from library.search_library.app import build
from tests.fakes.claims import FakeClaims
from tests.fakes.collections import FakeCollections
from tests.fakes.samples import PICTURE
from tests.fakes.searching import FakeIndex, FakeSearches
from tests.unit.cli.desks import Office


class Searching:
    """What searching works with, over the office's own library."""

    def __init__(self, office: Office) -> None:
        world = office.staff.world
        self.library, self.register, self.bases = (
            world.library,
            world.register,
            world.bases,
        )
        self.collections = FakeCollections(world.audit)
        self.index: Any = FakeIndex(self.library, self.collections, world.now)
        self.searches, self.claims = FakeSearches(), FakeClaims()
        self.now, self.new_id = world.now, office.staff.services.new_id


@pytest.fixture
def office() -> Office:
    made = Office().be(Role.EDITOR)
    made.staff.world.announce()
    searching = build(Searching(made), logger("search_library"))
    made.apis |= {"search": searching, "saved-searches": searching}
    return made


def test_pictures_are_found_in_a_table_or_as_json(office: Office) -> None:
    assert office.run("search") == DONE
    assert "zomerfeest-012.jpg" in office.said
    assert office.said.splitlines()[-1].endswith("1 of 1 pictures.")
    assert office.run("search", "nothing", "so") == DONE
    assert office.said.splitlines()[-1] == "No picture that you may see is so."
    before = len(office.said)
    assert office.run("search", "--json", "--order", "newest") == DONE
    told = json.loads(office.said[before:])
    assert [each["asset_id"] for each in told["items"]] == [PICTURE]


def test_a_search_is_kept_asked_again_and_forgotten(office: Office) -> None:
    assert office.run("search", "nothing", "--save", "Empty") == DONE
    assert "Kept as Empty." in office.said
    assert office.run("search", "--list-saved") == DONE
    assert "Empty: q=nothing, order=order_relevance" in office.said
    assert office.run("search", "--saved", "Empty") == DONE, office.said
    assert office.said.splitlines()[-1] == "No picture that you may see is so."
    assert office.run("search", "--forget", "Empty") == DONE
    assert office.run("search", "--list-saved") == DONE
    assert office.said.splitlines()[-1] == "You keep no search."
    assert office.run("search", "--saved", "Empty") == NOT_DONE


def test_a_word_that_nothing_says_is_told(office: Office) -> None:
    class Forgiving:
        @staticmethod
        def search(*_given: Any) -> SearchPage:
            return SearchPage((), more=False, total=0, counts={}, forgiven=("fesst",))

    services = Searching(office)
    services.index = Forgiving()
    office.apis["search"] = build(services, logger("search_library"))
    assert office.run("search", "fesst") == DONE
    assert "No picture" in office.said
