"""The `audit` table: what happened, in chains that show any change.

An entry is put at the next free number of its chain, in one transaction with the act that
it records: there is no act without its entry, and no entry without its act. Nothing is
ever updated or deleted; the table denies both to everybody. What is older than its term
goes by itself (`audit_ending`).

A writer reads where the chain ends and puts the entry behind it, on the condition that
nobody was first. Whoever was second reads again and tries again: no lock, no counter, no
item that all of them write to.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from pynamodb.exceptions import TransactWriteError
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import (
    EMPTY,
    SHARDS,
    Data,
    Entry,
    Head,
    NewEntry,
    chained,
    shard_of,
)

from . import keys
from .audit_items import (
    AuditItem,
    EntryItem,
    entry_of,
    item_of,
    once_of,
    stands,
)
from .binding import bind
from .errors import ActRefusedError, ChainBusyError

_TRIES = 50
_SHORTEST, _LONGEST = 0.005, 0.25
"""Seconds to wait after the first, and after the last collision."""

_CANCELLED = "TransactionCanceledException"
_REFUSED = "ConditionalCheckFailed"
_PASSING = {
    _REFUSED,
    "TransactionConflict",
    "ProvisionedThroughputExceeded",
    "ThrottlingError",
}
"""Why a transaction that is tried again may succeed."""

type Write = Callable[[TransactWrite], None]
"""Adds the conditional writes of an act to a transaction; may be called several times."""


def wait_a_little(attempt: int) -> None:
    """Wait longer after each collision, and never as long as the others do."""
    time.sleep(random.uniform(0, min(_LONGEST, _SHORTEST * 2**attempt)))  # noqa: S311


class AuditTrail:
    """The repository over the audit table."""

    def __init__(
        self,
        table: str,
        region: str,
        wait: Callable[[int], None] = wait_a_little,
    ) -> None:
        self._connection = bind(AuditItem, table, region)
        self._wait = wait

    def record(self, entry: NewEntry, write: Write | None = None) -> None:
        """Put the entry at the end of its chain, in one transaction with the act.

        `write` adds the act's own writes. At least one of them must carry a condition
        that holds once: then the entry stands exactly once, whatever is tried again. It
        is called for each try, so it must make its items' actions anew. Without `write`
        the entry is the act, and the same `entry_id` of that subject again adds nothing.

        Raises ActRefusedError when a condition of the act did not hold, and
        ChainBusyError when others kept getting in between; both wrote nothing.
        """
        for attempt in range(_TRIES):
            if self._recorded(entry, write):
                return
            self._wait(attempt)
        raise ChainBusyError(shard_of(entry.subject))

    def append(
        self, scope: str, entry_id: str, tag: str, at: datetime, actor: str, data: Data
    ) -> None:
        """Record what was no write of its own: somebody looked, or something was sent.

        The same `entry_id` of that subject again adds nothing. Raises ChainBusyError.
        """
        self.record(NewEntry(scope, entry_id, tag, at, actor, data))

    def entries(self, subject: str) -> Iterator[Entry]:
        """What happened to one subject, in order; the newest may come a moment late."""
        for item in AuditItem.by_subject.query(subject):
            if stands(item):
                yield entry_of(item)

    def head(self, shard: str) -> Head:
        """Where a chain ends."""
        newest = EntryItem.query(
            keys.chain(shard),
            AuditItem.sk.startswith(keys.ENTRY),
            scan_index_forward=False,
            limit=1,
            consistent_read=True,
        )
        item = next(iter(newest), None)
        return EMPTY if item is None else Head(entry_of(item).number, item.digest)

    def heads(self) -> tuple[Head, ...]:
        """Where every chain ends, each as of its own moment."""
        return tuple(self.head(shard) for shard in SHARDS)

    def _recorded(self, entry: NewEntry, write: Write | None) -> bool:
        """Whether the entry stands now; False when somebody else was first."""
        head = self.head(shard_of(entry.subject))
        new = chained(entry, head.number + 1, head.digest)
        own = [item_of(new)] if write else [item_of(new), once_of(new)]
        try:
            with _Act(connection=self._connection) as act:
                for item in own:
                    act.save(item, condition=AuditItem.pk.does_not_exist())
                if write:
                    write(act)
        except TransactWriteError as error:
            if error.cause_response_code != _CANCELLED:
                raise
            reasons = [each and each.code for each in error.cancellation_reasons]
            after = act.ahead + len(own)
            if _REFUSED in reasons[: act.ahead] + reasons[after:]:
                raise ActRefusedError(entry.tag) from error
            if reasons[act.ahead + 1 : after] == [_REFUSED]:
                return True  # the mark is there, and so is the entry that it came with
            if not reasons or not set(filter(None, reasons)) <= _PASSING:
                raise
            return False
        return True


class _Act(TransactWrite):
    """A transaction that knows what DynamoDB puts before its puts.

    The reasons for a cancellation name no item: only their order tells whose they are.
    """

    ahead = 0

    def condition_check(self, *arguments: Any, **named: Any) -> None:
        self.ahead += 1
        super().condition_check(*arguments, **named)

    def delete(self, *arguments: Any, **named: Any) -> None:
        self.ahead += 1
        super().delete(*arguments, **named)
