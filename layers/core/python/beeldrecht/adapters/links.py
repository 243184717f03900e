"""Links for people without an account, in the `consent` table.

A link lies under the SHA-256 of its token. Whoever asks with a token that is unknown,
used, taken back or ended costs the same single request as whoever asks with a good one,
and gets the same nothing: neither the answer nor the time it takes tells them apart. The
table removes what has ended days late, so every question names its instant.
"""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.links import Link, LinkPurpose, LinkState, state_at

from . import keys
from .audit import Write
from .binding import bind
from .consent_items import ConsentItem
from .errors import ActRefusedError
from .trail import Trail


class LinkItem(ConsentItem, discriminator="link"):
    """A link; its partition key is all that is kept of the token."""

    link_id = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    purpose = UnicodeAttribute()
    created_by = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    ends_at = UTCDateTimeAttribute()
    max_uses = NumberAttribute(null=True)
    uses = NumberAttribute()
    used_at = UTCDateTimeAttribute(null=True)
    revoked_at = UTCDateTimeAttribute(null=True)
    about = UnicodeAttribute(null=True)


class Links:
    """The repository of links."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(ConsentItem, table, region)
        self._trail = trail

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record a new link under the digest of its token, with its audit entry."""

        def write(act: TransactWrite) -> None:
            act.save(_item_of(link, digest), condition=ConsentItem.pk.does_not_exist())

        self._trail.record(entry, write)

    def live(self, digest: str, at: datetime) -> Link | None:
        """The link of that token, if it works at that instant; uses none of it up."""
        try:
            item = LinkItem.get(keys.link(digest), keys.META, consistent_read=True)
        except DoesNotExist:
            return None
        link = _link_of(item)
        return link if state_at(link, at) is LinkState.LIVE else None

    def use(self, digest: str, at: datetime) -> Link | None:
        """Use a link once; None when it does not work, or somebody was first.

        The condition and the count are one write: of two callers that hold a link for
        one use, one gets it. Whoever uses a link and fails afterwards has used it.
        """
        item = LinkItem(keys.link(digest), keys.META)
        try:
            item.update(
                actions=[LinkItem.uses.add(1), LinkItem.used_at.set(at)],
                condition=_works(at),
            )
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return None
        return _link_of(item)

    def revoke(self, person_id: str, link_id: str, at: datetime, entry: NewEntry) -> bool:
        """Take a link back, with its audit entry; False when that person has none such.

        Safe to repeat: the first time stands. The look-up follows within moments, so a
        link that was made just now may have to be asked for again.
        """
        found = next(
            iter(
                ConsentItem.by_lookup.query(
                    keys.person(person_id), ConsentItem.gsi1sk == keys.link(link_id)
                )
            ),
            None,
        )
        if found is None:
            return False
        pk = found.pk

        def write(act: TransactWrite) -> None:
            act.update(
                LinkItem(pk, keys.META),
                actions=[LinkItem.revoked_at.set(at)],
                condition=ConsentItem.pk.exists() & LinkItem.revoked_at.does_not_exist(),
            )

        try:
            self._trail.record(entry, write)
        except ActRefusedError:
            # It was taken back before, or the table removed it: it works no more.
            return True
        return True

    def of_person(self, person_id: str) -> tuple[Link, ...]:
        """A person's links as far as they are on record, the last one made first."""
        found = ConsentItem.by_lookup.query(
            keys.person(person_id), ConsentItem.gsi1sk.startswith(keys.LINK)
        )
        items = LinkItem.batch_get(
            [(each.pk, keys.META) for each in found], consistent_read=True
        )
        links = [_link_of(item) for item in items]
        return tuple(sorted(links, key=lambda link: link.created_at, reverse=True))


def use_with(digest: str, at: datetime) -> Write | None:
    """What uses a link up within another's act; None when it does not work already.

    On the condition that it works at that instant: of many who hold a link for one use,
    one act succeeds, and an act that fails uses nothing up. A link without a count is
    only looked at: to count would have those who sign at one event wait for each other.
    """
    try:
        item = LinkItem.get(keys.link(digest), keys.META, consistent_read=True)
    except DoesNotExist:
        return None
    if state_at(_link_of(item), at) is not LinkState.LIVE:
        return None
    counted = item.max_uses is not None

    def write(act: TransactWrite) -> None:
        if counted:
            act.update(
                LinkItem(keys.link(digest), keys.META),
                actions=[LinkItem.uses.add(1), LinkItem.used_at.set(at)],
                condition=_works(at),
            )
        else:
            act.condition_check(
                LinkItem, keys.link(digest), keys.META, condition=_works(at)
            )

    return write


def _works(at: datetime) -> Condition:
    unspent = LinkItem.max_uses.does_not_exist() | (LinkItem.uses < LinkItem.max_uses)
    works: Condition = (
        ConsentItem.pk.exists()
        & (LinkItem.ends_at > at)
        & LinkItem.revoked_at.does_not_exist()
        & unspent
    )
    return works


def _item_of(link: Link, digest: str) -> LinkItem:
    return LinkItem(
        keys.link(digest),
        keys.META,
        link_id=link.link_id,
        subject_id=link.subject_id,
        purpose=link.purpose.value,
        created_by=link.created_by,
        created_at=link.created_at,
        ends_at=link.expires_at,
        max_uses=link.max_uses,
        uses=link.uses,
        about=link.about,
        gsi1pk=keys.person(link.subject_id),
        gsi1sk=keys.link(link.link_id),
        expires_at=int(link.expires_at.timestamp()) + 1,
    )


def _link_of(item: LinkItem) -> Link:
    return Link(
        link_id=item.link_id,
        subject_id=item.subject_id,
        purpose=LinkPurpose(item.purpose),
        created_by=item.created_by,
        created_at=item.created_at,
        expires_at=item.ends_at,
        max_uses=None if item.max_uses is None else int(item.max_uses),
        uses=int(item.uses),
        used_at=item.used_at,
        revoked_at=item.revoked_at,
        about=item.about,
    )
