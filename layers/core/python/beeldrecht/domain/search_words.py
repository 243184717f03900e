"""The words for searching, in English and Dutch."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .search import Facet, Orientation, SearchOrder

ENGLISH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Facet.MONTH: "Month.",
        Facet.PERSON: "Person.",
        Facet.SESSION: "Session.",
        Facet.COLLECTION: "Collection.",
        Facet.CHANNEL: "Channel, and what it allows.",
        Facet.STATUS: "Status.",
        Facet.ORIENTATION: "Lies.",
        Facet.MEDIA_TYPE: "Kind of file.",
        Facet.UPLOADER: "Uploaded by.",
        Facet.ENDS_WITHIN: "What is allowed ends within.",
        Orientation.LANDSCAPE: "Wide.",
        Orientation.PORTRAIT: "Tall.",
        Orientation.SQUARE: "Square.",
        SearchOrder.RELEVANCE: "What fits best.",
        SearchOrder.NEWEST: "Newest first.",
        SearchOrder.OLDEST: "Oldest first.",
    }
)

DUTCH: Final[Mapping[StrEnum, str]] = MappingProxyType(
    {
        Facet.MONTH: "Maand.",
        Facet.PERSON: "Persoon.",
        Facet.SESSION: "Sessie.",
        Facet.COLLECTION: "Collectie.",
        Facet.CHANNEL: "Kanaal, en wat daar mag.",
        Facet.STATUS: "Stand.",
        Facet.ORIENTATION: "Ligging.",
        Facet.MEDIA_TYPE: "Soort bestand.",
        Facet.UPLOADER: "Geüpload door.",
        Facet.ENDS_WITHIN: "Wat mag, eindigt binnen.",
        Orientation.LANDSCAPE: "Liggend.",
        Orientation.PORTRAIT: "Staand.",
        Orientation.SQUARE: "Vierkant.",
        SearchOrder.RELEVANCE: "Wat het best past.",
        SearchOrder.NEWEST: "Nieuwste eerst.",
        SearchOrder.OLDEST: "Oudste eerst.",
    }
)
