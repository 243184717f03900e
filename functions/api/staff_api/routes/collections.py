"""Collections: which there are, who comes near them, and what is in them.

What is put into a restricted collection is taken from everybody's sight but its members',
and what is taken out is given back: so a picture moves only for those who may fill every
collection that it is in, and the one that it goes into. The same goes for a collection
that is put into another one, with everything in it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.domain.access import (
    Operation,
    Role,
    Scene,
    User,
    affordances,
    may,
)
from beeldrecht.domain.audit import Data, NewEntry
from beeldrecht.domain.collections import (
    MAX_COLLECTIONS,
    Collection,
    CollectionRefusal,
    CollectionRefusedError,
    placed,
    titled,
    with_member,
    without_member,
)
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key, unchanged_since
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.ports import Creating

from .. import scenes
from ..collection_views import (
    CollectionOrder,
    CollectionPage,
    CollectionView,
    MemberOrder,
    MemberView,
    PlacedAsset,
    PlaceOrder,
)
from ..refusals import conflict

_ABOUT = frozenset(
    {Operation.COLLECTION_READ, Operation.COLLECTION_CHANGE, Operation.COLLECTION_FILL}
)


class Collections(scenes.Collections, Protocol):
    """Where collections are on record."""

    def find(self, collection_id: str) -> Collection | None:
        """A collection with its members."""
        ...

    def create(self, collection: Collection, at: datetime, entry: NewEntry) -> Collection:
        """Record a new one; the first under an identifier stands, and is given."""
        ...

    def save(
        self,
        before: Collection,
        after: Collection,
        entry: NewEntry,
        above: Iterable[Collection] = (),
    ) -> Collection:
        """Record a change while those `above` stand as read; StaleRevisionError."""
        ...

    def levels_below(self, collection_id: str) -> int:
        """How many levels of collections stand in it."""
        ...

    def page(self, after: str | None, limit: int) -> tuple[list[Collection], str | None]:
        """The next collections, the oldest first."""
        ...


class Library(Protocol):
    """The pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """Everything on record about a picture, less its faces."""
        ...

    def collect(
        self,
        record: AssetRecord,
        collection_ids: frozenset[str],
        entry: NewEntry | None = None,
    ) -> None:
        """Record in which collections it is; raises StaleRevisionError."""
        ...


class Services(Creating, Protocol):
    """What these routes need."""

    @property
    def collections(self) -> Collections:
        """The collections."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/collections`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/collections",
        Operation.COLLECTION_LIST,
        summary="The collections that I may see",
        description="A page may hold fewer than asked for, and be followed by another.",
    )
    def list_collections(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[CollectionPage]:
        """The oldest first."""
        user = api.require(Operation.COLLECTION_LIST)
        position = position_of(cursor, 1)
        found, following = services.collections.page(
            position[0] if position else None, limit
        )
        shown = [desk.view(each, user) for each in found if desk.sees(each, user)]
        return reply(
            CollectionPage(
                items=shown, cursor=cursor_of((following,)) if following else None
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/collections",
        Operation.COLLECTION_CREATE,
        summary="Start a collection",
        status_code=HTTPStatus.CREATED,
    )
    def create_collection(
        order: Annotated[CollectionOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[CollectionView]:
        """Whoever starts it is its first member; the same key again makes no second."""
        user = api.require(Operation.COLLECTION_CREATE)
        made = desk.create(user, order, idempotency_key(key))
        place = {"Location": f"/v1/collections/{made.collection_id}"}
        return desk.shown(made, user, HTTPStatus.CREATED, place)

    @api.route(
        HTTPMethod.GET,
        "/v1/collections/<collection_id>",
        Operation.COLLECTION_READ,
        summary="A collection, and what I may do with it",
    )
    def read_collection(collection_id: OpaqueId) -> Response[CollectionView]:
        """As it stands at this instant."""
        found = desk.find(collection_id, Operation.COLLECTION_READ)
        return desk.shown(found, api.user)

    @api.route(
        HTTPMethod.PUT,
        "/v1/collections/<collection_id>",
        Operation.COLLECTION_CHANGE,
        summary="Give a collection another title, restrict it or open it",
    )
    def change_collection(
        collection_id: OpaqueId,
        order: Annotated[CollectionOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[CollectionView]:
        """A restricted collection keeps an editor among its members."""
        seen = desk.find(collection_id, Operation.COLLECTION_CHANGE)
        unchanged_since(if_match, seen.revision)
        after = desk.changed(titled, seen, order.title, order.restricted)
        data: Data = {"restricted": int(order.restricted)}
        return desk.shown(desk.save(seen, after, "api:collection:change", data), api.user)

    @api.route(
        HTTPMethod.PUT,
        "/v1/collections/<collection_id>/parent",
        Operation.COLLECTION_CHANGE,
        summary="Put a collection into another one, or have it stand by itself",
        description="Whoever is kept out of one is kept out of all that stands in it.",
    )
    def place_collection(
        collection_id: OpaqueId,
        order: Annotated[PlaceOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[CollectionView]:
        """Only for who may change it, where it stood, and where it goes."""
        seen = desk.find(collection_id, Operation.COLLECTION_CHANGE)
        unchanged_since(if_match, seen.revision)
        return desk.shown(desk.place(seen, order.parent_id), api.user)

    @api.route(
        HTTPMethod.PUT,
        "/v1/collections/<collection_id>/members/<user_id>",
        Operation.COLLECTION_CHANGE,
        summary="Let somebody near a collection",
    )
    def put_member(
        collection_id: OpaqueId,
        user_id: OpaqueId,
        order: Annotated[MemberOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[CollectionView]:
        """The role is the most they may do there; it gives them nothing of its own."""
        seen = desk.find(collection_id, Operation.COLLECTION_CHANGE)
        unchanged_since(if_match, seen.revision)
        after = desk.changed(with_member, seen, user_id, order.role)
        data = {"user_id": user_id, "role": order.role.value}
        return desk.shown(desk.save(seen, after, "api:collection:member", data), api.user)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/collections/<collection_id>/members/<user_id>",
        Operation.COLLECTION_CHANGE,
        summary="Let somebody near a collection no more",
    )
    def delete_member(
        collection_id: OpaqueId,
        user_id: OpaqueId,
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[CollectionView]:
        """The same again changes nothing."""
        seen = desk.find(collection_id, Operation.COLLECTION_CHANGE)
        unchanged_since(if_match, seen.revision)
        after = desk.changed(without_member, seen, user_id)
        data = {"user_id": user_id, "role": None}
        return desk.shown(desk.save(seen, after, "api:collection:member", data), api.user)

    @api.route(
        HTTPMethod.PUT,
        "/v1/collections/<collection_id>/assets/<asset_id>",
        Operation.COLLECTION_FILL,
        summary="Put a picture into a collection",
        description="`If-Match` is about the picture: it is what changes.",
    )
    def collect_asset(
        collection_id: OpaqueId,
        asset_id: OpaqueId,
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[PlacedAsset]:
        """Only for who may fill this collection and every one that it is in."""
        return desk.move(collection_id, asset_id, if_match, into=True)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/collections/<collection_id>/assets/<asset_id>",
        Operation.COLLECTION_FILL,
        summary="Take a picture out of a collection",
        description="`If-Match` is about the picture: it is what changes.",
    )
    def uncollect_asset(
        collection_id: OpaqueId,
        asset_id: OpaqueId,
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[PlacedAsset]:
        """Only for who may fill this collection and every one that it is in."""
        return desk.move(collection_id, asset_id, if_match, into=False)


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def sees(self, collection: Collection, user: User) -> bool:
        """Whether the user may know of a collection."""
        scene = self._scene(collection)
        at = self._services.now()
        return may(user, Operation.COLLECTION_READ, at, scene) is None

    def view(self, collection: Collection, user: User) -> CollectionView:
        """A collection as this user sees it."""
        scene = self._scene(collection)
        possible = affordances(user, self._services.now(), scene) & _ABOUT
        members = [
            MemberView(user_id=who, role=role)
            for who, role in sorted(collection.members.items())
        ]
        told = Operation.COLLECTION_CHANGE in possible
        return CollectionView(
            collection_id=collection.collection_id,
            revision=collection.revision,
            title=collection.title,
            restricted=collection.restricted,
            # Who sees it may see all that it stands in, or would not see it.
            parent_id=collection.parent_id,
            members=members if told else None,
            affordances=sorted(possible),
        )

    def shown(
        self,
        collection: Collection,
        user: User,
        status: HTTPStatus = HTTPStatus.OK,
        headers: dict[str, str] | None = None,
    ) -> Response[CollectionView]:
        """The answer that shows a collection."""
        view = self.view(collection, user)
        return reply(view, status, revision=collection.revision, headers=headers)

    def find(self, collection_id: str, operation: Operation) -> Collection:
        """The collection, for whoever may do this with it; raises ProblemError."""
        self._api.require_ever(operation)
        found = self._services.collections.find(collection_id)
        if found is None:
            raise self._api.missing(operation)
        self._api.require(operation, self._scene(found), private=True)
        return found

    def place(self, seen: Collection, parent_id: str | None) -> Collection:
        """Put a collection in another; raises ProblemError, StaleRevisionError."""
        collections = self._services.collections
        if parent_id is not None:
            self.find(parent_id, Operation.COLLECTION_CHANGE)
        above = collections.several([parent_id]) if parent_id else ()
        levels = collections.levels_below(seen.collection_id)
        after = self.changed(placed, seen, above, levels)
        data: Data = {"parent_id": parent_id}
        return self.save(seen, after, "api:collection:change", data, above)

    def _scene(self, collection: Collection) -> Scene:
        """The collection as read, with all that it stands in."""
        above = [collection.parent_id] if collection.parent_id else []
        return scenes.collection_scene(
            collection, *self._services.collections.several(above)
        )

    def create(self, user: User, order: CollectionOrder, key: str) -> Collection:
        """Record a new collection; a retry finds the first."""
        services, at = self._services, self._services.now()
        body = order.model_dump_json().encode()
        collection_id = services.claims.claim(
            user.user_id, Operation.COLLECTION_CREATE, key, body, services.new_id, at
        )
        tag = "api:collection:create"
        data: Data = {"restricted": int(order.restricted)}
        return services.collections.create(
            Collection(
                collection_id,
                order.title,
                order.restricted,
                members={user.user_id: Role.EDITOR},
            ),
            at,
            NewEntry(collection_id, tag, tag, at, user.user_id, data),
        )

    def changed[**P](
        self,
        change: Callable[P, Collection],
        *arguments: P.args,
        **named: P.kwargs,
    ) -> Collection:
        """The collection after a change; raises ProblemError with the reason why not."""
        try:
            return change(*arguments, **named)
        except CollectionRefusedError as error:
            raise conflict(error.reason, self._api.language) from error

    def save(
        self,
        seen: Collection,
        after: Collection,
        tag: str,
        data: Data,
        above: Iterable[Collection] = (),
    ) -> Collection:
        """Record a change with its entry, and nothing where nothing changed."""
        if after == seen:
            return seen
        entry = NewEntry(
            subject=seen.collection_id,
            entry_id=f"{tag}:{seen.revision}",
            tag=tag,
            at=self._services.now(),
            actor=self._api.user.user_id,
            data=data,
        )
        return self._services.collections.save(seen, after, entry, above)

    def move(
        self, collection_id: str, asset_id: str, if_match: str | None, *, into: bool
    ) -> Response[PlacedAsset]:
        """Put a picture in or take it out; the same again changes nothing."""
        operation = Operation.COLLECTION_FILL
        user = self._api.require_ever(operation)
        record = self._services.library.record(asset_id)
        found = self._services.collections.find(collection_id)
        if record is None or found is None:
            raise self._api.missing(operation)
        around = {collection_id, *record.collection_ids}
        scene = scenes.collection_scene(*self._services.collections.several(around))
        self._api.require(operation, scene, private=True)
        unchanged_since(if_match, record.revision)
        there = frozenset(around if into else around - {collection_id})
        if there != record.collection_ids:
            if len(there) > MAX_COLLECTIONS:
                reason = CollectionRefusal.TOO_MANY_COLLECTIONS
                raise conflict(reason, self._api.language)
            tag = "api:collection:asset"
            entry = NewEntry(
                subject=asset_id,
                entry_id=f"{tag}:{record.revision}",
                tag=tag,
                at=self._services.now(),
                actor=user.user_id,
                data={"collection_id": collection_id, "put": "in" if into else "out"},
            )
            self._services.library.collect(record, there, entry)
            # What is on record now, under the revision that the next change needs.
            record = self._services.library.record(asset_id) or record
        view = PlacedAsset(
            asset_id=asset_id,
            revision=record.revision,
            collection_ids=sorted(record.collection_ids),
        )
        return reply(view, revision=record.revision)
