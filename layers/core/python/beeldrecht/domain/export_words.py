"""The words for exports: how far one is, and why a picture is not in it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .exports import ExportState, LeftOut

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ExportState.MAKING: "It is being made.",
        ExportState.READY: "It is ready; the person has a link to fetch it.",
        ExportState.EXPIRED: "Its days are over and the file is gone. Ask for it anew.",
        ExportState.STALLED: "It was not made in time. Look at the workflow that failed.",
        LeftOut.NOT_SURE: (
            "Nobody has said for sure that this is you, so the picture is not given."
        ),
        LeftOut.GONE: "There is no picture any more, or none was ever taken in.",
        LeftOut.NOT_EXAMINED: (
            "The picture has not been looked through for other people yet."
        ),
        LeftOut.UNCOVERABLE: (
            "Somebody else is in it who cannot be covered, so the picture is not given."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ExportState.MAKING: "Het wordt gemaakt.",
        ExportState.READY: "Het is klaar; de persoon heeft een link om het op te halen.",
        ExportState.EXPIRED: (
            "De dagen zijn om en het bestand is weg. Vraag er een nieuw aan."
        ),
        ExportState.STALLED: (
            "Het is niet op tijd gemaakt. Kijk naar de workflow die mislukte."
        ),
        LeftOut.NOT_SURE: (
            "Niemand heeft met zekerheid gezegd dat jij dit bent; de foto is er niet bij."
        ),
        LeftOut.GONE: "Er is geen foto meer, of er is er nooit een ingenomen.",
        LeftOut.NOT_EXAMINED: "De foto is nog niet nagekeken op andere mensen.",
        LeftOut.UNCOVERABLE: (
            "Er staat iemand op die niet kan worden afgedekt; de foto is er niet bij."
        ),
    }
)
