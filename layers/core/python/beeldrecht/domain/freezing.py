"""Freezing one picture: kept, and not used, until somebody ends that (GDPR 18).

What the law names as grounds, a person chooses from; nobody writes a reason here, for a
picture has no key under which it could be sealed.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from .consent import Restriction, RestrictionKind
from .ids import derived_id
from .time import Period, instant


class FreezeGround(StrEnum):
    """Why a picture is frozen: as article 18(1) has it, or by our own caution."""

    DISPUTED = "accuracy_disputed"
    UNLAWFUL = "use_was_unlawful"
    CLAIM = "needed_for_a_claim"
    WEIGHED = "objection_being_weighed"
    CAUTION = "frozen_for_caution"


class FreezeRefusal(StrEnum):
    """Why the freeze of a picture was not ended."""

    NOT_FROZEN = "picture_not_frozen"


def of_picture(
    asset_id: str, restrictions: Iterable[Restriction]
) -> tuple[Restriction, ...]:
    """The freezes that somebody put on a picture by hand, the first first.

    A freeze that comes with an erasure or a request is none of them, and ends by itself.
    """
    there = {each.restriction_id: each for each in restrictions}
    found: list[Restriction] = []
    while (name := _name(asset_id, len(found))) in there:
        found.append(there[name])
    return tuple(found)


def in_force(freezes: Iterable[Restriction], at: datetime) -> Restriction | None:
    """The one that holds at an instant, or is about to; None: there is none.

    One that was put on record by a clock that runs ahead is in force too.
    """
    at = instant(at)
    return next((f for f in freezes if f.period.end is None or at < f.period.end), None)


def frozen(
    asset_id: str, restrictions: Iterable[Restriction], at: datetime
) -> Restriction:
    """A new freeze: its id counts those before, so two who freeze at once make one."""
    before = len(of_picture(asset_id, restrictions))
    name = _name(asset_id, before)
    return Restriction(name, asset_id, RestrictionKind.RESTRICTED, Period(at))


def _name(asset_id: str, number: int) -> str:
    return derived_id("freeze", asset_id, str(number))
