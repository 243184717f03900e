"""Breaches and drills: recorded with their clock, looked up, decided on, closed."""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import Field

from beeldrecht.adapters.breaches import PEOPLE, PICTURES, BreachPage
from beeldrecht.domain.access import Operation, User, affordances
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.breaches import (
    ON_PAGE,
    Breach,
    BreachEvent,
    Noted,
    noting_problem,
    scope_problem,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Creating

from ..breach_views import (
    BreachList,
    BreachOrder,
    BreachSummary,
    BreachView,
    EventOrder,
    IdentifierList,
)
from ..refusals import conflict
from ..texts import after_of

PageNumber = Annotated[int, Query(), Field(ge=0, le=9999)]


class Breaches(Protocol):
    """The register of breaches."""

    def add(self, breach: Breach, entry: NewEntry) -> bool:
        """Record one; False when it is there."""
        ...

    def note(self, breach_id: str, noted: Noted, entry: NewEntry) -> bool:
        """Record an event; False when it is on record."""
        ...

    def get(self, breach_id: str) -> Breach | None:
        """One of them."""
        ...

    def page(self, after: str | None, limit: int) -> BreachPage:
        """The next of them."""
        ...

    def touched(self, breach_id: str, what: str, page: int) -> tuple[str, ...]:
        """One page of identifiers."""
        ...


class Assessor(Protocol):
    """Has somebody else look up whom a breach touches."""

    def start(self, breach_id: str) -> None:
        """Begin."""
        ...


class Services(Creating, Protocol):
    """What these routes need."""

    @property
    def breaches(self) -> Breaches:
        """The register."""
        ...

    @property
    def assessor(self) -> Assessor:
        """What looks up whom a breach touches."""
        ...

    @property
    def controller(self) -> str:
        """Who is responsible, as this deployment was told."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/breaches`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/breaches",
        Operation.BREACH_LIST,
        summary="The register of breaches and drills",
    )
    def list_breaches(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[BreachList]:
        """Each with the instant by which the authority is told."""
        user, at = api.require(Operation.BREACH_LIST), services.now()
        page = services.breaches.page(after_of(cursor), limit)
        return reply(
            BreachList(
                items=[BreachSummary.of(b, at, api.language) for b in page.breaches],
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(affordances(user, at) & {Operation.BREACH_CREATE}),
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/breaches",
        Operation.BREACH_CREATE,
        summary="Record a breach, or hold a drill",
        description=(
            "Whom it touches is looked up in the log and the registry of stores, and"
            " stands with it some moments later. A drill goes the same way as a breach."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def create_breach(
        order: Annotated[BreachOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[BreachView]:
        """The same key again records nothing twice, and has it looked up again."""
        user = api.require(Operation.BREACH_CREATE)
        breach_id = desk.record(order, user, idempotency_key(key))
        made = desk.shown(breach_id, Operation.BREACH_READ, HTTPStatus.CREATED)
        made.headers["Location"] = f"/v1/breaches/{breach_id}"
        return made

    @api.route(
        HTTPMethod.GET,
        "/v1/breaches/<breach_id>",
        Operation.BREACH_READ,
        summary="A breach with whom it touches and its draft notices",
    )
    def read_breach(breach_id: OpaqueId) -> Response[BreachView]:
        """In numbers, and what was done about it."""
        api.require(Operation.BREACH_READ, private=True)
        return desk.shown(breach_id, Operation.BREACH_READ)

    @api.route(
        HTTPMethod.GET,
        "/v1/breaches/<breach_id>/touched",
        Operation.BREACH_READ,
        summary="The people or pictures that a breach touches, by their identifiers",
    )
    def list_touched(
        breach_id: OpaqueId,
        what: Annotated[Literal["people", "pictures"], Query()] = "people",
        page: PageNumber = 0,
    ) -> Response[IdentifierList]:
        """A page of them; who looks is on record before they are shown."""
        user = api.require(Operation.BREACH_READ, private=True)
        desk.find(breach_id, Operation.BREACH_READ)
        desk.looked(breach_id, what, page, user)
        kind = PEOPLE if what == "people" else PICTURES
        found = services.breaches.touched(breach_id, kind, page)
        return reply(
            IdentifierList(items=list(found), page=page, more=len(found) == ON_PAGE)
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/breaches/<breach_id>/events",
        Operation.BREACH_CHANGE,
        summary="Note what was done about a breach",
        description=(
            "Whether the authority and the people are told, each with its reason; and"
            " that it is closed, which takes both of a real breach."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def note_event(
        breach_id: OpaqueId, order: Annotated[EventOrder, Body()]
    ) -> Response[BreachView]:
        """Each once; the same of the same person again changes nothing."""
        user = api.require(Operation.BREACH_CHANGE, private=True)
        desk.note(desk.find(breach_id, Operation.BREACH_CHANGE), order, user)
        return desk.shown(breach_id, Operation.BREACH_READ, HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.POST,
        "/v1/breaches/<breach_id>/assessment",
        Operation.BREACH_CHANGE,
        summary="Have it looked up again whom a breach touches",
        status_code=HTTPStatus.ACCEPTED,
    )
    def assess_again(breach_id: OpaqueId) -> Response[BreachView]:
        """What was found before stands until then."""
        api.require(Operation.BREACH_CHANGE, private=True)
        desk.find(breach_id, Operation.BREACH_CHANGE)
        services.assessor.start(breach_id)
        return desk.shown(breach_id, Operation.BREACH_READ, HTTPStatus.ACCEPTED)


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, breach_id: str, operation: Operation) -> Breach:
        """The breach; raises ProblemError."""
        found = self._services.breaches.get(breach_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def shown(
        self,
        breach_id: str,
        operation: Operation,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response[BreachView]:
        """The breach as it stands now."""
        services, at = self._services, self._services.now()
        breach = self.find(breach_id, operation)
        about = {Operation.BREACH_READ}
        if not breach.noted(BreachEvent.CLOSED):
            about.add(Operation.BREACH_CHANGE)
        possible = sorted(affordances(self._api.user, at) & about)
        view = BreachView.whole(
            breach, services.controller, at, self._api.language, possible
        )
        return reply(view, status)

    def looked(self, breach_id: str, what: str, page: int, user: User) -> None:
        """Put on record that somebody looks whom it touches."""
        tag, at = "api:breach:read", self._services.now()
        self._services.audit.append(
            breach_id,
            f"{tag}:{self._services.new_id()}",
            tag,
            at,
            user.user_id,
            {"what": what, "page": page},
        )

    def record(self, order: BreachOrder, user: User, key: str) -> str:
        """Record a breach and have it looked up; raises ProblemError."""
        services, at = self._services, self._services.now()
        scope, aware_at = order.scope.scope(), order.aware_at or at
        problem = scope_problem(scope, aware_at, at)
        if problem is not None:
            raise conflict(problem, self._api.language)
        breach_id = services.claims.claim(
            user.user_id,
            Operation.BREACH_CREATE,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        breach = Breach(
            breach_id=breach_id,
            kind=order.kind,
            scope=scope,
            aware_at=aware_at,
            description=order.description,
            recorded_by=user.user_id,
            recorded_at=at,
        )
        tag = "api:breach:create"
        data = {"kind": order.kind.value, "aware_at": aware_at.isoformat()}
        services.breaches.add(breach, _entry(tag, tag, breach_id, user, at, data))
        # After the fact: who stops in between begins it again with the same key.
        services.assessor.start(breach_id)
        return breach_id

    def note(self, breach: Breach, order: EventOrder, user: User) -> None:
        """Record an event; raises ProblemError."""
        at = self._services.now()
        same = (order.event, user.user_id, order.reason)
        if same in {(each.event, each.by, each.reason) for each in breach.events}:
            return
        problem = noting_problem(breach, order.event)
        if problem is not None:
            raise conflict(problem, self._api.language)
        tag = "api:breach:note"
        entry = _entry(
            tag,
            f"{tag}:{order.event}",
            breach.breach_id,
            user,
            at,
            {"event": order.event.value},
        )
        noted = Noted(order.event, user.user_id, at, order.reason)
        if not self._services.breaches.note(breach.breach_id, noted, entry):
            raise ProblemError(Problem.CHANGED_MEANWHILE)


def _entry(
    tag: str,
    entry_id: str,
    breach_id: str,
    user: User,
    at: datetime,
    data: dict[str, str],
) -> NewEntry:
    return NewEntry(
        subject=breach_id,
        entry_id=entry_id,
        tag=tag,
        at=at,
        actor=user.user_id,
        data=data,
    )
