"""Sessions: a shoot or an event, and the code with which people sign there."""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.consent_pages import SessionPage
from beeldrecht.domain.access import Operation, User, affordances, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    LinkState,
    address_of,
    new_token,
    token_digest,
)
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.ports import Creating

from .. import qr, shelf
from ..session_views import (
    CodeOrder,
    CodeView,
    MadeCode,
    RevokedCode,
    SessionList,
    SessionOrder,
    SessionSummary,
    SessionView,
)
from ..texts import after_of

_ABOUT = frozenset(
    {
        Operation.SESSION_READ,
        Operation.SESSION_LINK,
        Operation.CONSENT_REQUEST_CREATE,
    }
)


class Sessions(Protocol):
    """Where sessions are on record."""

    def create(self, session: Session, entry: NewEntry) -> bool:
        """Record one; False when it is there."""
        ...

    def get(self, session_id: str) -> Session | None:
        """One, with its roster."""
        ...

    def page(self, after: str | None, limit: int) -> SessionPage:
        """Some of them."""
        ...


class Links(Protocol):
    """Where links are recorded."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record one with its audit entry."""
        ...

    def revoke(self, person_id: str, link_id: str, at: datetime, entry: NewEntry) -> bool:
        """Take one back; False when that subject has none such."""
        ...

    def of_person(self, person_id: str) -> tuple[Link, ...]:
        """A subject's links."""
        ...


class Services(Creating, shelf.Services, Protocol):
    """What these routes need."""

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/sessions`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/sessions",
        Operation.SESSION_LIST,
        summary="Sessions, the latest day first",
    )
    def list_sessions(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[SessionList]:
        """With how many signed at each."""
        user = api.require(Operation.SESSION_LIST)
        page = services.sessions.page(after_of(cursor), limit)
        possible = affordances(user, services.now()) & {Operation.SESSION_CREATE}
        return reply(
            SessionList(
                items=[SessionSummary.of(each) for each in page.sessions],
                cursor=cursor_of((page.after,)) if page.after else None,
                affordances=sorted(possible),
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/sessions",
        Operation.SESSION_CREATE,
        summary="Start a session",
        status_code=HTTPStatus.CREATED,
    )
    def create_session(
        order: Annotated[SessionOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[SessionView]:
        """The same key again makes no second."""
        user = api.require(Operation.SESSION_CREATE)
        session = desk.create(user, order, idempotency_key(key))
        place = {"Location": f"/v1/sessions/{session.session_id}"}
        return reply(desk.view(session, user), HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.GET,
        "/v1/sessions/<session_id>",
        Operation.SESSION_READ,
        summary="A session, and who signed there",
    )
    def read_session(session_id: OpaqueId) -> Response[SessionView]:
        """As it stands at this instant."""
        user = api.require(Operation.SESSION_READ, private=True)
        return reply(desk.view(desk.find(session_id, Operation.SESSION_READ), user))

    @api.route(
        HTTPMethod.POST,
        "/v1/sessions/<session_id>/links",
        Operation.SESSION_LINK,
        summary="Make the code with which people sign at a session",
        description="To print or to show: whoever scans it can sign, until it ends.",
        status_code=HTTPStatus.CREATED,
    )
    def create_session_link(
        session_id: OpaqueId, order: Annotated[CodeOrder, Body()]
    ) -> Response[MadeCode]:
        """Every call makes another one; the token is kept nowhere."""
        user = api.require(Operation.SESSION_LINK, private=True)
        desk.find(session_id, Operation.SESSION_LINK)
        return reply(desk.code(user, session_id, order.wording), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/sessions/<session_id>/links/<link_id>",
        Operation.SESSION_LINK,
        summary="Take a session's code back",
    )
    def revoke_session_link(
        session_id: OpaqueId, link_id: OpaqueId
    ) -> Response[RevokedCode]:
        """It works no more from this answer on; taking it back again changes nothing."""
        user = api.require(Operation.SESSION_LINK, private=True)
        at = services.now()
        entry = _entry("api:session:revoke", session_id, user, at, link_id=link_id)
        known = services.sessions.get(session_id) is not None
        if not known or not services.links.revoke(session_id, link_id, at, entry):
            raise api.missing(Operation.SESSION_LINK)
        return reply(RevokedCode(link_id=link_id, state=LinkState.REVOKED))


class _Desk:
    """What the routes do."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services
        self._shelf = shelf.Shelf(services)

    def find(self, session_id: str, operation: Operation) -> Session:
        """The session; raises ProblemError."""
        found = self._services.sessions.get(session_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def create(self, user: User, order: SessionOrder, key: str) -> Session:
        """Record a session; a retry finds the first."""
        services, at = self._services, self._services.now()
        session_id = services.claims.claim(
            user.user_id,
            Operation.SESSION_CREATE,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        session = Session(
            session_id=session_id,
            on=order.on,
            title=order.title,
            place=order.place or "",
            photographer=order.photographer,
        )
        entry = _entry("api:session:create", session_id, user, at)
        if services.sessions.create(session, entry):
            return session
        return self.find(session_id, Operation.SESSION_CREATE)

    def view(self, session: Session, user: User) -> SessionView:
        """A session as this user sees it."""
        at = self._services.now()
        makes = may(user, Operation.SESSION_LINK, at) is None
        links = self._services.links.of_person(session.session_id) if makes else ()
        return SessionView.of(
            session,
            [CodeView.of(link, at) for link in links],
            sorted(affordances(user, at) & _ABOUT),
        )

    def code(self, user: User, session_id: str, name: str | None) -> MadeCode:
        """Make a code for a session; raises ProblemError for a wording that is none."""
        services, at = self._services, self._services.now()
        terms = TERMS[LinkPurpose.SESSION]
        wording = self._shelf.taken(
            self._api,
            name or self._shelf.standard().name,
            Operation.SESSION_LINK,
            at,
        )
        link = Link(
            link_id=services.new_id(),
            subject_id=session_id,
            purpose=LinkPurpose.SESSION,
            created_by=user.user_id,
            created_at=at,
            expires_at=at + terms.lasts,
            max_uses=terms.uses,
            about=wording.name,
        )
        token = new_token()
        entry = _entry("api:session:link", session_id, user, at, link_id=link.link_id)
        url = address_of(services.site_url, link.purpose, token)
        services.links.create(link, token_digest(token), entry)
        return MadeCode(
            link_id=link.link_id,
            url=url,
            qr_svg=qr.svg_of(url),
            wording=wording.name,
            expires_at=link.expires_at,
        )


def _entry(tag: str, session_id: str, user: User, at: datetime, **data: str) -> NewEntry:
    return NewEntry(
        subject=session_id,
        entry_id=":".join((tag, *data.values())),
        tag=tag,
        at=at,
        actor=user.user_id,
        data=data,
    )
