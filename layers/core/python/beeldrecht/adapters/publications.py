"""Publications, in the `library` table: beside the copies of their picture.

A publication, the disclosure that it is and the entry in the audit trail are one
transaction: nothing stands in the register that a recall would miss.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channel_renditions import ReadySize
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.disclosures import Disclosure
from beeldrecht.domain.publications import Publication, PublicationWay
from beeldrecht.domain.retention import RetentionKind, over
from beeldrecht.domain.time import day_of

from . import keys
from .binding import bind
from .disclosures import item_of as disclosure_item
from .errors import ActRefusedError
from .library_items import LibraryItem
from .pages import Position, place
from .retention import Policies, Retention
from .trail import Trail

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

_LISTED = keys.work("publication")


class PublicationItem(LibraryItem, discriminator="publication"):
    """One picture at one place; looked up by its id, and listed by when it was made."""

    publication_id = UnicodeAttribute()
    asset_id = UnicodeAttribute()
    way = UnicodeAttribute()
    channel = UnicodeAttribute()
    place = UnicodeAttribute()
    where = UnicodeAttribute()
    responsible_id = UnicodeAttribute()
    made_by = UnicodeAttribute()
    made_at = UTCDateTimeAttribute()
    from_at = UTCDateTimeAttribute()
    until_at = UTCDateTimeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    ready_size = UnicodeAttribute(null=True)


class ShownItem(LibraryItem, discriminator="publication_shown"):
    """How often an embed was shown on one day, and to nobody in particular."""

    publication_id = UnicodeAttribute()
    times = NumberAttribute()


class Publications:
    """The repository of publications."""

    def __init__(
        self, table: str, region: str, trail: Trail, retention: Policies | None = None
    ) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail
        self._retention = retention or Retention(table, region)

    def create(
        self, publication: Publication, disclosure: Disclosure | None, entry: NewEntry
    ) -> bool:
        """Record a publication, with the copy that it is; False when it is there.

        An embed is no copy yet: each day on which somebody sees it is one.
        """
        ends = self._ends(publication.until or publication.made_at, publication.made_at)

        def write(act: TransactWrite) -> None:
            new = LibraryItem.pk.does_not_exist()
            act.save(_item_of(publication, ends), condition=new)
            if disclosure is not None:
                act.save(disclosure_item(disclosure, ends), condition=new)

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return False
        return True

    def get(self, publication_id: str, at: datetime) -> Publication | None:
        """A publication, read consistently; None when there is none, or no more.

        The look-up follows within moments: one made just now may not be found yet.
        """
        item = _find(publication_id)
        return None if item is None or over(item.expires_at, at) else _of(item)

    def of_asset(self, asset_id: str, at: datetime) -> tuple[Publication, ...]:
        """Where a picture ran, the first one made first."""
        found = PublicationItem.query(
            keys.disclosed(asset_id),
            LibraryItem.sk.startswith(keys.PUBLICATION),
            consistent_read=True,
        )
        kept = [_of(each) for each in found if not over(each.expires_at, at)]
        return tuple(sorted(kept, key=lambda each: (each.made_at, each.publication_id)))

    def page(
        self, at: datetime, after: Position | None, limit: int
    ) -> tuple[tuple[Publication, ...], Position | None]:
        """The next publications, the first one made first, and where the next begin."""
        beyond = LibraryItem.gsi2sk > after if after else None
        listed = list(LibraryItem.by_work.query(_LISTED, beyond, limit=limit + 1))
        shown = listed[:limit]
        read = PublicationItem.batch_get(
            [(each.pk, each.sk) for each in shown], consistent_read=True
        )
        kept = [_of(each) for each in read if not over(each.expires_at, at)]
        kept.sort(key=lambda each: (each.made_at, each.publication_id))
        return tuple(kept), (shown[-1].gsi2sk if len(listed) > limit else None)

    def end(self, publication: Publication, at: datetime, entry: NewEntry) -> None:
        """Record that it is over; the first time stands. Its copy stays on record."""

        def write(act: TransactWrite) -> None:
            act.update(
                _key(publication),
                actions=[PublicationItem.ended_at.set(at)],
                condition=LibraryItem.pk.exists()
                & PublicationItem.ended_at.does_not_exist(),
            )

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            return

    def count(self, publication: Publication, at: datetime) -> None:
        """Count that it was shown once more on that day: a number, and nobody's."""
        day = day_of(at).isoformat()
        ends = self._ends(at, at)
        actions: list[Action] = [ShownItem.times.add(1), LibraryItem.kind.set(ShownItem)]
        actions.append(ShownItem.publication_id.set(publication.publication_id))
        if ends is not None:
            actions.append(LibraryItem.expires_at.set(ends))
        pk = keys.disclosed(publication.asset_id)
        ShownItem(pk, keys.shown(publication.publication_id, day)).update(actions=actions)

    def shown(self, publication: Publication) -> dict[date, int]:
        """By day of Amsterdam, how often it was shown."""
        first = keys.shown(publication.publication_id, "")
        found = ShownItem.query(
            keys.disclosed(publication.asset_id), LibraryItem.sk.startswith(first)
        )
        return {
            date.fromisoformat(each.sk.removeprefix(first)): int(each.times)
            for each in found
        }

    def _ends(self, from_: datetime, at: datetime) -> int | None:
        policy = self._retention.policy()
        return policy.expiry(RetentionKind.DISCLOSURES, from_, at)


def _find(publication_id: str) -> PublicationItem | None:
    listed = LibraryItem.by_lookup.query(keys.publication(publication_id), limit=1)
    found = next(iter(listed), None)
    if found is None:
        return None
    try:
        return PublicationItem.get(found.pk, found.sk, consistent_read=True)
    except DoesNotExist:
        return None


def _key(publication: Publication) -> PublicationItem:
    return PublicationItem(
        keys.disclosed(publication.asset_id),
        keys.publication(publication.publication_id),
    )


def _item_of(publication: Publication, ends: int | None) -> PublicationItem:
    size = publication.size
    return PublicationItem(
        keys.disclosed(publication.asset_id),
        keys.publication(publication.publication_id),
        publication_id=publication.publication_id,
        asset_id=publication.asset_id,
        way=publication.way.value,
        channel=publication.channel.value,
        place=publication.place.value,
        where=publication.where,
        responsible_id=publication.responsible_id,
        made_by=publication.made_by,
        made_at=publication.made_at,
        from_at=publication.from_,
        until_at=publication.until,
        ended_at=publication.ended_at,
        ready_size=None if size is None else size.value,
        expires_at=ends,
        gsi1pk=keys.publication(publication.publication_id),
        gsi1sk=keys.META,
        gsi2pk=_LISTED,
        gsi2sk=place(publication.made_at, publication.publication_id),
    )


def _of(item: PublicationItem) -> Publication:
    size = item.ready_size
    return Publication(
        publication_id=item.publication_id,
        asset_id=item.asset_id,
        way=PublicationWay(item.way),
        channel=Channel(item.channel),
        place=Place(item.place),
        where=item.where,
        responsible_id=item.responsible_id,
        made_by=item.made_by,
        made_at=item.made_at,
        from_=item.from_at,
        until=item.until_at,
        ended_at=item.ended_at,
        size=None if size is None else ReadySize(size),
    )
