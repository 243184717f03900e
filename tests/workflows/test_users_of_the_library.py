"""Accounts over the deployed API: real tokens, real roles, and every grant enforced."""

import json
import stat
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from beeldrecht.domain.access import Operation, Role, ever
from beeldrecht.domain.ids import new_id
from cli.stack import Deployed
from local.client import LocalCloud
from local.sign_in import SignInError, outputs_of, refreshed, sign_in, token_for
from local.users import PEOPLE, DemoUser, ensure_users, shown, user_named

EVERYBODY = tuple(PEOPLE)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    cloud: LocalCloud,
    method: str,
    path: str,
    token: str | None = None,
    body: object = None,
    **headers: str,
) -> Answer:
    """One request to the deployed API, at the address that resolves everywhere."""
    api = outputs_of(cloud)["ApiUrl"].split("//")[1].split(".")[0]
    address = f"{cloud.endpoint}/_aws/execute-api/{api}/$default{path}"
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    data = None
    if body is not None:
        data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    request = urllib.request.Request(address, data, sent, method=method)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers), error.read())


@pytest.fixture(scope="session")
def people(cloud: LocalCloud) -> dict[str, DemoUser]:
    return {user.name: user for user in ensure_users(cloud)}


@pytest.fixture
def boss(cloud: LocalCloud, people: dict[str, DemoUser]) -> str:
    return token_for(cloud, "administrator")


def test_the_demonstrations_users_are_made_once_and_only_their_owner_reads_them(
    cloud: LocalCloud, people: dict[str, DemoUser], tmp_path: Path
) -> None:
    file = tmp_path / "cloud" / "users.json"
    again = {user.name: user for user in ensure_users(cloud, file)}
    assert again == people
    assert again.keys() == PEOPLE.keys()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())[0]["totp_secret"]
    secrets = {user.account.password for user in again.values()}
    assert len(secrets) == len(again)
    assert all(user.account.email in shown(cloud) for user in again.values())


def test_who_was_taken_away_is_made_anew(
    cloud: LocalCloud, people: dict[str, DemoUser]
) -> None:
    before = people["second-administrator"]
    cloud.client("cognito-idp").admin_delete_user(
        UserPoolId=outputs_of(cloud)["UserPoolId"], Username=before.account.email
    )
    people |= {user.name: user for user in ensure_users(cloud)}
    assert people["second-administrator"].user_id != before.user_id
    assert token_for(cloud, "second-administrator")


@pytest.mark.parametrize("name", EVERYBODY)
def test_a_token_says_who_somebody_is_and_the_policy_what_they_may(
    cloud: LocalCloud, people: dict[str, DemoUser], name: str
) -> None:
    user = people[name]
    answer = ask(cloud, "GET", "/v1/me", token_for(cloud, name))
    roles = frozenset(map(Role, user.roles))
    may = {each for each in Operation if ever(roles, each)}
    assert answer.status == 200
    assert answer.json["user_id"] == user.user_id
    assert answer.json["roles"] == sorted(roles)
    assert set(answer.json["affordances"]) == may


@pytest.mark.parametrize("name", [each for each in EVERYBODY if "admin" not in each])
def test_only_an_administrator_sees_the_accounts(
    cloud: LocalCloud, people: dict[str, DemoUser], name: str
) -> None:
    answer = ask(cloud, "GET", "/v1/users", token_for(cloud, name))
    assert (answer.status, answer.json["code"]) == (403, "not_allowed")


def test_the_command_line_signs_in_with_an_application_of_its_own(
    cloud: LocalCloud, people: dict[str, DemoUser]
) -> None:
    tokens = sign_in(cloud, people["editor"].account, "Cli")
    assert tokens.seconds == 15 * 60
    assert ask(cloud, "GET", "/v1/me", tokens.access).status == 200


def test_somebody_is_invited_appointed_disabled_and_enabled_and_all_is_on_record(
    cloud: LocalCloud,
    people: dict[str, DemoUser],
    boss: str,
    deployed: Deployed,
) -> None:
    address, key = f"{new_id()}@example.org", new_id()
    invitation = {"email": address, "roles": ["viewer"]}
    made = ask(cloud, "POST", "/v1/users", boss, invitation, Idempotency_Key=key)
    assert (made.status, made.json["status"]) == (201, "invited")
    again = ask(cloud, "POST", "/v1/users", boss, invitation, Idempotency_Key=key)
    assert again.json["user_id"] == made.json["user_id"]
    other = ask(cloud, "POST", "/v1/users", boss, invitation, Idempotency_Key=new_id())
    assert (other.status, other.json["code"]) == (409, "user_exists")

    place = f"/v1/users/{made.json['user_id']}"
    roles = {"roles": ["contributor", "viewer"]}
    assert (
        ask(cloud, "PUT", f"{place}/roles", boss, roles).json["roles"] == roles["roles"]
    )
    assert ask(cloud, "POST", f"{place}/disable", boss).json["status"] == "disabled"
    assert ask(cloud, "POST", f"{place}/enable", boss).json["status"] == "invited"

    entries = list(deployed.audit.entries(made.json["user_id"]))
    assert [each.tag for each in entries] == [
        f"api:user:{act}" for act in ("create", "roles", "disable", "enable")
    ]
    assert {each.actor for each in entries} == {people["administrator"].user_id}
    assert address not in json.dumps([dict(each.data) for each in entries])


def test_nobody_of_that_name_is_answered_like_any_other_missing_thing(
    cloud: LocalCloud, people: dict[str, DemoUser], boss: str
) -> None:
    for name in (new_id(), "nobody", "..%2f"):
        answer = ask(cloud, "POST", f"/v1/users/{name}/disable", boss)
        assert answer.status == 404, name
    own = people["administrator"].user_id
    answer = ask(cloud, "POST", f"/v1/users/{own}/disable", boss)
    assert (answer.status, answer.json["code"]) == (409, "not_yourself")


def test_who_is_disabled_is_out_for_everything_new(
    cloud: LocalCloud, people: dict[str, DemoUser], boss: str
) -> None:
    user = people["second-editor"]
    tokens = sign_in(cloud, user.account)
    place = f"/v1/users/{user.user_id}"
    assert ask(cloud, "POST", f"{place}/disable", boss).status == 200
    try:
        with pytest.raises(SignInError):
            refreshed(cloud, tokens)
        with pytest.raises(SignInError, match="disabled"):
            sign_in(cloud, user.account)
        # What is out already lasts its minutes to the end: ADR 10 says so.
        assert ask(cloud, "GET", "/v1/me", tokens.access).status == 200
    finally:
        assert ask(cloud, "POST", f"{place}/enable", boss).status == 200
    assert token_for(cloud, user.name)


def test_a_role_that_was_taken_away_is_gone_from_the_next_token(
    cloud: LocalCloud, people: dict[str, DemoUser], boss: str
) -> None:
    user = people["second-recogniser"]
    place = f"/v1/users/{user.user_id}/roles"
    assert ask(cloud, "PUT", place, boss, {"roles": ["editor"]}).status == 200
    try:
        me = ask(cloud, "GET", "/v1/me", token_for(cloud, user.name)).json
        assert me["roles"] == ["editor"]
    finally:
        assert ask(cloud, "PUT", place, boss, {"roles": list(user.roles)}).status == 200
    assert user_named(cloud, user.name) == user


def test_the_site_is_open_and_everything_else_below_it_is_not_there(
    cloud: LocalCloud,
) -> None:
    page = ask(cloud, "GET", "/")
    assert (page.status, page.headers["Content-Type"]) == (
        200,
        "text/html; charset=utf-8",
    )
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    again = ask(cloud, "GET", "/", If_None_Match=page.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    told = ask(cloud, "GET", "/config.json").json
    assert told["sign_in_url"] == cloud.endpoint
    assert told["client_id"] == outputs_of(cloud)["WebClientId"]
    for path in ("/handler.py", "/..%2f..%2fetc%2fpasswd", "/web/index.html", "/v2/me"):
        assert ask(cloud, "GET", path).status == 404, path
    for path in ("/v1/me", "/v1/users", "/v1/anything/else"):
        assert ask(cloud, "GET", path).status == 401, path
    assert ask(cloud, "POST", "/").status == 404
