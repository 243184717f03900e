"""Deciding on what somebody asks for themselves: when it can be, and what it lifts."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from .consent import Restriction, RestrictionKind
from .subject_requests import SubjectRequest, SubjectRequestKind, SubjectRequestState


class DecisionRefusal(StrEnum):
    """Why a request was not decided on in this way."""

    DECIDED_BEFORE = "decided_before"
    NOT_CARRIED_OUT = "not_carried_out"


def decision_problem(
    request: SubjectRequest, outcome: SubjectRequestState
) -> DecisionRefusal | None:
    """Why nobody can decide so; None: they can.

    A word grants an objection, for the freeze stands already. It hands nobody a copy and
    erases nothing: those are granted by being carried out, and refused by a word.
    """
    if request.state is not SubjectRequestState.OPEN:
        return DecisionRefusal.DECIDED_BEFORE
    granted = outcome is SubjectRequestState.UPHELD
    if granted and request.kind is not SubjectRequestKind.OBJECTION:
        return DecisionRefusal.NOT_CARRIED_OUT
    return None


def lifted_by(
    request: SubjectRequest,
    outcome: SubjectRequestState,
    restrictions: Iterable[Restriction],
    at: datetime,
) -> Restriction | None:
    """The freeze that this decision lifts: that of a dismissed objection alone.

    Begun no earlier than the objection was made: a freeze from before it has another
    reason, and stays. The one that began first, where several objections wait.
    """
    dismissed = outcome is SubjectRequestState.DISMISSED
    if not dismissed or request.kind is not SubjectRequestKind.OBJECTION:
        return None
    its_own = [
        each
        for each in restrictions
        if each.subject_id == request.person_id
        and each.kind is RestrictionKind.OBJECTED
        and each.period.start >= request.asked_at
        and each.period.contains(at)
    ]
    return min(its_own, key=lambda each: each.period.start, default=None)
