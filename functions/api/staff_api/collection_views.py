"""Collections as requests and answers say them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from beeldrecht.domain.access import Operation, Role
from beeldrecht.runtime.events import Frozen, OpaqueId

# A title is shown to people, in one line, as it was typed: no control characters.
Title = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=120,
        pattern=r"^[^\x00-\x1f\x7f]*$",
    ),
]


class CollectionOrder(Frozen):
    """What a collection is called, and whether it is for its members alone."""

    title: Title
    restricted: bool


class PlaceOrder(Frozen):
    """Where a collection stands."""

    parent_id: OpaqueId | None = Field(
        description="The collection that it stands in; None: it stands by itself."
    )


class MemberOrder(Frozen):
    """The most that somebody is to do in the collection."""

    role: Role = Field(description="viewer, contributor or editor.")


class MemberView(Frozen):
    """Somebody who comes near the collection."""

    user_id: OpaqueId
    role: Role


class CollectionView(Frozen):
    """A collection, and what the caller may do with it now."""

    collection_id: OpaqueId
    revision: int
    title: str
    restricted: bool
    parent_id: OpaqueId | None = Field(
        description="The collection that it stands in, for whoever may see that one."
    )
    members: list[MemberView] | None = Field(
        description="For those who may change them; None for others."
    )
    affordances: list[Operation]


class CollectionPage(Frozen):
    """Some of the collections that the caller may see; the cursor leads to the others."""

    items: list[CollectionView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class PlacedAsset(Frozen):
    """In which collections a picture is now."""

    asset_id: OpaqueId
    revision: int
    collection_ids: list[OpaqueId]
