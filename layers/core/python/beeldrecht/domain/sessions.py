"""A shoot or an event: who signed there, and how many were there."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # bases rest on registers, registers on permits, and these on this
    from .batch_bases import BatchBasis


class Origin(StrEnum):
    """Where a picture came from, as who sent it said; what nobody said is unknown."""

    OWN = "own_picture"
    """Made by or for the organisation."""
    PUBLIC_WEB = "public_web"
    """Taken from a public address: it never feeds recognition (AI Act 5(1)(e))."""
    ARCHIVE = "archive"
    """Brought in with an archive: people are linked by hand, in whatever mode."""


class SessionRefusal(StrEnum):
    """Why a session cannot become what somebody wants it to be."""

    ATTESTED = "session_attested"
    """Somebody declared how many were there: recognition rests on that number."""


class SessionRefusedError(Exception):
    """A session that cannot become so; `reason` says why."""

    def __init__(self, reason: SessionRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Session:
    """Where and when pictures were taken, and whether the circle was closed.

    Closed: everyone portrayed gave biometric consent, as a person (`attested_by`)
    declares with the number of heads that were there.
    """

    session_id: str
    on: date
    closed: bool = False
    head_count: int | None = None
    attested_by: str | None = None
    roster: frozenset[str] = field(default_factory=frozenset)
    """The people who signed at this session, by person id."""
    from_public_web: bool = False
    """Pictures taken from public addresses never feed recognition (AI Act 5(1)(e))."""
    title: str = ""
    """What people know it by: `Zomerfeest 2026`."""
    place: str = ""
    photographer: str | None = None
    """Who takes the pictures, as those who sign are told."""
    basis: "BatchBasis | None" = None
    revision: int = 1

    @property
    def unsigned(self) -> int | None:
        """How many who were there have not signed; None: nobody counted."""
        if self.head_count is None:
            return None
        return max(0, self.head_count - len(self.roster))


def attested(before: Session, head_count: int, user_id: str) -> Session:
    """The session as closed, by who declares that nobody else is in its pictures.

    Whether that can carry recognition is asked of `permits.check_attested`.
    """
    return replace(before, closed=True, head_count=head_count, attested_by=user_id)


def reopened(before: Session) -> Session:
    """The session as nobody's declaration: from here on it carries nothing."""
    return replace(before, closed=False, attested_by=None)


def changed(before: Session, after: Session) -> Session:
    """A session as somebody wants it; raises SessionRefusedError.

    Who declared a session closed declared the number of heads: another number would be
    nobody's declaration, and a smaller one would let more be recognised.
    """
    if before.attested_by is not None and after.head_count != before.head_count:
        raise SessionRefusedError(SessionRefusal.ATTESTED)
    return after
