"""What people typed, as it is kept: text that shows all that is in it."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.http.fields import shown
from beeldrecht.runtime.http.paging import position_of
from beeldrecht.runtime.http.problems import ProblemError

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_PLACE = re.compile(r"[0-9T:.+-]{10,40}#[0-9a-f]{32}")


def day(given: date) -> date:
    """A day of our time, which every zone and every term can be reckoned from."""
    if not _FIRST_YEAR <= given.year <= _LAST_YEAR:
        raise ValueError("a day of our time")
    return given


Day = Annotated[date, AfterValidator(day)]
Line = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(shown)]
Reference = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(shown)]
Paragraph = Annotated[str, Field(min_length=1, max_length=4000), AfterValidator(shown)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
WordingName = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{32}\.[1-9][0-9]{0,3}$"),
    Field(description="A version of a wording: its id, a dot, and the number."),
]


def after_of(cursor: str | None) -> str | None:
    """Where a cursor says that the next page begins; raises ProblemError."""
    position = position_of(cursor, 1)
    if position is None:
        return None
    if not _PLACE.fullmatch(position[0]):
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return position[0]
