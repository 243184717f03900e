"""What answers say in words, in the language that was asked for."""

from datetime import date, datetime
from enum import StrEnum

from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.subject_requests import SubjectRequest, last_day
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.problems import ProblemError


class Said(Frozen):
    """Something with its words, in the language that was asked for."""

    id: str
    words: str


class SubjectRequestView(Frozen):
    """Something that a person asked for themselves, and how it stands."""

    request_id: str
    kind: Said
    state: Said
    asked_at: datetime
    due_at: datetime
    last_day: date
    """The last day on which the answer is in time."""
    extended: bool
    lifts_from: datetime | None
    """From when on what was frozen is no more."""
    asset_id: OpaqueId | None


def request_view(request: SubjectRequest, language: str) -> SubjectRequestView:
    """Something that somebody asked for, as they see it."""
    return SubjectRequestView(
        request_id=request.request_id,
        kind=said(request.kind, language),
        state=said(request.state, language),
        asked_at=request.asked_at,
        due_at=request.due_at,
        last_day=last_day(request),
        extended=request.extension is not None,
        lifts_from=request.lifting.from_ if request.lifting else None,
        asset_id=request.asset_id,
    )


def said(value: StrEnum, language: str) -> Said:
    """A value of one of our lists, with its words."""
    return Said(id=value.value, words=words(value, language))


def not_valid() -> ProblemError:
    """What whoever holds a link that does not work is told, whatever the reason."""
    return ProblemError(Problem.LINK_NOT_VALID)
