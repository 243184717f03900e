"""Fields of bodies that more than one API takes, each in the form in which it is kept."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from beeldrecht.domain.signing import LONGEST_EMAIL

_JOINERS = "\u200c\u200d"
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BREAK = re.compile(r"[\t\r\n]")


def shown(given: str) -> str:
    """Text of one line, composed and with single blanks; raises ValueError.

    Nothing in it is hidden, above all nothing that turns the direction of what follows:
    this is what people sign, and what they sign is what they see.
    """
    if any(unicodedata.category(c) in _HIDDEN and c not in _JOINERS for c in given):
        raise ValueError("a text has characters that can be seen")
    text = " ".join(unicodedata.normalize("NFC", given).split())
    if not text:
        raise ValueError("a text says something")
    return text


def written(given: str) -> str:
    """The same of what was typed in lines: they become one; raises ValueError."""
    return shown(_BREAK.sub(" ", given))


Written = Annotated[str, Field(min_length=1, max_length=2000), AfterValidator(written)]
"""What somebody writes in a form, in as many lines as they like."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
# One address and nothing around it; whether mail arrives there, sending it will tell.
Email = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$",
        max_length=LONGEST_EMAIL,
    ),
]
