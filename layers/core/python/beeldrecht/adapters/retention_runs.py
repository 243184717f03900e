"""Runs over what is kept, in the library table: how far each came, and what it saw.

A run moves under the revision that was read: of two workflows on one run one is refused,
and finds the other's work done. What a person decides stands in one transaction with its
entry in the trail, and a confirmed change with the policy that it makes.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
    VersionAttribute,
)
from pynamodb.exceptions import DoesNotExist
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over
from beeldrecht.domain.retention_runs import (
    KEPT_RUNS,
    UNDER_WAY,
    WAITING,
    Counted,
    RetentionRun,
    RunKind,
    RunState,
)

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import bind
from .errors import ActRefusedError, StaleRevisionError
from .library_items import LibraryItem
from .pages import Position, page_of, place
from .retention import policy_written

_OPEN = keys.work("retention")
_SETTLED = keys.work("retention_settled")


class RetentionRunItem(LibraryItem, discriminator="retention_run"):
    """One run; listed among those that are open, or those that are settled."""

    run_id = UnicodeAttribute()
    run_kind = UnicodeAttribute()
    state = UnicodeAttribute()
    begun_by = UnicodeAttribute()
    begun_at = UTCDateTimeAttribute()
    base_revision = NumberAttribute()
    chosen = JSONAttribute()
    guard_share = NumberAttribute(null=True)
    found = JSONAttribute()
    applied = JSONAttribute()
    page = JSONAttribute(null=True)
    cursor = UnicodeAttribute(null=True)
    confirmed_by = UnicodeAttribute(null=True)
    confirmed_at = UTCDateTimeAttribute(null=True)
    above_guard = BooleanAttribute()
    stepped_at = UTCDateTimeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)
    attempts = NumberAttribute()
    revision = VersionAttribute()


class RetentionRuns:
    """The repository of runs."""

    def __init__(
        self,
        table: str,
        region: str,
        trail: AuditTrail | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._acts = Acts(bind(LibraryItem, table, region), trail)
        self._now = now or partial(datetime.now, UTC)

    def get(self, run_id: str) -> RetentionRun | None:
        """A run, read consistently; None when there is none, or it is long over."""
        try:
            item = RetentionRunItem.get(
                keys.retention_run(run_id), keys.META, consistent_read=True
            )
        except DoesNotExist:
            return None
        return None if over(item.expires_at, self._now()) else _run_of(item)

    def begin(self, run: RetentionRun, entry: NewEntry | None = None) -> bool:
        """Record a new run with its entry; False when it is on record."""
        try:
            self._acts.write(lambda act: act.save(_item_of(run)), entry)
        except ActRefusedError:
            if self.get(run.run_id) is None:
                raise
            return False
        return True

    def save(
        self,
        run: RetentionRun,
        entry: NewEntry | None = None,
        policy: RetentionPolicy | None = None,
    ) -> RetentionRun:
        """Record how a run moved, under the revision that was read.

        With the policy that it makes, where it makes one. Raises StaleRevisionError.
        """

        def write(act: TransactWrite) -> None:
            act.save(_item_of(run))
            if policy is not None:
                policy_written(policy)(act)

        try:
            self._acts.write(write, entry)
        except ActRefusedError as error:
            raise StaleRevisionError(run.run_id) from error
        found = self.get(run.run_id)
        if found is None:
            raise StaleRevisionError(run.run_id)
        return found

    def page(
        self, after: Position | None, limit: int, *, settled: bool = False
    ) -> tuple[list[RetentionRun], Position | None]:
        """Runs that are open, or settled, the oldest first, and where the next begin."""
        listed = _SETTLED if settled else _OPEN
        ids, following = page_of(listed, keys.retention_run, after, limit)
        runs = [self.get(each) for each in ids]
        return [each for each in runs if each is not None], following


def _item_of(run: RetentionRun) -> RetentionRunItem:
    is_open = run.state in (*UNDER_WAY, *WAITING)
    item = RetentionRunItem(
        keys.retention_run(run.run_id),
        keys.META,
        run_id=run.run_id,
        run_kind=run.kind.value,
        state=run.state.value,
        begun_by=run.begun_by,
        begun_at=run.begun_at,
        base_revision=run.base_revision,
        chosen={kind.value: days for kind, days in run.chosen.items()},
        guard_share=run.guard_share,
        found=_counts_json(run.found),
        applied=_counts_json(run.applied),
        page=None if run.page is None else _counts_json(run.page),
        cursor=run.cursor,
        confirmed_by=run.confirmed_by,
        confirmed_at=run.confirmed_at,
        above_guard=run.above_guard,
        stepped_at=run.stepped_at,
        ended_at=run.ended_at,
        attempts=run.attempts,
        expires_at=int((run.begun_at + KEPT_RUNS).timestamp()),
        gsi2pk=_OPEN if is_open else _SETTLED,
        gsi2sk=place(run.begun_at, run.run_id),
    )
    if run.revision:  # without one, the write is refused if there is an item
        item.revision = run.revision
    return item


def _run_of(item: RetentionRunItem) -> RetentionRun:
    return RetentionRun(
        run_id=item.run_id,
        kind=RunKind(item.run_kind),
        state=RunState(item.state),
        begun_by=item.begun_by,
        begun_at=item.begun_at,
        base_revision=int(item.base_revision),
        chosen={RetentionKind(kind): days for kind, days in item.chosen.items()},
        guard_share=None if item.guard_share is None else int(item.guard_share),
        found=_counts_of(item.found),
        applied=_counts_of(item.applied),
        page=None if item.page is None else _counts_of(item.page),
        cursor=item.cursor,
        confirmed_by=item.confirmed_by,
        confirmed_at=item.confirmed_at,
        above_guard=item.above_guard,
        stepped_at=item.stepped_at,
        ended_at=item.ended_at,
        attempts=int(item.attempts),
        revision=item.revision or 0,
    )


def _counts_json(counts: Mapping[RetentionKind, Counted]) -> dict[str, list[int]]:
    return {
        kind.value: [each.looked, each.dates, each.ends] for kind, each in counts.items()
    }


def _counts_of(value: Mapping[str, Any]) -> dict[RetentionKind, Counted]:
    return {RetentionKind(kind): Counted(*each) for kind, each in value.items()}
