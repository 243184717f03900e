"""A user pool in memory."""

from collections.abc import Iterator
from dataclasses import replace

from beeldrecht.adapters.errors import (
    MissingUserError,
    UnknownPositionError,
    UserExistsError,
)
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountPage, AccountStatus
from beeldrecht.domain.ids import derived_id
from tests.fakes.effects import Effects
from tests.fakes.samples import NOON


class FakeUsers:
    """The accounts of one user pool."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.accounts: dict[str, Account] = {}
        self.invitations: dict[str, str] = {}
        self.mailed: list[str] = []
        self.signed_out: list[str] = []

    def page(self, limit: int, position: str | None = None) -> AccountPage:
        everybody = list(self.accounts.values())
        if position is not None and position not in self.accounts:
            raise UnknownPositionError
        start = 0 if position is None else list(self.accounts).index(position)
        found = everybody[start : start + limit]
        after = everybody[start + limit : start + limit + 1]
        return AccountPage(tuple(found), after[0].user_id if after else None)

    def with_role(self, role: Role) -> Iterator[Account]:
        yield from [each for each in self.accounts.values() if role in each.roles]

    def find(self, user_id: str) -> Account:
        if user_id not in self.accounts:
            raise MissingUserError
        return self.accounts[user_id]

    def add(self, email: str, invitation_id: str) -> Account:
        email = email.lower()
        for account in self.accounts.values():
            if account.email == email:
                if self.invitations.get(account.user_id) == invitation_id:
                    return account
                raise UserExistsError
        with self._effects.effect("users.add"):
            account = Account(
                user_id=derived_id("test", "account", email),
                email=email,
                roles=frozenset(),
                status=AccountStatus.INVITED,
                created_at=NOON,
            )
            self.accounts[account.user_id] = account
            self.invitations[account.user_id] = invitation_id
        return account

    def send_invitation(self, account: Account) -> None:
        with self._effects.effect("users.send_invitation"):
            self.mailed.append(account.email)

    def appoint(self, user_id: str, roles: frozenset[Role]) -> None:
        with self._effects.effect("users.appoint"):
            self.accounts[user_id] = replace(self.find(user_id), roles=roles)

    def sign_out(self, user_id: str) -> None:
        with self._effects.effect("users.sign_out"):
            self.signed_out.append(self.find(user_id).user_id)

    def disable(self, user_id: str) -> None:
        with self._effects.effect("users.disable"):
            account = self.find(user_id)
            self.accounts[user_id] = replace(account, status=AccountStatus.DISABLED)
        self.sign_out(user_id)

    def enable(self, user_id: str) -> None:
        with self._effects.effect("users.enable"):
            account = self.find(user_id)
            self.accounts[user_id] = replace(account, status=AccountStatus.ACTIVE)
