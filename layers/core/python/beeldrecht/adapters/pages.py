"""Pages of a work list: what comes after a position, without trusting the position.

A list's items sort by `<instant>#<id>`, which no two share, so a page begins where the
last one ended by a plain comparison: a position that somebody made up can only leave
something out of a list that they may read anyway.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from .library_items import LibraryItem

type Position = str
"""The sort key after which the next page begins."""


def stamp(at: datetime) -> str:
    """An instant as a sort key."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def place(at: datetime, item_id: str) -> Position:
    """Where an item stands in its list, from its first day on."""
    return f"{stamp(at)}#{item_id}"


def page_of(
    work: str, partition: Callable[[str], str], after: Position | None, limit: int
) -> tuple[list[str], Position | None]:
    """The ids of the next items of a list, and where the page after them begins.

    `partition` gives the partition key for an id; the index holds keys and no more.
    """
    beyond = LibraryItem.gsi2sk > after if after else None
    # One more than asked for tells whether there is another page.
    found = list(LibraryItem.by_work.query(work, beyond, limit=limit + 1))
    shown, more = found[:limit], len(found) > limit
    ids = [str(item.pk).removeprefix(partition("")) for item in shown]
    return ids, (shown[-1].gsi2sk if more else None)
