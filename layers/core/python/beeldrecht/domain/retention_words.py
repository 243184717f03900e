"""The words for what is kept how long, and for what becomes of a change of that."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .retention import RetentionKind, RetentionRefusal

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RetentionKind.UNLINKED_FACES: "Boxes of faces that nobody named.",
        RetentionKind.TEMPLATES: "What recognises somebody's face.",
        RetentionKind.CONTACTS: "Addresses of people, once nothing they signed holds.",
        RetentionKind.REQUESTS: "Requests of and to people, once they are closed.",
        RetentionKind.EXPORTS: "What somebody may fetch about themselves.",
        RetentionKind.SHARES: "Addresses that show pictures to outsiders.",
        RetentionKind.DISCLOSURES: "Who received which picture, and its recalls.",
        RetentionKind.MAILS: "What was sent to whom.",
        RetentionKind.PROOF: "What proves a consent, once it has ended.",
        RetentionKind.AUDIT: "Entries of the audit log.",
        RetentionKind.ASSETS: "Pictures, with everything that belongs to them.",
        RetentionKind.REJECTED: "Files that could not be taken in.",
        RetentionRefusal.OUT_OF_BOUNDS: (
            "That is shorter or longer than is allowed. Choose within the bounds."
        ),
        RetentionRefusal.GUARD_OUT_OF_BOUNDS: (
            "The guard is a share of a hundred. Choose from 1 to 100."
        ),
        RetentionRefusal.NOTHING_CHANGES: "That is what is kept to already.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        RetentionKind.UNLINKED_FACES: "Kaders om gezichten die niemand benoemde.",
        RetentionKind.TEMPLATES: "Waarmee iemands gezicht wordt herkend.",
        RetentionKind.CONTACTS: (
            "Adressen van mensen, als niets meer geldt van wat zij tekenden."
        ),
        RetentionKind.REQUESTS: "Verzoeken van en aan mensen, als die zijn afgesloten.",
        RetentionKind.EXPORTS: "Wat iemand over zichzelf kan ophalen.",
        RetentionKind.SHARES: "Adressen die foto's aan buitenstaanders tonen.",
        RetentionKind.DISCLOSURES: "Wie welke foto kreeg, en wat is teruggevraagd.",
        RetentionKind.MAILS: "Wat aan wie is gestuurd.",
        RetentionKind.PROOF: "Wat een toestemming bewijst, als die is geëindigd.",
        RetentionKind.AUDIT: "Regels van het logboek.",
        RetentionKind.ASSETS: "Foto's, met alles wat erbij hoort.",
        RetentionKind.REJECTED: "Bestanden die niet konden worden opgenomen.",
        RetentionRefusal.OUT_OF_BOUNDS: (
            "Dat is korter of langer dan mag. Kies binnen de grenzen."
        ),
        RetentionRefusal.GUARD_OUT_OF_BOUNDS: (
            "De grens is een deel van honderd. Kies van 1 tot en met 100."
        ),
        RetentionRefusal.NOTHING_CHANGES: "Daar wordt al aan gehouden.",
    }
)
