"""What is said of pictures, in memory, over the fake library."""

from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.descriptions import KEPT, MetadataEdit, undo_of
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.metadata import Metadata
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.library import FakeLibrary


class FakeDescriptions:
    """Behaves as `Descriptions` does."""

    def __init__(self, library: FakeLibrary, trail: FakeAuditTrail) -> None:
        self._library = library
        self._trail = trail
        self._edits: dict[str, MetadataEdit] = {}
        self._before: dict[str, Metadata] = {}

    def begin(self, edit: MetadataEdit) -> None:
        self._edits.setdefault(edit.edit_id, edit)

    def edit(self, edit_id: str, at: datetime) -> MetadataEdit | None:
        found = self._edits.get(edit_id)
        return found if found is not None and at < found.made_at + KEPT else None

    def describe(
        self, record: AssetRecord, said: Metadata, edit_id: str, entry: NewEntry
    ) -> None:
        self._change(record, said, edit_id, entry)
        self._before[record.asset_id] = record.description

    def before(self, record: AssetRecord) -> Metadata | None:
        return self._before.get(record.asset_id)

    def undo(self, record: AssetRecord, before: Metadata, entry: NewEntry) -> None:
        self._change(record, before, undo_of(record.edit_id or ""), entry)
        del self._before[record.asset_id]

    def _change(
        self, record: AssetRecord, said: Metadata, edit_id: str, entry: NewEntry
    ) -> None:
        row = self._library.rows.get(record.asset_id)
        if row is None or row.record.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        settled = record.settled and not record.refused
        decided = record.revision if settled else record.decided_revision
        row.record = replace(
            row.record,
            description=said,
            edit_id=edit_id,
            decided_revision=decided,
            revision=record.revision + 1,
        )
        self._trail.record(entry)
