"""What an officer does with a subject request: when it can be done, and what it lifts.

How sure we have to be of who asks depends on what a mistake would do. A copy or an
erasure for the wrong person harms the right one for good, so somebody has to know who
asks before it is granted. A freeze or a correction that nobody asked for is undone in a
moment, so it waits for no check (GDPR 12(6) and 11; ADR 0025).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from .consent import Restriction
from .ids import derived_id
from .subject_requests import (
    FREEZING,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
    due_after,
)
from .time import day_of, instant, midnight

NEEDS_IDENTITY: Final = frozenset({SubjectRequestKind.EXPORT, SubjectRequestKind.ERASURE})
"""What is granted only to somebody whom somebody knows to be the one who may ask."""
NOTICE_DAYS: Final = 3
"""Whole days between telling somebody that a freeze is lifted, and its end."""


class RequestRefusal(StrEnum):
    """Why something was not done with a subject request."""

    DECIDED_BEFORE = "decided_before"
    IDENTITY_UNCHECKED = "identity_unchecked"
    IDENTITY_CHECKED = "identity_checked_before"
    EXTENDED_BEFORE = "extended_before"
    EXTENSION_TOO_LATE = "extension_too_late"
    NOTHING_FROZEN = "nothing_frozen"
    LIFTED_BEFORE = "lifted_before"
    CANNOT_BE_TOLD = "cannot_be_told"
    """No mail reaches the person, and they have to be told before a freeze ends."""
    OPEN_ALREADY = "request_open_already"
    NOT_IN_PICTURE = "person_not_in_picture"


def decision_problem(
    request: SubjectRequest, outcome: SubjectRequestState
) -> RequestRefusal | None:
    """Why nobody can decide so; None: somebody can.

    To refuse takes no identity: not knowing who asks can be the very reason.
    """
    if request.state is not SubjectRequestState.OPEN:
        return RequestRefusal.DECIDED_BEFORE
    unknown = request.identity is Identity.UNCHECKED
    granted = outcome is SubjectRequestState.UPHELD
    if granted and unknown and request.kind in NEEDS_IDENTITY:
        return RequestRefusal.IDENTITY_UNCHECKED
    return None


def outcomes(request: SubjectRequest) -> tuple[SubjectRequestState, ...]:
    """What can be decided on it now."""
    decided = (SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED)
    return tuple(each for each in decided if decision_problem(request, each) is None)


def identity_problem(request: SubjectRequest) -> RequestRefusal | None:
    """Why nobody can say how they know who asks."""
    if request.state is not SubjectRequestState.OPEN:
        return RequestRefusal.DECIDED_BEFORE
    if request.identity is not Identity.UNCHECKED:
        return RequestRefusal.IDENTITY_CHECKED
    return None


def extension_problem(request: SubjectRequest, at: datetime) -> RequestRefusal | None:
    """Why the answer cannot take longer: it can once, told within the first month."""
    if request.state is not SubjectRequestState.OPEN:
        return RequestRefusal.DECIDED_BEFORE
    if request.extension is not None:
        return RequestRefusal.EXTENDED_BEFORE
    if instant(at) >= request.due_at:
        return RequestRefusal.EXTENSION_TOO_LATE
    return None


def extended(request: SubjectRequest, extension: Extension) -> SubjectRequest:
    """The request with its later day; the day itself follows from when it was asked."""
    due = due_after(request.asked_at, 1 + extension.months)
    return replace(request, extension=extension, due_at=due)


def lift_problem(request: SubjectRequest, *, tellable: bool) -> RequestRefusal | None:
    """Why the freeze of this request cannot be lifted.

    `tellable`: whether a mail reaches the person, or they were told in another way.
    """
    if request.kind not in FREEZING or request.state is not SubjectRequestState.UPHELD:
        return RequestRefusal.NOTHING_FROZEN
    if request.lifting is not None:
        return RequestRefusal.LIFTED_BEFORE
    return None if tellable else RequestRefusal.CANNOT_BE_TOLD


def lifting(reason: str, by: str, at: datetime, told: ToldBy) -> Lifting:
    """The end of a freeze, some whole days after the person is told of it."""
    first = day_of(at) + timedelta(days=NOTICE_DAYS + 1)
    return Lifting(midnight(first), reason, by, at, told)


def asked_too_early(day: date, at: datetime) -> bool:
    """Whether that day has not come: nothing reaches us before it was asked."""
    return day > day_of(at)


def freeze_id(request_id: str) -> str:
    """The identifier of the freeze that an objection or a restriction begins with."""
    return derived_id("objection", request_id)


def lifted_by(
    request: SubjectRequest,
    outcome: SubjectRequestState,
    restrictions: Iterable[Restriction],
) -> Restriction | None:
    """The freeze that this decision lifts: a dismissed request's own, and no other."""
    if outcome is not SubjectRequestState.DISMISSED:
        return None
    return own_freeze(request, restrictions)


def own_freeze(
    request: SubjectRequest, restrictions: Iterable[Restriction]
) -> Restriction | None:
    """The freeze that came with this request."""
    own = freeze_id(request.request_id)
    return next((each for each in restrictions if each.restriction_id == own), None)
