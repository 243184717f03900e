"""What is kept how long, and the runs over it, as an officer reads them."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from beeldrecht.domain.access import AccessRefusal, Operation, User, may
from beeldrecht.domain.messages import words
from beeldrecht.domain.retention import TERMS, RetentionKind, RetentionPolicy
from beeldrecht.domain.retention_runs import (
    WAITING,
    Counted,
    RetentionRun,
    RunKind,
    RunState,
    above_guard,
)
from beeldrecht.runtime.events import Frozen, OpaqueId


class TermView(Frozen):
    """How long one kind is kept, and what may be chosen."""

    kind: RetentionKind
    words: str
    days: int | None = Field(description="Null: until somebody ends it.")
    private_days: int | None = Field(description="What holds when nobody chose.")
    shortest: int
    longest: int
    endless: bool = Field(description="Whether it may be kept without an end.")


class CountView(Frozen):
    """Of one kind, what a run saw."""

    kind: RetentionKind
    words: str
    looked: int = Field(description="How many there are.")
    dates: int = Field(description="How many get another date.")
    ends: int = Field(description="How many of those end at once.")
    above_guard: bool = Field(description="Whether that is more than the guard allows.")


class WantedTerm(Frozen):
    """How long one kind is to be kept."""

    kind: RetentionKind
    days: int | None


class RunView(Frozen):
    """A run over what is kept: what it would do, and how far it came."""

    run_id: OpaqueId
    kind: RunKind
    kind_words: str
    state: RunState
    state_words: str
    begun_by: str
    begun_at: datetime
    wanted: list[WantedTerm] = Field(description="Of a change, the terms it is about.")
    guard_share: int | None
    preview: list[CountView]
    applied: list[CountView]
    confirmed_by: OpaqueId | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    affordances: list[Operation]


class RetentionView(Frozen):
    """What is kept how long, and what is under way about it."""

    terms: list[TermView]
    guard_share: int = Field(
        description="Of a hundred, how many of a kind a run may end unasked."
    )
    paused: bool
    changed_by: OpaqueId | None
    changed_at: datetime | None
    runs: list[RunView] = Field(description="The runs that are open.")
    affordances: list[Operation]


def policy_view(
    policy: RetentionPolicy,
    runs: list[RetentionRun],
    user: User,
    at: datetime,
    language: str,
) -> RetentionView:
    """The policy as this user sees it."""
    return RetentionView(
        terms=[
            TermView(
                kind=kind,
                words=words(kind, language),
                days=policy.days(kind),
                private_days=term.days,
                shortest=term.shortest,
                longest=term.longest,
                endless=term.endless,
            )
            for kind, term in TERMS.items()
        ],
        guard_share=policy.guard_share,
        paused=policy.paused,
        changed_by=policy.changed_by,
        changed_at=policy.changed_at,
        runs=[run_view(each, policy, user, at, language) for each in runs],
        affordances=_affordances(user, at),
    )


def run_view(
    run: RetentionRun,
    policy: RetentionPolicy,
    user: User,
    at: datetime,
    language: str,
) -> RunView:
    """A run as this user sees it."""
    return RunView(
        run_id=run.run_id,
        kind=run.kind,
        kind_words=words(run.kind, language),
        state=run.state,
        state_words=words(run.state, language),
        begun_by=run.begun_by,
        begun_at=run.begun_at,
        wanted=[WantedTerm(kind=kind, days=days) for kind, days in run.chosen.items()],
        guard_share=run.guard_share,
        preview=_counts(run.found, policy, language),
        applied=_counts(run.applied, policy, language),
        confirmed_by=run.confirmed_by,
        confirmed_at=run.confirmed_at,
        ended_at=run.ended_at,
        affordances=_affordances(user, at) if run.state in WAITING else [],
    )


def _counts(
    counted: Mapping[RetentionKind, Counted], policy: RetentionPolicy, language: str
) -> list[CountView]:
    above = above_guard(counted, policy.guard_share)
    return [
        CountView(
            kind=kind,
            words=words(kind, language),
            looked=each.looked,
            dates=each.dates,
            ends=each.ends,
            above_guard=kind in above,
        )
        for kind, each in sorted(counted.items())
    ]


def _affordances(user: User, at: datetime) -> list[Operation]:
    """Who would only have to sign in again is shown the way: it says so when used."""
    refusal = may(user, Operation.RETENTION_CHANGE, at)
    allowed = refusal in {None, AccessRefusal.SIGN_IN_AGAIN}
    return [Operation.RETENTION_CHANGE] if allowed else []
