"""How many pictures of an import stand where: counted in the acts that move them.

A picture that is decided on, or refused, is counted there in the very transaction that
says so: nothing is counted twice, whatever is tried again, and reading it takes one query
of a few small items. Sixteen parts, by the picture's identifier, so that functions side
by side seldom meet at one.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import KEPT, ArchiveImport, ImportTally

from . import keys
from .audit import Write
from .library_items import AssetItem, LibraryItem

_ANNOUNCED: Final = "announced"
_PARTS: Final = 1
"""Digits of the identifier that name the part."""


class ImportCountItem(LibraryItem, discriminator="import_count"):
    """A part of what is counted of an import."""

    import_id = UnicodeAttribute()
    announced = NumberAttribute(null=True)
    announced_at = UTCDateTimeAttribute(null=True)
    embargoed = NumberAttribute(null=True)
    ready = NumberAttribute(null=True)
    released = NumberAttribute(null=True)
    rejected = NumberAttribute(null=True)


_COUNTED: Final[Mapping[AssetStatus, NumberAttribute]] = {
    AssetStatus.EMBARGOED: ImportCountItem.embargoed,
    AssetStatus.READY: ImportCountItem.ready,
    AssetStatus.RELEASED: ImportCountItem.released,
    AssetStatus.REJECTED: ImportCountItem.rejected,
}


def counted_anew(item: AssetItem, status: AssetStatus | None) -> Write | None:
    """What counts a picture where it stands from now on; None where nothing changes.

    To be written with the change of the picture itself, whose condition holds once.
    """
    import_id, before = item.import_id, AssetStatus(item.status)
    if import_id is None or status is None or status is before:
        return None
    moves = [(_COUNTED.get(before), -1), (_COUNTED.get(status), 1)]
    if not any(count is not None for count, _ in moves):
        return None
    key = ImportCountItem(
        keys.archive_import(import_id), keys.COUNT + item.asset_id[:_PARTS]
    )
    until = int((item.announced_at + KEPT).timestamp())

    def write(act: TransactWrite) -> None:
        added = [count.add(by) for count, by in moves if count is not None]
        act.update(key, actions=[*added, *_standing(import_id, until)])

    return write


def count_announced(found: ArchiveImport, count: int, at: datetime) -> None:
    """Add so many to those that were announced; no act of its own (see `recount`)."""
    _announced(found).update(
        actions=[
            ImportCountItem.announced.add(count),
            ImportCountItem.announced_at.set(at),
            *_standing(found.import_id, int(found.ends_at.timestamp())),
        ]
    )


def recount(found: ArchiveImport) -> None:
    """Count the announced ones one by one: a killed run may have left some out."""
    partition = keys.archive_import(found.import_id)
    there = LibraryItem.count(
        partition, LibraryItem.sk.startswith(keys.FILE), consistent_read=True
    )
    _announced(found).update(
        actions=[
            ImportCountItem.announced.set(int(there)),
            *_standing(found.import_id, int(found.ends_at.timestamp())),
        ]
    )


def tally_of(import_id: str) -> ImportTally:
    """How many of an import stand where: one query, however many they are."""
    announced, last = 0, None
    counts: Counter[AssetStatus] = Counter()
    parts = ImportCountItem.query(
        keys.archive_import(import_id),
        LibraryItem.sk.startswith(keys.COUNT),
        consistent_read=True,
    )
    for part in parts:
        announced += int(part.announced or 0)
        last = part.announced_at or last
        for status in _COUNTED:
            counts[status] += int(getattr(part, status.value) or 0)
    return ImportTally(announced, dict(+counts), last)


def _announced(found: ArchiveImport) -> ImportCountItem:
    return ImportCountItem(keys.archive_import(found.import_id), keys.COUNT + _ANNOUNCED)


def _standing(import_id: str, until: int) -> list[Action]:
    """What makes an item of what an update may be the first to write."""
    return [
        LibraryItem.kind.set(ImportCountItem),
        ImportCountItem.import_id.set(import_id),
        LibraryItem.expires_at.set(until),
    ]
