"""What waits for a second person: to see, to agree to, or to turn down."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.domain.access import AccessRefusal, Operation, Scene, User, may
from beeldrecht.domain.four_eyes import (
    FourEyes,
    Proposal,
    ProposalRefusedError,
    ProposalStatus,
    standing,
)
from beeldrecht.domain.messages import words
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.ports import Clocked

from .. import seconding
from ..refusals import conflict
from ..seconding import Act


class Proposals(seconding.Proposals, Protocol):
    """What waits, one by one and in a list."""

    def page(
        self, at: datetime, after: str | None, limit: int
    ) -> tuple[list[Proposal], str | None]:
        """The next ones that are open, the oldest first."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def proposals(self) -> Proposals:
        """What waits."""
        ...

    @property
    def library(self) -> seconding.Library:
        """Where the recognition mode is on record."""
        ...

    @property
    def four_eyes(self) -> FourEyes:
        """When this deployment wants two people."""
        ...


class ProposalView(Frozen):
    """What somebody wants done, and what the caller may do about it."""

    proposal_id: OpaqueId
    operation: Operation
    words: str
    what: dict[str, str] = Field(description="What it is about, by its identifiers.")
    proposed_by: OpaqueId
    proposed_at: datetime
    expires_at: datetime
    status: ProposalStatus
    status_words: str
    settled_by: OpaqueId | None
    settled_at: datetime | None
    done_at: datetime | None = Field(description="When it was carried out.")
    answers: list[Literal["approve", "reject"]] = Field(
        description="What the caller may answer; nobody approves their own."
    )


class ProposalPage(Frozen):
    """Some of what the caller may answer; the cursor leads to the others."""

    items: list[ProposalView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


def add_routes(api: Api, services: Services, acts: Sequence[Act]) -> None:
    """Add the routes under `/v1/proposals`; `acts` is all that can be approved."""
    desk = _Desk(api, services, {act.operation: act for act in acts})

    @api.route(
        HTTPMethod.GET,
        "/v1/proposals",
        Operation.PROPOSAL_LIST,
        summary="What waits for a second person, and what of mine waits",
        description="A page may hold fewer than asked for, and be followed by another.",
    )
    def list_proposals(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ProposalPage]:
        """The oldest first, and only what the caller may answer."""
        user = api.require(Operation.PROPOSAL_LIST)
        position = position_of(cursor, 1)
        found, following = services.proposals.page(
            services.now(), position[0] if position else None, limit
        )
        return reply(
            ProposalPage(
                items=[desk.view(each, user) for each in found if desk.sees(each, user)],
                cursor=cursor_of((following,)) if following else None,
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/proposals/<proposal_id>/approve",
        Operation.PROPOSAL_SETTLE,
        also=tuple(sorted(act.operation for act in acts)),
        summary="Agree as the second person, and have it done",
    )
    def approve_proposal(proposal_id: OpaqueId) -> Response[ProposalView]:
        """What is done is what the direct way does, as things stand now."""
        proposal, act, scene = desk.find(proposal_id)
        # The one who agrees is answerable for it as if they had asked for it alone.
        user = api.require(proposal.operation, scene, private=True)
        return desk.answered(
            user,
            proposal,
            lambda: seconding.approve(
                services, user, proposal, lambda: act.carry_out(user, proposal.what)
            ),
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/proposals/<proposal_id>/reject",
        Operation.PROPOSAL_SETTLE,
        summary="Turn it down, or take my own back",
    )
    def reject_proposal(proposal_id: OpaqueId) -> Response[ProposalView]:
        """Nothing is done; the same wish can be made again."""
        proposal, _, _ = desk.find(proposal_id)
        user = api.user
        return desk.answered(
            user, proposal, lambda: seconding.reject(services, user, proposal)
        )


class _Desk:
    """What the routes have in common."""

    def __init__(
        self, api: Api, services: Services, acts: Mapping[Operation, Act]
    ) -> None:
        self._api = api
        self._services = services
        self._acts = acts

    def find(self, proposal_id: str) -> tuple[Proposal, Act, Scene]:
        """A proposal that the caller may answer, how it is done, and what it is about."""
        operation, services = Operation.PROPOSAL_SETTLE, self._services
        user = self._api.require_ever(operation)
        found = services.proposals.find(proposal_id, services.now())
        if found is None:
            raise self._api.missing(operation)
        act, scene = self._acts.get(found.operation), self._scene(found)
        if act is None or scene is None or not self._could(found.operation, scene, user):
            raise self._api.missing(operation)
        self._api.require(operation, scene, private=True)
        return found, act, scene

    def sees(self, proposal: Proposal, user: User) -> bool:
        """Whether the user may know of it: they could do it by themselves."""
        scene = self._scene(proposal)
        return scene is not None and self._could(proposal.operation, scene, user)

    def _scene(self, proposal: Proposal) -> Scene | None:
        """What it is about; None when that is gone, and nobody has to know of it."""
        act = self._acts.get(proposal.operation)
        return act.scene(proposal.what) if act else None

    def _could(self, asked: Operation, scene: Scene, user: User) -> bool:
        """Signing in again is asked of who approves, not of who looks or turns down."""
        at = self._services.now()
        refusals = {
            may(user, operation, at, scene)
            for operation in (asked, Operation.PROPOSAL_SETTLE)
        }
        return refusals <= {None, AccessRefusal.SIGN_IN_AGAIN}

    def answered(
        self, user: User, proposal: Proposal, settle: Callable[[], object]
    ) -> Response[ProposalView]:
        """Settle it and show what became of it; raises ProblemError with the reason."""
        services = self._services
        try:
            settle()
        except ProposalRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        found = services.proposals.find(proposal.proposal_id, services.now())
        return reply(self.view(found or proposal, user))

    def view(self, proposal: Proposal, user: User) -> ProposalView:
        """A proposal as this user sees it."""
        stands = standing(proposal, self._services.now())
        language = self._api.language
        return ProposalView(
            proposal_id=proposal.proposal_id,
            operation=proposal.operation,
            words=words(proposal.operation, language),
            what=dict(proposal.what),
            proposed_by=proposal.proposed_by,
            proposed_at=proposal.proposed_at,
            expires_at=proposal.expires_at,
            status=stands,
            status_words=words(stands, language),
            settled_by=proposal.settled_by,
            settled_at=proposal.settled_at,
            done_at=proposal.done_at,
            answers=self._answers(proposal, stands, user),
        )

    @staticmethod
    def _answers(
        proposal: Proposal, stands: ProposalStatus, user: User
    ) -> list[Literal["approve", "reject"]]:
        if stands is ProposalStatus.OPEN:
            own = proposal.proposed_by == user.user_id
            return ["reject"] if own else ["approve", "reject"]
        unfinished = stands is ProposalStatus.APPROVED and proposal.done_at is None
        return ["approve"] if unfinished and proposal.settled_by == user.user_id else []
