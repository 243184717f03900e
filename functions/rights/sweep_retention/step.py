"""Begin the day's run over what is kept, and start again those that stand still."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, Protocol

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.expired import ACTOR
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.retention import RetentionPolicy
from beeldrecht.domain.retention_runs import (
    UNDER_WAY,
    RetentionRun,
    RunKind,
    RunState,
    stands_still,
    sweep_of,
)
from beeldrecht.domain.time import AMSTERDAM, day_of
from beeldrecht.runtime.events import Frozen

FROM_HOUR: Final = 3
"""Of the night: when hardly anybody is at work."""
_PAGE = 50


class Result(Frozen):
    """What was begun, and what was started again."""

    begun: int
    restarted: int


class Runs(Protocol):
    """Runs on record."""

    def begin(self, run: RetentionRun, entry: NewEntry | None = None) -> bool:
        """Record a new run; False when it is on record."""
        ...

    def save(self, run: RetentionRun, entry: NewEntry | None = None) -> RetentionRun:
        """Record how a run moved; raises StaleRevisionError."""
        ...

    def page(
        self, after: str | None, limit: int, *, settled: bool = False
    ) -> tuple[list[RetentionRun], str | None]:
        """Runs that are open, and where the next begin."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...


class Workflow(Protocol):
    """The workflow that carries a run out."""

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        """Start it; False when it was started under that name before."""
        ...


def sweep_retention(
    runs: Runs, retention: Retention, workflow: Workflow, at: datetime
) -> Result:
    """Once a day, at night, a run over everything; each hour, runs that stand still.

    Safe to repeat: a day has one run, and an execution carries its name and how often it
    was started. A sweep that ended between the record and the start left nothing to wait
    for: what is on record as under way is started each time, which is once by its name.
    While runs are paused none is begun; one that a person has to look at holds back the
    next day's, which would count the same again.
    """
    policy, opened = retention.policy(), tuple(_open(runs))
    restarted = 0
    for run in opened:
        held = policy.paused and run.state is RunState.APPLYING
        if run.state in UNDER_WAY and not held:
            restarted += _go_on(run, runs, workflow, at)
    sweeps = any(run.kind is RunKind.SWEEP for run in opened)
    if policy.paused or sweeps or at.astimezone(AMSTERDAM).hour < FROM_HOUR:
        return Result(begun=0, restarted=restarted)
    run = sweep_of(policy, day_of(at), at, ACTOR)
    begun = runs.begin(run)
    if begun:
        workflow.start(run.run_id, {"run_id": run.run_id})
    return Result(begun=int(begun), restarted=restarted)


def _go_on(run: RetentionRun, runs: Runs, workflow: Workflow, at: datetime) -> int:
    """First that it is tried again, so that two sweeps do not both do it."""
    if stands_still(run, at):
        try:
            run = runs.save(replace(run, attempts=run.attempts + 1, stepped_at=at))
        except StaleRevisionError:
            return 0
    elif run.confirmed_at is not None and not run.attempts:
        return 0  # the officer's yes started it, under a name that is not known here
    again = derived_id("retention", run.run_id, str(run.attempts))
    name = again if run.attempts else run.run_id
    return int(workflow.start(name, {"run_id": run.run_id}))


def _open(runs: Runs) -> Iterator[RetentionRun]:
    after: str | None = None
    while True:
        page, after = runs.page(after, _PAGE)
        yield from page
        if after is None:
            return
