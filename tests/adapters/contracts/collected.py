"""The promises of the list of what is in a collection."""

from datetime import timedelta
from typing import Protocol

from beeldrecht.domain.ids import derived_id
from tests.adapters.contracts.library_samples import (
    BOTH,
    DESCRIPTION,
    WEEK,
    Library,
    original,
    said,
)
from tests.fakes.samples import NOON

FAIR, WINTER = derived_id("test", "fair"), derived_id("test", "winter")


class Collected(Protocol):
    """What both repositories offer."""

    def page(
        self, collection_id: str, after: str | None, limit: int
    ) -> tuple[tuple[str, ...], str | None]: ...


def whole(collected: Collected, collection_id: str, limit: int = 50) -> list[str]:
    """Every page of it, one after the other."""
    found: list[str] = []
    after: str | None = None
    for _ in range(20):
        ids, after = collected.page(collection_id, after, limit)
        found += ids
        if after is None:
            return found
    raise AssertionError("it has no end")


def put_there(library: Library, name: str, minutes: int, *collections: str) -> str:
    """A picture that came that many minutes after noon, taken in, in those."""
    asset_id, at = derived_id("test", name), NOON + timedelta(minutes=minutes)
    library.announce(said(asset_id, at), at + WEEK, collection_ids=frozenset(collections))
    record = library.record(asset_id)
    assert record is not None
    library.receive(record, original(f"{minutes:064x}"), DESCRIPTION, BOTH, (), at)
    return asset_id


def moved(library: Library, asset_id: str, *collections: str) -> None:
    record = library.record(asset_id)
    assert record is not None
    library.collect(record, frozenset(collections))


class CollectedContract:
    """What is in a collection is listed in it, and nothing else is."""

    def test_it_is_listed_page_by_page_the_first_that_came_first(
        self, library: Library, collected: Collected
    ) -> None:
        made = [put_there(library, f"p{n}", n, FAIR) for n in (3, 1, 2)]
        wanted = [made[1], made[2], made[0]]
        for limit in (1, 2, 3, 50):
            assert whole(collected, FAIR, limit) == wanted
        assert whole(collected, WINTER) == []

    def test_what_moves_is_listed_where_it_is_now(
        self, library: Library, collected: Collected
    ) -> None:
        one = put_there(library, "one", 1, FAIR)
        two = put_there(library, "two", 2)
        moved(library, one, WINTER)
        moved(library, two, WINTER, FAIR)
        assert whole(collected, FAIR) == [two]
        assert whole(collected, WINTER) == [one, two]
        # A place holds although what it names has gone from the list.
        _, after = collected.page(WINTER, None, 1)
        moved(library, one)
        assert collected.page(WINTER, after, 5) == ((two,), None)

    def test_what_was_not_taken_in_is_not_listed(
        self, library: Library, collected: Collected
    ) -> None:
        expected = derived_id("test", "expected")
        library.announce(said(expected), NOON + WEEK, collection_ids=frozenset({FAIR}))
        moved(library, expected, FAIR, WINTER)
        assert whole(collected, FAIR) == whole(collected, WINTER) == []
