"""Closing a session: a person declares that nobody else is in its pictures.

On that rests recognition in closed sessions, and on nothing that software found out. It
is declared by one who answers for it, and taken back by whoever sees that it is not so.
"""

from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header

from beeldrecht.domain.access import Operation
from beeldrecht.domain.permits import PermitRefusedError, check_attested
from beeldrecht.domain.sessions import Session, attested, reopened
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import Register, known_facts
from beeldrecht.runtime.http.api import Api
from beeldrecht.runtime.http.conditions import unchanged_since

from ..refusals import conflict
from ..session_views import Attestation, SessionView
from . import sessions


class Services(sessions.Services, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """What those who signed agreed to."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/sessions/{session_id}/attestation`."""
    desk = sessions.Desk(api, services)
    operation = Operation.SESSION_ATTEST

    @api.route(
        HTTPMethod.PUT,
        "/v1/sessions/<session_id>/attestation",
        operation,
        summary="Close a session: declare that nobody else is in its pictures",
        description=(
            "Refused while somebody who signed there did not agree to be recognised, or "
            "more were there than signed. From then on people can be suggested in its "
            "pictures, where the mode of this deployment allows it; one who takes their "
            "consent back ends that for the whole session."
        ),
    )
    def attest_session(
        session_id: OpaqueId,
        order: Annotated[Attestation, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[SessionView]:
        """The same again, by the same person, changes nothing."""
        user = api.require(operation, private=True)
        seen = desk.find(session_id, operation)
        unchanged_since(if_match, seen.revision)
        after = attested(seen, order.head_count, user.user_id)
        check(after, services.now())
        if after != seen:
            after = desk.record(user, seen, after, "api:session:attest")
        return desk.shown(after, user)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/sessions/<session_id>/attestation",
        operation,
        summary="Open a session again: what was declared of it is not so",
        description=(
            "From this answer on nobody is looked for in its pictures by it. What was "
            "suggested stays a suggestion."
        ),
    )
    def reopen_session(session_id: OpaqueId) -> Response[SessionView]:
        """Whatever was seen of it: to allow less takes no more. Again changes nothing."""
        user = api.require(operation, private=True)
        seen = desk.find(session_id, operation)
        after = reopened(seen)
        if after != seen:
            after = desk.record(user, seen, after, "api:session:reopen")
        return desk.shown(after, user)

    def check(after: Session, at: datetime) -> None:
        known = known_facts(services.register, after.roster, None, at)
        try:
            check_attested(after, known, at)
        except PermitRefusedError as error:
            raise conflict(error.reason, api.language) from error
