"""What makes a change safe to send: the version it was based on, and a key of its own."""

import re

from beeldrecht.domain.problems import Problem

from .problems import ProblemError

_TAG = re.compile(r'"([0-9]{1,18})"')
_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")


def etag(revision: int) -> str:
    """The entity tag of a thing at a revision."""
    return f'"{revision}"'


def revision_expected(if_match: str | None) -> int:
    """The revision that a change was based on; raises ProblemError without one.

    `*` is refused too: whoever changes something says which version they saw.
    """
    if if_match is None:
        raise ProblemError(Problem.PRECONDITION_REQUIRED)
    matched = _TAG.fullmatch(if_match.strip())
    if matched is None:
        raise ProblemError(Problem.CHANGED_MEANWHILE)
    return int(matched[1])


def unchanged_since(if_match: str | None, revision: int) -> None:
    """Go on only when the caller saw this very revision; raises ProblemError."""
    if revision_expected(if_match) != revision:
        raise ProblemError(Problem.CHANGED_MEANWHILE)


def idempotency_key(given: str | None) -> str:
    """The key under which a creation counts once; raises ProblemError without one."""
    if given is None or not _KEY.fullmatch(given):
        raise ProblemError(Problem.IDEMPOTENCY_KEY_REQUIRED)
    return given
