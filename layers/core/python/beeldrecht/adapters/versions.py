"""The chains of files in the library table: which file of a picture is current.

One item for each chain, and that alone says what follows what. Whatever takes a place
writes the chain, the file that is current from then on and the one that was, as one act:
two at once cannot both be current.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, VersionAttribute
from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.assets import DECIDED, AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.versions import (
    Version,
    VersionChain,
    VersionRefusal,
    VersionRefusedError,
    begun,
    followed,
    restored,
    without,
)

from . import keys
from .acts import Acts
from .audit import AuditTrail, Write
from .binding import bind
from .collected import collected
from .errors import ActRefusedError, StaleRevisionError
from .library_encoding import record_of
from .library_items import AssetItem, LibraryItem
from .pages import stamp
from .retention import Retention
from .terms import ends_action, term_put

if TYPE_CHECKING:
    from pynamodb.expressions.update import Action

_REFUSED = "ConditionalCheckFailedException"


class VersionsItem(LibraryItem, discriminator="versions"):
    """The files of one picture, one after the other."""

    chain_id = UnicodeAttribute()
    files = JSONAttribute()
    current = UnicodeAttribute(null=True)
    revision = VersionAttribute()


def chain_of(record: AssetRecord) -> VersionChain | None:
    """The chain that a file is one of, read consistently; None: it is in none."""
    found = _read(record.chain_id) if record.chain_id else None
    return found.chain if found else None


def place_taken(
    record: AssetRecord, at: datetime, retention: Retention, now: datetime
) -> tuple[str, Write] | None:
    """What gives a file that arrived the place of the one that it replaces.

    With the chain that it is in from then on; None where it replaces nothing. Whichever
    file is current by then loses its place, its release with it: the last one to arrive
    is current. Raises VersionRefusedError when what it replaces is gone, or there are as
    many as may be kept.
    """
    replaces = record.announcement.replaces
    if replaces is None:
        return None
    old = _asset(replaces)
    if old is None or old.original is None or record_of(old).over(now):
        raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
    found = _read(old.chain_id) if old.chain_id else None
    before = found or _Kept(begun(record_of(old)), None)
    by = record.announcement.uploader_id
    after = followed(before.chain, record.asset_id, by, at)
    there = before.chain.current
    current = old if there == old.asset_id else _asset(there)
    out = _out(current, after.chain_id, at, retention, now)

    def write(act: TransactWrite) -> None:
        act.save(_item(after, before.revision))
        out(act)

    return after.chain_id, write


class Versions:
    """The repository over the chains."""

    def __init__(
        self,
        table: str,
        region: str,
        trail: AuditTrail | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._acts = Acts(bind(LibraryItem, table, region), trail)
        self._retention = Retention(table, region)
        self._now = now or partial(datetime.now, UTC)

    def chain(self, record: AssetRecord) -> VersionChain | None:
        """The chain that a file is one of."""
        return chain_of(record)

    def restore(
        self, record: AssetRecord, by: str, at: datetime, entry: NewEntry
    ) -> VersionChain:
        """Make an older file current again, where the one that is stands now.

        Neither is released any more, and both are due. Raises VersionRefusedError, and
        StaleRevisionError when one of them, or the chain, changed since it was read.
        """
        found = _read(record.chain_id) if record.chain_id else None
        now = self._now()
        if found is None or record.over(now):
            raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
        after = restored(found.chain, record.asset_id, by, at)
        item = _asset(record.asset_id)
        if item is None or item.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        current = _asset(found.chain.current)
        out = _out(current, after.chain_id, at, self._retention, now)
        back = self._back(item, current, at, now)

        def write(act: TransactWrite) -> None:
            act.save(_item(after, found.revision))
            out(act)
            back(act)

        try:
            self._acts.write(write, entry)
        except ActRefusedError as error:
            raise StaleRevisionError(record.asset_id) from error
        return after

    def leave(self, asset_id: str) -> None:
        """Take a file that is being erased out of its chain; safe to repeat.

        The last one takes the chain with it, as the rest of what is found of it. Raises
        StaleRevisionError when somebody changed the chain meanwhile.
        """
        item = _asset(asset_id)
        found = _read(item.chain_id) if item and item.chain_id else None
        left = without(found.chain, asset_id) if found else None
        if found is None or left is None or left == found.chain:
            return
        new = _item(left, found.revision)
        current = VersionsItem.current
        try:
            new.update(
                actions=[
                    VersionsItem.files.set(new.files),
                    current.set(left.current) if left.current else current.remove(),
                ]
            )
        except UpdateError as error:
            if error.cause_response_code == _REFUSED:
                raise StaleRevisionError(asset_id) from error
            raise

    def _back(
        self, item: AssetItem, current: AssetItem | None, at: datetime, now: datetime
    ) -> Write:
        """What gives an older file its place: in the collections where it now is."""
        before = frozenset(item.collection_ids or ())
        there = frozenset(current.collection_ids or ()) if current else before
        since, kept = item.announced_at, AssetItem.collection_ids
        ends_at = self._retention.policy().expiry(RetentionKind.ASSETS, since, now)
        listed = collected(item.asset_id, since, before, there)
        actions: list[Action] = [
            AssetItem.replaced_at.remove(),
            AssetItem.release.remove(),
            AssetItem.decision.remove(),
            kept.set(set(there)) if there else kept.remove(),
            ends_action(ends_at),
            AssetItem.gsi2sk.set(stamp(at)),
        ]
        term = term_put(item.asset_id, ends_at)

        def write(act: TransactWrite) -> None:
            act.update(item, actions=list(actions))
            listed(act)
            term(act)

        return write


def _out(
    item: AssetItem | None,
    chain_id: str,
    at: datetime,
    retention: Retention,
    now: datetime,
) -> Write:
    """What takes the place from the file that has it: it is nobody's to use any more."""
    if item is None:
        return lambda _: None
    own = record_of(item).ends_at
    ends_at = retention.policy().expiry(RetentionKind.VERSIONS, at, now, own)
    actions: list[Action] = [
        AssetItem.chain_id.set(chain_id),
        AssetItem.replaced_at.set(at),
        AssetItem.release.remove(),
        AssetItem.decision.remove(),
        ends_action(ends_at),
        AssetItem.gsi2sk.set(stamp(at)),
    ]
    if AssetStatus(item.status) in DECIDED:
        embargoed = AssetStatus.EMBARGOED
        actions += [
            AssetItem.status.set(embargoed.value),
            AssetItem.gsi2pk.set(keys.work(embargoed)),
        ]
    term = term_put(item.asset_id, ends_at)

    def write(act: TransactWrite) -> None:
        act.update(item, actions=list(actions))
        term(act)

    return write


@dataclass(frozen=True, slots=True)
class _Kept:
    """A chain, and the revision at which it was read; None: it is new."""

    chain: VersionChain
    revision: int | None


def _read(chain_id: str) -> _Kept | None:
    for item in LibraryItem.query(keys.versions(chain_id), consistent_read=True):
        if isinstance(item, VersionsItem):
            files = tuple(_version_of(each) for each in item.files)
            return _Kept(VersionChain(chain_id, files, item.current), item.revision)
    return None


def _item(chain: VersionChain, revision: int | None) -> VersionsItem:
    """Written on the condition that the chain is as it was read, or not there yet."""
    item = VersionsItem(
        keys.versions(chain.chain_id),
        keys.META,
        chain_id=chain.chain_id,
        files=[
            {"asset_id": each.asset_id, "since": each.since.isoformat(), "by": each.by}
            for each in chain.versions
        ],
        current=chain.current,
    )
    if revision is not None:
        item.revision = revision
    return item


def _version_of(told: dict[str, Any]) -> Version:
    since = datetime.fromisoformat(told["since"])
    return Version(told["asset_id"], since, told["by"])


def _asset(asset_id: str | None) -> AssetItem | None:
    if asset_id is None:
        return None
    try:
        return AssetItem.get(keys.asset(asset_id), keys.META, consistent_read=True)
    except DoesNotExist:
        return None
