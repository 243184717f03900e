"""Freezing a picture, and ending that: each with its entry, in the `consent` table.

The stream starts what follows of itself: the picture is decided on anew, and whoever has
a copy of it is told.
"""

from datetime import datetime

from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction

from .binding import bind
from .consent_items import ConsentItem, lift_item, restriction_item
from .errors import ActRefusedError
from .trail import Trail


class Freezes:
    """The repository of freezes that somebody puts on a picture by hand."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def begin(self, freeze: Restriction, entry: NewEntry) -> bool:
        """Record a freeze; False when it is on record already."""
        return self._add(restriction_item(freeze), entry)

    def end(self, freeze: Restriction, at: datetime, entry: NewEntry) -> bool:
        """Record that a freeze is over; False when it was over before."""
        return self._add(lift_item(freeze, at), entry)

    def _add(self, item: ConsentItem, entry: NewEntry) -> bool:
        def write(act: TransactWrite) -> None:
            act.save(item, condition=ConsentItem.pk.does_not_exist())

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True
