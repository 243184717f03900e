"""The accounts of the staff: an administrator invites, appoints, disables and enables.

What is done is on record before it takes hold. Nobody does any of it to themselves: an
administrator who wants other roles asks another one.
"""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol, Self

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header, Path, Query
from pydantic import Field, StringConstraints

from beeldrecht.adapters.claims import ReusedKeyError
from beeldrecht.adapters.errors import (
    MissingUserError,
    UnknownPositionError,
    UserExistsError,
)
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.domain.accounts import Account, AccountPage, AccountStatus
from beeldrecht.domain.audit import Data
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.fields import Email
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Creating

MOST = 20
"""Accounts on a page: each costs a question for its roles."""

# What Cognito takes for a position, whatever is in it.
Position = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_+/=.:-]+$", max_length=4096)
]


class Accounts(Protocol):
    """Where accounts are."""

    def page(self, limit: int, position: str | None = None) -> AccountPage:
        """Some of them; raises UnknownPositionError."""
        ...

    def find(self, user_id: str) -> Account:
        """One of them; raises MissingUserError."""
        ...

    def add(self, email: str, invitation_id: str) -> Account:
        """Make one, without telling anybody; raises UserExistsError."""
        ...

    def send_invitation(self, account: Account) -> None:
        """Mail what they need in order to sign in."""
        ...

    def appoint(self, user_id: str, roles: frozenset[Role]) -> None:
        """Give exactly these roles."""
        ...

    def sign_out(self, user_id: str) -> None:
        """End every session."""
        ...

    def disable(self, user_id: str) -> None:
        """Let somebody sign in no more, and end every session."""
        ...

    def enable(self, user_id: str) -> None:
        """Let somebody sign in again."""
        ...


class Services(Creating, Protocol):
    """What the routes work with."""

    @property
    def accounts(self) -> Accounts:
        """The accounts."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...


class UserView(Frozen):
    """An account, as an administrator sees it."""

    user_id: OpaqueId
    email: str
    roles: list[Role]
    status: AccountStatus
    created_at: datetime

    @classmethod
    def of(cls, account: Account) -> Self:
        """Show an account."""
        return cls(
            user_id=account.user_id,
            email=account.email,
            roles=sorted(account.roles),
            status=account.status,
            created_at=account.created_at,
        )


class UserList(Frozen):
    """Some accounts, and the cursor of the next ones."""

    users: list[UserView]
    cursor: str | None


class Invitation(Frozen):
    """Whom to invite, and as what."""

    email: Email
    roles: Annotated[list[Role], Field(max_length=len(Role))]


class Appointment(Frozen):
    """The roles somebody is to have, all of them; none closes everything to them."""

    roles: Annotated[list[Role], Field(max_length=len(Role))]


def build(services: Services, log: Logger) -> Api:
    """The API with all its routes."""
    api = Api(log, services.now)
    acts = _Acts(services)

    @api.route(
        HTTPMethod.GET, "/v1/users", Operation.USER_LIST, summary="Who has an account"
    )
    def list_users(
        limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
        cursor: Annotated[Position | None, Query()] = None,
    ) -> Response[UserList]:
        """List accounts, a page at a time."""
        caller = api.require(Operation.USER_LIST)
        try:
            page = services.accounts.page(limit, cursor)
        except UnknownPositionError as error:
            raise ProblemError(Problem.CURSOR_UNKNOWN) from error
        count: Data = {"count": len(page.accounts)}
        acts.record("api:user:list", caller.user_id, caller, count)
        views = [UserView.of(account) for account in page.accounts]
        return reply(UserList(users=views, cursor=page.next))

    @api.route(
        HTTPMethod.POST,
        "/v1/users",
        Operation.USER_CREATE,
        summary="Invite somebody",
        status_code=HTTPStatus.CREATED,
    )
    def create_user(
        invitation: Invitation,
        idempotency_key: Annotated[str | None, Header()] = None,
    ) -> Response[UserView]:
        """Make an account with its roles, and mail a temporary password."""
        caller = api.require(Operation.USER_CREATE)
        account = acts.invite(caller, invitation, idempotency_key)
        return reply(UserView.of(account), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.PUT,
        "/v1/users/<user_id>/roles",
        Operation.USER_CHANGE,
        summary="Appoint somebody",
    )
    def change_roles(
        user_id: Annotated[OpaqueId, Path()], appointment: Appointment
    ) -> Response[UserView]:
        """Give somebody exactly these roles; the same again changes nothing."""
        caller = api.require(Operation.USER_CHANGE, private=True)
        account = acts.appoint(
            caller, acts.other(caller, user_id), frozenset(appointment.roles)
        )
        return reply(UserView.of(account))

    @api.route(
        HTTPMethod.POST,
        "/v1/users/<user_id>/disable",
        Operation.USER_CHANGE,
        summary="Let somebody sign in no more",
    )
    def disable_user(user_id: Annotated[OpaqueId, Path()]) -> Response[UserView]:
        """Close an account and end its sessions; doing it again ends them again."""
        caller = api.require(Operation.USER_CHANGE, private=True)
        acts.other(caller, user_id)
        acts.record("api:user:disable", user_id, caller)
        services.accounts.disable(user_id)
        return reply(UserView.of(services.accounts.find(user_id)))

    @api.route(
        HTTPMethod.POST,
        "/v1/users/<user_id>/enable",
        Operation.USER_CHANGE,
        summary="Let somebody sign in again",
    )
    def enable_user(user_id: Annotated[OpaqueId, Path()]) -> Response[UserView]:
        """Open an account again, with the roles that it has."""
        caller = api.require(Operation.USER_CHANGE, private=True)
        acts.other(caller, user_id)
        acts.record("api:user:enable", user_id, caller)
        services.accounts.enable(user_id)
        return reply(UserView.of(services.accounts.find(user_id)))

    return api


class _Acts:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def record(
        self, tag: str, subject: str, caller: User, data: Data | None = None
    ) -> None:
        """Put an act on record, as one of its own: the same act again is another one."""
        at, entry_id = self._services.now(), self._services.new_id()
        self._services.audit.append(
            subject, entry_id, tag, at, caller.user_id, data or {}
        )

    def other(self, caller: User, user_id: str) -> Account:
        """The account of somebody else; raises ProblemError."""
        if user_id == caller.user_id:
            raise ProblemError(Problem.NOT_YOURSELF)
        try:
            return self._services.accounts.find(user_id)
        except MissingUserError as error:
            raise ProblemError(Problem.NOT_FOUND) from error

    def invite(self, caller: User, invitation: Invitation, key: str | None) -> Account:
        """Make the account, record it, appoint, and only then tell anybody.

        A retry after a fault finds the account that its key made, and goes on: it may
        mail a second password, of which the last counts, and never makes two accounts.
        """
        services = self._services
        roles = frozenset(invitation.roles)
        try:
            invitation_id = services.claims.claim(
                caller.user_id,
                Operation.USER_CREATE,
                idempotency_key(key),
                invitation.model_dump_json().encode(),
                services.new_id,
                services.now(),
            )
        except ReusedKeyError as error:
            raise ProblemError(Problem.IDEMPOTENCY_KEY_REUSED) from error
        try:
            account = services.accounts.add(invitation.email, invitation_id)
        except UserExistsError as error:
            raise ProblemError(Problem.USER_EXISTS) from error
        services.audit.append(
            account.user_id,
            invitation_id,
            "api:user:create",
            services.now(),
            caller.user_id,
            {"roles": ",".join(sorted(roles))},
        )
        if account.status is AccountStatus.INVITED:
            services.accounts.appoint(account.user_id, roles)
            services.accounts.send_invitation(account)
        return services.accounts.find(account.user_id)

    def appoint(self, caller: User, account: Account, roles: frozenset[Role]) -> Account:
        """Record the change, make it, and end the sessions of whoever lost a role."""
        if roles == account.roles:
            return account
        services, user_id = self._services, account.user_id
        before, after = (",".join(sorted(each)) for each in (account.roles, roles))
        self.record("api:user:roles", user_id, caller, {"before": before, "roles": after})
        services.accounts.appoint(user_id, roles)
        if account.roles - roles:
            services.accounts.sign_out(user_id)
        return services.accounts.find(user_id)
