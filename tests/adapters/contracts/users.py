"""What the accounts promise, whether in a user pool or in memory."""

from collections.abc import Sequence
from typing import Protocol

import pytest

from api.user_api.app import Accounts
from beeldrecht.adapters.errors import (
    MissingUserError,
    UserExistsError,
)
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.ids import derived_id

ADDRESS = "iemand@example.org"
INVITATION, ANOTHER = (derived_id("test", name) for name in ("invitation", "another"))
EDITS = frozenset({Role.EDITOR, Role.RECOGNISER})


class Pool(Accounts, Protocol):
    """Accounts that tell what went out by mail."""

    def mail(self) -> Sequence[str]:
        """The addresses that were written to, in order."""
        ...


def invited(accounts: Pool, address: str = ADDRESS) -> Account:
    return accounts.add(address, INVITATION)


class UsersContract:
    """Collected by the tests of each implementation, with a fixture `accounts`."""

    def test_a_new_account_is_invited_and_has_no_role(self, accounts: Pool) -> None:
        account = invited(accounts)
        assert account.email == ADDRESS
        assert account.roles == frozenset()
        assert account.status is AccountStatus.INVITED
        assert len(account.user_id) == 32
        assert accounts.find(account.user_id) == account

    def test_making_an_account_tells_nobody_until_the_invitation_is_sent(
        self, accounts: Pool
    ) -> None:
        account = invited(accounts)
        assert accounts.mail() == []
        accounts.send_invitation(account)
        assert accounts.mail() == [ADDRESS]

    def test_the_same_invitation_again_gives_the_account_it_made(
        self, accounts: Pool
    ) -> None:
        first = invited(accounts)
        accounts.appoint(first.user_id, EDITS)
        assert invited(accounts).user_id == first.user_id
        assert invited(accounts).roles == EDITS

    @pytest.mark.parametrize("address", [ADDRESS, ADDRESS.upper()])
    def test_another_invitation_to_the_same_address_is_refused(
        self, accounts: Pool, address: str
    ) -> None:
        invited(accounts)
        with pytest.raises(UserExistsError):
            accounts.add(address, ANOTHER)

    def test_appointing_gives_exactly_these_roles(self, accounts: Pool) -> None:
        user_id = invited(accounts).user_id
        for roles in (EDITS, frozenset({Role.VIEWER, Role.EDITOR}), frozenset[Role]()):
            accounts.appoint(user_id, roles)
            assert accounts.find(user_id).roles == roles

    def test_a_disabled_account_keeps_its_roles_and_can_be_enabled(
        self, accounts: Pool
    ) -> None:
        user_id = invited(accounts).user_id
        accounts.appoint(user_id, EDITS)
        accounts.disable(user_id)
        assert accounts.find(user_id).status is AccountStatus.DISABLED
        accounts.enable(user_id)
        assert accounts.find(user_id).status is not AccountStatus.DISABLED
        assert accounts.find(user_id).roles == EDITS

    def test_pages_hold_everybody_once(self, accounts: Pool) -> None:
        made = {
            accounts.add(f"{n}@example.org", derived_id("test", str(n))).user_id
            for n in range(5)
        }
        seen: list[str] = []
        position: str | None = None
        while True:
            page = accounts.page(2, position)
            assert len(page.accounts) <= 2
            seen += [each.user_id for each in page.accounts]
            position = page.next
            if position is None:
                break
        assert sorted(seen) == sorted(made)

    def test_nobody_of_that_identifier(self, accounts: Pool) -> None:
        invited(accounts)
        stranger = derived_id("test", "stranger")
        for act in (accounts.find, accounts.disable, accounts.enable, accounts.sign_out):
            with pytest.raises(MissingUserError):
                act(stranger)
        with pytest.raises(MissingUserError):
            accounts.appoint(stranger, EDITS)
