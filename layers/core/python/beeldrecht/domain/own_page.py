"""What somebody sees about themselves: what they agreed to, and how that stands now.

Only what is theirs: no other person, no picture, no name of anybody who looked at it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .consent import (
    Grant,
    GrantKind,
    GrantState,
    Quitclaim,
    Restriction,
    Withdrawal,
    state_of,
)

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


def withdrawable(own: OwnGrant) -> bool:
    """Whether somebody can take this back now: a contract ends as it says instead."""
    return own.grant.kind is not GrantKind.PORTRAIT_AGREEMENT and own.state in {
        GrantState.IN_FORCE,
        GrantState.NOT_YET,
    }


def said_alike(
    wanted: Iterable[Grant], grants: Iterable[Grant], quitclaims: Iterable[Quitclaim]
) -> tuple[Grant, ...]:
    """These grants, and those that said the same in another version of that wording.

    A renewed consent stands on record twice, as it was given and as it was renewed, and
    either of them lets a picture out: whoever takes one back means both. A consent in
    another wording was given for another purpose and stays.
    """
    wording = {q.quitclaim_id: wording_of(q) for q in quitclaims}

    def about(grant: Grant) -> tuple[GrantKind, str]:
        own = wording.get(grant.quitclaim_id, grant.quitclaim_id)
        return grant.kind, own

    named = tuple(wanted)
    return tuple(
        grant
        for grant in grants
        if any(
            grant.grant_id == each.grant_id
            or (
                about(grant) == about(each)
                and (grant.channels & each.channels or not each.channels)
            )
            for each in named
        )
    )


def wording_of(quitclaim: Quitclaim) -> str:
    """The wording that was signed, whichever version of it."""
    return quitclaim.wording_version.rpartition(".")[0] or quitclaim.wording_version


def current(quitclaims: Iterable[Quitclaim]) -> frozenset[str]:
    """The quitclaims that count: of each wording the one that was signed last."""
    last: dict[str, Quitclaim] = {}
    for each in sorted(quitclaims, key=lambda q: (q.signed_at, q.quitclaim_id)):
        last[wording_of(each)] = each
    return frozenset(each.quitclaim_id for each in last.values())
