"""What is said of pictures, changed by people, and taken back while nobody went on.

The words stand with the picture, in its own item, beside what was said before: so what
erases the picture erases both, and nothing of them is anywhere else. An edit by itself is
a list of identifiers, and lapses.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.attributes import ListAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DoesNotExist, PutError
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.metadata import Metadata, from_plain, plain

from . import keys
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import AssetItem, LibraryItem
from .trail import Trail

KEPT = timedelta(days=30)
"""How long an edit of several pictures can be taken back as one."""

_REFUSED = "ConditionalCheckFailedException"


@dataclass(frozen=True, slots=True)
class MetadataEdit:
    """One change of what is said of several pictures."""

    edit_id: str
    asset_ids: tuple[str, ...]
    made_by: str
    made_at: datetime


class MetadataEditItem(LibraryItem, discriminator="metadata_edit"):
    """Which pictures an edit was about; never what it said."""

    edit_id = UnicodeAttribute()
    asset_ids = ListAttribute[str]()
    made_by = UnicodeAttribute()
    made_at = UTCDateTimeAttribute()


def undo_of(edit_id: str) -> str:
    """The edit that takes another one back: by it, a retry knows that it was done."""
    return derived_id("undo", edit_id)


class Descriptions:
    """Records in the library table what is said of pictures."""

    def __init__(self, table: str, region: str, trail: Trail) -> None:
        bind(LibraryItem, table, region)
        self._trail = trail

    def begin(self, edit: MetadataEdit) -> None:
        """Record which pictures an edit is about; safe to repeat, the first stands."""
        item = MetadataEditItem(
            keys.edit(edit.edit_id),
            keys.META,
            edit_id=edit.edit_id,
            asset_ids=list(edit.asset_ids),
            made_by=edit.made_by,
            made_at=edit.made_at,
            expires_at=int((edit.made_at + KEPT).timestamp()),
        )
        try:
            item.save(condition=LibraryItem.pk.does_not_exist())
        except PutError as error:
            if error.cause_response_code != _REFUSED:
                raise

    def edit(self, edit_id: str, at: datetime) -> MetadataEdit | None:
        """An edit that can still be taken back; None when there is none such."""
        try:
            item = MetadataEditItem.get(
                keys.edit(edit_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        if item.expires_at is not None and int(item.expires_at) <= at.timestamp():
            return None
        return MetadataEdit(
            item.edit_id, tuple(item.asset_ids), item.made_by, item.made_at
        )

    def describe(
        self, record: AssetRecord, said: Metadata, edit_id: str, entry: NewEntry
    ) -> None:
        """Record what is said of a picture from now on, and keep what was said before.

        What was decided stays decided: no decision reads these words. Raises
        StaleRevisionError when somebody changed the picture since it was read.
        """
        before = plain(record.description)
        self._write(
            record,
            [
                AssetItem.description.set(plain(said)),
                AssetItem.description_before.set(before),
                AssetItem.edit_id.set(edit_id),
            ],
            entry,
        )

    def before(self, record: AssetRecord) -> Metadata | None:
        """What was said before the last edit; None when nobody said anything else."""
        item = self._find(record)
        told = item.description_before if item is not None else None
        return None if told is None else from_plain(told)

    def undo(self, record: AssetRecord, before: Metadata, entry: NewEntry) -> None:
        """Record that what was said before the last edit is said again.

        Raises StaleRevisionError when somebody changed the picture since it was read.
        """
        edit_id = record.edit_id or ""
        self._write(
            record,
            [
                AssetItem.description.set(plain(before)),
                AssetItem.description_before.remove(),
                AssetItem.edit_id.set(undo_of(edit_id)),
            ],
            entry,
        )

    @staticmethod
    def _find(record: AssetRecord) -> AssetItem | None:
        pk = keys.asset(record.asset_id)
        try:
            return AssetItem.get(pk, keys.META, consistent_read=True)
        except DoesNotExist:
            return None

    def _write(self, record: AssetRecord, actions: list[Action], entry: NewEntry) -> None:
        item = self._find(record)
        if item is None or item.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        if record.settled and not record.refused:
            actions = [*actions, AssetItem.decided_revision.set(record.revision)]

        def write(act: TransactWrite) -> None:
            # A copy for each try: PynamoDB adds the revision's own action to it.
            act.update(item, list(actions))

        try:
            self._trail.record(entry, write)
        except ActRefusedError as error:
            raise StaleRevisionError(record.asset_id) from error
