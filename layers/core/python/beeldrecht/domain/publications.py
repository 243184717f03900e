"""Publications: what ran where, and the addresses that a website shows pictures by.

A publication is entered by hand or by a program, for a picture that is placed somewhere;
or it is an embed: an address of ours that another website shows, which goes dark by
itself. Each leaves a disclosure to whoever answers for it, so that a recall reaches them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .channel_renditions import ReadySize
from .channels import ALL_CHANNELS, Channel, Place, Verdict
from .decisions import Decision
from .time import instant


class PublicationWay(StrEnum):
    """How a picture is shown to others."""

    PLACED = "publication_placed"
    """Somebody put a copy somewhere."""
    EMBEDDED = "publication_embedded"
    """A website shows it by an address of ours."""


class PublicationState(StrEnum):
    """Whether it runs."""

    PLANNED = "publication_planned"
    RUNNING = "publication_running"
    ENDED = "publication_ended"


class CopyUse(StrEnum):
    """Whether a copy that somebody holds may still be used."""

    MAY = "copy_may"
    COVERED = "copy_covered"
    """As the version in which faces are covered, and no other."""
    MAY_NOT = "copy_may_not"
    """Or nobody knows: unknown means no."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One picture at one place for others to see."""

    publication_id: str
    asset_id: str
    way: PublicationWay
    channel: Channel
    place: Place
    where: str
    """An address, or the title of what was printed."""
    responsible_id: str
    """The user who answers for it, and is asked to remove it."""
    made_by: str
    made_at: datetime
    from_: datetime
    until: datetime | None = None
    """Not included; None: until somebody ends it."""
    ended_at: datetime | None = None
    size: ReadySize | None = None
    """Of an embed: in which size; None: the preview."""

    def __post_init__(self) -> None:
        """Refuse an instant without zone: raises NaiveInstantError."""
        object.__setattr__(self, "made_at", instant(self.made_at))
        object.__setattr__(self, "from_", instant(self.from_))
        if self.until is not None:
            object.__setattr__(self, "until", instant(self.until))


def state_at(publication: Publication, at: datetime) -> PublicationState:
    """Whether it runs at an instant."""
    until = publication.until
    if publication.ended_at is not None or (until is not None and at >= until):
        return PublicationState.ENDED
    running = at >= publication.from_
    return PublicationState.RUNNING if running else PublicationState.PLANNED


def uses(decision: Decision | None) -> Mapping[Channel, CopyUse]:
    """By channel, whether a copy of the picture may be used as things stand.

    The release counts as well as the rules: what left no longer leaves is told so. No
    decision says no to everything, and so reads a picture that was never there.
    """
    leaves = {} if decision is None else decision.leaves
    return {
        channel: _USE.get(leaves.get(channel, Verdict.RESTRICTED), CopyUse.MAY_NOT)
        for channel in sorted(ALL_CHANNELS)
    }


_USE = {Verdict.CLEAR: CopyUse.MAY, Verdict.MASKED: CopyUse.COVERED}
