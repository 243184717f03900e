"""A run over what is kept: looked through first, then let go on, then carried out.

A change of the policy is a run that somebody proposed; the sweep of each day is one that
nobody did. Both look first and count what they would end. Above the guard's share a run
stands still until somebody says yes, whoever began it: a slip of the keyboard takes
nothing away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .ids import derived_id
from .retention import (
    NOTICE,
    RetentionKind,
    RetentionPolicy,
    changed,
    changing,
    over,
    seconds,
)
from .time import instant

GUARDED_FROM: Final = 10
"""How many of a kind a run may always end: of three things, one is a third of all."""

KEPT_RUNS: Final = timedelta(days=365)
"""How long a run can be looked at."""

STANDS_STILL: Final = timedelta(minutes=30)
"""After this long without a step somebody starts a run again: its workflow was lost."""


class RunKind(StrEnum):
    """Why a run is made."""

    CHANGE = "retention_change"
    """An officer wants other terms."""
    SWEEP = "retention_sweep"
    """The day's own: what was missed, or has no date yet."""


class RunState(StrEnum):
    """How far a run has come."""

    PREVIEWING = "retention_previewing"
    """It looks through everything, and changes nothing."""
    PREVIEWED = "retention_previewed"
    """It waits for somebody to confirm what it found."""
    GUARDED = "retention_guarded"
    """It would end more than the guard lets it: it waits for a yes to just that."""
    APPLYING = "retention_applying"
    """It dates what is kept, page by page."""
    DONE = "retention_done"
    DROPPED = "retention_dropped"
    """Somebody thought better of it, or the policy changed before it was confirmed."""


UNDER_WAY: Final = (RunState.PREVIEWING, RunState.APPLYING)
"""In these a workflow works on it."""
WAITING: Final = (RunState.PREVIEWED, RunState.GUARDED)
"""In these it waits for a person."""


class RunRefusal(StrEnum):
    """Why a run cannot be confirmed or dropped."""

    NOT_LOOKED_YET = "retention_not_looked_yet"
    POLICY_CHANGED = "retention_policy_changed"
    ABOVE_GUARD = "retention_above_guard"
    SETTLED = "retention_run_settled"


class RunRefusedError(Exception):
    """The run cannot do that; `reason` says why."""

    def __init__(self, reason: RunRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept, as far as its term goes."""

    kind: RetentionKind
    from_: datetime | None
    """When its term began; None: it has not, and nothing ends it."""
    expires_at: int | None
    """The date of removal that it carries."""
    never_longer: bool = False
    """Whether its date may only ever come nearer (templates: they are asked for anew)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a policy makes of one thing at an instant."""

    expires_at: int | None
    """The date of removal that it should carry."""
    dates: bool
    """Whether that is another one than it carries."""
    ends: bool
    """Whether the policy ends it now, and it was not ending by itself."""


def judged(kept: Kept, policy: RetentionPolicy, at: datetime) -> Judgement:
    """What this policy makes of a thing at this instant.

    What is over is over: no policy brings it back. What ends now by the policy and not
    yet by its own date gets NOTICE, so that there is a day to pause.
    """
    there = kept.expires_at
    if over(there, at):
        return Judgement(there, dates=False, ends=False)
    if kept.from_ is None:
        wanted, ends = None, None
    else:
        wanted = policy.expiry(kept.kind, kept.from_, at)
        ends = policy.ends(kept.kind, kept.from_)
    if kept.never_longer and there is not None:
        wanted = there if wanted is None else min(there, wanted)
    soon = seconds(instant(at) + NOTICE)
    if there is not None and wanted is not None and max(there, wanted) <= soon:
        return Judgement(there, dates=False, ends=False)  # it goes within a day anyway
    now = ends is not None and ends <= instant(at) and wanted != there
    return Judgement(wanted, dates=wanted != there, ends=now)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a run saw of one kind."""

    looked: int = 0
    dates: int = 0
    """How many get another date."""
    ends: int = 0
    """How many of those end at once."""

    def and_(self, judgement: Judgement) -> "Counted":
        """With one more thing."""
        return Counted(
            self.looked + 1,
            self.dates + judgement.dates,
            self.ends + judgement.ends,
        )


@dataclass(frozen=True, slots=True)
class RetentionRun:
    """One run, from its first look to its last date."""

    run_id: str
    kind: RunKind
    state: RunState
    begun_by: str
    begun_at: datetime
    base_revision: int
    """The revision of the policy that it was made from."""
    chosen: Mapping[RetentionKind, int | None] = field(default_factory=dict)
    """Of a change, the days that are wanted."""
    guard_share: int | None = None
    """Of a change, the guard that is wanted; None: as it is."""
    found: Mapping[RetentionKind, Counted] = field(default_factory=dict)
    """What the first look counted."""
    applied: Mapping[RetentionKind, Counted] = field(default_factory=dict)
    """What was dated so far."""
    page: Mapping[RetentionKind, Counted] | None = None
    """What there was to date of the page that is being dated; None: not counted yet.

    What carries its date already cannot be told from what was never to have one, so a
    page is counted before it is dated: else whoever goes on with it would count less.
    """
    cursor: str | None = None
    """Where the walk goes on; None: at its beginning."""
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    above_guard: bool = False
    """Whether somebody said yes to more than the guard lets it end."""
    stepped_at: datetime | None = None
    ended_at: datetime | None = None
    attempts: int = 0
    """How often its workflow was started again."""
    revision: int = 0
    """Counts every write; a writer that read an older one is refused."""


def change_of(
    policy: RetentionPolicy,
    chosen: Mapping[RetentionKind, int | None],
    user_id: str,
    at: datetime,
    guard_share: int | None = None,
) -> RetentionRun:
    """A change that somebody wants, to be looked through first.

    The same wish within a minute is the same run; later it is looked at anew. Raises
    RetentionRefusedError.
    """
    after = changed(policy, chosen, user_id, at, guard_share=guard_share)
    said = sorted(f"{kind.value}={days}" for kind, days in chosen.items())
    return RetentionRun(
        run_id=derived_id(
            "retention",
            str(policy.revision),
            *said,
            f"guard={guard_share}",
            instant(at).isoformat(timespec="minutes"),
        ),
        kind=RunKind.CHANGE,
        state=RunState.PREVIEWING,
        begun_by=user_id,
        begun_at=instant(at),
        base_revision=policy.revision,
        chosen=MappingProxyType(
            {kind: after.days(kind) for kind in changing(policy, after)}
        ),
        guard_share=guard_share,
    )


def sweep_of(
    policy: RetentionPolicy, day: date, at: datetime, actor: str
) -> RetentionRun:
    """The sweep of one day."""
    return RetentionRun(
        run_id=derived_id("retention", "sweep", day.isoformat()),
        kind=RunKind.SWEEP,
        state=RunState.PREVIEWING,
        begun_by=actor,
        begun_at=instant(at),
        base_revision=policy.revision,
    )


def policy_of(run: RetentionRun, policy: RetentionPolicy) -> RetentionPolicy:
    """The policy that a run goes by: what is wanted, or what is on record."""
    if run.kind is RunKind.SWEEP or run.confirmed_at is not None:
        return policy
    return replace(policy, chosen={**policy.chosen, **run.chosen})


def kinds_of(run: RetentionRun) -> frozenset[RetentionKind]:
    """The kinds that a run looks at: of a change those that it changes."""
    return frozenset(RetentionKind if run.kind is RunKind.SWEEP else run.chosen)


def above_guard(
    counted: Mapping[RetentionKind, Counted], share: int
) -> tuple[RetentionKind, ...]:
    """The kinds of which more would end than the guard lets a run end."""
    return tuple(
        kind
        for kind, each in counted.items()
        if each.ends > GUARDED_FROM and each.ends * 100 > each.looked * share
    )


def looked_through(
    run: RetentionRun, policy: RetentionPolicy, at: datetime
) -> RetentionRun:
    """The run once it has seen everything.

    A change waits for its officer in any case. A sweep goes on by itself below the guard.
    """
    if above_guard(run.found, policy.guard_share):
        state = RunState.GUARDED
    elif run.kind is RunKind.CHANGE:
        state = RunState.PREVIEWED
    else:
        state = RunState.APPLYING
    return replace(run, state=state, cursor=None, stepped_at=instant(at))


def confirmed(
    run: RetentionRun,
    policy: RetentionPolicy,
    user_id: str,
    at: datetime,
    *,
    above: bool,
) -> RetentionRun:
    """The run once somebody said yes; raises RunRefusedError.

    `above` is the yes to ending more than the guard lets a run end.
    """
    if run.state not in WAITING:
        unseen = run.state is RunState.PREVIEWING
        raise RunRefusedError(RunRefusal.NOT_LOOKED_YET if unseen else RunRefusal.SETTLED)
    # Nobody saw what it would do beside the policy that holds now. A run that was stopped
    # once its change was on record goes on by that.
    new = run.kind is RunKind.CHANGE and run.confirmed_at is None
    if new and run.base_revision != policy.revision:
        raise RunRefusedError(RunRefusal.POLICY_CHANGED)
    if run.state is RunState.GUARDED and not above:
        raise RunRefusedError(RunRefusal.ABOVE_GUARD)
    return replace(
        run,
        state=RunState.APPLYING,
        confirmed_by=user_id,
        confirmed_at=instant(at),
        above_guard=above,
        stepped_at=instant(at),
    )


def wanted_policy(
    run: RetentionRun, policy: RetentionPolicy, user_id: str, at: datetime
) -> RetentionPolicy:
    """The policy that a confirmed change puts on record; raises RetentionRefusedError."""
    return changed(policy, run.chosen, user_id, at, guard_share=run.guard_share)


def stopped(run: RetentionRun, policy: RetentionPolicy) -> bool:
    """Whether a run that is applied ends more than anybody said yes to.

    Between the look and the dates more can have come to its end: what was seen then is
    let go on, and beyond it the guard holds again.
    """
    if run.above_guard:
        return False
    seen = {
        kind: each
        for kind, each in run.applied.items()
        if each.ends > run.found.get(kind, Counted()).ends
    }
    return bool(above_guard(seen, policy.guard_share))


def dropped(run: RetentionRun, at: datetime) -> RetentionRun:
    """The run once somebody gave it up; raises RunRefusedError when it is beyond that."""
    if run.state is RunState.DROPPED:
        return run
    if run.state not in (RunState.PREVIEWING, *WAITING) or run.confirmed_at is not None:
        raise RunRefusedError(RunRefusal.SETTLED)
    return replace(run, state=RunState.DROPPED, ended_at=instant(at))


def finished(run: RetentionRun, at: datetime) -> RetentionRun:
    """The run once everything carries its date."""
    return replace(
        run,
        state=RunState.DONE,
        cursor=None,
        stepped_at=instant(at),
        ended_at=instant(at),
    )


def stands_still(run: RetentionRun, at: datetime) -> bool:
    """Whether a run that is under way moved so long ago that nobody works on it."""
    last = run.stepped_at or run.begun_at
    return run.state in UNDER_WAY and instant(at) - last >= STANDS_STILL
