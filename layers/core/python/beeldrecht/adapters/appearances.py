"""In which pictures somebody is, by the library's look-up of a person."""

from beeldrecht.domain.people import AppearanceStatus

from . import keys
from .binding import bind
from .library_items import AppearanceItem, LibraryItem


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
