"""Go through what is kept, page by page: count what would end, then date it."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, Protocol

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.kept_items import KeptItem, KeptPage
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.expired import ACTOR
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy, over
from beeldrecht.domain.retention_runs import (
    WAITING,
    Counted,
    RetentionRun,
    RunState,
    finished,
    judged,
    kinds_of,
    looked_through,
    policy_of,
    stopped,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.expiring import House, end

from .chains import Chains, Walk, first_cursor, in_chains

PAGE = 25
"""Pictures or people at a time: what is lost when a run is stopped in the middle."""
MISSED: Final = timedelta(days=3)
"""Time to live comes up to two days late; what is there after three, it missed."""
SUBJECT = "retention"
"""Whose history the policy and its runs are: their own."""


class Event(Frozen):
    """Which run."""

    run_id: OpaqueId


class Outcome(StrEnum):
    """Whether there is more to do."""

    MORE = "more"
    WAITS = "waits"
    """A person has to say yes first."""
    PAUSED = "paused"
    DONE = "done"
    GONE = "gone"


class Result(Frozen):
    """How far the run came."""

    run_id: OpaqueId
    outcome: Outcome


class Runs(Protocol):
    """Runs on record."""

    def get(self, run_id: str) -> RetentionRun | None:
        """A run."""
        ...

    def save(
        self,
        run: RetentionRun,
        entry: NewEntry | None = None,
        policy: RetentionPolicy | None = None,
    ) -> RetentionRun:
        """Record how a run moved; raises StaleRevisionError."""
        ...


class Retained(Protocol):
    """What is kept with a term."""

    def page(self, cursor: str | None, limit: int, kinds: Set[RetentionKind]) -> KeptPage:
        """The next things of these kinds, and where the next page begins."""
        ...

    def date(self, item: KeptItem, expires_at: int | None) -> bool:
        """Give an item its date; False when it changed or went meanwhile."""
        ...

    def remove(self, item: KeptItem) -> bool:
        """Take away what time to live left; False when it changed or went."""
        ...


@dataclass(frozen=True, slots=True)
class Keeping:
    """Where what is kept is found, and what follows when it ends."""

    runs: Runs
    retained: Retained
    house: House
    chains: Chains


def apply_retention(
    event: Event,
    keeping: Keeping,
    now: Callable[[], datetime],
    time_left: Callable[[], bool],
) -> Result:
    """Take a run as far as there is time for.

    Safe to repeat and to stop anywhere: what a page comes to is recorded before anything
    of it is dated, and what carries its date already is not dated twice. Of two at once
    one finds the other's page recorded and leaves the run to it. While runs are paused
    nothing is dated; looking goes on, since it changes nothing.
    """
    locked = cache(lambda: keeping.chains.locked(now()))
    while True:
        run = keeping.runs.get(event.run_id)
        if run is None:
            return _answer(event, Outcome.GONE)
        if run.state in WAITING:
            return _answer(event, Outcome.WAITS)
        if run.state not in (RunState.PREVIEWING, RunState.APPLYING):
            return _answer(event, Outcome.DONE)
        policy = keeping.house.retention.policy()
        applies = run.state is RunState.APPLYING
        if applies and policy.paused:
            return _answer(event, Outcome.PAUSED)
        if not time_left():
            return _answer(event, Outcome.MORE)
        goes_by = policy_of(run, policy)
        if in_chains(run.cursor) or kinds_of(run) == {RetentionKind.AUDIT}:
            walk = Walk(keeping.chains, goes_by, locked, now())
            moved = _along_chains(run, walk, applies=applies)
        else:
            moved = _along_items(run, keeping, goes_by, now, applies=applies)
        try:
            _record(replace(moved, stepped_at=now()), policy, keeping.runs, now())
        except StaleRevisionError:
            return _answer(event, Outcome.MORE)


def _along_chains(run: RetentionRun, walk: Walk, *, applies: bool) -> RetentionRun:
    """The run after some chains of the audit log."""
    cursor, kind = run.cursor or first_cursor(), RetentionKind.AUDIT
    if applies:
        counted, then = walk.apply(run, cursor, run.applied.get(kind, Counted()))
        return replace(run, applied={**run.applied, kind: counted}, cursor=then)
    counted, then = walk.count(cursor, run.found.get(kind, Counted()))
    return replace(run, found={**run.found, kind: counted}, cursor=then)


def _along_items(
    run: RetentionRun,
    keeping: Keeping,
    policy: RetentionPolicy,
    now: Callable[[], datetime],
    *,
    applies: bool,
) -> RetentionRun:
    """The run after a page of pictures or people; the chains come behind the last.

    A page that is to be dated is counted first, and is the same page after that.
    """
    kinds = kinds_of(run)
    page = keeping.retained.page(run.cursor, PAGE, kinds - {RetentionKind.AUDIT})
    if applies and run.page is None:
        return replace(run, page=_count(page, policy, now(), {}))
    if applies:
        refused = _date(page, keeping, policy, now)
        run = replace(run, applied=_applied(run, refused), page=None)
    else:
        run = replace(run, found=_count(page, policy, now(), run.found))
    if page.cursor is None and RetentionKind.AUDIT in kinds:
        return replace(run, cursor=first_cursor())
    return replace(run, cursor=page.cursor)


def _record(run: RetentionRun, policy: RetentionPolicy, runs: Runs, at: datetime) -> None:
    """Record a page; at the last one of a walk what comes of it, with its entry."""
    if run.state is RunState.APPLYING and stopped(run, policy):
        runs.save(
            replace(run, state=RunState.GUARDED),
            _entry("retention:run:stop", run, run.applied, at),
        )
    elif run.cursor is not None or run.page is not None:
        runs.save(run)
    elif run.state is RunState.PREVIEWING:
        entry = _entry("retention:run:preview", run, run.found, at)
        runs.save(looked_through(run, policy, at), entry)
    else:
        entry = _entry("retention:run:apply", run, run.applied, at)
        runs.save(finished(run, at), entry)


def _count(
    page: KeptPage,
    policy: RetentionPolicy,
    at: datetime,
    before: Mapping[RetentionKind, Counted],
) -> dict[RetentionKind, Counted]:
    counted = dict(before)
    for item in page.items:
        if item.counts:
            kind = item.kept.kind
            judgement = judged(item.kept, policy, at)
            counted[kind] = counted.get(kind, Counted()).and_(judgement)
    return counted


def _date(
    page: KeptPage,
    keeping: Keeping,
    policy: RetentionPolicy,
    now: Callable[[], datetime],
) -> dict[RetentionKind, Counted]:
    """Date what a page holds, and end what time to live missed; give what was refused."""
    refused: dict[RetentionKind, Counted] = {}
    for item in page.items:
        at, kind = now(), item.kept.kind
        judgement = judged(item.kept, policy, at)
        dates = judgement.dates
        dated = dates and keeping.retained.date(item, judgement.expires_at)
        # Somebody changed it since: the next sweep sees it as it is.
        if dates and not dated and item.counts:
            refused[kind] = refused.get(kind, Counted()).and_(judgement)
        if item.closes is None and over(item.kept.expires_at, at - MISSED):
            if item.counts:
                end(item.expired, keeping.house, at)
            keeping.retained.remove(item)
    return refused


def _applied(
    run: RetentionRun, refused: Mapping[RetentionKind, Counted]
) -> dict[RetentionKind, Counted]:
    """What was dated so far, with the page; without the dates that were refused."""
    after = dict(run.applied)
    for kind, each in (run.page or {}).items():
        before, less = after.get(kind, Counted()), refused.get(kind, Counted())
        after[kind] = Counted(
            before.looked + each.looked,
            before.dates + max(each.dates - less.dates, 0),
            before.ends + max(each.ends - less.ends, 0),
        )
    return after


def _entry(
    tag: str, run: RetentionRun, counts: Mapping[RetentionKind, Counted], at: datetime
) -> NewEntry:
    said = {f"{kind.value}_ends": each.ends for kind, each in counts.items()}
    return NewEntry(
        subject=SUBJECT,
        entry_id=f"{tag}:{run.run_id}:{run.revision}",
        tag=tag,
        at=at,
        actor=ACTOR,
        data={"run_id": run.run_id, **said},
    )


def _answer(event: Event, outcome: Outcome) -> Result:
    return Result(run_id=event.run_id, outcome=outcome)
