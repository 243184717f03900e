"""Who received which picture, in the `library` table: beside nothing else of it.

A disclosure and its entry in the audit trail are one transaction. Each carries the day on
which it goes; the table takes it away late, so whoever reads gives the instant and sees
only what is kept at it.
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.attributes import (
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import public_id
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind
from beeldrecht.domain.retention import RetentionKind, over

from . import keys
from .binding import bind
from .errors import ActRefusedError
from .library_items import LibraryItem
from .pages import place
from .retention import Policies, Retention
from .trail import Trail


class DisclosureItem(LibraryItem, discriminator="disclosure"):
    """One copy that left; listed under its picture, and looked up by who received it."""

    disclosure_id = UnicodeAttribute()
    asset_id = UnicodeAttribute()
    disclosure_kind = UnicodeAttribute()
    recipient_id = UnicodeAttribute()
    channel = UnicodeAttribute(null=True)
    place = UnicodeAttribute()
    rendition = UnicodeAttribute()
    masked = UnicodeSetAttribute(null=True)
    disclosed_at = UTCDateTimeAttribute()
    revision = NumberAttribute()


class Disclosures:
    """The repository of disclosures."""

    def __init__(
        self, table: str, region: str, trail: Trail, retention: Policies | None = None
    ) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail
        self._retention = retention or Retention(table, region)

    def record(self, disclosure: Disclosure, entry: NewEntry) -> bool:
        """Put a disclosure on record with its entry; False when it is there already.

        Before the copy can leave: a record of what nobody fetched does no harm, a copy
        that nobody knows of does.
        """
        policy = self._retention.policy()
        ends = policy.expiry(RetentionKind.DISCLOSURES, disclosure.at, disclosure.at)

        def write(act: TransactWrite) -> None:
            act.save(item_of(disclosure, ends), condition=LibraryItem.pk.does_not_exist())

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def of_asset(self, asset_id: str, at: datetime) -> Iterator[Disclosure]:
        """Every copy of a picture that left, the first first, read consistently."""
        found = DisclosureItem.query(
            keys.disclosed(asset_id),
            LibraryItem.sk.startswith(keys.DISCLOSURE),
            consistent_read=True,
        )
        for item in found:
            if not over(item.expires_at, at):
                yield _disclosure_of(item)

    def of_public(self, public: str) -> str | None:
        """The picture of which a copy left under that name; None: none did, or none is
        on record any more.
        """
        found = LibraryItem.by_lookup.query(keys.published(public), limit=1)
        item = next(iter(found), None)
        if item is None:
            return None
        return str(item.pk).removeprefix(keys.disclosed(""))


def item_of(disclosure: Disclosure, ends: int | None) -> DisclosureItem:
    """A disclosure as it lies there; for this repository and for publications."""
    # What counts once in an hour lies at one place, whoever of several comes first.
    where = place(disclosure.since or disclosure.at, disclosure.disclosure_id)
    channel = disclosure.channel
    return DisclosureItem(
        keys.disclosed(disclosure.asset_id),
        keys.DISCLOSURE + where,
        disclosure_id=disclosure.disclosure_id,
        asset_id=disclosure.asset_id,
        disclosure_kind=disclosure.kind.value,
        recipient_id=disclosure.recipient_id,
        channel=None if channel is None else channel.value,
        place=disclosure.place.value,
        rendition=disclosure.rendition,
        masked=disclosure.masked or None,
        disclosed_at=disclosure.at,
        revision=disclosure.revision,
        expires_at=ends,
        # By what is written into the file: whoever holds a copy can ask about it.
        gsi1pk=keys.published(public_id(disclosure.asset_id)),
        gsi1sk=keys.DISCLOSURE + where,
    )


def _disclosure_of(item: DisclosureItem) -> Disclosure:
    return Disclosure(
        disclosure_id=item.disclosure_id,
        asset_id=item.asset_id,
        kind=DisclosureKind(item.disclosure_kind),
        recipient_id=item.recipient_id,
        channel=None if item.channel is None else Channel(item.channel),
        place=Place(item.place),
        rendition=item.rendition,
        masked=frozenset(item.masked or ()),
        at=item.disclosed_at,
        revision=int(item.revision),
    )
