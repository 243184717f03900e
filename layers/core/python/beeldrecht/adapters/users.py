"""The user pool: accounts are listed, invited, appointed, disabled and enabled here.

It never reads or sets a password or a second factor, and has no leave to. A user is known
by the pool's own identifier for them, `sub`, without its dashes; what they sign in with
stays in the pool. Names of calls are Cognito's.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountPage, AccountStatus

from .errors import MissingUserError, UnknownPositionError, UserExistsError

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

_PAGE = 60
"""The most that the pool lists at once."""
_INVITATION = "custom:invitation"
# What somebody is who has not yet chosen a password of their own.
_INVITED = {"FORCE_CHANGE_PASSWORD", "RESET_REQUIRED", "UNCONFIRMED"}


class Users:
    """The accounts of one user pool."""

    def __init__(self, client: "CognitoIdentityProviderClient", pool_id: str) -> None:
        self._client = client
        self._pool_id = pool_id

    def page(self, limit: int, position: str | None = None) -> AccountPage:
        """Some accounts, at most `limit`; raises UnknownPositionError."""
        where = {"PaginationToken": position} if position else {}
        try:
            found = self._client.list_users(
                UserPoolId=self._pool_id, Limit=limit, **where
            )
        except self._client.exceptions.InvalidParameterException as error:
            raise UnknownPositionError from error
        accounts = tuple(self._account(each) for each in found["Users"])
        return AccountPage(accounts, found.get("PaginationToken"))

    def with_role(self, role: Role) -> Iterator[Account]:
        """Everybody who was appointed to this, whatever state their account is in."""
        position = None
        while True:
            page = self.page(_PAGE, position)
            yield from (each for each in page.accounts if role in each.roles)
            position = page.next
            if position is None:
                return

    def find(self, user_id: str) -> Account:
        """One account; raises MissingUserError."""
        return self._account(self._found(user_id))

    def add(self, email: str, invitation_id: str) -> Account:
        """Make an account that nobody can sign in to yet; no mail goes out.

        The same invitation again gives the account that it made. Raises UserExistsError
        when the address belongs to another. Addresses are kept in small letters, so that
        one is the same however it was typed.
        """
        email = email.lower()
        try:
            made = self._client.admin_create_user(
                UserPoolId=self._pool_id,
                Username=email,
                MessageAction="SUPPRESS",
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                    {"Name": _INVITATION, "Value": invitation_id},
                ],
            )["User"]
        except self._client.exceptions.UsernameExistsException as error:
            account = self._invited_by(invitation_id, email)
            if account is None:
                raise UserExistsError from error
            return account
        return self._account(made)

    def send_invitation(self, account: Account) -> None:
        """Mail a temporary password; again means another one, and the last one counts."""
        self._client.admin_create_user(
            UserPoolId=self._pool_id,
            Username=account.email,
            MessageAction="RESEND",
            DesiredDeliveryMediums=["EMAIL"],
        )

    def appoint(self, user_id: str, roles: frozenset[Role]) -> None:
        """Give exactly these roles; a retry goes on where it stopped.

        What is taken away goes first: a fault in between leaves too little, not too much.
        """
        username = self._found(user_id)["Username"]
        now = self._roles(username)
        for role in sorted(now - roles):
            self._client.admin_remove_user_from_group(
                UserPoolId=self._pool_id, Username=username, GroupName=role
            )
        for role in sorted(roles - now):
            self._client.admin_add_user_to_group(
                UserPoolId=self._pool_id, Username=username, GroupName=role
            )

    def sign_out(self, user_id: str) -> None:
        """End every session; an access token that is out lives its minutes to the end."""
        self._client.admin_user_global_sign_out(
            UserPoolId=self._pool_id, Username=self._found(user_id)["Username"]
        )

    def disable(self, user_id: str) -> None:
        """Let somebody sign in no more, and end every session."""
        self._client.admin_disable_user(
            UserPoolId=self._pool_id, Username=self._found(user_id)["Username"]
        )
        self.sign_out(user_id)

    def enable(self, user_id: str) -> None:
        """Let somebody sign in again."""
        self._client.admin_enable_user(
            UserPoolId=self._pool_id, Username=self._found(user_id)["Username"]
        )

    def _found(self, user_id: str) -> Mapping[str, Any]:
        """One user as the pool knows them.

        By a search and not by name: who comes from the organisation's directory has
        another name than their identifier.
        """
        sub = uuid.UUID(user_id)
        found = self._client.list_users(
            UserPoolId=self._pool_id, Filter=f'sub = "{sub}"', Limit=1
        )["Users"]
        if not found:
            raise MissingUserError
        return found[0]

    def _invited_by(self, invitation_id: str, email: str) -> Account | None:
        """The account with that address, when this very invitation made it."""
        if '"' in email or "\\" in email:
            return None
        found = self._client.list_users(
            UserPoolId=self._pool_id, Filter=f'email = "{email}"', Limit=10
        )["Users"]
        for each in found:
            if _attributes(each).get(_INVITATION) == invitation_id:
                return self._account(each)
        return None

    def _roles(self, username: str) -> frozenset[Role]:
        found = self._client.admin_list_groups_for_user(
            UserPoolId=self._pool_id, Username=username
        )["Groups"]
        return _roles_of(group.get("GroupName", "") for group in found)

    def _account(self, user: Mapping[str, Any]) -> Account:
        attributes = _attributes(user)
        return Account(
            user_id=attributes["sub"].replace("-", ""),
            email=attributes.get("email", ""),
            roles=self._roles(user["Username"]),
            status=_status(user),
            created_at=_utc(user["UserCreateDate"]),
        )


def _attributes(user: Mapping[str, Any]) -> dict[str, str]:
    # A user that was just made has its attributes under the one name, a listed one too.
    given: Sequence[Mapping[str, str]] = user.get("Attributes", [])
    return {each["Name"]: each.get("Value", "") for each in given}


def _roles_of(names: Iterable[str]) -> frozenset[Role]:
    """The groups that are roles; the pool makes one of its own for a directory."""
    return frozenset(Role(name) for name in names if name in set(Role))


def _status(user: Mapping[str, Any]) -> AccountStatus:
    if not user.get("Enabled", False):
        return AccountStatus.DISABLED
    if user.get("UserStatus") in _INVITED:
        return AccountStatus.INVITED
    return AccountStatus.ACTIVE


def _utc(made: datetime) -> datetime:
    return made.astimezone(UTC)
