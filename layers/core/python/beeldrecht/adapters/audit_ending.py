"""Ending the oldest entries of the audit log: declared in their chain, locked, dated.

Nothing here removes anything. An entry is put over itself, byte for byte, with a date of
removal beside it, and time to live does the rest: nobody may update or delete in the
table, and of those who may put, this alone may put a date (`cdk.constructs.guardrails`).
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.exceptions import PutError
from pynamodb.expressions.condition import Condition

from beeldrecht.domain.audit import Checkpoint, Entry, Head, NewEntry

from .audit import AuditTrail
from .audit_items import AuditItem, EntryItem, OnceItem, item_of, once_of
from .audit_reading import AuditReader
from .checkpoints import Checkpoints

_REFUSED = "ConditionalCheckFailedException"


class AuditEnding:
    """The chains, as far as their term goes."""

    def __init__(
        self, trail: AuditTrail, reader: AuditReader, checkpoints: Checkpoints
    ) -> None:
        self._trail = trail
        self._reader = reader
        self._checkpoints = checkpoints

    def locked(self, at: datetime) -> Checkpoint | None:
        """The newest checkpoint: what it says of beginnings, nobody can take back."""
        return self._checkpoints.last(at)

    def head(self, shard: str) -> Head:
        """Where a chain ends."""
        return self._trail.head(shard)

    def since(self, shard: str, number: int) -> Iterator[Entry]:
        """What stands in a chain from that number on; NO_ENTRY for what is none."""
        return self._reader.since(shard, number)

    def undated(self, shard: str, until: int) -> Iterator[Entry]:
        """The entries up to that number that carry no date, in order."""
        return self._reader.undated(shard, until)

    def declare(self, entry: NewEntry) -> None:
        """Put a beginning on record in its chain; the same again adds nothing."""
        self._trail.record(entry)

    def date(self, entry: Entry, expires_at: int) -> bool:
        """Date an entry, and first the mark that it was written, if there is one.

        False when it is not the entry that was read, is dated, or is gone: what is gone
        is never put back.
        """
        mark, item = once_of(entry), item_of(entry)
        mark.expires_at = item.expires_at = expires_at
        undated = AuditItem.expires_at.does_not_exist()
        _put(mark, undated & (OnceItem.place == entry.place))
        return _put(item, undated & (EntryItem.digest == entry.digest))


def _put(item: AuditItem, condition: Condition) -> bool:
    try:
        item.save(condition=condition)
    except PutError as error:
        if error.cause_response_code != _REFUSED:
            raise
        return False
    return True
