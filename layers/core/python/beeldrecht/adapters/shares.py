"""Shares, in the `library` table: what was given to look at, and how that stands.

A share, the mail that brings its link and the entry in the audit trail are one
transaction. Who received it is sealed with a key of their own, which ends with what is on
record of the copies that they received.
"""

import json
from datetime import datetime

from pynamodb.attributes import (
    BinaryAttribute,
    ListAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.retention import RetentionKind, over
from beeldrecht.domain.shares import Recipient, Share, ShareWay

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import bind
from .consent import Seals
from .consent_items import ConsentItem
from .errors import ActRefusedError, KeyDestroyedError
from .library_items import LibraryItem
from .outbox import add_mails
from .pages import Position, page_of, place
from .retention import Policies, Retention

_LISTED = keys.work("share")


class ShareItem(LibraryItem, discriminator="share"):
    """Some pictures for somebody outside; listed by when it was made."""

    share_id = UnicodeAttribute()
    asset_ids = ListAttribute[str]()
    channel = UnicodeAttribute()
    place = UnicodeAttribute()
    way = UnicodeAttribute()
    recipient_id = UnicodeAttribute()
    sealed = BinaryAttribute(legacy_encoding=False)
    created_by = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    works_until = UTCDateTimeAttribute()
    max_downloads = NumberAttribute(null=True)
    downloads = NumberAttribute()
    password_hash = UnicodeAttribute(null=True)
    revoked_at = UTCDateTimeAttribute(null=True)
    collection_id = UnicodeAttribute(null=True)


class Shares:
    """The repository of shares; their mails go into the consent table with them."""

    def __init__(
        self,
        library_table: str,
        consent_table: str,
        region: str,
        trail: AuditTrail | None = None,
        retention: Policies | None = None,
    ) -> None:
        bind(ConsentItem, consent_table, region)
        self._acts = Acts(bind(LibraryItem, library_table, region), trail)
        self._retention = retention or Retention(library_table, region)

    def latest_end(self, at: datetime) -> datetime | None:
        """Until when a share that is made then may work; None: it may for ever."""
        return self._retention.policy().ends(RetentionKind.SHARES, at)

    def recipient_ends(self, share: Share) -> datetime | None:
        """When nobody is asked any more for copies that its recipient received."""
        policy = self._retention.policy()
        return policy.ends(RetentionKind.DISCLOSURES, share.ends_at)

    def create(
        self, share: Share, sealed: bytes, entry: NewEntry, mail: Mail | None = None
    ) -> bool:
        """Record a share with the mail that brings it; False when it is there."""
        policy = self._retention.policy()
        made = share.created_at
        ends = policy.expiry(RetentionKind.SHARES, made, made)

        def write(act: TransactWrite) -> None:
            item = _item_of(share, sealed, ends)
            act.save(item, condition=LibraryItem.pk.does_not_exist())
            add_mails(act, [] if mail is None else [mail])

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return False
        return True

    def get(self, share_id: str, at: datetime) -> Share | None:
        """A share, read consistently; None when there is none, or it is kept no more."""
        item = _find(share_id)
        if item is None or over(item.expires_at, at):
            return None
        return _share_of(item)

    def recipient(self, share_id: str, seals: Seals) -> Recipient | None:
        """Who received it; None when nobody can tell any more."""
        item = _find(share_id)
        if item is None:
            return None
        try:
            said = json.loads(seals.open(item.recipient_id, item.sealed))
        except KeyDestroyedError:
            return None
        return Recipient(said["name"], said["email"], said["language"])

    def page(
        self, at: datetime, after: Position | None, limit: int
    ) -> tuple[tuple[Share, ...], Position | None]:
        """The next shares, the first one made first, and where the next page begins."""
        found, following = page_of(_LISTED, keys.share, after, limit)
        read = [self.get(each, at) for each in found]
        return tuple(each for each in read if each is not None), following

    def revoke(self, share_id: str, at: datetime, entry: NewEntry) -> None:
        """Take a share back; it shows nothing from then on. The first time stands."""

        def write(act: TransactWrite) -> None:
            act.update(
                ShareItem(keys.share(share_id), keys.META),
                actions=[ShareItem.revoked_at.set(at)],
                condition=ShareItem.pk.exists() & ShareItem.revoked_at.does_not_exist(),
            )

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return

    def count(self, share: Share) -> bool:
        """Count one picture that is fetched by it; False when none is left to fetch.

        The condition and the count are one write: of two who fetch the last one at the
        same time, one gets it.
        """
        working = ShareItem.pk.exists() & ShareItem.revoked_at.does_not_exist()
        if share.max_downloads is not None:
            working &= ShareItem.downloads < share.max_downloads
        try:
            ShareItem(keys.share(share.share_id), keys.META).update(
                actions=[ShareItem.downloads.add(1)], condition=working
            )
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return False
        return True


def sealed_recipient(
    share: Share, recipient: Recipient, seals: Seals, ends: datetime | None
) -> bytes:
    """Who receives a share, sealed; the key and what it seals end then."""
    said = {
        "name": recipient.name,
        "email": recipient.email,
        "language": recipient.language,
    }
    plain = json.dumps(said, ensure_ascii=False).encode()
    return seals.seal(share.recipient_id, plain, ends)


def _find(share_id: str) -> ShareItem | None:
    try:
        return ShareItem.get(keys.share(share_id), keys.META, consistent_read=True)
    except DoesNotExist:
        return None


def _item_of(share: Share, sealed: bytes, ends: int | None) -> ShareItem:
    return ShareItem(
        keys.share(share.share_id),
        keys.META,
        share_id=share.share_id,
        asset_ids=list(share.asset_ids),
        channel=share.channel.value,
        place=share.place.value,
        way=share.way.value,
        recipient_id=share.recipient_id,
        sealed=sealed,
        created_by=share.created_by,
        created_at=share.created_at,
        works_until=share.ends_at,
        max_downloads=share.max_downloads,
        downloads=share.downloads,
        password_hash=share.password,
        collection_id=share.collection_id,
        expires_at=ends,
        gsi2pk=_LISTED,
        gsi2sk=place(share.created_at, share.share_id),
    )


def _share_of(item: ShareItem) -> Share:
    most = item.max_downloads
    return Share(
        share_id=item.share_id,
        asset_ids=tuple(item.asset_ids),
        channel=Channel(item.channel),
        place=Place(item.place),
        way=ShareWay(item.way),
        recipient_id=item.recipient_id,
        created_by=item.created_by,
        created_at=item.created_at,
        ends_at=item.works_until,
        max_downloads=None if most is None else int(most),
        downloads=int(item.downloads),
        password=item.password_hash,
        revoked_at=item.revoked_at,
        collection_id=item.collection_id,
    )
