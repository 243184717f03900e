"""The moments in a consent's life at which somebody is told (R6, R8).

They follow from the record alone. What was told is a mail under an id that follows from
the milestone (`mails.mail_id`), so that a lost schedule, a doubled one and the daily
sweep together still tell it once.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from .consent import Grant, GrantKind, Withdrawal
from .time import day_of, instant, midnight

BEFORE_END: Final = (90, 30, 7)
"""Days before a consent ends at which it is offered for renewal; a setting may differ."""
TOLD_WITHIN: Final = timedelta(days=30)
"""How long after its instant a milestone is still worth telling."""
FURTHEST: Final = 365
"""No consent is offered for renewal more days before its end than this."""
MOST: Final = 6
"""Of one end nobody is told more often beforehand."""

_DAYS = re.compile(r"[1-9][0-9]{0,2}")


def days_from(text: str) -> tuple[int, ...]:
    """The days before an end that a deployment chose (`90,30,7`), the furthest first.

    Raises ValueError for what no deployment may choose.
    """
    said = text.split(",")
    days = tuple(int(each) for each in said if _DAYS.fullmatch(each))
    if (
        len(days) != len(said)
        or len(days) > MOST
        or days[0] > FURTHEST
        or any(further <= nearer for further, nearer in pairwise(days))
    ):
        raise ValueError("days before an end are written as 90,30,7")
    return days


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


def milestones_of(
    grants: Iterable[Grant], guardian: bool, days: Iterable[int] = BEFORE_END
) -> tuple[Milestone, ...]:
    """The milestones of one signed document, given its grants; in order.

    Each end is announced so many days before, at midnight in Amsterdam, unless it had
    not been signed for as many days by then; and told. Where a guardian signed and the
    end is the birthday, the person is asked anew instead: nobody can renew beyond it.
    """
    ends = {
        (grant.period.end, guardian and grant.ends_with_age): grant
        for grant in sorted(grants, key=lambda each: each.grant_id)
        if grant.period.end is not None
    }
    found: dict[str, Milestone] = {}
    for (end, asked_anew), grant in ends.items():
        last = MilestoneKind.COMES_OF_AGE if asked_anew else MilestoneKind.ENDED
        moments = [(last, end, 0)]
        if not asked_anew:
            over = day_of(end)
            moments += [
                (MilestoneKind.ENDS_SOON, midnight(over - timedelta(days=n)), n)
                for n in days
            ]
        for kind, at, before in moments:
            if grant.period.start + timedelta(days=before) < at:
                milestone = Milestone(
                    grant.quitclaim_id, grant.person_id, kind, at, end, before
                )
                found.setdefault(milestone.name, milestone)
    return tuple(sorted(found.values(), key=lambda each: (each.at, each.name)))


def due(
    milestones: Iterable[Milestone],
    grants: Iterable[Grant],
    withdrawals: Iterable[Withdrawal],
    at: datetime,
) -> tuple[Milestone, ...]:
    """The milestones to tell now, given everything that the person signed and took back.

    Not what was taken back, nor an end beyond which a later document of theirs goes on.
    Of one end only the nearest: who was not told of ninety days is told of thirty. One
    that was told is due until thirty days after, and its mail is on record already.
    """
    at = instant(at)
    grants, withdrawals = tuple(grants), tuple(withdrawals)
    come = [
        each
        for each in milestones
        if each.at <= at < each.at + TOLD_WITHIN and _matters(each, grants, withdrawals)
    ]
    nearest: dict[tuple[str, datetime], Milestone] = {}
    for each in sorted(come, key=lambda one: (one.at, one.name)):
        nearest[each.quitclaim_id, each.ends_at] = each
    return tuple(sorted(nearest.values(), key=lambda one: (one.at, one.name)))


def _matters(
    milestone: Milestone, grants: tuple[Grant, ...], withdrawals: tuple[Withdrawal, ...]
) -> bool:
    """Whether something really ends then: not withdrawn, and not gone on with."""
    standing = [g for g in grants if not any(w.takes_back(g) for w in withdrawals)]
    return any(
        grant.quitclaim_id == milestone.quitclaim_id
        and grant.person_id == milestone.person_id
        and grant.period.end == milestone.ends_at
        and not _goes_on(grant, milestone.ends_at, standing)
        for grant in standing
    )


def _goes_on(grant: Grant, end: datetime, standing: list[Grant]) -> bool:
    """Whether others go on beyond its end, for every use that it allows."""
    beyond = [
        other
        for other in standing
        if (other.person_id, other.kind) == (grant.person_id, grant.kind)
        and other.period.start <= end
        and (other.period.end is None or end < other.period.end)
    ]
    if grant.kind is GrantKind.BIOMETRIC_CONSENT:
        return bool(beyond)
    return all(
        any(
            all(other.names(channel, place) for place in grant.places) for other in beyond
        )
        for channel in grant.channels
    )
