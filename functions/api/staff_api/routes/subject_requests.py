"""What people ask for themselves: entered, checked, put off, decided, and lifted."""

from http import HTTPMethod, HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.domain.access import Operation, affordances
from beeldrecht.domain.subject_requests import SubjectRequestState
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of

from ..subject_request_desk import Desk
from ..subject_request_services import Services
from ..subject_request_views import (
    DecisionOrder,
    EnterOrder,
    ExtensionOrder,
    IdentityOrder,
    LiftOrder,
    OfficersRequestView,
    SubjectRequestList,
    register_csv,
)
from ..texts import after_of

_ROWS = 1000
"""Requests in one file; its `Link` leads to the rest."""
_PATH = "/v1/subject-requests"
_ONE = f"{_PATH}/<subject_request_id>"
_ABOUT = frozenset({Operation.SUBJECT_REQUEST_ENTER, Operation.SUBJECT_REQUEST_EXPORT})


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/subject-requests`."""
    desk = Desk(api, services)
    _add_reading(api, services, desk)
    _add_acting(api, desk)


def _add_reading(api: Api, services: Services, desk: Desk) -> None:
    @api.route(
        HTTPMethod.GET,
        _PATH,
        Operation.SUBJECT_REQUEST_LIST,
        summary="What people ask for themselves, the first asked first",
    )
    def list_subject_requests(
        state: Annotated[SubjectRequestState | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[SubjectRequestList]:
        """With the day by which each is answered; what was written of it is left out."""
        user = api.require(Operation.SUBJECT_REQUEST_LIST)
        page = services.subject_requests.page(state, after_of(cursor), limit)
        return reply(
            SubjectRequestList(
                items=[desk.view(each, user) for each in page.requests],
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(affordances(user, services.now()) & _ABOUT),
            )
        )

    @api.route(
        HTTPMethod.GET,
        f"{_PATH}/register",
        Operation.SUBJECT_REQUEST_EXPORT,
        summary="The register of what people ask, as a file for a spreadsheet",
        responses={
            HTTPStatus.OK: {
                "description": "A row for each request, under a row of names.",
                "content": {"text/csv": {"schema": {"type": "string"}}},
            }
        },
    )
    def export_subject_requests(
        state: Annotated[SubjectRequestState | None, Query()] = None,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[str]:
        """The first asked first; where a file ends early, its `Link` leads on."""
        user = api.require(Operation.SUBJECT_REQUEST_EXPORT)
        page = services.subject_requests.page(state, after_of(cursor), _ROWS)
        desk.exported(user, len(page.requests))
        headers = {"Content-Disposition": 'attachment; filename="requests.csv"'}
        if page.after is not None:
            asked = {"state": state, "cursor": cursor_of((page.after,))}
            query = urlencode({k: str(v) for k, v in asked.items() if v is not None})
            headers["Link"] = f'<{_PATH}/register?{query}>; rel="next"'
        return Response(
            status_code=HTTPStatus.OK,
            content_type="text/csv; charset=utf-8; header=present",
            body=register_csv(page.requests),
            headers=dict(headers),
        )

    @api.route(
        HTTPMethod.GET,
        _ONE,
        Operation.SUBJECT_REQUEST_READ,
        summary="What a person asks for",
    )
    def read_subject_request(
        subject_request_id: OpaqueId,
    ) -> Response[OfficersRequestView]:
        """As it stands at this instant."""
        user = api.require(Operation.SUBJECT_REQUEST_READ, private=True)
        found = desk.find(subject_request_id, Operation.SUBJECT_REQUEST_READ)
        return reply(desk.view(found, user))


def _add_acting(api: Api, desk: Desk) -> None:
    @api.route(
        HTTPMethod.POST,
        _PATH,
        Operation.SUBJECT_REQUEST_ENTER,
        summary="Enter what somebody asked in another way than on their page",
        description=(
            "A restriction or an objection freezes the person's pictures at once. The"
            " person is told that it was received, at the address on record."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def enter_subject_request(
        order: Annotated[EnterOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[OfficersRequestView]:
        """The same key again is the same request."""
        user = api.require(Operation.SUBJECT_REQUEST_ENTER, private=True)
        made = desk.enter(user, order, idempotency_key(key))
        view = desk.view(made, user)
        place = {"Location": f"{_PATH}/{view.subject_request_id}"}
        return reply(view, HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.POST,
        f"{_ONE}/identity",
        Operation.SUBJECT_REQUEST_IDENTIFY,
        summary="Say how it is known who asks",
        description="It can be said once. No copy of any document is kept.",
        status_code=HTTPStatus.CREATED,
    )
    def identify_subject(
        subject_request_id: OpaqueId, order: Annotated[IdentityOrder, Body()]
    ) -> Response[OfficersRequestView]:
        """The same of the same officer again changes nothing."""
        user = api.require(Operation.SUBJECT_REQUEST_IDENTIFY, private=True)
        found = desk.identify(subject_request_id, user, order)
        return reply(desk.view(found, user), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.POST,
        f"{_ONE}/extension",
        Operation.SUBJECT_REQUEST_EXTEND,
        summary="Put off the answer, with a reason",
        description=(
            "Once, by two months at most, and before the first is over. The person is"
            " told until when, and why."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def extend_subject_request(
        subject_request_id: OpaqueId, order: Annotated[ExtensionOrder, Body()]
    ) -> Response[OfficersRequestView]:
        """The same of the same officer again changes nothing."""
        user = api.require(Operation.SUBJECT_REQUEST_EXTEND, private=True)
        found = desk.extend(subject_request_id, user, order)
        return reply(desk.view(found, user), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.POST,
        f"{_ONE}/decision",
        Operation.SUBJECT_REQUEST_DECIDE,
        summary="Decide on what a person asks for",
        description=(
            "Upheld, it is carried out: a copy is made, an erasure begins, a name is"
            " taken off a picture, a freeze stays. Dismissed, a freeze ends. The person"
            " is told, with the reason. It is decided once."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def decide_subject_request(
        subject_request_id: OpaqueId, order: Annotated[DecisionOrder, Body()]
    ) -> Response[OfficersRequestView]:
        """The same decision of the same officer again changes nothing."""
        user = api.require(Operation.SUBJECT_REQUEST_DECIDE, private=True)
        decided = desk.decide(subject_request_id, user, order)
        return reply(desk.view(decided, user), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.POST,
        f"{_ONE}/lift",
        Operation.SUBJECT_REQUEST_LIFT,
        summary="End a freeze that was granted",
        description=(
            "Some days after the person was told, by the mail that goes out now or as"
            " `told` says. It can be said once."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def lift_freeze(
        subject_request_id: OpaqueId, order: Annotated[LiftOrder, Body()]
    ) -> Response[OfficersRequestView]:
        """The same of the same officer again changes nothing."""
        user = api.require(Operation.SUBJECT_REQUEST_LIFT, private=True)
        found = desk.lift(subject_request_id, user, order)
        return reply(desk.view(found, user), HTTPStatus.CREATED)
