"""Searching: what the caller may find, counted and in order, and what they keep of it.

The index says what there is and how many; each picture that is shown is read again and
asked of the policy, so that nothing is shown of which that says no by then.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Any, Final, Protocol

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.domain.access import Operation, Scene, User, may
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.decisions import decide
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.messages import words
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.search import (
    Facet,
    SavedSearch,
    SearchHit,
    SearchPage,
    SearchPlace,
    SearchQuery,
)
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import Bases, Pictures, Register, gather
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Creating

from .views import (
    Asked,
    AskedPage,
    Counted,
    FacetView,
    FoundAsset,
    SavedList,
    SavedOrder,
    SavedView,
    SearchResults,
)

SIDE_BY_SIDE: Final = 8
"""How many pictures are looked at at once: most of it is waiting."""
MOST_SAVED: Final = 100


class Index(Protocol):
    """What is searched."""

    def search(
        self, query: SearchQuery, user: User, limit: int, after: SearchPlace | None = None
    ) -> SearchPage:
        """What this user may find, as it was on record when this was called."""
        ...


class Collections(Protocol):
    """Where collections are on record."""

    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]:
        """These, with all that they stand in; one that is lost is closed to everybody."""
        ...


class Searches(Protocol):
    """What people look for often."""

    def save(self, user_id: str, search: SavedSearch) -> None:
        """Keep one; the first under an identifier stands."""
        ...

    def of_user(self, user_id: str) -> tuple[SavedSearch, ...]:
        """What somebody keeps, the newest first."""
        ...

    def drop(self, user_id: str, search_id: str) -> bool:
        """Keep one no longer; False when it is not kept."""
        ...


class People(Register, Protocol):
    """The consent register, and who is on record in it."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


class Library(Pictures, Protocol):
    """The pictures, with what was decided of each last."""

    def cached_decision(self, asset_id: str) -> Mapping[str, Any] | None:
        """For lists; `decide` says what may leave."""
        ...


class Services(Creating, Protocol):
    """What these routes need."""

    @property
    def index(self) -> Index:
        """The index."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def register(self) -> People:
        """The consent register."""
        ...

    @property
    def bases(self) -> Bases:
        """What uses rest on besides consent."""
        ...

    @property
    def collections(self) -> Collections:
        """The collections."""
        ...

    @property
    def searches(self) -> Searches:
        """What people look for often."""
        ...


def build(
    services: Services, log: Logger, ready: Callable[[], None] | None = None
) -> Api:
    """The API of searching; `ready` is asked before each request."""
    api = Api(log, services.now, ready)
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/search",
        Operation.ASSET_LIST,
        also=(Operation.PERSON_LIST,),
        summary="The pictures that I may read, and of which this is so",
        description=(
            "Every word has to be said of a picture, in its title, keywords, caption, "
            "place, session or file name; `wor*` is how a word begins. Without accents "
            "and in every form of a Dutch or English word. Several values of one facet, "
            "with a comma between them: any of them will do. A page may hold fewer than "
            "asked for, and be followed by another."
        ),
    )
    def search(
        page: Annotated[AskedPage, Query()],
    ) -> Response[SearchResults]:
        """What the caller may not see is neither counted nor shown."""
        asked = Asked.model_validate(page.model_dump(exclude={"limit", "cursor"}))
        return reply(desk.found(asked, page.limit, page.cursor))

    @api.route(
        HTTPMethod.GET,
        "/v1/saved-searches",
        Operation.ASSET_LIST,
        summary="The searches that I keep",
    )
    def list_saved_searches() -> Response[SavedList]:
        """Nobody else sees them."""
        user = api.require(Operation.ASSET_LIST)
        kept = services.searches.of_user(user.user_id)
        return reply(SavedList(items=[_saved_view(each) for each in kept]))

    @api.route(
        HTTPMethod.POST,
        "/v1/saved-searches",
        Operation.ASSET_LIST,
        also=(Operation.PERSON_LIST,),
        summary="Keep a search",
        description="Whoever is looked for has to be on record.",
        status_code=HTTPStatus.CREATED,
    )
    def save_search(
        order: Annotated[SavedOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[SavedView]:
        """The same key again keeps no second one."""
        user = api.require(Operation.ASSET_LIST)
        kept = desk.save(user, order, idempotency_key(key))
        place = {"Location": f"/v1/saved-searches/{kept.search_id}"}
        return reply(_saved_view(kept), HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/saved-searches/<search_id>",
        Operation.ASSET_LIST,
        summary="Keep a search no longer",
    )
    def drop_search(search_id: OpaqueId) -> Response[SavedList]:
        """What is kept then; one that is not the caller's is not there."""
        user = api.require(Operation.ASSET_LIST)
        if not services.searches.drop(user.user_id, search_id):
            raise api.missing(Operation.ASSET_LIST)
        kept = services.searches.of_user(user.user_id)
        return reply(SavedList(items=[_saved_view(each) for each in kept]))

    return api


class _Desk:
    """What the routes do."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def found(self, asked: Asked, limit: int, cursor: str | None) -> SearchResults:
        """A page of results; raises ProblemError."""
        user, at = self._api.require(Operation.ASSET_LIST), self._services.now()
        if asked.person is not None:
            self._api.require(Operation.PERSON_LIST)
        after = _place(cursor, asked.digest)
        ends = at + timedelta(days=asked.ends_within) if asked.ends_within else None
        services = self._services
        page = services.index.search(asked.query(ends), user, limit, after)
        with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            looked = list(pool.map(lambda hit: self._look(hit, user, at), page.hits))
            shown = list(
                pool.map(
                    lambda record: FoundAsset.of(
                        record, services.library.cached_decision(record.asset_id), at
                    ),
                    (record for record in looked if record is not None),
                )
            )
        fewer = len(looked) - len(shown)
        return SearchResults(
            items=shown,
            total=None if page.total is None else max(0, page.total - fewer),
            facets=None if page.counts is None else self._facets(page, user, at),
            forgiven=list(page.forgiven),
            cursor=_cursor(page, asked.digest) if page.more else None,
        )

    def save(self, user: User, order: SavedOrder, key: str) -> SavedSearch:
        """Keep a search; a retry finds the first.

        Nobody keeps the id of somebody who was erased, or never was on record. Raises
        ProblemError.
        """
        services, at = self._services, self._services.now()
        people = sorted(order.asked.facets.get(Facet.PERSON, ()))
        if people:
            self._api.require(Operation.PERSON_LIST)
        if not all(services.register.knows(each) for each in people):
            raise self._api.missing(Operation.PERSON_LIST)
        if len(services.searches.of_user(user.user_id)) >= MOST_SAVED:
            raise ProblemError(Problem.CONFLICT)
        search_id = services.claims.claim(
            user.user_id,
            "saved_search",
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        asked = order.asked.model_dump(mode="json", exclude_defaults=True)
        kept = SavedSearch(search_id, order.title, asked, at)
        services.searches.save(user.user_id, kept)
        return kept

    def _look(self, hit: SearchHit, user: User, at: datetime) -> AssetRecord | None:
        """The picture as it is on record now, if the caller may read it now."""
        services = self._services
        found = services.library.picture(hit.asset_id)
        if found is None or found[0].over(at):
            return None
        record, asset, appearances = found
        scene = Scene(
            uploader_id=record.announcement.uploader_id,
            collections=services.collections.several(record.collection_ids),
        )
        if may(user, Operation.ASSET_READ, at, scene) is None:
            return record
        leaving = replace(scene, leaves=True)
        if record.refused or may(user, Operation.ASSET_READ, at, leaving) is not None:
            return None
        facts = gather(asset, appearances, services.register, services.bases, at)
        return record if decide(facts, at).leaves else None

    def _facets(self, page: SearchPage, user: User, at: datetime) -> list[FacetView]:
        """The counts; who is in pictures only for who may know of people."""
        people = may(user, Operation.PERSON_LIST, at) is None
        return [
            FacetView(
                facet=facet,
                words=words(facet, self._api.language),
                values=[Counted(value=value, count=many) for value, many in values],
            )
            for facet, values in (page.counts or {}).items()
            if people or facet is not Facet.PERSON
        ]


def _saved_view(kept: SavedSearch) -> SavedView:
    return SavedView(
        search_id=kept.search_id,
        title=kept.title,
        asked=Asked.model_validate(kept.asked),
        made_at=kept.made_at,
    )


def _cursor(page: SearchPage, digest: str) -> str:
    last = page.hits[-1].place
    return cursor_of((digest, str(last.tier), str(last.rank), last.asset_id))


def _place(cursor: str | None, digest: str) -> SearchPlace | None:
    position = position_of(cursor, 4)
    if position is None:
        return None
    of, tier, rank, asset_id = position
    try:
        place = SearchPlace(int(tier), int(rank), check_id(asset_id))
    except (InvalidIdError, ValueError) as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error
    if of != digest or place.tier not in range(4) or not 0 <= place.rank < 2**63:
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return place
