"""Wordings: what people are asked to sign, in versions that never change."""

from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Path, Query
from pydantic import Field

from beeldrecht.domain.access import Operation, affordances
from beeldrecht.domain.asking import AskRefusal
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.wordings import Wording
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key, unchanged_since
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Creating

from .. import shelf
from ..refusals import conflict
from ..texts import after_of
from ..wording_views import WordingList, WordingOrder, WordingSummary, WordingView

Version = Annotated[int, Path(), Field(ge=1, le=9999)]


class Services(Creating, shelf.Services, Protocol):
    """What these routes need."""

    @property
    def controller(self) -> str:
        """Who is responsible, as this deployment was told."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/wordings`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/wordings",
        Operation.WORDING_LIST,
        summary="What people can be asked to sign",
        description="The standard wording comes first, whether it was used or not.",
    )
    def list_wordings(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[WordingList]:
        """Each in its latest version."""
        user = api.require(Operation.WORDING_LIST)
        page = desk.shelf.page(after_of(cursor), limit)
        return reply(
            WordingList(
                items=[desk.summary(each) for each in page.wordings],
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(
                    affordances(user, services.now()) & {Operation.WORDING_CREATE}
                ),
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/wordings",
        Operation.WORDING_CREATE,
        summary="Write what people are asked to sign",
        status_code=HTTPStatus.CREATED,
    )
    def create_wording(
        order: Annotated[WordingOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[WordingView]:
        """Its first version; the same key again makes no second wording."""
        user = api.require(Operation.WORDING_CREATE)
        wording_id = services.claims.claim(
            user.user_id,
            Operation.WORDING_CREATE,
            idempotency_key(key),
            order.model_dump_json().encode(),
            services.new_id,
            services.now(),
        )
        made = desk.add(order, wording_id, 1)
        return desk.shown(made, HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.GET,
        "/v1/wordings/<wording_id>",
        Operation.WORDING_READ,
        summary="A wording in its latest version",
    )
    def read_wording(wording_id: OpaqueId) -> Response[WordingView]:
        """With the digest of each text, as a signature names it."""
        api.require(Operation.WORDING_READ, private=True)
        return desk.shown(desk.latest(wording_id, Operation.WORDING_READ))

    @api.route(
        HTTPMethod.POST,
        "/v1/wordings/<wording_id>/versions",
        Operation.WORDING_CHANGE,
        summary="Make the next version of a wording",
        description=(
            "What was asked or signed in the versions before stays as it is; a renewal"
            " of it needs the new words to be read."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def create_version(
        wording_id: OpaqueId,
        order: Annotated[WordingOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[WordingView]:
        """Based on the version that the caller saw, so that a repetition makes none."""
        api.require(Operation.WORDING_CHANGE, private=True)
        last = desk.latest(wording_id, Operation.WORDING_CHANGE)
        unchanged_since(if_match, last.version)
        if wording_id == desk.shelf.standard_id:
            raise conflict(AskRefusal.STANDARD_WORDING, api.language)
        return desk.shown(
            desk.add(order, wording_id, last.version + 1), HTTPStatus.CREATED
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/wordings/<wording_id>/versions/<number>",
        Operation.WORDING_READ,
        summary="One version of a wording, as it was asked and signed",
    )
    def read_version(wording_id: OpaqueId, number: Version) -> Response[WordingView]:
        """A version never changes."""
        api.require(Operation.WORDING_READ, private=True)
        found = desk.shelf.find(f"{wording_id}.{number}")
        if found is None:
            raise api.missing(Operation.WORDING_READ)
        return desk.shown(found)


class _Desk:
    """What the routes do."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services
        self.shelf = shelf.Shelf(services)

    def latest(self, wording_id: str, operation: Operation) -> Wording:
        """The last version; raises ProblemError."""
        found = self.shelf.latest(wording_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def add(self, order: WordingOrder, wording_id: str, version: int) -> Wording:
        """Record a version; a retry of the first finds it. Raises ProblemError."""
        services, at, user = self._services, self._services.now(), self._api.user
        made = order.wording(wording_id, version, services.controller, user.user_id, at)
        tag = "api:wording:create"
        entry = NewEntry(
            subject=wording_id,
            entry_id=f"{tag}:{made.name}",
            tag=tag,
            at=at,
            actor=user.user_id,
            data={"wording": made.name},
        )
        if services.wordings.add(made, entry):
            return made
        found = services.wordings.get(made.name) if version == 1 else None
        if found is None:
            raise ProblemError(Problem.CHANGED_MEANWHILE)
        return found

    def shown(
        self, wording: Wording, status: HTTPStatus = HTTPStatus.OK
    ) -> Response[WordingView]:
        """The answer that shows a version."""
        standard = wording.wording_id == self.shelf.standard_id
        about = {Operation.WORDING_READ, Operation.CONSENT_REQUEST_CREATE}
        if not standard:
            about.add(Operation.WORDING_CHANGE)
        possible = affordances(self._api.user, self._services.now()) & about
        view = WordingView.of(wording, standard=standard, affordances=sorted(possible))
        where = f"/v1/wordings/{wording.wording_id}"
        if wording.version > 1:
            where += f"/versions/{wording.version}"
        place = {"Location": where} if status is HTTPStatus.CREATED else None
        return reply(view, status, revision=wording.version, headers=place)

    def summary(self, wording: Wording) -> WordingSummary:
        """A wording in a list."""
        return WordingSummary.of(
            wording,
            standard=wording.wording_id == self.shelf.standard_id,
            language=self._api.language,
        )
