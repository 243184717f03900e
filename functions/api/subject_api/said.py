"""What answers say in words, in the language that was asked for."""

from datetime import datetime
from enum import StrEnum

from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen
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


def said(value: StrEnum, language: str) -> Said:
    """A value of one of our lists, with its words."""
    return Said(id=value.value, words=words(value, language))


def not_valid() -> ProblemError:
    """What whoever holds a link that does not work is told, whatever the reason."""
    return ProblemError(Problem.LINK_NOT_VALID)
