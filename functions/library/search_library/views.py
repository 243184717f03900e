"""What can be asked of a search, and what comes back."""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.search import Facet, SearchOrder, SearchQuery
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit

Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00-\x1f]*$"),
]
Values = Annotated[
    str,
    StringConstraints(
        pattern=r"^[A-Za-z0-9:_./+-]{1,80}(,[A-Za-z0-9:_./+-]{1,80}){0,19}$",
        max_length=1700,
    ),
]
"""One value, or some with a comma between them: any of them will do."""
Title = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=120,
        pattern=r"^[^\x00-\x1f\x7f]*$",
    ),
]
Days = Annotated[int, Field(ge=1, le=366)]
Day = Annotated[date, Field(ge=date(1000, 1, 1), le=date(2999, 12, 31))]


class Asked(Frozen):
    """What somebody looks for; everything that is given has to be so."""

    q: Text = ""
    person: Values | None = None
    session: Values | None = None
    collection: Values | None = None
    channel: Values | None = Field(
        default=None, description="`website:clear`: the channel, and what it allows."
    )
    status: Values | None = None
    orientation: Values | None = None
    media_type: Values | None = None
    uploader: Values | None = None
    month: Values | None = Field(default=None, description="`2026-11`")
    taken_from: Day | None = None
    taken_until: Day | None = Field(default=None, description="The last day.")
    ends_within: Days | None = Field(
        default=None, description="Days in which what is allowed now ends by itself."
    )
    order: SearchOrder = SearchOrder.RELEVANCE

    @property
    def facets(self) -> Mapping[Facet, frozenset[str]]:
        """What it is narrowed by."""
        given = {
            Facet.PERSON: self.person,
            Facet.SESSION: self.session,
            Facet.COLLECTION: self.collection,
            Facet.CHANNEL: self.channel,
            Facet.STATUS: self.status,
            Facet.ORIENTATION: self.orientation,
            Facet.MEDIA_TYPE: self.media_type,
            Facet.UPLOADER: self.uploader,
            Facet.MONTH: self.month,
        }
        return {
            facet: frozenset(values.split(","))
            for facet, values in given.items()
            if values is not None
        }

    def query(self, ends_before: datetime | None) -> SearchQuery:
        """The same as the index takes it."""
        return SearchQuery(
            text=self.q,
            facets=self.facets,
            taken_from=self.taken_from,
            taken_until=self.taken_until,
            ends_before=ends_before,
            order=self.order,
        )

    @property
    def digest(self) -> str:
        """What tells it from another one: a cursor of that leads nowhere here."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:16]


class AskedPage(Asked):
    """The same, and how much of what is found to show."""

    limit: Limit = DEFAULT_LIMIT
    cursor: str | None = None


class FoundAsset(Frozen):
    """A picture that was found. The status is for lists: the picture itself says more."""

    asset_id: OpaqueId
    revision: int
    status: AssetStatus
    file_name: str
    title: str | None
    taken_at: str | None = Field(description="As the camera said.")
    announced_at: datetime
    session_id: OpaqueId | None
    width: int | None
    height: int | None
    leaves: dict[Channel, Verdict] | None = Field(
        description="In which channels it may leave and how, as it was decided last. "
        "None: that is not known now."
    )
    leaves_until: datetime | None = Field(
        description="Until when that holds by itself; None: no end is known."
    )

    @classmethod
    def of(
        cls, record: AssetRecord, decided: Mapping[str, Any] | None, at: datetime
    ) -> "FoundAsset":
        """Show one, with what was decided of it last, unless that is over at `at`."""
        original = record.original
        until = _instant((decided or {}).get("valid_until"))
        known = decided is not None and (until is None or at < until)
        leaves = dict(decided["leaves"]) if decided and known else None
        return cls(
            asset_id=record.asset_id,
            revision=record.revision,
            status=record.status,
            file_name=record.announcement.file_name,
            title=record.description.title,
            taken_at=record.description.captured_at,
            announced_at=record.announcement.announced_at,
            session_id=record.announcement.session_id,
            width=original.width if original else None,
            height=original.height if original else None,
            leaves=leaves,
            leaves_until=until if known else None,
        )


def _instant(stamp: str | None) -> datetime | None:
    return None if stamp is None else datetime.fromisoformat(stamp)


class Counted(Frozen):
    """A value of a facet, and how many of the pictures have it."""

    value: str
    count: int


class FacetView(Frozen):
    """One facet, with the values that stand most often."""

    facet: Facet
    words: str
    values: list[Counted]


class SearchResults(Frozen):
    """Some of the pictures that were found; the cursor leads to the others."""

    items: list[FoundAsset]
    total: int | None = Field(
        description="How many the caller may see; on the first page alone."
    )
    facets: list[FacetView] | None = Field(description="On the first page alone.")
    forgiven: list[str] = Field(
        description="Words that nothing says: what is written nearly so stands in."
    )
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class SavedOrder(Frozen):
    """A search to keep, and what to call it."""

    title: Title
    asked: Asked


class SavedView(Frozen):
    """A search that somebody keeps; nobody else sees it."""

    search_id: OpaqueId
    title: str
    asked: Asked
    made_at: datetime


class SavedList(Frozen):
    """Everything that the caller keeps, the newest first."""

    items: list[SavedView]
