"""What people ask for themselves: the officer reads it, and decides objections."""

from collections.abc import Callable, Iterable
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from pydantic import Field

from beeldrecht.adapters.consent_pages import SubjectRequestPage
from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain.access import AccessRefusal, Operation, User, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.messages import words
from beeldrecht.domain.request_decisions import (
    DecisionRefusal,
    decision_problem,
    lifted_by,
)
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    overdue,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Register
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of

from ..refusals import conflict
from ..texts import Paragraph, after_of


class Requests(Protocol):
    """What people ask for themselves."""

    def get(self, request_id: str) -> SubjectRequest | None:
        """One request."""
        ...

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        """Some of them, the oldest first."""
        ...

    def decide(
        self,
        request_id: str,
        state: SubjectRequestState,
        by: str,
        at: datetime,
        reason: str | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
    ) -> bool:
        """Record what was decided and what it lifts; False when it was before."""
        ...


class Services(Protocol):
    """What these routes need."""

    @property
    def subject_requests(self) -> Requests:
        """What people ask for themselves."""
        ...

    @property
    def register(self) -> Register:
        """What is frozen."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...


class OfficersRequestView(Frozen):
    """What somebody asks for, by when it is answered, and what came of it."""

    subject_request_id: OpaqueId
    person_id: OpaqueId
    kind: SubjectRequestKind
    kind_words: str
    state: SubjectRequestState
    state_words: str
    asked_at: datetime
    due_at: datetime
    overdue: bool
    decided_by: OpaqueId | None
    decided_at: datetime | None
    reason: str | None
    affordances: list[Operation]


class SubjectRequestList(Frozen):
    """Some of what people ask for, the oldest first: it is due first."""

    items: list[OfficersRequestView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class DecisionOrder(Frozen):
    """What is decided, and why: the person is told both."""

    outcome: Literal[SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED]
    reason: Paragraph


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/subject-requests`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/subject-requests",
        Operation.SUBJECT_REQUEST_LIST,
        summary="What people ask for themselves, the oldest first",
    )
    def list_subject_requests(
        state: Annotated[SubjectRequestState | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[SubjectRequestList]:
        """With the day by which each is answered."""
        user = api.require(Operation.SUBJECT_REQUEST_LIST)
        page = services.subject_requests.page(state, after_of(cursor), limit)
        return reply(
            SubjectRequestList(
                items=[desk.view(each, user) for each in page.requests],
                cursor=cursor_of((page.after,)) if page.after else None,
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/subject-requests/<subject_request_id>",
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

    @api.route(
        HTTPMethod.POST,
        "/v1/subject-requests/<subject_request_id>/decision",
        Operation.SUBJECT_REQUEST_DECIDE,
        summary="Decide on an objection",
        description=(
            "Upheld, the pictures stay frozen; dismissed, the freeze ends. The person is"
            " told, with the reason. It is decided once."
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


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, request_id: str, operation: Operation) -> SubjectRequest:
        """The request; raises ProblemError."""
        found = self._services.subject_requests.get(request_id)
        if found is None:
            raise self._api.missing(operation)
        return found

    def view(self, request: SubjectRequest, user: User) -> OfficersRequestView:
        """A request as this user sees it."""
        at, language = self._services.now(), self._api.language
        # Who would only have to sign in again is shown the way: it says so when used.
        refusal = may(user, Operation.SUBJECT_REQUEST_DECIDE, at)
        open_to = refusal in {None, AccessRefusal.SIGN_IN_AGAIN}
        decides = open_to and decision_problem(request) is None
        return OfficersRequestView(
            subject_request_id=request.request_id,
            person_id=request.person_id,
            kind=request.kind,
            kind_words=words(request.kind, language),
            state=request.state,
            state_words=words(request.state, language),
            asked_at=request.asked_at,
            due_at=request.due_at,
            overdue=overdue(request, at),
            decided_by=request.decided_by,
            decided_at=request.decided_at,
            reason=request.reason,
            affordances=[
                *([Operation.SUBJECT_REQUEST_DECIDE] if decides else []),
                Operation.SUBJECT_REQUEST_READ,
            ],
        )

    def decide(self, request_id: str, user: User, order: DecisionOrder) -> SubjectRequest:
        """Record the decision, what it lifts and what is told, as one.

        Raises ProblemError for what was decided otherwise, or is no objection.
        """
        operation = Operation.SUBJECT_REQUEST_DECIDE
        found = self.find(request_id, operation)
        problem = decision_problem(found)
        if problem is None:
            self._record(found, user, order)
            found = self.find(request_id, operation)
            problem = DecisionRefusal.DECIDED_BEFORE
        said = (found.state, found.reason, found.decided_by)
        outcome = SubjectRequestState(order.outcome)
        if said != (outcome, order.reason, user.user_id):
            raise conflict(problem, self._api.language)
        return found

    def _record(self, request: SubjectRequest, user: User, order: DecisionOrder) -> None:
        services, at = self._services, self._services.now()
        outcome, person_id = SubjectRequestState(order.outcome), request.person_id
        tag = "api:objection:decide"
        mail = mail_about(
            MailKind.OBJECTION,
            person_id,
            at,
            request_id=request.request_id,
            state=outcome.value,
        )
        entry = NewEntry(
            subject=person_id,
            entry_id=f"{tag}:{request.request_id}",
            tag=tag,
            at=at,
            actor=user.user_id,
            data={"request_id": request.request_id, "outcome": outcome.value},
        )
        lifts = lifted_by(
            request, outcome, services.register.facts([person_id]).restrictions
        )
        try:
            services.subject_requests.decide(
                request.request_id,
                outcome,
                user.user_id,
                at,
                order.reason,
                entry,
                mails=[mail],
                lifts=lifts,
            )
        except ActRefusedError:
            # Somebody else was first: what is on record now says what was decided.
            return
