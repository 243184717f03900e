"""Who is on record in the `consent` table: ids alone, for who needs no names."""

from . import keys
from .binding import bind
from .consent_items import ConsentItem


class PersonIds:
    """Everybody on record, a page at a time, by the look-up of people."""

    def __init__(self, table: str, region: str) -> None:
        bind(ConsentItem, table, region)

    def page(self, after: str | None, limit: int) -> tuple[tuple[str, ...], str | None]:
        """The next ids, the first added first, and behind whom the next page begins.

        Raises LookupError when who it is to go on behind is not on record any more.
        """
        beyond = None
        if after is not None:
            beyond = ConsentItem.gsi1sk > self._place(after)
        found = list(ConsentItem.by_lookup.query(keys.PEOPLE, beyond, limit=limit + 1))
        ids = tuple(each.pk.removeprefix(keys.person("")) for each in found[:limit])
        return ids, ids[-1] if len(found) > limit else None

    def _place(self, person_id: str) -> str:
        for each in ConsentItem.query(
            keys.person(person_id), ConsentItem.sk == keys.META, consistent_read=True
        ):
            if each.gsi1sk is not None:
                return str(each.gsi1sk)
        raise LookupError(person_id)
