"""What is in a collection, a page at a time."""

from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Pictures
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Limit,
    cursor_of,
    position_of,
)

from .. import reading, scenes
from ..views import AssetSummary, summary_of


class Collected(Protocol):
    """What stands in collections."""

    def page(
        self, collection_id: str, after: str | None, limit: int
    ) -> tuple[tuple[str, ...], str | None]:
        """The next pictures, and where the page after begins."""
        ...


class Collections(scenes.Collections, Protocol):
    """Where collections are on record."""

    def find(self, collection_id: str) -> Collection | None:
        """A collection with its members."""
        ...


class Library(Pictures, Protocol):
    """The pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record of one."""
        ...


class Services(reading.Services, Protocol):
    """What this route needs."""

    @property
    def collected(self) -> Collected:
        """What stands in collections."""
        ...

    @property
    def collections(self) -> Collections:
        """The collections."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...


class CollectedPage(Frozen):
    """Some of the pictures of a collection; the cursor leads to the others."""

    items: list[AssetSummary]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the route that lists what is in a collection."""

    @api.route(
        HTTPMethod.GET,
        "/v1/collections/<collection_id>/assets",
        Operation.COLLECTION_READ,
        summary="What is in a collection, of what I may read",
        description=(
            "The first that came to the library first; not what is in the collections"
            " that stand in it. A page may hold fewer pictures than asked for, or none,"
            " and be followed by another."
        ),
    )
    def list_collected(
        collection_id: OpaqueId,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[CollectedPage]:
        """As it stands at this instant: the list leads there, the picture says so."""
        readable_collection(api, services, collection_id)
        position = position_of(cursor, 1)
        ids, following = services.collected.page(
            collection_id, position[0] if position else None, limit
        )
        asks = reading.Reading(services, api.user, services.now())
        records = (services.library.record(each) for each in ids)
        return reply(
            CollectedPage(
                items=[
                    summary_of(record)
                    for record in records
                    if record is not None
                    and collection_id in record.collection_ids
                    and record.replaced_at is None
                    and asks.may_read(record)
                ],
                cursor=cursor_of((following,)) if following else None,
            )
        )


def readable_collection(api: Api, services: Services, collection_id: str) -> Collection:
    """A collection that the caller may read; raises ProblemError.

    One that is not there and one that is not for the caller give the same answer.
    """
    api.require_ever(Operation.COLLECTION_READ)
    found = services.collections.find(collection_id)
    if found is None:
        raise api.missing(Operation.COLLECTION_READ)
    above = services.collections.several([found.parent_id] if found.parent_id else ())
    scene = scenes.collection_scene(found, *above)
    api.require(Operation.COLLECTION_READ, scene, private=True)
    return found


def readable(
    api: Api, services: Services, collection_id: str, most: int
) -> tuple[str, ...] | None:
    """What the caller may read in a collection, in its order; None: more than that."""
    asks = reading.Reading(services, api.user, services.now())
    found: list[str] = []
    after: str | None = None
    while True:
        ids, after = services.collected.page(collection_id, after, MAX_LIMIT)
        for asset_id in ids:
            record = services.library.record(asset_id)
            if record is None or collection_id not in record.collection_ids:
                continue
            if record.replaced_at is None and asks.may_read(record):
                found.append(asset_id)
        if len(found) > most:
            return None
        if after is None:
            return tuple(found)
