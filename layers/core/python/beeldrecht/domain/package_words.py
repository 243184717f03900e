"""The words for packages."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .packages import MOST_PICTURES, NotPacked, PackageRefusal, PackageState

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        PackageState.MAKING: "The package is being made.",
        PackageState.READY: "The package can be fetched.",
        PackageState.CHANGED: "Something in it may not leave any more. Order another.",
        PackageState.FAILED: "The package could not be made. Order it again.",
        PackageState.OVER: "The day of the package is over.",
        NotPacked.NOT_CLEARED: "Somebody in it is not cleared for this use.",
        NotPacked.CANNOT_COVER: "A face that has to be covered has no place in it.",
        NotPacked.CANNOT_CROP: "It cannot be cut like this.",
        NotPacked.GONE: "It is not there, or not in this size.",
        NotPacked.CHANGING: "It was changed while the package was made.",
        NotPacked.NO_ROOM: "The package is full: it takes two gigabytes.",
        PackageRefusal.TOO_MANY: (
            f"A package takes {MOST_PICTURES} pictures at most. Order several."
        ),
        PackageRefusal.NOTHING: "There is no picture to put into a package.",
        PackageRefusal.NOT_READY: "There is nothing to fetch: see how far it is.",
        PackageRefusal.NO_LONGER: (
            "One of the pictures may not leave any more as it is in there. Order another."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        PackageState.MAKING: "Het pakket wordt gemaakt.",
        PackageState.READY: "Het pakket kan worden opgehaald.",
        PackageState.CHANGED: "Iets erin mag niet meer weg. Bestel een nieuw pakket.",
        PackageState.FAILED: "Het pakket kon niet worden gemaakt. Bestel het opnieuw.",
        PackageState.OVER: "De dag van het pakket is om.",
        NotPacked.NOT_CLEARED: "Er staat iemand op die voor dit gebruik niet vrij is.",
        NotPacked.CANNOT_COVER: "Een gezicht dat afgedekt moet zijn heeft geen plaats.",
        NotPacked.CANNOT_CROP: "De foto kan niet zo worden uitgesneden.",
        NotPacked.GONE: "De foto is er niet, of niet in deze maat.",
        NotPacked.CHANGING: "De foto veranderde terwijl het pakket werd gemaakt.",
        NotPacked.NO_ROOM: "Het pakket is vol: er past twee gigabyte in.",
        PackageRefusal.TOO_MANY: (
            f"In een pakket passen hooguit {MOST_PICTURES} foto's. Bestel er meer."
        ),
        PackageRefusal.NOTHING: "Er is geen foto om in een pakket te doen.",
        PackageRefusal.NOT_READY: "Er is niets op te halen: kijk hoe ver het is.",
        PackageRefusal.NO_LONGER: (
            "Een van de foto's mag niet meer weg zoals die erin zit. Bestel een nieuw"
            " pakket."
        ),
    }
)
