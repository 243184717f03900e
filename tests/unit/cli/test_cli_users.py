"""The first administrator: made once, by whoever holds the account's credentials."""

from dataclasses import replace

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import AccountStatus
from beeldrecht.domain.ids import derived_id
from tests.fakes.effects import Killed, When
from tests.fakes.users import FakeUsers
from tests.unit.cli.desks import Office

OPERATOR = derived_id("test", "operator")


class Opening(Office):
    """An operator at a desk, before anybody has an account."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.users = FakeUsers(self.world.effects)
        self.desk.deployed.__dict__.update(
            users=self.users, audit=self.world.audit, actor_id=OPERATOR
        )

    def invite(self, email: str = "Baas@example.org") -> int:
        return self.run("first-administrator", email)


@pytest.fixture
def opening() -> Opening:
    return Opening()


def test_the_first_administrator_is_invited_and_on_record(opening: Opening) -> None:
    assert opening.invite() == 0
    [account] = opening.users.accounts.values()
    assert account.email == "baas@example.org"
    assert account.roles == {Role.ADMINISTRATOR}
    assert opening.users.mailed == ["baas@example.org"]
    assert "baas@example.org is invited" in opening.said
    [entry] = opening.world.audit.entries(account.user_id)
    assert (entry.tag, entry.actor) == ("api:user:create", OPERATOR)
    assert entry.data == {"roles": "administrator"}


def test_the_same_address_again_is_mailed_anew_and_recorded_once(
    opening: Opening,
) -> None:
    assert (opening.invite(), opening.invite()) == (0, 0)
    [account] = opening.users.accounts.values()
    assert opening.users.mailed == ["baas@example.org"] * 2
    assert len(list(opening.world.audit.entries(account.user_id))) == 1


def test_where_somebody_administers_already_nothing_is_done(opening: Opening) -> None:
    opening.invite()
    assert opening.invite("ander@example.org") == 1
    assert len(opening.users.accounts) == 1


def test_one_who_may_sign_in_no_more_does_not_count(opening: Opening) -> None:
    opening.invite()
    [first] = opening.users.accounts
    opening.users.disable(first)
    assert opening.invite("ander@example.org") == 0


def test_an_address_with_another_account_is_left_alone(
    opening: Opening, capsys: pytest.CaptureFixture[str]
) -> None:
    account = opening.users.add("baas@example.org", derived_id("test", "other"))
    assert opening.invite() == 1
    assert "has an account" in capsys.readouterr().err
    assert opening.users.find(account.user_id).roles == frozenset()


def test_somebody_who_signed_in_already_gets_the_role_and_no_mail(
    opening: Opening,
) -> None:
    opening.invite()
    [(user_id, account)] = opening.users.accounts.items()
    active = replace(account, status=AccountStatus.ACTIVE, roles=frozenset())
    opening.users.accounts[user_id] = active
    assert opening.invite() == 0
    assert opening.users.find(user_id).roles == {Role.ADMINISTRATOR}
    assert opening.users.mailed == ["baas@example.org"]


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", range(1, 5))
def test_it_goes_on_wherever_it_broke_off(
    opening: Opening, place: int, when: When
) -> None:
    opening.world.effects.kill(place, when)
    with pytest.raises(Killed):
        opening.invite()
    assert opening.invite() == 0
    [account] = opening.users.accounts.values()
    assert account.roles == {Role.ADMINISTRATOR}
    assert opening.users.mailed
    assert len(list(opening.world.audit.entries(account.user_id))) == 1
