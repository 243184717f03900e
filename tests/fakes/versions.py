"""The chains of files in memory, with the conditions of the real ones."""

from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.retention import RetentionKind
from beeldrecht.domain.versions import (
    VersionChain,
    VersionRefusal,
    VersionRefusedError,
    restored,
    without,
)
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.library import FakeLibrary


class FakeVersions:
    """Over the rows and chains of a library in memory."""

    def __init__(self, library: FakeLibrary, trail: FakeAuditTrail) -> None:
        self._library = library
        self._trail = trail

    def chain(self, record: AssetRecord) -> VersionChain | None:
        return self._library.chain_of(record)

    def restore(
        self, record: AssetRecord, by: str, at: datetime, entry: NewEntry
    ) -> VersionChain:
        before = self.chain(record)
        if before is None or record.over(at):
            raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
        after = restored(before, record.asset_id, by, at)
        row = self._library.rows.get(record.asset_id)
        if row is None or row.record.revision != record.revision:
            raise StaleRevisionError(record.asset_id)
        current = self._library.record(before.current or "")
        since = record.announcement.announced_at
        self._library.step_down(before.current, after.chain_id, at)
        row.decision = None
        row.due = at
        row.record = replace(
            row.record,
            replaced_at=None,
            release=None,
            collection_ids=current.collection_ids if current else record.collection_ids,
            ends_at=self._library.retention.policy().ends(RetentionKind.ASSETS, since),
            revision=record.revision + 1,
        )
        self._library.chains[after.chain_id] = after
        self._trail.add(entry)
        return after

    def leave(self, asset_id: str) -> None:
        record = self._library.record(asset_id)
        chain = self.chain(record) if record else None
        left = without(chain, asset_id) if chain else None
        if left is not None:
            self._library.chains[left.chain_id] = left
