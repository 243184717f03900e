"""The words for an erasure: how far it is, why, and what becomes of each picture."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .erasure import (
    ErasureReason,
    ErasureRefusal,
    ErasureState,
    PictureOutcome,
    ProofReason,
)
from .erasure_texts import LeavingReason, TextOutcome

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
        ErasureRefusal.UNKNOWN_TEXT: "The plan has no such text.",
        ErasureRefusal.CANNOT_REDACT: (
            "This text cannot be rewritten here. Change it by hand where that is"
            " possible, then leave it with the reason."
        ),
        ErasureRefusal.NO_REASON: "Say why the name stays in this text.",
        ErasureRefusal.TEXTS_UNDECIDED: (
            "The person is named in texts that nobody decided about. Say of each whether"
            " the name goes."
        ),
        ProofReason.CLAIM: "A legal claim turns on this consent.",
        ProofReason.AUTHORITY: "The supervisory authority asks about this consent.",
        TextOutcome.REDACT: "The name is taken out of the text.",
        TextOutcome.LEAVE: "The text stays as it is.",
        TextOutcome.GONE: "The text is gone, or names them no longer.",
        LeavingReason.ANOTHER: "It is the name of somebody else.",
        LeavingReason.MAKER: "It names who made the picture.",
        LeavingReason.EXPRESSION: "Freedom of expression and information.",
        LeavingReason.ARCHIVE: "It belongs to an archive in the public interest.",
        LeavingReason.CLAIM: "It is needed for a legal claim.",
        LeavingReason.SIGNED: "It is signed: changing it would void the signature.",
        LeavingReason.BREACH: "A breach stays on record as it was found.",
        LeavingReason.BY_HAND: "It was changed by hand, and names them no longer.",
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
        ErasureRefusal.UNKNOWN_TEXT: "Deze tekst staat niet in het plan.",
        ErasureRefusal.CANNOT_REDACT: (
            "Deze tekst kan hier niet worden herschreven. Pas hem met de hand aan waar"
            " dat kan, en laat hem dan staan met de reden."
        ),
        ErasureRefusal.NO_REASON: "Zeg waarom de naam in deze tekst blijft staan.",
        ErasureRefusal.TEXTS_UNDECIDED: (
            "De persoon wordt genoemd in teksten waarover niemand besliste. Zeg van elke"
            " tekst of de naam eruit gaat."
        ),
        ProofReason.CLAIM: "Een rechtsvordering gaat over deze toestemming.",
        ProofReason.AUTHORITY: "De toezichthouder vraagt naar deze toestemming.",
        TextOutcome.REDACT: "De naam gaat uit de tekst.",
        TextOutcome.LEAVE: "De tekst blijft zoals hij is.",
        TextOutcome.GONE: "De tekst is weg, of noemt hen niet meer.",
        LeavingReason.ANOTHER: "Het is de naam van iemand anders.",
        LeavingReason.MAKER: "Het noemt wie de foto maakte.",
        LeavingReason.EXPRESSION: "Vrijheid van meningsuiting en informatie.",
        LeavingReason.ARCHIVE: "Het hoort bij een archief in het algemeen belang.",
        LeavingReason.CLAIM: "Het is nodig voor een rechtsvordering.",
        LeavingReason.SIGNED: "Het is ondertekend: wijzigen maakt dat ongeldig.",
        LeavingReason.BREACH: "Een datalek blijft vastgelegd zoals het is gevonden.",
        LeavingReason.BY_HAND: "Het is met de hand gewijzigd, en noemt hen niet meer.",
    }
)
