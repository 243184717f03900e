"""Tell a person of the milestones that have come, as the record has them now."""

from datetime import datetime

from pydantic import AwareDatetime

from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.milestones import Documents, Mails, Register, tell


class Event(Frozen):
    """Whose milestone it is, and for when it was planned, by the scheduler's word."""

    person_id: OpaqueId
    quitclaim_id: OpaqueId
    planned_for: AwareDatetime


class Result(Frozen):
    """How many mails are new on record."""

    told: int


def reach_milestone(
    event: Event,
    register: Register,
    documents: Documents,
    mails: Mails,
    at: datetime,
    days: tuple[int, ...],
) -> Result:
    """Record the mail of each milestone of that person that is due.

    The schedule says only when to look: what was renewed or withdrawn meanwhile is not
    due. Safe to repeat: a mail's id follows from its milestone.
    """
    due_at = max(at, event.planned_for)
    tag = "consent:milestone:reach"
    told = tell(event.person_id, register, documents, mails, tag, due_at, at, days)
    return Result(told=told)
