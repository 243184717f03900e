"""Sessions: a shoot or an event, and the code with which people sign there."""

from dataclasses import replace
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.consent_pages import SessionPage
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain import legal_bases
from beeldrecht.domain.access import Operation, User, affordances, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.governance import GovernanceRecord
from beeldrecht.domain.legal_bases import BasisRefusal, BasisRefusedError
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    LinkState,
    address_of,
    new_token,
    token_digest,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.sessions import Session, SessionRefusedError, changed
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import etag, idempotency_key, unchanged_since
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Creating

from .. import qr, shelf
from ..refusals import conflict
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
        Operation.SESSION_CHANGE,
        Operation.SESSION_LINK,
        Operation.SESSION_ATTEST,
        Operation.CONSENT_REQUEST_CREATE,
    }
)


class Sessions(Protocol):
    """Where sessions are on record."""

    def create(self, session: Session, entry: NewEntry) -> bool:
        """Record one; False when it is there."""
        ...

    def save(self, before: Session, after: Session, entry: NewEntry) -> Session:
        """Record a change; raises StaleRevisionError."""
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


class Registers(Protocol):
    """Where assessments are on record."""

    def get(self, record_id: str) -> GovernanceRecord | None:
        """A record, read consistently."""
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
    def governance(self) -> Registers:
        """The registers of who is responsible."""
        ...

    @property
    def public_body(self) -> bool:
        """Whether this deployment is a public body's."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/sessions`."""
    desk = Desk(api, services)

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
        made = desk.view(session, user)
        tag = {"ETag": etag(session.revision)}
        return reply(made, HTTPStatus.CREATED, headers=place | tag)

    @api.route(
        HTTPMethod.GET,
        "/v1/sessions/<session_id>",
        Operation.SESSION_READ,
        summary="A session, and who signed there",
    )
    def read_session(session_id: OpaqueId) -> Response[SessionView]:
        """As it stands at this instant."""
        user = api.require(Operation.SESSION_READ, private=True)
        return desk.shown(desk.find(session_id, Operation.SESSION_READ), user)

    @api.route(
        HTTPMethod.PUT,
        "/v1/sessions/<session_id>",
        Operation.SESSION_CHANGE,
        summary="Say otherwise of a session where, when, how many, and on what it rests",
        description="What is not said is gone. It changes what is said, and no decision.",
    )
    def change_session(
        session_id: OpaqueId,
        order: Annotated[SessionOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[SessionView]:
        """Who signed there stays; so does a number that somebody declared."""
        user = api.require(Operation.SESSION_CHANGE, private=True)
        seen = desk.find(session_id, Operation.SESSION_CHANGE)
        unchanged_since(if_match, seen.revision)
        return desk.shown(desk.change(user, seen, order), user)

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


class Desk:
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
        session = self._said(Session(session_id, order.on), order, user, at)
        entry = _entry("api:session:create", session_id, user, at)
        if services.sessions.create(session, entry):
            return session
        return self.find(session_id, Operation.SESSION_CREATE)

    def change(self, user: User, seen: Session, order: SessionOrder) -> Session:
        """Record what is said of a session now; raises ProblemError."""
        at = self._services.now()
        try:
            after = changed(seen, self._said(seen, order, user, at))
        except SessionRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        return self.record(user, seen, after, "api:session:change")

    def record(self, user: User, seen: Session, after: Session, tag: str) -> Session:
        """Record a session as it is from now on; raises ProblemError."""
        services, at = self._services, self._services.now()
        entry = _entry(tag, seen.session_id, user, at, after=str(seen.revision))
        try:
            return services.sessions.save(seen, after, entry)
        except StaleRevisionError as error:
            raise ProblemError(Problem.CHANGED_MEANWHILE) from error

    def _said(
        self, session: Session, order: SessionOrder, user: User, at: datetime
    ) -> Session:
        """A session of which this is said; raises ProblemError."""
        return replace(
            session,
            on=order.on,
            title=order.title,
            place=order.place or "",
            photographer=order.photographer,
            head_count=order.head_count,
            basis=self._basis(session.session_id, order, user, at),
        )

    def _basis(
        self, session_id: str, order: SessionOrder, user: User, at: datetime
    ) -> BatchBasis | None:
        """What is proposed, where a person could record it now; raises ProblemError."""
        said = order.basis
        if said is None:
            return None
        weighed = said.assessment_id and self._services.governance.get(said.assessment_id)
        if said.assessment_id and not weighed:
            raise conflict(BasisRefusal.ASSESSMENT_NOT_VALID, self._api.language)
        try:
            # What is proposed is recorded by the same rules, so they are asked here.
            possible = legal_bases.record(
                said.kind,
                public_body=self._services.public_body,
                asset_id=session_id,
                channel=said.channels[0],
                reference=said.reference,
                period=Period.of_days(order.on, None),
                recorded_by=user.user_id,
                recorded_at=at,
                assessment=weighed or None,
            )
        except BasisRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        return BatchBasis(
            kind=possible.kind,
            channels=frozenset(said.channels),
            reference=possible.reference,
            assessment_id=possible.assessment_id,
        )

    def shown(self, session: Session, user: User) -> Response[SessionView]:
        """A session as this user sees it, with its version."""
        return reply(self.view(session, user), headers={"ETag": etag(session.revision)})

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
