"""The second person: what takes two people waits here for the other one.

`second` runs an act, or records that somebody wants it; whoever asks for the same while
that waits is the second person, and the act runs. `approve` is the same by the proposal's
identifier. Either way what runs is the act of the direct way.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Operation, Scene, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.four_eyes import (
    FourEyes,
    Proposal,
    ProposalStatus,
    approved,
    carried_out,
    needs_two,
    proposal_id,
    propose,
    rejected,
    standing,
)
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked

_TRIES = 3


class Proposals(Protocol):
    """What waits for a second person."""

    def find(self, proposal_id: str, at: datetime) -> Proposal | None:
        """A proposal, open or settled."""
        ...

    def open(self, proposal: Proposal, entry: NewEntry) -> Proposal:
        """Record a wish, unless the same one is open; give the open one."""
        ...

    def settle(self, before: Proposal, after: Proposal, entry: NewEntry) -> None:
        """Record what became of it; raises StaleRevisionError."""
        ...

    def finish(self, before: Proposal, after: Proposal) -> None:
        """Record that it was carried out; raises StaleRevisionError."""
        ...


class Library(Protocol):
    """Where the recognition mode is on record."""

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at an instant."""
        ...


class Services(Clocked, Protocol):
    """What seconding needs."""

    @property
    def proposals(self) -> Proposals:
        """What waits."""
        ...

    @property
    def library(self) -> Library:
        """Where the recognition mode is on record."""
        ...

    @property
    def four_eyes(self) -> FourEyes:
        """When this deployment wants two people."""
        ...


@dataclass(frozen=True, slots=True)
class Act:
    """How to do, for the second person, what a proposal says: one for each operation."""

    operation: Operation
    scene: Callable[[Mapping[str, str]], Scene | None]
    """What it is about as things stand now; None when that is no longer there."""
    carry_out: Callable[[User, Mapping[str, str]], None]
    """The command of the direct way; twice does no harm. Raises ProblemError."""


@dataclass(frozen=True, slots=True)
class Done[R]:
    """It was done: what the act gave; None where it had been done before."""

    result: R | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """It waits for somebody else."""

    proposal: Proposal


def second[R](
    services: Services,
    user: User,
    operation: Operation,
    what: Mapping[str, str],
    act: Callable[[], R],
    *,
    wanted_mode: RecognitionMode | None = None,
) -> Done[R] | Waiting:
    """Do it, or have it wait for another person, as the deployment says.

    Ask the policy first, and look first whether it was done already. Safe to repeat: the
    same person's second wish is their first, and the second person's agreement stands
    before the act runs, so that a retry goes on with it. Raises what the act raises.
    """
    at = services.now()
    mode = services.library.recognition_mode(at)
    if not needs_two(operation, services.four_eyes, mode, wanted_mode):
        return Done(act())
    for _ in range(_TRIES):
        there = services.proposals.find(proposal_id(operation, what), at)
        try:
            if there is None or not _joinable(there, user, at):
                wish = propose(operation, what, user.user_id, at)
                entry = _entry("api:proposal:propose", wish, user, at)
                there = services.proposals.open(wish, entry)
            if there.proposed_by == user.user_id:
                return Waiting(there)
            return Done(approve(services, user, there, act))
        except StaleRevisionError:
            continue
    raise ProblemError(Problem.CHANGED_MEANWHILE)


def approve[R](
    services: Services, user: User, proposal: Proposal, act: Callable[[], R]
) -> R | None:
    """Agree as the second person, and do it: first the fact, then the act.

    Safe to repeat by the same person: what has been done is not done again, for since
    then somebody may have undone it. None: it was done before. Raises
    ProposalRefusedError, StaleRevisionError and what the act raises.
    """
    at = services.now()
    agreed = approved(proposal, user.user_id, at)
    if agreed is not proposal:
        entry = _entry("api:proposal:approve", agreed, user, at)
        services.proposals.settle(proposal, agreed, entry)
    if agreed.done_at is not None:
        return None
    result = act()
    # Somebody else's record that it was done is as good as ours.
    with contextlib.suppress(StaleRevisionError):
        services.proposals.finish(agreed, carried_out(agreed, services.now()))
    return result


def reject(services: Services, user: User, proposal: Proposal) -> Proposal:
    """Turn it down, or take one's own back; raises as `approve` does."""
    at = services.now()
    settled = rejected(proposal, user.user_id, at)
    if settled is not proposal:
        entry = _entry("api:proposal:reject", settled, user, at)
        services.proposals.settle(proposal, settled, entry)
    return settled


def _joinable(proposal: Proposal, user: User, at: datetime) -> bool:
    """Whether this person may meet it: it is open, or their agreement is unfinished."""
    stands = standing(proposal, at)
    unfinished = (
        stands is ProposalStatus.APPROVED
        and proposal.done_at is None
        and at < proposal.expires_at
    )
    return stands is ProposalStatus.OPEN or (
        unfinished and proposal.settled_by == user.user_id
    )


def _entry(tag: str, proposal: Proposal, user: User, at: datetime) -> NewEntry:
    return NewEntry(
        subject=proposal.proposal_id,
        entry_id=f"{tag}:{proposal.proposed_at.isoformat()}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={
            **proposal.what,
            "operation": proposal.operation.value,
            "proposed_by": proposal.proposed_by,
        },
    )
