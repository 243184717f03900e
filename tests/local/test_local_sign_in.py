"""Signing in to the local cloud: pages, sessions, and the accounts behind them."""

import base64
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from beeldrecht.adapters.users import Users
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import AccountStatus
from local.client import LocalCloud
from local.sign_in import Account, SignInError, outputs_of, refreshed, sign_in, totp
from tests.adapters.contracts.users import UsersContract
from tests.local.signing_in import (
    EMAIL,
    PASSWORD,
    fetch,
    mails,
    make_user,
    read,
    signing_cloud,
)


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud]:
    with signing_cloud(tmp_path_factory.mktemp("signing")) as cloud:
        yield cloud


@pytest.fixture(scope="module")
def editor(cloud: LocalCloud) -> Account:
    account = make_user(cloud, EMAIL)
    sign_in(cloud, account)
    return account


# The pages ------------------------------------------------------------------------------


def test_the_pages_ask_for_a_code_after_the_password(
    cloud: LocalCloud, editor: Account
) -> None:
    right = totp(editor.totp_secret)
    wrong = replace(
        editor, totp_secret=base64.b32encode(b"another authenticator").decode()
    )
    assert totp(wrong.totp_secret) != right
    with pytest.raises(SignInError, match="not the code"):
        sign_in(cloud, wrong)
    with pytest.raises(SignInError, match="Incorrect"):
        sign_in(cloud, replace(editor, password="another password of length"))
    assert sign_in(cloud, editor).access


def test_who_has_no_authenticator_sets_one_up_first(cloud: LocalCloud) -> None:
    account = make_user(cloud, "new@example.org")
    sign_in(cloud, account)
    first = account.totp_secret
    assert len(base64.b32decode(first)) == 20
    sign_in(cloud, account)
    assert account.totp_secret == first


def test_who_was_invited_chooses_a_password_and_an_authenticator(
    cloud: LocalCloud,
) -> None:
    pools, pool_id = cloud.client("cognito-idp"), outputs_of(cloud)["UserPoolId"]
    email = "invited@example.org"
    pools.admin_create_user(
        UserPoolId=pool_id,
        Username=email,
        DesiredDeliveryMediums=["EMAIL"],
        UserAttributes=[{"Name": "email", "Value": email}],
    )
    [mail] = [each for each in mails(cloud) if each["To"] == [email]]
    temporary = mail["BodyText"] + (mail["BodyHtml"] or "")
    password = temporary.split()[-1].rstrip(".")
    assert len(password) >= 15
    account = Account(email, password, new_password=PASSWORD)
    assert sign_in(cloud, account).access
    assert sign_in(cloud, Account(email, PASSWORD, account.totp_secret)).access
    with pytest.raises(SignInError, match="Incorrect"):
        sign_in(cloud, account)


# The session ----------------------------------------------------------------------------


def test_a_refreshed_session_keeps_its_roles_and_its_beginning(
    cloud: LocalCloud, editor: Account
) -> None:
    began = sign_in(cloud, editor)
    first = read(began.access, 1)
    while int(time.time()) == first["iat"]:
        time.sleep(0.05)
    again = read(refreshed(cloud, began).access, 1)
    assert again["iat"] > first["iat"]
    assert again["cognito:groups"] == ["editor"]
    assert again["auth_time"] == first["auth_time"]
    assert read(began.id, 1)["auth_time"] == first["auth_time"]


def test_a_revoked_session_is_not_refreshed(cloud: LocalCloud, editor: Account) -> None:
    session = sign_in(cloud, editor)
    assert revoked(cloud, session.refresh) == 200
    with pytest.raises(SignInError, match="invalid_grant"):
        refreshed(cloud, session)


def test_only_a_refresh_token_can_be_revoked(cloud: LocalCloud, editor: Account) -> None:
    session = sign_in(cloud, editor)
    assert revoked(cloud, session.access) == 400
    assert refreshed(cloud, session).access


def revoked(cloud: LocalCloud, token: str) -> int:
    data = f"token={token}&client_id={outputs_of(cloud)['WebClientId']}".encode()
    return fetch(f"{cloud.endpoint}/oauth2/revoke", data=data)[0]


# The adapter ----------------------------------------------------------------------------


class PoolOfTests(Users):
    """The adapter over a pool of its own, and the mail that the emulator kept."""

    def __init__(self, cloud: LocalCloud) -> None:
        self._cloud = cloud
        self._before = len(mails(cloud))
        pools = cloud.client("cognito-idp")
        self.pool_id = pools.create_user_pool(
            PoolName="contract",
            UsernameAttributes=["email"],
            UsernameConfiguration={"CaseSensitive": False},
            Schema=[{"Name": "invitation", "AttributeDataType": "String"}],
        )["UserPool"]["Id"]
        for each in Role:
            pools.create_group(UserPoolId=self.pool_id, GroupName=each)
        super().__init__(pools, self.pool_id)

    def mail(self) -> Sequence[str]:
        return [each["To"][0] for each in mails(self._cloud)[self._before :]]


class TestUsers(UsersContract):
    @pytest.fixture
    def accounts(self, cloud: LocalCloud) -> PoolOfTests:
        return PoolOfTests(cloud)

    def test_who_comes_from_a_directory_has_another_name_than_their_identifier(
        self, cloud: LocalCloud
    ) -> None:
        pools = cloud.client("cognito-idp")
        pool_id = pools.create_user_pool(PoolName="named")["UserPool"]["Id"]
        pools.create_group(UserPoolId=pool_id, GroupName="editor")
        # The pool makes a group of its own for everybody from a directory.
        pools.create_group(UserPoolId=pool_id, GroupName=f"{pool_id}_Directory")
        made = pools.admin_create_user(
            UserPoolId=pool_id, Username="Directory_someone", MessageAction="SUPPRESS"
        )["User"]
        [sub] = [a["Value"] for a in made["Attributes"] if a["Name"] == "sub"]
        pools.admin_add_user_to_group(
            UserPoolId=pool_id,
            Username="Directory_someone",
            GroupName=f"{pool_id}_Directory",
        )
        users = Users(pools, pool_id)
        user_id = sub.replace("-", "")
        users.appoint(user_id, frozenset({Role.EDITOR}))
        assert users.find(user_id).roles == {Role.EDITOR}
        users.disable(user_id)
        assert users.find(user_id).status is AccountStatus.DISABLED
