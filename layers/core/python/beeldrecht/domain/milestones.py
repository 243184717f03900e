"""The moments in a consent's life at which somebody is told (R6, R8).

They follow from the record alone. What was told is a mail under an id that follows from
the milestone (`mails.mail_id`), so that a lost schedule, a doubled one and the daily
sweep together still tell it once.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

BEFORE_END: Final = (90, 30, 7)
"""Days before a consent ends at which it is offered for renewal; a setting may differ."""


class MilestoneKind(StrEnum):
    """What happens at it."""

    ENDS_SOON = "ends_soon"
    ENDED = "ended"
    COMES_OF_AGE = "comes_of_age"


@dataclass(frozen=True, slots=True)
class Milestone:
    """One moment of one signed document (its id is the consent's version)."""

    quitclaim_id: str
    person_id: str
    kind: MilestoneKind
    at: datetime
    ends_at: datetime
    """The end that it is about: channels of one document may end on different days."""
    days: int = 0
    """Of `ends_soon`: how many days before that end."""

    @property
    def name(self) -> str:
        """`ends_soon.90.2027-03-31`: what tells it from the others of that document."""
        return f"{self.kind.value}.{self.days}.{self.ends_at.date().isoformat()}"
