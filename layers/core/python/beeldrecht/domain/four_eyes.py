"""Four eyes: what takes two different people, and how the second one joins in.

The first person's wish is a proposal. Whoever does the same thing while it is open, or
approves it, is the second person; nobody is both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .access import TAKES_TWO, Operation
from .ids import derived_id
from .permits import RecognitionMode
from .recognition import reach, recognises
from .time import instant

OPEN_FOR: Final = timedelta(days=7)
"""How long a proposal waits for a second person."""


class FourEyes(StrEnum):
    """When a deployment wants two people."""

    AUTO = "auto"
    """Once recognition goes beyond detecting, or is about to."""
    ALWAYS = "always"
    NEVER = "never"


class ProposalStatus(StrEnum):
    """How a proposal stands."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"
    LAPSED = "lapsed"


class ProposalRefusal(StrEnum):
    """Why a proposal was not settled."""

    OWN_PROPOSAL = "own_proposal"
    PROPOSAL_LAPSED = "proposal_lapsed"
    PROPOSAL_SETTLED = "proposal_settled"


class ProposalRefusedError(Exception):
    """The proposal stands as it stood; `reason` says why."""

    def __init__(self, reason: ProposalRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one person wants done, that a second one has to agree to."""

    proposal_id: str
    operation: Operation
    what: Mapping[str, str]
    """What it is about: opaque ids and words of enumerations alone."""
    proposed_by: str
    proposed_at: datetime
    expires_at: datetime
    status: ProposalStatus = ProposalStatus.OPEN
    settled_by: str | None = None
    settled_at: datetime | None = None
    done_at: datetime | None = None
    """When what was approved had been carried out; until then approving goes on."""

    def __post_init__(self) -> None:
        """Hold what it is about so that nobody widens it, and instants in UTC."""
        object.__setattr__(self, "what", MappingProxyType(dict(self.what)))
        object.__setattr__(self, "proposed_at", instant(self.proposed_at))
        object.__setattr__(self, "expires_at", instant(self.expires_at))


def needs_two(
    operation: Operation,
    policy: FourEyes,
    mode: RecognitionMode,
    wanted_mode: RecognitionMode | None = None,
) -> bool:
    """Whether this takes two people, in this deployment, at this recognition mode.

    `mode` is the one that is in effect. A stricter mode never waits for anybody. A
    suggestion is itself the sign that recognition was on, so under `auto` it takes two
    even after somebody switched recognition back.
    """
    if operation not in TAKES_TWO or policy is FourEyes.NEVER:
        return False
    if operation is Operation.RECOGNITION_SWITCH and wanted_mode is not None:
        if reach(wanted_mode) < reach(mode):
            return False
        if wanted_mode is mode and not recognises(mode):
            return False
        return policy is FourEyes.ALWAYS or recognises(wanted_mode)
    return (
        policy is FourEyes.ALWAYS
        or operation in {Operation.SUGGESTION_CONFIRM, Operation.RECOGNITION_SWITCH}
        or recognises(mode)
    )


def proposal_id(operation: Operation, what: Mapping[str, str]) -> str:
    """The identifier of every proposal to do this: the same wish meets the same id."""
    parts = [part for pair in sorted(what.items()) for part in pair]
    return derived_id("proposal", operation.value, *parts)


def propose(
    operation: Operation, what: Mapping[str, str], user_id: str, at: datetime
) -> Proposal:
    """One person's wish to do this."""
    return Proposal(
        proposal_id=proposal_id(operation, what),
        operation=operation,
        what=what,
        proposed_by=user_id,
        proposed_at=at,
        expires_at=instant(at) + OPEN_FOR,
    )


def standing(proposal: Proposal, at: datetime) -> ProposalStatus:
    """How it stands at an instant, whatever is stored: an old wish is nobody's now."""
    if proposal.status is ProposalStatus.OPEN and instant(at) >= proposal.expires_at:
        return ProposalStatus.LAPSED
    return proposal.status


def approved(proposal: Proposal, user_id: str, at: datetime) -> Proposal:
    """The proposal with the second person's agreement.

    Safe to repeat: the same person's second approval changes nothing, and finishes what
    the first began as long as the proposal would have been open. Raises
    ProposalRefusedError for the proposer's own, one that lapsed, or one that somebody
    else settled.
    """
    if proposal.proposed_by == user_id:
        raise ProposalRefusedError(ProposalRefusal.OWN_PROPOSAL)
    unfinished = proposal.status is ProposalStatus.APPROVED and not proposal.done_at
    if unfinished and instant(at) >= proposal.expires_at:
        # What two people wanted then is not what one of them may have done now.
        raise ProposalRefusedError(ProposalRefusal.PROPOSAL_LAPSED)
    return _settled(proposal, ProposalStatus.APPROVED, user_id, at)


def rejected(proposal: Proposal, user_id: str, at: datetime) -> Proposal:
    """The proposal turned down; whoever made it may take it back this way."""
    return _settled(proposal, ProposalStatus.REJECTED, user_id, at)


def carried_out(proposal: Proposal, at: datetime) -> Proposal:
    """The approved proposal, once what it was about has been done."""
    if proposal.status is not ProposalStatus.APPROVED:
        raise ProposalRefusedError(ProposalRefusal.PROPOSAL_SETTLED)
    return proposal if proposal.done_at else replace(proposal, done_at=instant(at))


def _settled(
    proposal: Proposal, status: ProposalStatus, user_id: str, at: datetime
) -> Proposal:
    stands = standing(proposal, at)
    if stands is ProposalStatus.LAPSED:
        raise ProposalRefusedError(ProposalRefusal.PROPOSAL_LAPSED)
    if stands is status and proposal.settled_by == user_id:
        return proposal
    if stands is not ProposalStatus.OPEN:
        raise ProposalRefusedError(ProposalRefusal.PROPOSAL_SETTLED)
    return replace(proposal, status=status, settled_by=user_id, settled_at=instant(at))
