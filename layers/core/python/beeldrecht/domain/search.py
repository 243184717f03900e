"""Searching the library: what is known of a picture there, and what can be asked.

No name of anybody who is portrayed stands in it: people are searched for by their
identifiers. The words that were said of a picture do stand in it, so it goes where the
picture goes (`adapters.search_index`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

MAX_WORDS: Final = 12
"""More words than this say nothing that fewer do not."""
LONG_WORD: Final = 4
VERY_LONG_WORD: Final = 8
"""From how many letters on one and two of them may be wrong."""
WINDOWS: Final = (7, 30, 90)
"""Days: the windows in which what is allowed now ends."""


class Facet(StrEnum):
    """By what results can be counted and narrowed."""

    MONTH = "facet_month"
    PERSON = "facet_person"
    SESSION = "facet_session"
    COLLECTION = "facet_collection"
    CHANNEL = "facet_channel"
    STATUS = "facet_status"
    ORIENTATION = "facet_orientation"
    MEDIA_TYPE = "facet_type"
    UPLOADER = "facet_uploader"
    ENDS_WITHIN = "facet_ends_within"


class Orientation(StrEnum):
    """How a picture lies, upright."""

    LANDSCAPE = "lies_wide"
    PORTRAIT = "stands_tall"
    SQUARE = "is_square"


class SearchOrder(StrEnum):
    """What comes first."""

    RELEVANCE = "order_relevance"
    """What says it in its title or keywords, then the rest; of each the newest first."""
    NEWEST = "order_newest"
    OLDEST = "order_oldest"


def orientation_of(width: int, height: int) -> Orientation:
    """How a picture of that many upright pixels lies."""
    if width == height:
        return Orientation.SQUARE
    return Orientation.LANDSCAPE if width > height else Orientation.PORTRAIT


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A picture as it is searched for."""

    asset_id: str
    taken_at: datetime
    """When it was taken, as far as is known; else when it was announced."""
    status: str
    uploader_id: str
    file_name: str = ""
    title: str = ""
    caption: str = ""
    keywords: tuple[str, ...] = ()
    place: str = ""
    """Where it was taken, in words; with where its session was."""
    session_title: str = ""
    credits: str = ""
    """Who made it, and who is to be named."""
    session_id: str | None = None
    collection_ids: frozenset[str] = frozenset()
    person_ids: frozenset[str] = frozenset()
    """Who a person confirmed to be in it."""
    channels: Mapping[str, str] = field(default_factory=dict)
    """What is possible in each channel, as it was decided last."""
    leaves_until: datetime | None = None
    """Until when it may leave in some channel, as decided last; None: it may not."""
    decision_ends: datetime | None = None
    """When time alone changes what was decided; None: nothing is known to end."""
    ends_at: datetime | None = None
    """When its term of keeping ends."""
    orientation: Orientation | None = None
    media_type: str = ""

    @property
    def month(self) -> str:
        """The month in which it was taken: `2026-11`."""
        return f"{self.taken_at:%Y-%m}"


FOREVER: Final = datetime.max.replace(tzinfo=UTC)
"""Stands for an end that nothing knows of."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What somebody looks for. Of one facet any value will do; of several each counts."""

    text: str = ""
    facets: Mapping[Facet, frozenset[str]] = field(default_factory=dict)
    taken_from: date | None = None
    taken_until: date | None = None
    """The last day that counts."""
    ends_before: datetime | None = None
    """Only what was decided on and ends before then, by time alone."""
    order: SearchOrder = SearchOrder.RELEVANCE

    def __post_init__(self) -> None:
        """Freeze what it narrows by."""
        object.__setattr__(self, "facets", MappingProxyType(dict(self.facets)))


@dataclass(frozen=True, slots=True)
class SearchPlace:
    """The last picture of a page: the next page begins behind it.

    It names where the picture stands by itself, and not how many came before: whatever
    is added or goes meanwhile, nothing that stays is shown twice or left out.
    """

    tier: int
    rank: int
    asset_id: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A picture that was found, and where it stands."""

    asset_id: str
    place: SearchPlace


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found. Counts are on the first page alone."""

    hits: tuple[SearchHit, ...]
    more: bool
    total: int | None = None
    counts: Mapping[Facet, tuple[tuple[str, int], ...]] | None = None
    """Of each facet the values that stand most often, each with how often."""
    forgiven: tuple[str, ...] = ()
    """Words that nothing says, in whose place their neighbours were looked for."""


def windows_at(now: datetime) -> tuple[tuple[str, datetime], ...]:
    """Each window of `Facet.ENDS_WITHIN`, with when it closes."""
    return tuple((f"{days}d", now + timedelta(days=days)) for days in WINDOWS)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps for themselves."""

    search_id: str
    title: str
    asked: Mapping[str, Any]
    """What was asked, as the API takes it."""
    made_at: datetime
