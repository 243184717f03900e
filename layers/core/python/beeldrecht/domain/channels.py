"""Where a picture can go, and in which territory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """A kind of use that a person agrees to by itself.

    Every recorded grant names its channels; a channel that a deployment adds later is in
    no grant yet, and so is allowed to nobody.
    """

    WEBSITE = "website"
    SOCIAL = "social"
    INTRANET = "intranet"
    PRINT = "print"
    PRESS = "press"
    PAID = "paid"


class Place(StrEnum):
    """A territory of use; each holds the ones before it."""

    NETHERLANDS = "netherlands"
    EUROPEAN_UNION = "european_union"
    WORLD = "world"

    def covers(self, other: "Place") -> bool:
        """Whether leave for this territory is leave for the other."""
        return _PLACES.index(other) <= _PLACES.index(self)


@dataclass(frozen=True, slots=True)
class Use:
    """What a picture leaves for, and when it was decided that it may."""

    channel: Channel
    place: Place
    decided_at: datetime


class Verdict(StrEnum):
    """What is possible with a picture in one channel, from most to least."""

    CLEAR = "clear"
    """As it is: every face is cleared."""
    MASKED = "masked"
    """With some faces covered."""
    RESTRICTED = "restricted"
    """Not at all."""


def strictest(verdicts: Iterable[Verdict]) -> Verdict:
    """The least that any of them allows; clear when there is none."""
    return max(verdicts, key=_VERDICTS.index, default=Verdict.CLEAR)


_PLACES: tuple[Place, ...] = tuple(Place)
_VERDICTS: tuple[Verdict, ...] = tuple(Verdict)
ALL_CHANNELS: tuple[Channel, ...] = tuple(Channel)
