"""The words for breaches and drills."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .breaches import BreachEvent, BreachKind, BreachRefusal, BreachState

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        BreachKind.DRILL: "A drill.",
        BreachKind.REAL: "A breach of personal data.",
        BreachEvent.AUTHORITY_TOLD: "The supervisory authority was told.",
        BreachEvent.AUTHORITY_NOT_TOLD: "The supervisory authority is not told.",
        BreachEvent.PEOPLE_TOLD: "The people it touches were told.",
        BreachEvent.PEOPLE_NOT_TOLD: "The people it touches are not told.",
        BreachEvent.CLOSED: "It was closed.",
        BreachState.COUNTING: "Whom it touches is being looked up.",
        BreachState.OPEN: "It is open.",
        BreachState.LATE: "The 72 hours are over. Tell the authority now, and say why.",
        BreachState.CLOSED: "It is closed.",
        BreachRefusal.SCOPE_TOO_WIDE: "The period is longer than a year. Narrow it.",
        BreachRefusal.SCOPE_IN_FUTURE: "That has not happened yet. Look at the days.",
        BreachRefusal.WHO_TWICE: "Name an account or a role, and not both.",
        BreachRefusal.STILL_COUNTING: (
            "Whom it touches is still being looked up. Try again in some minutes."
        ),
        BreachRefusal.NOT_DECIDED: (
            "First record whether the authority and the people are told, and why."
        ),
        BreachRefusal.DECIDED_BEFORE: "That was recorded before, and stays on record.",
        BreachRefusal.ALREADY_CLOSED: "It was closed, and stays as it is.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        BreachKind.DRILL: "Een oefening.",
        BreachKind.REAL: "Een datalek.",
        BreachEvent.AUTHORITY_TOLD: "De toezichthouder heeft bericht gekregen.",
        BreachEvent.AUTHORITY_NOT_TOLD: "De toezichthouder krijgt geen bericht.",
        BreachEvent.PEOPLE_TOLD: "De betrokkenen hebben bericht gekregen.",
        BreachEvent.PEOPLE_NOT_TOLD: "De betrokkenen krijgen geen bericht.",
        BreachEvent.CLOSED: "Het is afgesloten.",
        BreachState.COUNTING: "Nagegaan wordt wie het raakt.",
        BreachState.OPEN: "Het staat open.",
        BreachState.LATE: (
            "De 72 uur zijn voorbij. Meld het nu aan de toezichthouder, met de reden."
        ),
        BreachState.CLOSED: "Het is gesloten.",
        BreachRefusal.SCOPE_TOO_WIDE: "De periode is langer dan een jaar. Beperk haar.",
        BreachRefusal.SCOPE_IN_FUTURE: "Dat is nog niet gebeurd. Kijk naar de dagen.",
        BreachRefusal.WHO_TWICE: "Noem een account of een rol, en niet allebei.",
        BreachRefusal.STILL_COUNTING: (
            "Nog wordt nagegaan wie het raakt. Probeer het over enkele minuten weer."
        ),
        BreachRefusal.NOT_DECIDED: (
            "Leg eerst vast of toezichthouder en betrokkenen bericht krijgen, en waarom."
        ),
        BreachRefusal.DECIDED_BEFORE: "Dat staat al vast, en blijft staan.",
        BreachRefusal.ALREADY_CLOSED: "Het is afgesloten en blijft zoals het is.",
    }
)
