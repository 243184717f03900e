"""The words for what is said of a picture, and why something cannot be."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .metadata import MetadataRefusal, ModelRelease

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ModelRelease.NONE: "Nobody in it signed a model release.",
        ModelRelease.NOT_APPLICABLE: "A model release is not needed for it.",
        ModelRelease.UNLIMITED: "Everybody in it signed a release for every use.",
        ModelRelease.LIMITED: "There are releases, for some uses or some people.",
        MetadataRefusal.TOO_LONG: "The text is too long. Shorten it.",
        MetadataRefusal.TOO_MANY: "The list is too long. Leave some out.",
        MetadataRefusal.NOT_PLAIN: "The text is empty or has hidden characters. "
        "Type it again.",
        MetadataRefusal.NO_DATE: "This is no date. Write it as 2026-05-04.",
        MetadataRefusal.NOTHING_SAID: "Nothing is to be changed. Name a field.",
        MetadataRefusal.CHANGED_SINCE: "Somebody changed these pictures since. "
        "Look at them one by one.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ModelRelease.NONE: "Niemand op de foto tekende een model release.",
        ModelRelease.NOT_APPLICABLE: "Een model release is er niet voor nodig.",
        ModelRelease.UNLIMITED: "Iedereen op de foto tekende voor elk gebruik.",
        ModelRelease.LIMITED: "Er is getekend, voor een deel van het gebruik of van "
        "de mensen.",
        MetadataRefusal.TOO_LONG: "De tekst is te lang. Maak hem korter.",
        MetadataRefusal.TOO_MANY: "De lijst is te lang. Laat er een paar weg.",
        MetadataRefusal.NOT_PLAIN: "De tekst is leeg of heeft verborgen tekens. "
        "Typ hem opnieuw.",
        MetadataRefusal.NO_DATE: "Dit is geen datum. Schrijf hem als 2026-05-04.",
        MetadataRefusal.NOTHING_SAID: "Er is niets om te wijzigen. Noem een veld.",
        MetadataRefusal.CHANGED_SINCE: "Iemand wijzigde deze foto's daarna. "
        "Bekijk ze een voor een.",
    }
)
