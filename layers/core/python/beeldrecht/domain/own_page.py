"""What somebody sees about themselves: what they agreed to, and how that stands now.

Only what is theirs: no other person, no picture, no name of anybody who looked at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .consent import Grant, GrantState, Restriction, Withdrawal, state_of

_ORDER = (
    GrantState.IN_FORCE,
    GrantState.NOT_YET,
    GrantState.WITHDRAWN,
    GrantState.ENDED,
)


class OwnPageNote(StrEnum):
    """What somebody should know before the list of what they agreed to."""

    NOTHING_AGREED = "own_nothing_agreed"
    FROZEN = "own_pictures_frozen"


@dataclass(frozen=True, slots=True)
class OwnGrant:
    """One thing a person agreed to, and how it stands."""

    grant: Grant
    state: GrantState
    withdrawn_at: datetime | None = None


def own_grants(
    person_id: str,
    grants: Iterable[Grant],
    withdrawals: tuple[Withdrawal, ...],
    at: datetime,
) -> tuple[OwnGrant, ...]:
    """A person's own grants: what counts now first, then the latest before the oldest."""
    own = [grant for grant in grants if grant.person_id == person_id]
    stated = [
        OwnGrant(
            grant,
            state_of(grant, withdrawals, at),
            min(
                (w.effective_at for w in withdrawals if w.takes_back(grant)),
                default=None,
            ),
        )
        for grant in own
    ]
    return tuple(sorted(stated, key=_place))


def _place(own: OwnGrant) -> tuple[int, float, str]:
    start = own.grant.period.start.timestamp()
    return _ORDER.index(own.state), -start, own.grant.grant_id


def own_notes(
    person_id: str,
    grants: Iterable[OwnGrant],
    restrictions: Iterable[Restriction],
    at: datetime,
) -> tuple[OwnPageNote, ...]:
    """What to say first: that pictures are frozen, that nothing was agreed to."""
    frozen = any(
        each.subject_id == person_id and each.period.contains(at) for each in restrictions
    )
    notes = [OwnPageNote.FROZEN] if frozen else []
    if not any(True for _ in grants):
        notes.append(OwnPageNote.NOTHING_AGREED)
    return tuple(notes)
