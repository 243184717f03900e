"""The accounts of the staff: who may change them, and what is on record of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from api.user_api.app import MOST, build
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.ids import derived_id
from beeldrecht.runtime.http.api import HEADERS
from beeldrecht.runtime.logs import logger
from tests.adapters.contracts.users import UsersContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.claims import FakeClaims
from tests.fakes.effects import Effects, Killed, When
from tests.fakes.http import Answer, answer_to, call
from tests.fakes.samples import NOON
from tests.fakes.staff import as_
from tests.fakes.users import FakeUsers

EVENT = Path(__file__).parents[2] / "functions/api/user_api/event.json"
BOSS = as_(Role.ADMINISTRATOR)
KEY = {"Idempotency-Key": "0123456789abcdef"}
INVITED = {"email": "Nieuw@example.org", "roles": ["editor"]}


class Services:
    """What the routes work with, over fakes whose effects can be cut off."""

    def __init__(self) -> None:
        self.effects = Effects()
        self.accounts = FakeUsers(self.effects)
        self.claims = FakeClaims()
        self.audit = FakeAuditTrail(self.effects)
        self.at = NOON
        self._ids = count()

    def now(self) -> datetime:
        return self.at

    def new_id(self) -> str:
        return derived_id("test", "made", str(next(self._ids)))


class Desk:
    """The API, and a short way to ask it something."""

    def __init__(self) -> None:
        self.services = Services()
        self.api = build(self.services, logger("user_api"))

    def send(
        self, method: str, path: str, user: User | None = BOSS, **sent: Any
    ) -> Answer:
        return call(self.api, method, path, user=user, **sent)

    def invite(self, **changed: Any) -> Answer:
        sent: dict[str, Any] = {"body": INVITED, "headers": KEY} | changed
        return self.send("POST", "/v1/users", **sent)

    def entries(self, user_id: str) -> list[tuple[str, str, dict[str, Any]]]:
        return [
            (each.tag, each.actor, dict(each.data))
            for each in self.services.audit.entries(user_id)
        ]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def editor(desk: Desk) -> str:
    user_id: str = desk.invite().json["user_id"]
    desk.services.accounts.mailed.clear()
    return user_id


class FakePool(FakeUsers):
    """The fake, as the contract asks of it."""

    def mail(self) -> Sequence[str]:
        return self.mailed


class TestFakeUsers(UsersContract):
    @pytest.fixture
    def accounts(self) -> FakePool:
        return FakePool()


def test_the_sample_event_lists_the_accounts() -> None:
    desk = Desk()
    event = json.loads(EVENT.read_text())
    began = int(event["requestContext"]["authorizer"]["jwt"]["claims"]["auth_time"])
    desk.services.at = datetime.fromtimestamp(began, NOON.tzinfo) + timedelta(minutes=1)
    answered = answer_to(desk.api, event)
    assert (answered.status, answered.json) == (200, {"users": [], "cursor": None})


ROUTES: list[tuple[str, str, Any]] = [
    ("GET", "/v1/users", None),
    ("POST", "/v1/users", INVITED),
    ("PUT", "/v1/users/{editor}/roles", {"roles": []}),
    ("POST", "/v1/users/{editor}/disable", None),
    ("POST", "/v1/users/{editor}/enable", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize(
    "user", [as_(role) for role in Role if role is not Role.ADMINISTRATOR] + [as_()]
)
def test_only_an_administrator_has_anything_to_do_with_accounts(
    desk: Desk, editor: str, method: str, path: str, body: Any, user: User
) -> None:
    before = dict(desk.services.accounts.accounts)
    answer = desk.send(method, path.format(editor=editor), user, body=body, headers=KEY)
    # Of one account, it is nobody else's business whether it is there.
    refused = (404, "not_found") if "{editor}" in path else (403, "not_allowed")
    assert (answer.status, answer.json["code"]) == refused
    assert desk.services.accounts.accounts == before
    assert HEADERS.items() <= answer.headers.items()


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[2:])
def test_changing_an_account_needs_a_recent_sign_in(
    desk: Desk, editor: str, method: str, path: str, body: Any
) -> None:
    long_ago = replace(BOSS, signed_in_at=NOON - timedelta(minutes=61))
    path = path.format(editor=editor)
    answer = desk.send(method, path, long_ago, body=body)
    assert (answer.status, answer.json["code"]) == (403, "sign_in_again")
    assert desk.send(method, path, BOSS, body=body).status == 200


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[2:])
def test_nobody_changes_their_own_account(
    desk: Desk, method: str, path: str, body: Any
) -> None:
    answer = desk.send(method, path.format(editor=BOSS.user_id), body=body)
    assert (answer.status, answer.json["code"]) == (409, "not_yourself")


@pytest.mark.parametrize(("method", "path", "body"), ROUTES[2:])
def test_nobody_of_that_identifier(desk: Desk, method: str, path: str, body: Any) -> None:
    stranger = derived_id("test", "stranger")
    for user_id in (stranger, "not-an-id"):
        answer = desk.send(method, path.format(editor=user_id), body=body)
        assert (answer.status, answer.json["code"]) == (404, "not_found")
    assert desk.entries(stranger) == []


def test_an_invitation_makes_an_account_with_its_roles_and_mails_it(desk: Desk) -> None:
    answer = desk.invite()
    assert answer.status == 201
    assert answer.json == {
        "user_id": answer.json["user_id"],
        "email": "nieuw@example.org",
        "roles": ["editor"],
        "status": "invited",
        "created_at": "2026-06-01T12:00:00Z",
    }
    assert desk.services.accounts.mailed == ["nieuw@example.org"]
    assert desk.entries(answer.json["user_id"]) == [
        ("api:user:create", BOSS.user_id, {"roles": "editor"})
    ]


@pytest.mark.parametrize("when", When)
@pytest.mark.parametrize("place", range(1, 5))
def test_an_invitation_that_broke_off_anywhere_goes_on_when_it_is_sent_again(
    desk: Desk, place: int, when: When
) -> None:
    desk.services.effects.kill(place, when)
    with pytest.raises(Killed):
        desk.invite()
    [half] = desk.services.accounts.accounts.values() or [None]
    if desk.services.accounts.mailed or (half is not None and half.roles):
        assert half is not None
        assert desk.entries(half.user_id), "it took hold and is not on record"
    answer = desk.invite()
    assert answer.status == 201
    assert len(desk.services.accounts.accounts) == 1
    assert answer.json["roles"] == ["editor"]
    assert desk.services.accounts.mailed
    assert len(desk.entries(answer.json["user_id"])) == 1


def test_an_invitation_is_sent_once_however_often_it_was_accepted(desk: Desk) -> None:
    user_id = desk.invite().json["user_id"]
    accounts = desk.services.accounts
    accounts.accounts[user_id] = replace(
        accounts.find(user_id), status=AccountStatus.ACTIVE, roles=frozenset()
    )
    again = desk.invite()
    assert (again.status, again.json["roles"]) == (201, [])
    assert accounts.mailed == ["nieuw@example.org"]


def test_a_key_stands_for_one_invitation(desk: Desk) -> None:
    desk.invite()
    other = desk.invite(body={"email": "ander@example.org", "roles": []})
    assert (other.status, other.json["code"]) == (422, "idempotency_key_reused")
    for headers in ({}, {"Idempotency-Key": "short"}):
        answer = desk.invite(headers=headers)
        assert (answer.status, answer.json["code"]) == (400, "idempotency_key_required")


def test_somebody_who_has_an_account_is_not_invited_anew(desk: Desk, editor: str) -> None:
    answer = desk.invite(headers={"Idempotency-Key": "another-key-of-sixteen"})
    assert (answer.status, answer.json["code"]) == (409, "user_exists")
    assert desk.services.accounts.mailed == []


@pytest.mark.parametrize(
    "body",
    [
        {"email": "no address", "roles": []},
        {"email": 'a"b@example.org', "roles": []},
        {"email": "a@example.org\nb@example.org", "roles": []},
        {"email": "a@example.org", "roles": ["root"]},
        {"email": "a@example.org"},
        {"email": "a@example.org", "roles": [], "password": "x"},
    ],
)
def test_what_is_no_invitation_is_refused_and_not_quoted(
    desk: Desk, body: dict[str, Any]
) -> None:
    answer = desk.invite(body=body)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert body["email"] not in answer.text
    assert desk.services.accounts.accounts == {}


def test_a_change_of_roles_is_on_record_with_what_was_before(
    desk: Desk, editor: str
) -> None:
    roles = {"roles": ["viewer", "editor", "viewer"]}
    answer = desk.send("PUT", f"/v1/users/{editor}/roles", body=roles)
    assert (answer.status, answer.json["roles"]) == (200, ["editor", "viewer"])
    assert desk.entries(editor)[1:] == [
        ("api:user:roles", BOSS.user_id, {"before": "editor", "roles": "editor,viewer"})
    ]
    assert desk.services.accounts.signed_out == []


def test_whoever_loses_a_role_is_signed_out(desk: Desk, editor: str) -> None:
    desk.send("PUT", f"/v1/users/{editor}/roles", body={"roles": ["viewer"]})
    assert desk.services.accounts.signed_out == [editor]


def test_the_same_roles_again_change_nothing_and_are_no_act(
    desk: Desk, editor: str
) -> None:
    before = desk.entries(editor)
    answer = desk.send("PUT", f"/v1/users/{editor}/roles", body={"roles": ["editor"]})
    assert (answer.status, desk.entries(editor)) == (200, before)


def test_disabling_ends_every_session_and_enabling_gives_back_the_roles(
    desk: Desk, editor: str
) -> None:
    answer = desk.send("POST", f"/v1/users/{editor}/disable")
    assert (answer.status, answer.json["status"]) == (200, "disabled")
    assert desk.services.accounts.signed_out == [editor]
    answer = desk.send("POST", f"/v1/users/{editor}/enable")
    assert (answer.json["status"], answer.json["roles"]) == ("active", ["editor"])
    assert [tag for tag, _, _ in desk.entries(editor)][1:] == [
        "api:user:disable",
        "api:user:enable",
    ]


@pytest.mark.parametrize(("act", "body"), [("disable", None), ("enable", None)])
def test_nothing_takes_hold_that_is_not_on_record(
    desk: Desk, editor: str, act: str, body: Any
) -> None:
    before = desk.services.accounts.find(editor)
    desk.services.effects.kill(1, When.BEFORE)
    with pytest.raises(Killed):
        desk.send("POST", f"/v1/users/{editor}/{act}", body=body)
    assert desk.services.accounts.find(editor) == before


def test_the_list_comes_in_pages_and_who_looked_is_on_record(desk: Desk) -> None:
    for n in range(MOST + 1):
        desk.services.accounts.add(f"{n}@example.org", derived_id("test", str(n)))
    first = desk.send("GET", "/v1/users").json
    rest = desk.send("GET", "/v1/users", query={"cursor": first["cursor"]}).json
    assert (len(first["users"]), len(rest["users"])) == (MOST, 1)
    assert rest["cursor"] is None
    assert desk.entries(BOSS.user_id) == [
        ("api:user:list", BOSS.user_id, {"count": n}) for n in (MOST, 1)
    ]


def test_a_cursor_that_somebody_made_up(desk: Desk) -> None:
    answer = desk.send("GET", "/v1/users", query={"cursor": "AAAA"})
    assert (answer.status, answer.json["code"]) == (400, "cursor_unknown")
    answer = desk.send("GET", "/v1/users", query={"cursor": "a b"})
    assert answer.status == 422


def test_no_address_reaches_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(FakeUsers):
        def add(self, email: str, invitation_id: str) -> Account:
            raise RuntimeError(email)

    services = Services()
    services.accounts = Failing()
    # A name of its own: a logger writes where the first test to ask for it did.
    api = build(services, logger("user-api-log"))
    answer = call(api, "POST", "/v1/users", user=BOSS, body=INVITED, headers=KEY)
    logged = capsys.readouterr().out
    assert (answer.status, "request failed" in logged) == (500, True)
    assert "example.org" not in logged
