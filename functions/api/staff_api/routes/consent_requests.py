"""Consent requests: asking people, reminding them, taking a question back."""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.consent_pages import RequestPage
from beeldrecht.domain.access import Operation, User, affordances
from beeldrecht.domain.asking import AskRefusal, reminder_problem
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.contacts import AddressState
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import AMSTERDAM
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import Register as Facts
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.ports import Claims

from .. import asking, shelf, sights
from ..refusals import conflict
from ..request_views import (
    AskedList,
    AskOrder,
    ConsentRequestList,
    ConsentRequestView,
    Reminder,
)
from ..texts import after_of

_ABOUT = frozenset({Operation.CONSENT_REQUEST_READ, Operation.CONSENT_REQUEST_CHANGE})


class Requests(asking.Requests, Protocol):
    """Who was asked."""

    def page(
        self, state: ConsentRequestState | None, after: str | None, limit: int
    ) -> RequestPage:
        """Some of them."""
        ...

    def settle(
        self,
        request_id: str,
        state: ConsentRequestState,
        at: datetime,
        entry: NewEntry,
        mails: tuple[Mail, ...] = (),
    ) -> bool:
        """Record what became of an open one; False when it is settled."""
        ...


class Mails(Protocol):
    """What is to be told."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Record a mail; False when it is there."""
        ...


class Sessions(Protocol):
    """The sessions."""

    def get(self, session_id: str) -> Session | None:
        """One of them."""
        ...


class Register(asking.Register, Facts, Protocol):
    """Who is on record, and what they agreed to."""


class Services(asking.Services, sights.Services, shelf.Services, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def consent_requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def mails(self) -> Mails:
        """What is to be told."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def claims(self) -> Claims:
        """The claims."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/consent-requests`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/consent-requests",
        Operation.CONSENT_REQUEST_CREATE,
        also=(Operation.ASSET_READ,),
        summary="Ask people for consent, by a link in a mail or on a tablet",
        description=(
            "Each person by themselves: who cannot be asked comes back with a `problem`,"
            " and stops nobody else. The mails go out by themselves."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def ask_people(
        order: Annotated[AskOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[AskedList]:
        """The same key again asks nobody twice, and goes on where the first stopped."""
        user = api.require(Operation.CONSENT_REQUEST_CREATE)
        asked = desk.ask(user, order, idempotency_key(key))
        place = {"Location": "/v1/consent-requests"}
        return reply(asked, HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.GET,
        "/v1/consent-requests",
        Operation.CONSENT_REQUEST_LIST,
        summary="Who was asked, the last asked first",
    )
    def list_consent_requests(
        state: Annotated[ConsentRequestState | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ConsentRequestList]:
        """Without names and addresses: those stand with the person."""
        user = api.require(Operation.CONSENT_REQUEST_LIST)
        page = services.consent_requests.page(state, after_of(cursor), limit)
        possible = affordances(user, services.now())
        return reply(
            ConsentRequestList(
                items=[desk.view(each, user) for each in page.requests],
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(possible & {Operation.CONSENT_REQUEST_CREATE}),
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/consent-requests/<request_id>",
        Operation.CONSENT_REQUEST_READ,
        summary="What somebody was asked, and what came of it",
    )
    def read_consent_request(request_id: OpaqueId) -> Response[ConsentRequestView]:
        """As it stands at this instant."""
        user = api.require(Operation.CONSENT_REQUEST_READ, private=True)
        found = desk.find(request_id, Operation.CONSENT_REQUEST_READ)
        return reply(desk.view(found, user))

    @api.route(
        HTTPMethod.DELETE,
        "/v1/consent-requests/<request_id>",
        Operation.CONSENT_REQUEST_CHANGE,
        summary="Take a question back",
    )
    def cancel_consent_request(request_id: OpaqueId) -> Response[ConsentRequestView]:
        """Its links work no more from this answer on; again changes nothing."""
        user = api.require(Operation.CONSENT_REQUEST_CHANGE, private=True)
        return reply(desk.view(desk.cancel(request_id, user), user))

    @api.route(
        HTTPMethod.POST,
        "/v1/consent-requests/<request_id>/reminders",
        Operation.CONSENT_REQUEST_CHANGE,
        summary="Remind somebody who was asked by mail",
        description="Once a day at most, besides the reminder that goes out by itself.",
        status_code=HTTPStatus.CREATED,
    )
    def remind(request_id: OpaqueId) -> Response[Reminder]:
        """The same again on the same day is the same reminder."""
        user = api.require(Operation.CONSENT_REQUEST_CHANGE, private=True)
        return reply(desk.remind(request_id, user), HTTPStatus.CREATED)


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services
        self._shelf = shelf.Shelf(services)

    def ask(self, user: User, order: AskOrder, key: str) -> AskedList:
        """Ask everybody, one by one; raises ProblemError before anybody is asked."""
        services, at = self._services, self._services.now()
        operation = Operation.CONSENT_REQUEST_CREATE
        if order.session_id and services.sessions.get(order.session_id) is None:
            raise self._api.missing(operation)
        for asset_id in order.pictures:
            sights.sight_of(self._api, services, Operation.ASSET_READ, asset_id)
        wording = self._shelf.taken(self._api, order.wording, operation, at)
        seed = services.claims.claim(
            user.user_id,
            operation,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        call = asking.Asking(order, wording, seed, user, at, self._api.language)
        asked = [asking.ask(services, call, n) for n in range(len(order.people))]
        return AskedList(items=asked)

    def find(self, request_id: str, operation: Operation) -> ConsentRequest:
        """The ask; raises ProblemError."""
        found = self._services.consent_requests.get(request_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def view(self, request: ConsentRequest, user: User) -> ConsentRequestView:
        """An ask as this user sees it."""
        possible = affordances(user, self._services.now()) & _ABOUT
        if request.state is not ConsentRequestState.OPEN:
            possible -= {Operation.CONSENT_REQUEST_CHANGE}
        return ConsentRequestView.of(request, sorted(possible))

    def cancel(self, request_id: str, user: User) -> ConsentRequest:
        """Take it back; raises ProblemError for one that was answered or has lapsed."""
        services, at = self._services, self._services.now()
        found = self.find(request_id, Operation.CONSENT_REQUEST_CHANGE)
        entry = _entry("api:consent:cancel", found, user, at)
        if found.state is ConsentRequestState.OPEN:
            services.consent_requests.settle(
                request_id, ConsentRequestState.CANCELLED, at, entry
            )
            found = self.find(request_id, Operation.CONSENT_REQUEST_CHANGE)
        if found.state is not ConsentRequestState.CANCELLED:
            raise conflict(AskRefusal.REQUEST_SETTLED, self._api.language)
        return found

    def remind(self, request_id: str, user: User) -> Reminder:
        """Have a reminder sent; raises ProblemError when none can be."""
        services, at = self._services, self._services.now()
        found = self.find(request_id, Operation.CONSENT_REQUEST_CHANGE)
        # Nobody's address is opened for what was not asked by mail.
        state = (
            asking.reached(services, found.person_id)[1]
            if found.delivery is Delivery.LINK
            else AddressState.NONE
        )
        problem = reminder_problem(found, state, at)
        if problem is not None:
            raise conflict(problem, self._api.language)
        day = at.astimezone(AMSTERDAM).date().isoformat()
        mail = mail_about(
            MailKind.REMIND, found.person_id, at, request_id=request_id, day=day
        )
        entry = _entry("api:consent:remind", found, user, at, mail_id=mail.mail_id)
        services.mails.add(mail, entry)
        return Reminder(request_id=request_id, mail_id=mail.mail_id)


def _entry(
    tag: str, request: ConsentRequest, user: User, at: datetime, **data: str
) -> NewEntry:
    return NewEntry(
        subject=request.person_id,
        entry_id=":".join((tag, request.request_id, *data.values())),
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"request_id": request.request_id, **data},
    )
