"""A shoot or an event, with the list of those who signed there."""

from dataclasses import dataclass, field
from datetime import date


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
