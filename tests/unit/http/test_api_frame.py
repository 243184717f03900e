"""The frame of every API: nothing answers unasked, and no caller outlives a request."""

from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPMethod

import pytest
from aws_lambda_powertools.event_handler import Response

from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import HEADERS, Api, reply
from beeldrecht.runtime.http.callers import NotACallerError, user_of
from beeldrecht.runtime.logs import logger
from tests.fakes.http import call, claims_of

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
EDITOR = User("0" * 31 + "1", frozenset({Role.EDITOR}), AT)
NOBODY = replace(EDITOR, user_id="0" * 31 + "2", roles=frozenset())


class Body(Frozen):
    """A body that a request brings."""

    word: str


class Told(Frozen):
    """What comes back."""

    word: str


@pytest.fixture
def api() -> Api:
    api = Api(logger("test"), lambda: AT)

    @api.route(HTTPMethod.GET, "/asked", Operation.PERSON_LIST)
    def asked() -> Response[Told]:
        return reply(Told(word=api.require(Operation.PERSON_LIST).user_id))

    @api.route(HTTPMethod.GET, "/unasked", Operation.PERSON_LIST)
    def unasked() -> Response[Told]:
        return reply(Told(word="secret"))

    @api.route(HTTPMethod.GET, "/other", Operation.PERSON_LIST)
    def other() -> Response[Told]:
        api.require(Operation.COLLECTION_LIST)
        return reply(Told(word="secret"))

    @api.route(HTTPMethod.GET, "/more", Operation.PERSON_LIST)
    def more() -> Response[Told]:
        api.require(Operation.PERSON_LIST)
        api.require(Operation.COLLECTION_LIST)
        return reply(Told(word="secret"))

    named = (Operation.COLLECTION_LIST,)

    @api.route(HTTPMethod.GET, "/named", Operation.PERSON_LIST, also=named)
    def more_by_name() -> Response[Told]:
        api.require(Operation.COLLECTION_LIST)
        return reply(Told(word=api.require(Operation.PERSON_LIST).user_id))

    @api.route(HTTPMethod.GET, "/fails", Operation.PERSON_LIST)
    def fails() -> Response[Told]:
        api.require(Operation.PERSON_LIST)
        raise RuntimeError("Jan Jansen lives at")

    @api.route(HTTPMethod.POST, "/things/<thing_id>", Operation.PERSON_LIST)
    def post(thing_id: OpaqueId, body: Body) -> Response[Told]:
        api.require(Operation.PERSON_LIST)
        return reply(Told(word=thing_id))

    return api


def test_who_may_is_answered(api: Api) -> None:
    answer = call(api, "GET", "/asked", user=EDITOR)
    assert (answer.status, answer.json) == (200, {"word": EDITOR.user_id})


@pytest.mark.parametrize("path", ["/unasked", "/other", "/more"])
def test_a_handler_that_did_not_ask_for_its_operation_fails_closed(
    api: Api, path: str
) -> None:
    answer = call(api, "GET", path, user=EDITOR)
    assert answer.status == 500
    assert "secret" not in answer.text


def test_a_route_asks_about_more_where_it_says_so_by_name(api: Api) -> None:
    assert call(api, "GET", "/named", user=EDITOR).status == 200
    named = {each for also in api.also.values() for each in also}
    assert named == {Operation.COLLECTION_LIST}


@pytest.mark.parametrize(
    ("user", "status", "code"),
    [(NOBODY, 403, "not_allowed"), (None, 401, "not_signed_in")],
)
def test_who_may_not_is_told_so(
    api: Api, user: User | None, status: int, code: str
) -> None:
    answer = call(api, "GET", "/asked", user=user)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("before", ["/asked", "/fails", "/unasked", "/nowhere"])
def test_no_caller_outlives_the_request_that_was_theirs(api: Api, before: str) -> None:
    call(api, "GET", before, user=EDITOR)
    assert call(api, "GET", "/asked").status == 401


def test_a_fault_says_nothing_of_what_it_was_about(
    api: Api, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = call(api, "GET", "/fails", user=EDITOR)
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert "Jansen" not in answer.text + capsys.readouterr().out
    assert "Traceback" not in answer.text


def test_what_was_sent_is_never_quoted(api: Api) -> None:
    sent = {"word": {"name": "Jan Jansen"}, "Jan Jansen": 1}
    answer = call(api, "POST", f"/things/{'a' * 32}", user=EDITOR, body=sent)
    assert (answer.status, answer.json["code"]) == (422, "invalid_request")
    assert "Jansen" not in answer.text
    assert {tuple(e["where"][:2]) for e in answer.json["errors"]} >= {("body", "word")}


def test_what_cannot_be_an_identifier_is_not_there(api: Api) -> None:
    odd = call(api, "POST", "/things/1", user=EDITOR, body={"word": "x"})
    nowhere = call(api, "GET", "/nowhere", user=EDITOR)
    assert (odd.status, odd.text) == (404, nowhere.text)


@pytest.mark.parametrize("path", ["/asked", "/fails", "/nowhere", "/unasked"])
def test_every_answer_carries_the_headers_of_safety(api: Api, path: str) -> None:
    for user in (EDITOR, NOBODY, None):
        answer = call(api, "GET", path, user=user)
        assert answer.headers.items() >= HEADERS.items()


def test_a_problem_is_told_in_the_callers_language(api: Api) -> None:
    def told(language: str) -> str:
        sent = {"Accept-Language": language}
        return str(call(api, "GET", "/nowhere", headers=sent).json["detail"])

    assert told("nl-NL,en;q=0.5") != told("en")
    assert told("xx") == told("en") == told("")


@pytest.mark.parametrize(
    "groups",
    ["[editor viewer]", ["editor", "viewer"], "editor viewer", "[editor root viewer]"],
)
def test_roles_are_the_groups_that_are_ours_in_either_form(groups: object) -> None:
    user = user_of(claims_of(EDITOR) | {"cognito:groups": groups})
    assert user == replace(EDITOR, roles=frozenset({Role.EDITOR, Role.VIEWER}))


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {**claims_of(EDITOR), "token_use": "id"},
        {**claims_of(EDITOR), "sub": "somebody"},
        {k: v for k, v in claims_of(EDITOR).items() if k != "sub"},
    ],
)
def test_other_claims_are_nobodys(claims: dict[str, object]) -> None:
    with pytest.raises(NotACallerError):
        user_of(claims)


@pytest.mark.parametrize("said", [None, "", "yesterday", "9" * 30, "-1e9"])
def test_an_unknown_sign_in_was_long_ago(said: object) -> None:
    assert user_of({**claims_of(EDITOR), "auth_time": said}).signed_in_at.year == 1970
