"""The people of the demonstration: who they are, and how each came to sign.

All are invented. Everybody and everything is found again by name, so that a second run
does nothing twice.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.time import months_later


def demo_id(*parts: str) -> str:
    """The id that this thing of the demonstration always has."""
    return derived_id("demo", *parts)


class Who(StrEnum):
    """The people, by the state of what they signed."""

    DANIEL = "daniel"
    """Every channel, and biometric consent: the one person who may be recognised."""
    ANNA = "anna"
    """The website alone, on a form of two years ago: that ends within a month."""
    HENK = "henk"
    """Is asked by mail, signs every channel, and takes it back."""
    WILLEM = "willem"
    """A form of two years ago, that ended last week."""
    SANNE = "sanne"
    """Signed at the reception, and took it back on the telephone."""
    MARC = "marc"
    """Is asked by mail and has not answered: his mail waits in the inbox."""
    ELS = "els"
    """Signed at the reception, left, and asks that everything of her is erased."""


NAMES: Final[Mapping[Who, str]] = {
    Who.DANIEL: "Daniel Koster",
    Who.ANNA: "Anna de Vries",
    Who.HENK: "Henk Visser",
    Who.WILLEM: "Willem Jansen",
    Who.SANNE: "Sanne Mulder",
    Who.MARC: "Marc Dekker",
    Who.ELS: "Els Bakker",
}
ADDRESSES: Final[Mapping[Who, str]] = {
    who: f"{name.split()[0].lower()}@voorbeeldstad.example"
    for who, name in NAMES.items()
    if who in {Who.ANNA, Who.HENK, Who.MARC, Who.ELS}
}
"""Where mail goes; who has none gets none."""


class Gathering(StrEnum):
    """The sessions, by the title that they have."""

    RECEPTION = "Nieuwjaarsborrel"
    STUDIO = "Studiodag"
    """Closed: one person was there, who agreed to be recognised."""


DAYS_AGO: Final = {Gathering.RECEPTION: 60, Gathering.STUDIO: 1}
AT: Final = {
    Who.DANIEL: Gathering.STUDIO,
    Who.SANNE: Gathering.RECEPTION,
    Who.ELS: Gathering.RECEPTION,
}
"""Who signs by a session's code, and at which."""
ENDS: Final = {Who.ANNA: timedelta(days=21), Who.WILLEM: timedelta(days=-7)}
"""The last day of what was signed on paper, from today."""

type People = Mapping[Who, str]
"""Everybody's id in the library."""


def signed_on(last: date, months: int) -> date:
    """The latest day on which a term of so many months began that ends by then."""
    day = last - timedelta(days=31 * months)
    while months_later(day + timedelta(days=1), months) <= last:
        day += timedelta(days=1)
    return day
