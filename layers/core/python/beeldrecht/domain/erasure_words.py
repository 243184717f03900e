"""The words for an erasure: how far it is, why, and what becomes of each picture."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .erasure import ErasureReason, ErasureRefusal, ErasureState, PictureOutcome

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ErasureState.COLLECTING: "Every store is being looked through.",
        ErasureState.PLANNED: "A privacy officer has to confirm the plan.",
        ErasureState.CONFIRMED: "It is confirmed and begins at once.",
        ErasureState.ERASING: "It is being carried out.",
        ErasureState.ERASED: "It is done, and the certificate is there.",
        ErasureState.CANCELLED: "It was cancelled; nothing was touched.",
        ErasureReason.REQUEST: "The person asked for it.",
        ErasureReason.OFFICER: "Two people decided it.",
        ErasureReason.RETENTION: "Its term of keeping is over.",
        PictureOutcome.MASK: "The person is covered for good; the picture is kept.",
        PictureOutcome.DELETE: "The picture is deleted with everything made of it.",
        ErasureRefusal.NOT_PLANNED: (
            "There is no plan to change or confirm at this moment. Look how far it is."
        ),
        ErasureRefusal.BEYOND_STOPPING: (
            "It is confirmed. What was destroyed cannot come back, so it goes on."
        ),
        ErasureRefusal.UNKNOWN_PICTURE: "The plan has no such picture.",
        ErasureRefusal.CANNOT_MASK: (
            "No face in this picture is known to be theirs. Mark it first, or delete."
        ),
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        ErasureState.COLLECTING: "Alle opslagplaatsen worden doorzocht.",
        ErasureState.PLANNED: "Een functionaris moet het plan bevestigen.",
        ErasureState.CONFIRMED: "Het is bevestigd en begint meteen.",
        ErasureState.ERASING: "Het wordt uitgevoerd.",
        ErasureState.ERASED: "Het is gedaan, en het certificaat is er.",
        ErasureState.CANCELLED: "Het is afgebroken; er is niets veranderd.",
        ErasureReason.REQUEST: "De persoon vroeg erom.",
        ErasureReason.OFFICER: "Twee mensen besloten ertoe.",
        ErasureReason.RETENTION: "De bewaartermijn is voorbij.",
        PictureOutcome.MASK: "De persoon wordt voorgoed afgedekt; de foto blijft.",
        PictureOutcome.DELETE: "De foto verdwijnt, met alles wat ervan is gemaakt.",
        ErasureRefusal.NOT_PLANNED: (
            "Er is nu geen plan te wijzigen of te bevestigen. Kijk hoe ver het is."
        ),
        ErasureRefusal.BEYOND_STOPPING: (
            "Het is bevestigd. Wat is vernietigd komt niet terug, dus het gaat door."
        ),
        ErasureRefusal.UNKNOWN_PICTURE: "Deze foto staat niet in het plan.",
        ErasureRefusal.CANNOT_MASK: (
            "Van geen gezicht op deze foto is bekend dat het van deze persoon is. Wijs"
            " het eerst aan, of verwijder de foto."
        ),
    }
)
