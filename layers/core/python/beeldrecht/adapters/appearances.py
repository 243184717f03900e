"""In which pictures somebody is, by the library's look-up of a person."""

from dataclasses import dataclass

from beeldrecht.domain.people import AppearanceStatus

from . import keys
from .binding import bind
from .library_items import AppearanceItem, LibraryItem


@dataclass(frozen=True, slots=True)
class Portrayals:
    """Some of the pictures in which a person is confirmed."""

    asset_ids: tuple[str, ...]
    after: str | None
    """The picture after which the next page begins; None: there is none."""


class Appearances:
    """The repository of where people appear; the library writes what it reads."""

    def __init__(self, table: str, region: str) -> None:
        bind(LibraryItem, table, region)

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        """The pictures in which a person said who this is.

        The look-up holds ids alone and follows within moments; whether an appearance is
        confirmed is read from the item itself.
        """
        found = LibraryItem.by_lookup.query(keys.person(person_id))
        wanted = [(each.pk, each.sk) for each in found]
        items = AppearanceItem.batch_get(wanted, consistent_read=True)
        confirmed = AppearanceStatus.CONFIRMED.value
        return frozenset(item.asset_id for item in items if item.status == confirmed)

    def page(self, person_id: str, after: str | None, limit: int) -> Portrayals:
        """The next pictures in which a person said who this is, by their ids.

        At most `limit` of those in which anybody ever suggested it are looked at, so a
        page may be short, and even empty, and still say where to go on.
        """
        beyond = LibraryItem.gsi1sk > keys.asset(after) if after else None
        looked: dict[str, list[tuple[str, str]]] = {}
        more = False
        found_so_far = LibraryItem.by_lookup.query(
            keys.person(person_id), beyond, page_size=2 * limit
        )
        for each in found_so_far:
            if each.gsi1sk not in looked and len(looked) == limit:
                more = True
                break
            looked.setdefault(each.gsi1sk, []).append((each.pk, each.sk))
        wanted = [place for places in looked.values() for place in places]
        items = AppearanceItem.batch_get(wanted, consistent_read=True)
        confirmed = AppearanceStatus.CONFIRMED.value
        found = sorted({item.asset_id for item in items if item.status == confirmed})
        last = max(looked, default="").removeprefix(keys.asset(""))
        return Portrayals(tuple(found), last if more else None)
