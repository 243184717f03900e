"""What goes dark when, by time alone: nothing new is signed, and nobody takes back.

`darkening` asks the rule that decides on every use, at each instant at which a recorded
period ends: that is the answer, one picture at a time. `expected` reads the same off a
decision that was cached for lists, which is what counts a whole library. It is never too
late: what it cannot know (a consent that begins later, a basis besides) only makes the
true instant a later one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from .channels import Channel, Verdict
from .decisions import Facts, Finding, decide
from .time import day_of, instant, midnight, months_later

MONTHS_AHEAD: Final = 12
MOST_MONTHS: Final = 36


@dataclass(frozen=True, slots=True)
class Darkening:
    """When a released picture leaves no more, per channel, if nobody does anything."""

    asset_id: str
    collection_ids: frozenset[str]
    per_channel: Mapping[Channel, datetime]

    def __post_init__(self) -> None:
        """Freeze the instants."""
        object.__setattr__(self, "per_channel", MappingProxyType(dict(self.per_channel)))


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """What a number is about: a month of Amsterdam, a channel, a collection or all."""

    month: date
    """Its first day."""
    channel: Channel
    collection_id: str = ""
    """Empty: every picture, in a collection or not."""


def darkening(facts: Facts, at: datetime, until: datetime) -> dict[Channel, datetime]:
    """When each channel in which a picture leaves now is lost, up to an instant.

    A release is only ever narrowed, so what is lost stays lost until a person releases
    anew: the first instant counts, whatever comes back after it.
    """
    decision = decide(facts, at)
    left = set(decision.leaves)
    lost: dict[Channel, datetime] = {}
    while left and decision.valid_until is not None and decision.valid_until < until:
        decision = decide(facts, decision.valid_until)
        for channel in left - decision.leaves.keys():
            lost[channel] = decision.at
        left -= lost.keys()
    return lost


def expected(
    leaves: Mapping[Channel, Verdict],
    findings: Iterable[Finding],
    ends_at: datetime | None,
    until: datetime,
) -> dict[Channel, datetime]:
    """The same from a cached decision: the earliest instant at which it may be lost.

    A channel that was released as it is goes with the first face that is cleared no
    longer; one that was released masked covers that face, and goes with the picture.
    """
    term = instant(ends_at) if ends_at else None
    ends: dict[Channel, list[datetime]] = {c: [term] if term else [] for c in leaves}
    for finding in findings:
        if not finding.clears or finding.until is None:
            continue
        for channel, verdict in leaves.items():
            if verdict is Verdict.CLEAR and finding.channel in {None, channel}:
                ends[channel].append(instant(finding.until))
    first = {channel: min(each) for channel, each in ends.items() if each}
    return {channel: end for channel, end in first.items() if end < until}


def month_of(at: datetime) -> date:
    """The month of Amsterdam in which something goes dark, by its first day.

    What ends at a midnight was last there on the day before: that day's month counts.
    """
    day = day_of(at)
    if midnight(day) == instant(at):
        day = date.fromordinal(day.toordinal() - 1)
    return day.replace(day=1)


def months_from(at: datetime, months: int) -> tuple[date, ...]:
    """The first days of so many months, from the one of that instant on."""
    first = day_of(at).replace(day=1)
    return tuple(months_later(first, n) for n in range(months))


def horizon(at: datetime, months: int) -> datetime:
    """The instant until which so many months last."""
    return midnight(months_later(day_of(at).replace(day=1), months))


def counted(darkenings: Iterable[Darkening]) -> Counter[Slot]:
    """How many pictures go dark in each month, channel and collection.

    Adds up: two parts of a library counted apart are the whole, added.
    """
    found: Counter[Slot] = Counter()
    for each in darkenings:
        for channel, at in each.per_channel.items():
            for collection_id in ("", *each.collection_ids):
                found[Slot(month_of(at), channel, collection_id)] += 1
    return found


def behind(slot: Slot, darkenings: Iterable[Darkening]) -> list[Darkening]:
    """The pictures behind one number."""
    return [
        each
        for each in darkenings
        if slot.channel in each.per_channel
        and month_of(each.per_channel[slot.channel]) == slot.month
        and (not slot.collection_id or slot.collection_id in each.collection_ids)
    ]
