"""How long things are kept: to see, to pause, and to change after a look."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import Field

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Operation, Scene, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.retention import (
    TERMS,
    RetentionPolicy,
    RetentionRefusedError,
    paused,
)
from beeldrecht.domain.retention_runs import (
    RetentionRun,
    RunKind,
    RunRefusedError,
    RunState,
    change_of,
    confirmed,
    dropped,
    wanted_policy,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError

from .. import seconding
from ..refusals import conflict
from ..retention_views import (
    RetentionView,
    RunView,
    WantedTerm,
    policy_view,
    run_view,
)
from .faces import Waits, waits

SUBJECT = "retention"
"""Whose history the policy and its runs are: their own."""
_SHOWN = 20
_OPERATION = Operation.RETENTION_CHANGE


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about keeping."""
        ...

    def save(self, policy: RetentionPolicy, entry: NewEntry) -> None:
        """Record a policy; raises StaleRevisionError."""
        ...


class Runs(Protocol):
    """Runs over what is kept."""

    def get(self, run_id: str) -> RetentionRun | None:
        """A run."""
        ...

    def begin(self, run: RetentionRun, entry: NewEntry | None = None) -> bool:
        """Record a new run; False when it is on record."""
        ...

    def save(
        self,
        run: RetentionRun,
        entry: NewEntry | None = None,
        policy: RetentionPolicy | None = None,
    ) -> RetentionRun:
        """Record how a run moved, with the policy that it makes."""
        ...

    def page(
        self, after: str | None, limit: int, *, settled: bool = False
    ) -> tuple[list[RetentionRun], str | None]:
        """Runs that are open, or settled, and where the next begin."""
        ...


class Workflow(Protocol):
    """The workflow that carries a run out."""

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        """Start it; False when it was started under that name before."""
        ...


class Services(seconding.Services, Protocol):
    """What these routes need."""

    @property
    def retention(self) -> Retention:
        """How long things are kept."""
        ...

    @property
    def retention_runs(self) -> Runs:
        """Runs over what is kept."""
        ...

    @property
    def apply_retention(self) -> Workflow:
        """The workflow that carries a run out."""
        ...

    @property
    def four_eyes(self) -> FourEyes:
        """When this deployment wants two people."""
        ...


class RetentionOrder(Frozen):
    """Which terms are wanted; what is not named stays."""

    terms: Annotated[list[WantedTerm], Field(max_length=20)] = Field(default_factory=list)
    guard_share: int | None = None


class Confirmation(Frozen):
    """A yes to what a run was seen to end."""

    above_guard: bool = Field(
        default=False, description="Also to more than the guard lets a run end."
    )


class Pause(Frozen):
    """Whether runs stand still."""

    paused: bool


class RunList(Frozen):
    """Some runs, the oldest first."""

    items: list[RunView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/retention`."""
    desk = _Desk(api, services)
    _add_policy_routes(api, desk)
    _add_run_routes(api, desk)


def _add_policy_routes(api: Api, desk: "_Desk") -> None:
    @api.route(
        HTTPMethod.GET,
        "/v1/retention",
        Operation.RETENTION_READ,
        summary="How long things are kept, and what is under way about it",
    )
    def read_retention() -> Response[RetentionView]:
        """Each kind with its bounds."""
        api.require(Operation.RETENTION_READ)
        return desk.shown()

    @api.route(
        HTTPMethod.PUT,
        "/v1/retention",
        _OPERATION,
        summary="Want other terms, and have it counted what they would end",
        description=(
            "Nothing changes yet: everything is looked through first. What was found is"
            " confirmed by itself. The same wish again is the same run."
        ),
        status_code=HTTPStatus.ACCEPTED,
    )
    def propose_retention(
        order: Annotated[RetentionOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[RunView]:
        """Refused by name when it is out of bounds, or nothing would change."""
        user = api.require(_OPERATION)
        return desk.run_shown(desk.propose(order, user, if_match), HTTPStatus.ACCEPTED)

    @api.route(
        HTTPMethod.PUT,
        "/v1/retention/pause",
        _OPERATION,
        summary="Have runs stand still, or go on",
        description=(
            "What carries a date goes at it all the same, and nobody reads it after."
        ),
    )
    def pause_retention(order: Annotated[Pause, Body()]) -> Response[RetentionView]:
        """Nobody is waited for; what it is already stays so."""
        desk.pause(api.require(_OPERATION), order.paused)
        return desk.shown()


def _add_run_routes(api: Api, desk: "_Desk") -> None:
    @api.route(
        HTTPMethod.GET,
        "/v1/retention/runs",
        Operation.RETENTION_READ,
        summary="The runs over what is kept, those that are open or settled",
    )
    def list_retention_runs(
        settled: Annotated[bool, Query()] = False,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[RunList]:
        """The oldest first, with what each counted."""
        api.require(Operation.RETENTION_READ)
        return reply(desk.listed(cursor, limit, settled=settled))

    @api.route(
        HTTPMethod.GET,
        "/v1/retention/runs/<run_id>",
        Operation.RETENTION_READ,
        summary="What a run would end, and how far it came",
    )
    def read_retention_run(run_id: OpaqueId) -> Response[RunView]:
        """As it stands at this instant."""
        api.require(Operation.RETENTION_READ)
        return desk.run_shown(desk.found(run_id))

    @api.route(
        HTTPMethod.POST,
        "/v1/retention/runs/<run_id>/confirmation",
        _OPERATION,
        summary="Say yes to what a run was seen to end",
        description=(
            "The terms hold from then on, and what is kept is dated by them page by page."
            " Can take a second person."
        ),
        responses={
            HTTPStatus.OK: {
                "description": "It is on record, and being carried out.",
                "content": {"application/json": {"model": RunView}},
            },
            HTTPStatus.ACCEPTED: {
                "description": "It waits for a second person.",
                "content": {"application/json": {"model": Waits}},
            },
        },
    )
    def confirm_retention_run(
        run_id: OpaqueId, order: Annotated[Confirmation, Body()]
    ) -> Response[RunView | Waits]:
        """Refused by name before anybody is asked to agree."""
        user = api.require(_OPERATION)
        waiting = desk.confirm(run_id, user, order.above_guard)
        if waiting is not None:
            return reply(waits(waiting.proposal), HTTPStatus.ACCEPTED)
        found = desk.found(run_id)
        return reply(desk.view(found), revision=found.revision)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/retention/runs/<run_id>",
        _OPERATION,
        summary="Give a run up that nobody confirmed",
    )
    def drop_retention_run(run_id: OpaqueId) -> Response[RunView]:
        """Nothing was changed by it; twice does no harm."""
        user = api.require(_OPERATION)
        return desk.run_shown(desk.drop(run_id, user))


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def found(self, run_id: str) -> RetentionRun:
        """A run; raises ProblemError."""
        run = self._services.retention_runs.get(run_id)
        if run is None:
            raise ProblemError(Problem.NOT_FOUND)
        return run

    def view(self, run: RetentionRun) -> RunView:
        """A run as the caller sees it."""
        services, api = self._services, self._api
        policy = services.retention.policy()
        return run_view(run, policy, api.user, services.now(), api.language)

    def run_shown(
        self, run: RetentionRun, status: HTTPStatus = HTTPStatus.OK
    ) -> Response[RunView]:
        """A run as an answer, with its revision."""
        return reply(self.view(run), status, revision=run.revision)

    def shown(self) -> Response[RetentionView]:
        """The policy as an answer, with its revision."""
        services, api = self._services, self._api
        policy = services.retention.policy()
        runs, _ = services.retention_runs.page(None, _SHOWN)
        view = policy_view(policy, runs, api.user, services.now(), api.language)
        return reply(view, revision=policy.revision)

    def listed(self, cursor: str | None, limit: int, *, settled: bool) -> RunList:
        """A page of runs."""
        position = position_of(cursor, 1)
        after = position[0] if position else None
        runs, following = self._services.retention_runs.page(
            after, limit, settled=settled
        )
        return RunList(
            items=[self.view(each) for each in runs],
            cursor=cursor_of((following,)) if following else None,
        )

    def propose(
        self, order: RetentionOrder, user: User, if_match: str | None
    ) -> RetentionRun:
        """Record a wish, and have it looked through; raises ProblemError."""
        services = self._services
        policy, at = services.retention.policy(), services.now()
        unchanged_since(if_match, policy.revision)
        chosen = {each.kind: each.days for each in order.terms}
        try:
            run = change_of(policy, chosen, user.user_id, at, order.guard_share)
        except RetentionRefusedError as error:
            raise _out_of_bounds(error, self._api.language) from error
        entry = _entry_of("api:retention:propose", run, user, at)
        services.retention_runs.begin(run, entry)
        services.apply_retention.start(run.run_id, {"run_id": run.run_id})
        return self.found(run.run_id)

    def pause(self, user: User, stands: bool) -> None:
        """Have runs stand still, or go on; raises ProblemError."""
        services = self._services
        before, at = services.retention.policy(), services.now()
        if before.paused is stands:
            return
        tag = "api:retention:pause" if stands else "api:retention:resume"
        entry = NewEntry(SUBJECT, f"{tag}:{before.revision}", tag, at, user.user_id, {})
        try:
            services.retention.save(paused(before, stands, user.user_id, at), entry)
        except StaleRevisionError as error:
            raise ProblemError(Problem.CHANGED_MEANWHILE) from error

    def confirm(self, run_id: str, user: User, above: bool) -> seconding.Waiting | None:
        """Confirm a run, or have it wait for a second person; raises ProblemError."""
        services, language = self._services, self._api.language
        run = self.found(run_id)
        if _confirmed_by(run, user):
            return None
        _after(services, run, user, above, language)
        outcome = seconding.second(
            services,
            user,
            _OPERATION,
            _what(run_id, above),
            lambda: _confirm(services, run_id, user, above, language),
        )
        return outcome if isinstance(outcome, seconding.Waiting) else None

    def drop(self, run_id: str, user: User) -> RetentionRun:
        """Give a run up; raises ProblemError."""
        services, run = self._services, self.found(run_id)
        try:
            after = dropped(run, services.now())
            if after is not run:
                entry = _entry_of("api:retention:drop", run, user, services.now())
                services.retention_runs.save(after, entry)
        except RunRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        except StaleRevisionError as error:
            raise ProblemError(Problem.CHANGED_MEANWHILE) from error
        return self.found(run_id)


def confirmation_act(services: Services) -> seconding.Act:
    """How the second person's agreement to a run is carried out."""

    def carry_out(user: User, what: Mapping[str, str]) -> None:
        above = what["above_guard"] == "yes"
        run = services.retention_runs.get(what["run_id"])
        if run is None:
            raise ProblemError(Problem.NOT_FOUND)
        if not _confirmed_by(run, user):
            _confirm(services, what["run_id"], user, above, "en")

    return seconding.Act(_OPERATION, lambda _: Scene(), carry_out)


def _what(run_id: str, above: bool) -> dict[str, str]:
    """A confirmation as a proposal says it: what was seen, and whether all of it."""
    return {"run_id": run_id, "above_guard": "yes" if above else "no"}


def _confirmed_by(run: RetentionRun, user: User) -> bool:
    done = run.state in (RunState.APPLYING, RunState.DONE)
    return done and run.confirmed_by == user.user_id


def _after(
    services: Services, run: RetentionRun, user: User, above: bool, language: str
) -> tuple[RetentionRun, RetentionPolicy | None]:
    """The run once it is confirmed, with the policy it makes; raises ProblemError."""
    at, policy = services.now(), services.retention.policy()
    try:
        after = confirmed(run, policy, user.user_id, at, above=above)
        new = run.kind is RunKind.CHANGE and run.confirmed_at is None
        makes = wanted_policy(run, policy, user.user_id, at) if new else None
    except (RunRefusedError, RetentionRefusedError) as error:
        raise conflict(error.reason, language) from error
    return after, makes


def _out_of_bounds(error: RetentionRefusedError, language: str) -> ProblemError:
    """Why not, with the bounds of the kind that it is about, in days."""
    refused = conflict(error.reason, language)
    if error.kind is None:
        return refused
    term = TERMS[error.kind]
    told = f"{refused.more['detail']} ({term.shortest}-{term.longest})"
    return ProblemError(refused.problem, more={**refused.more, "detail": told})


def _confirm(
    services: Services, run_id: str, user: User, above: bool, language: str
) -> None:
    """First the fact, with the policy that it makes; then what carries it out."""
    run = services.retention_runs.get(run_id)
    if run is None:
        raise ProblemError(Problem.NOT_FOUND)
    after, makes = _after(services, run, user, above, language)
    entry = _entry_of("api:retention:confirm", run, user, services.now())
    try:
        services.retention_runs.save(after, entry, makes)
    except StaleRevisionError as error:
        raise ProblemError(Problem.CHANGED_MEANWHILE) from error
    name = derived_id("retention", run_id, "confirmed", str(run.revision))
    services.apply_retention.start(name, {"run_id": run_id})


def _entry_of(tag: str, run: RetentionRun, user: User, at: datetime) -> NewEntry:
    days = {kind.value: days or 0 for kind, days in run.chosen.items()}
    return NewEntry(
        subject=SUBJECT,
        entry_id=f"{tag}:{run.run_id}:{run.revision}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"run_id": run.run_id, **days},
    )
