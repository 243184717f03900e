"""Fields of bodies that more than one API takes, each in the form in which it is kept."""

from typing import Annotated

from pydantic import StringConstraints

from beeldrecht.domain.signing import LONGEST_EMAIL

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
