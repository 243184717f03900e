"""Pages of pictures in one status, for the list that people read.

The list is the work list itself: what waits longest comes first. Several pictures can
wait since the same instant, so a place in it names the instant and the picture.
"""

from typing import NamedTuple

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import AssetRecord

from . import keys
from .library_encoding import record_of
from .library_items import AssetItem, LibraryItem


class Place(NamedTuple):
    """Where a picture stands in the list of its status."""

    since: str
    asset_id: str


type Page = tuple[list[tuple[Place, AssetRecord]], Place | None]
"""Pictures, each with its place, and where the page after them begins."""


def assets_in(status: AssetStatus, after: Place | None, limit: int) -> Page:
    """The next pictures of a list, read consistently, and where the next page begins.

    The index follows the table by moments: what has left the status since is left out,
    so a page may hold fewer than `limit` and be followed by another.
    """
    work = keys.work(status)
    found = LibraryItem.by_work.query(
        work, limit=limit, last_evaluated_key=_key(work, after) if after else None
    )
    places = [
        Place(item.gsi2sk or "", item.asset_id)
        for item in found
        if isinstance(item, AssetItem)
    ]
    wanted = [(keys.asset(place.asset_id), keys.META) for place in places]
    records = {
        item.asset_id: record_of(item)
        for item in AssetItem.batch_get(wanted, consistent_read=True)
    }
    page = [
        (place, records[place.asset_id])
        for place in places
        if place.asset_id in records and records[place.asset_id].status is status
    ]
    following = places[-1] if places and found.last_evaluated_key else None
    return page, following


def _key(work: str, place: Place) -> dict[str, dict[str, str]]:
    """The key of an item in the index, as the table has it."""
    return {
        "pk": {"S": keys.asset(place.asset_id)},
        "sk": {"S": keys.META},
        "gsi2pk": {"S": work},
        "gsi2sk": {"S": place.since},
    }
