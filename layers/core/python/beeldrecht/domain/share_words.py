"""The words for shares, publications, and copies that somebody asks about."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .publications import CopyUse, PublicationState, PublicationWay
from .shares import MOST_PICTURES, ShareRefusal, ShareState, ShareWay

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ShareWay.VIEW: "To look at.",
        ShareWay.DOWNLOAD: "To look at and to fetch.",
        ShareState.OPEN: "It works.",
        ShareState.REVOKED: "It was taken back.",
        ShareState.ENDED: "Its days are over.",
        ShareRefusal.TOO_MANY: (
            f"A share shows {MOST_PICTURES} pictures at most. Share a smaller collection."
        ),
        ShareRefusal.TOO_LONG: "It would work for too long. Choose an earlier day.",
        ShareRefusal.VIEW_ONLY: "These pictures are to look at, and not to fetch.",
        ShareRefusal.NONE_LEFT: "As many pictures as may be were fetched already.",
        ShareRefusal.NOT_AVAILABLE: "This picture is not available any more.",
        ShareRefusal.PASSWORD_NEEDED: "Give the password that came with the link.",
        ShareRefusal.PASSWORD_WRONG: "That is not the password. Try again.",
        PublicationWay.PLACED: "A copy was placed there.",
        PublicationWay.EMBEDDED: "A website shows it by an address of ours.",
        PublicationState.PLANNED: "It does not run there yet.",
        PublicationState.RUNNING: "It runs.",
        PublicationState.ENDED: "It is over.",
        CopyUse.MAY: "A copy may be used.",
        CopyUse.COVERED: "Only the version with covered faces may be used.",
        CopyUse.MAY_NOT: "A copy may not be used, or not any more.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ShareWay.VIEW: "Om te bekijken.",
        ShareWay.DOWNLOAD: "Om te bekijken en op te halen.",
        ShareState.OPEN: "De gedeelde link werkt.",
        ShareState.REVOKED: "De link is ingetrokken.",
        ShareState.ENDED: "De dagen van de link zijn om.",
        ShareRefusal.TOO_MANY: (
            f"Een link toont hooguit {MOST_PICTURES} foto's. Deel een kleinere collectie."
        ),
        ShareRefusal.TOO_LONG: "De link zou te lang werken. Kies een eerdere dag.",
        ShareRefusal.VIEW_ONLY: "Deze foto's zijn om te bekijken, niet om op te halen.",
        ShareRefusal.NONE_LEFT: "Er zijn al zoveel foto's opgehaald als mag.",
        ShareRefusal.NOT_AVAILABLE: "Deze foto is niet meer beschikbaar.",
        ShareRefusal.PASSWORD_NEEDED: "Geef het wachtwoord dat bij de link hoort.",
        ShareRefusal.PASSWORD_WRONG: "Dat is niet het wachtwoord. Probeer het opnieuw.",
        PublicationWay.PLACED: "Daar is een kopie geplaatst.",
        PublicationWay.EMBEDDED: "Een website toont de foto via een adres van ons.",
        PublicationState.PLANNED: "De publicatie is nog niet begonnen.",
        PublicationState.RUNNING: "De publicatie loopt.",
        PublicationState.ENDED: "De publicatie is voorbij.",
        CopyUse.MAY: "Een kopie mag worden gebruikt.",
        CopyUse.COVERED: "Alleen de versie met afgedekte gezichten mag gebruikt worden.",
        CopyUse.MAY_NOT: "Een kopie mag niet of niet meer worden gebruikt.",
    }
)
