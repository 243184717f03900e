"""What is said of pictures, as requests and answers say it."""

from typing import Annotated

from pydantic import Field, StringConstraints

from beeldrecht.domain.metadata import (
    KEYWORD_LIMIT,
    MAX_KEYWORDS,
    MAX_RELEASE_IDS,
    Metadata,
    MetadataChange,
    ModelRelease,
)
from beeldrecht.runtime.events import Frozen, OpaqueId

MOST = 100
"""Pictures that are changed by one edit: more would not end within a request."""

_Text = Annotated[str, StringConstraints(max_length=4000)]
_Word = Annotated[str, StringConstraints(max_length=KEYWORD_LIMIT)]
_Keywords = Annotated[tuple[_Word, ...], Field(max_length=MAX_KEYWORDS)]
_Releases = Annotated[tuple[_Word, ...], Field(max_length=MAX_RELEASE_IDS)]


class DescriptionView(Frozen):
    """What is said of a picture: by the file, until a person said otherwise."""

    captured_at: str | None
    creator: str | None
    title: str | None
    caption: str | None
    keywords: list[str]
    credit: str | None
    copyright: str | None
    usage_terms: str | None
    location: str | None
    city: str | None
    region: str | None
    country: str | None
    model_release: ModelRelease | None
    model_release_ids: list[str]


class MetadataValues(Frozen):
    """New values; what is left out stays, null and an empty list empty a field."""

    captured_at: _Text | None = Field(default=None, description="A date, as ISO 8601.")
    creator: _Text | None = None
    title: _Text | None = None
    caption: _Text | None = None
    keywords: _Keywords | None = None
    credit: _Text | None = None
    copyright: _Text | None = None
    usage_terms: _Text | None = None
    location: _Text | None = None
    city: _Text | None = None
    region: _Text | None = None
    country: _Text | None = None
    model_release: ModelRelease | None = None
    model_release_ids: _Releases | None = None


class MetadataLists(Frozen):
    """Values of the lists, to add to each picture or to take from it."""

    keywords: _Keywords = ()
    model_release_ids: _Releases = ()


class MetadataOrder(Frozen):
    """What is to be said otherwise."""

    values: MetadataValues = MetadataValues()
    add: MetadataLists = MetadataLists()
    remove: MetadataLists = MetadataLists()

    def change(self) -> MetadataChange:
        """As the domain says it."""
        values = self.values.model_dump(exclude_unset=True)
        return MetadataChange(
            values=values, added=_named(self.add), removed=_named(self.remove)
        )


class EditOrder(MetadataOrder):
    """What is to be said otherwise of which pictures: named, or all of a collection."""

    asset_ids: Annotated[tuple[OpaqueId, ...], Field(max_length=MOST)] = ()
    collection_id: OpaqueId | None = None


class MetadataView(Frozen):
    """What is said of one picture now."""

    asset_id: OpaqueId
    revision: int
    edit_id: OpaqueId | None = Field(description="The edit that said so last.")
    said: DescriptionView


class EditedView(Frozen):
    """One picture of an edit, before and after."""

    asset_id: OpaqueId
    changes: bool
    before: DescriptionView
    after: DescriptionView


class EditView(Frozen):
    """An edit of several pictures, made or only shown."""

    edit_id: OpaqueId | None = Field(
        description="Take it back by this. None: it was only shown."
    )
    items: list[EditedView]


def described(said: Metadata) -> DescriptionView:
    """What is said of a picture, for who may read it."""
    return DescriptionView(
        captured_at=said.captured_at,
        creator=said.creator,
        title=said.title,
        caption=said.caption,
        keywords=list(said.keywords),
        credit=said.credit,
        copyright=said.copyright,
        usage_terms=said.usage_terms,
        location=said.location,
        city=said.city,
        region=said.region,
        country=said.country,
        model_release=said.model_release,
        model_release_ids=list(said.model_release_ids),
    )


def _named(lists: MetadataLists) -> dict[str, tuple[str, ...]]:
    named = {
        "keywords": lists.keywords,
        "model_release_ids": lists.model_release_ids,
    }
    return {name: values for name, values in named.items() if values}
