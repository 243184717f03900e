"""What stands in a collection, listed: an item beside each picture for each of them.

Which collections a picture is in stands on the picture itself, and that alone counts.
These items lead to it from the collection; they are written in the transaction that
changes the picture, lie in its partition and go with it. The index that lists them
follows by moments, so whoever lists asks each picture.
"""

from collections.abc import Iterable
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute
from pynamodb.transactions import TransactWrite

from . import keys
from .audit import Write
from .binding import bind
from .library_items import LibraryItem
from .pages import place


class CollectedItem(LibraryItem, discriminator="collected"):
    """That a picture is in a collection; listed under that one, by when it came."""

    asset_id = UnicodeAttribute()


def collected(
    asset_id: str, came_at: datetime, before: Iterable[str], after: Iterable[str]
) -> Write:
    """What lists a picture under the collections that it is in, and no others.

    All of them each time: what was put there before there was a list is then in it.
    """
    there = frozenset(after)
    gone = frozenset(before) - there

    def write(act: TransactWrite) -> None:
        for each in sorted(there):
            act.save(_item(asset_id, each, came_at))
        for each in sorted(gone):
            act.delete(CollectedItem(keys.asset(asset_id), keys.collected(each)))

    return write


class Collected:
    """Reads what stands in a collection."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def page(
        self, collection_id: str, after: str | None, limit: int
    ) -> tuple[tuple[str, ...], str | None]:
        """The next pictures, the first that came first, and where the next page begins.

        A place is the instant of a picture and its id, which no two share: what is put
        in or taken out meanwhile moves nothing else.
        """
        beyond = LibraryItem.gsi1sk > after if after else None
        listed = keys.collected(collection_id)
        found = list(LibraryItem.by_lookup.query(listed, beyond, limit=limit + 1))
        shown, more = found[:limit], len(found) > limit
        ids = tuple(str(each.pk).removeprefix(keys.asset("")) for each in shown)
        return ids, (shown[-1].gsi1sk if more else None)


def _item(asset_id: str, collection_id: str, came_at: datetime) -> CollectedItem:
    return CollectedItem(
        keys.asset(asset_id),
        keys.collected(collection_id),
        asset_id=asset_id,
        gsi1pk=keys.collected(collection_id),
        gsi1sk=place(came_at, asset_id),
    )
