"""Deciding on an objection: when it can be, and what the decision lifts."""

from collections.abc import Iterable
from enum import StrEnum

from .consent import Restriction
from .ids import derived_id
from .subject_requests import SubjectRequest, SubjectRequestKind, SubjectRequestState


class DecisionRefusal(StrEnum):
    """Why a request was not decided on."""

    DECIDED_BEFORE = "decided_before"
    NOT_AN_OBJECTION = "not_an_objection"


def decision_problem(request: SubjectRequest) -> DecisionRefusal | None:
    """Why nobody can decide on it with a word; None: somebody can.

    Of an objection the freeze stands already, so a word is all it takes. A word hands
    nobody a copy and erases nothing: those are carried out.
    """
    if request.kind is not SubjectRequestKind.OBJECTION:
        return DecisionRefusal.NOT_AN_OBJECTION
    if request.state is not SubjectRequestState.OPEN:
        return DecisionRefusal.DECIDED_BEFORE
    return None


def freeze_id(request_id: str) -> str:
    """The identifier of the freeze that an objection begins with."""
    return derived_id("objection", request_id)


def lifted_by(
    request: SubjectRequest,
    outcome: SubjectRequestState,
    restrictions: Iterable[Restriction],
) -> Restriction | None:
    """The freeze that this decision lifts: a dismissed objection's own, and no other."""
    if outcome is not SubjectRequestState.DISMISSED:
        return None
    own = freeze_id(request.request_id)
    return next((each for each in restrictions if each.restriction_id == own), None)
