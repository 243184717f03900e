"""Saying why something was refused: the stable word, and its sentence."""

from enum import StrEnum

from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.problems import ProblemError


def conflict(reason: StrEnum, language: str) -> ProblemError:
    """That what is on record does not allow it, with the reason by name and in words."""
    said = {"reason": reason.value, "detail": words(reason, language)}
    return ProblemError(Problem.CONFLICT, more=said)


def invalid(field: str, rule: str) -> ProblemError:
    """That a field of the body is not what it has to be, without quoting it."""
    wrong = [{"where": ["body", field], "rule": rule}]
    return ProblemError(Problem.INVALID_REQUEST, more={"errors": wrong})
