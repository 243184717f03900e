"""What Cognito answers at AWS and the local cloud never does, put in our words."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from beeldrecht.adapters.errors import UnknownPositionError, UserExistsError
from beeldrecht.adapters.users import Users
from beeldrecht.domain.accounts import AccountStatus

POOL = "eu-central-1_Abcdefghi"
SUB = "5f1a2b3c-4d5e-6f70-8192-a3b4c5d6e7f8"


@pytest.fixture
def stub() -> Iterator[Stubber]:
    client = boto3.client(
        "cognito-idp",
        region_name="eu-central-1",
        aws_access_key_id="none",
        aws_secret_access_key="none",
    )
    with Stubber(client) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


@pytest.fixture
def users(stub: Stubber) -> Users:
    return Users(stub.client, POOL)  # type: ignore[arg-type]  # the stubber knows no kind


def somebody(**changed: Any) -> dict[str, Any]:
    user = {
        "Username": SUB,
        "Attributes": [
            {"Name": "sub", "Value": SUB},
            {"Name": "email", "Value": "iemand@example.org"},
        ],
        "UserCreateDate": datetime(2026, 6, 1, tzinfo=UTC),
        "Enabled": True,
        "UserStatus": "CONFIRMED",
    }
    return user | changed


def test_a_position_that_cognito_does_not_know(stub: Stubber, users: Users) -> None:
    stub.add_client_error("list_users", "InvalidParameterException")
    with pytest.raises(UnknownPositionError):
        users.page(20, "AAAA")


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, AccountStatus.ACTIVE),
        ({"UserStatus": "EXTERNAL_PROVIDER"}, AccountStatus.ACTIVE),
        ({"UserStatus": "FORCE_CHANGE_PASSWORD"}, AccountStatus.INVITED),
        ({"UserStatus": "RESET_REQUIRED"}, AccountStatus.INVITED),
        ({"Enabled": False}, AccountStatus.DISABLED),
        ({"Enabled": False, "UserStatus": "UNCONFIRMED"}, AccountStatus.DISABLED),
    ],
)
def test_what_cognito_says_of_somebody(
    stub: Stubber, users: Users, changed: dict[str, Any], status: AccountStatus
) -> None:
    stub.add_response("list_users", {"Users": [somebody(**changed)]})
    stub.add_response("admin_list_groups_for_user", {"Groups": []})
    assert users.find(SUB.replace("-", "")).status is status


def test_who_says_nothing_of_being_enabled_is_not(stub: Stubber, users: Users) -> None:
    silent = somebody()
    del silent["Enabled"]
    stub.add_response("list_users", {"Users": [silent]})
    stub.add_response("admin_list_groups_for_user", {"Groups": []})
    assert users.find(SUB.replace("-", "")).status is AccountStatus.DISABLED


def test_an_address_that_would_end_the_filter_is_looked_for_nowhere(
    stub: Stubber, users: Users
) -> None:
    stub.add_client_error("admin_create_user", "UsernameExistsException")
    with pytest.raises(UserExistsError):
        users.add('a" or email ^= "b@example.org', "0" * 32)
