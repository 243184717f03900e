"""Cursors: where the next page begins, in a form that tells its reader nothing."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from beeldrecht.domain.problems import Problem

from .problems import ProblemError

DEFAULT_LIMIT = 50
MAX_LIMIT = 100
_LONGEST = 1024

Limit = Annotated[int, Field(ge=1, le=MAX_LIMIT)]


def cursor_of(position: Sequence[str]) -> str:
    """A cursor for a position: the sort keys after which the next page begins."""
    plain = json.dumps(list(position), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def position_of(cursor: str | None, parts: int) -> tuple[str, ...] | None:
    """The position in a cursor, of that many parts; raises ProblemError.

    A position only says how far; whose list it is in is for the server to say, so a
    cursor that somebody made up shows nothing that its maker could not list anyway.
    """
    if cursor is None:
        return None
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error
    good = isinstance(found, list) and len(found) == parts and len(cursor) <= _LONGEST
    if not good or not all(
        isinstance(part, str) and part.isprintable() for part in found
    ):
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return tuple(found)
