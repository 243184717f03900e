"""How the command talks to the API: what it sends, what it sends again, what it reads."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from cli.api import TRIES, TRIES_UNANSWERED, Api, OddAnswerError, ProblemError
from cli.web import Reply, UnreachableError

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEY = "k" * 32


def ok(body: Any = None, **headers: str) -> Reply:
    return Reply(200, headers, json.dumps(body if body is not None else {}).encode())


def problem(status: int, code: str, **more: str) -> Reply:
    said = {"status": status, "code": code, "detail": f"about {code}", **more}
    kind = {"content-type": "application/problem+json; charset=utf-8"}
    return Reply(status, kind, json.dumps(said).encode())


def busy(status: int = 503, **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, named, b'{"message":"Service Unavailable"}')


LOST = UnreachableError("https://x", begun=True)
NEVER_SENT = UnreachableError("https://x", begun=False)


class Line:
    """A connection that answers as it is told, and a person who is signed in."""

    def __init__(self, *answers: Reply | UnreachableError) -> None:
        self.answers = list(answers)
        self.sent: list[tuple[str, str, Mapping[str, str], Any]] = []
        self.paused: list[float] = []
        self.refused: list[str | None] = []

    def token(self, *, instead_of: str | None = None) -> str:
        self.refused.append(instead_of)
        return f"token-{len([r for r in self.refused if r])}"

    def __call__(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply:
        self.sent.append((method, url, headers or {}, body and json.loads(body)))
        answer = self.answers.pop(0)
        if isinstance(answer, UnreachableError):
            raise answer
        return answer


def api(line: Line) -> Api:
    return Api(
        "https://beeld.example",
        line,
        "nl",
        send=line,
        pause=line.paused.append,
        now=lambda: NOW,
    )


def test_a_question_names_who_asks_and_in_which_language() -> None:
    line = Line(ok({"a": 1}, etag='"7"'))
    answer = api(line).get("/v1/assets", status="ready", cursor=None)
    ((method, url, headers, body),) = line.sent
    assert (method, body) == ("GET", None)
    assert url == "https://beeld.example/v1/assets?status=ready"
    assert headers["Authorization"] == "Bearer token-0"
    assert headers["Accept-Language"] == "nl"
    assert (answer["a"], answer.etag) == (1, '"7"')


def test_a_list_is_read_page_after_page() -> None:
    pages = [
        ok({"items": [{"n": 1}, {"n": 2}], "cursor": "there"}),
        ok({"items": [], "cursor": "on"}),
        ok({"items": [{"n": 3}], "cursor": None}),
    ]
    line = Line(*pages)
    found = [each["n"] for each in api(line).each("/v1/assets", "items", limit=2)]
    assert found == [1, 2, 3]
    assert [url.partition("?")[2] for _, url, _, _ in line.sent] == [
        "limit=2",
        "limit=2&cursor=there",
        "limit=2&cursor=on",
    ]


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_library_is_asked_again_when_it_says_so(status: int) -> None:
    line = Line(busy(status, retry_after="7"), busy(status), ok())
    api(line).post("/v1/x")
    assert line.paused == [7.0, 1.0]


def test_an_instant_to_come_back_at_is_understood() -> None:
    at = "Mon, 23 Nov 2026 09:00:04 GMT"
    line = Line(busy(retry_after=at), busy(retry_after="soon"), ok())
    api(line).get("/v1/x")
    assert line.paused == [4.0, 1.0]


def test_nobody_is_kept_waiting_for_minutes() -> None:
    said = problem(429, "too_many_requests")
    line = Line(Reply(429, {**said.headers, "retry-after": "3600"}, said.data))
    with pytest.raises(ProblemError) as refused:
        api(line).get("/v1/x")
    assert refused.value.code == "too_many_requests"
    assert line.paused == []


def test_a_library_that_stays_busy_is_given_up() -> None:
    line = Line(*[busy()] * TRIES)
    with pytest.raises(OddAnswerError):
        api(line).get("/v1/x")
    assert len(line.sent) == TRIES


def test_an_act_keeps_its_key_over_every_try() -> None:
    line = Line(LOST, busy(), busy(504), ok({"made": 1}))
    assert api(line).post("/v1/uploads", {"size": 3}, key=KEY)["made"] == 1
    assert {headers["Idempotency-Key"] for _, _, headers, _ in line.sent} == {KEY}
    assert [body for _, _, _, body in line.sent] == [{"size": 3}] * 4


def test_an_act_without_a_key_is_not_repeated_once_it_may_have_arrived() -> None:
    line = Line(LOST)
    with pytest.raises(UnreachableError):
        api(line).post("/v1/assets/a/release")
    line = Line(busy(504))
    with pytest.raises(OddAnswerError):
        api(line).post("/v1/assets/a/release")


def test_what_was_never_sent_may_be_sent_again() -> None:
    line = Line(NEVER_SENT, ok())
    api(line).post("/v1/assets/a/release")
    assert len(line.sent) == 2


@pytest.mark.parametrize("method", ["get", "put"])
def test_what_changes_nothing_twice_is_repeated(method: str) -> None:
    line = Line(LOST, ok())
    spoken = api(line)
    spoken.get("/v1/x") if method == "get" else spoken.put("/v1/x", {})
    assert len(line.sent) == 2


def test_without_a_network_it_gives_up_soon() -> None:
    line = Line(*[NEVER_SENT] * TRIES_UNANSWERED)
    with pytest.raises(UnreachableError):
        api(line).get("/v1/x")
    assert sum(line.paused) < 2


def test_a_token_that_is_refused_is_renewed_once() -> None:
    refused = problem(401, "not_signed_in")
    line = Line(refused, ok())
    api(line).get("/v1/x")
    assert line.refused == [None, "token-0"]
    assert line.sent[1][2]["Authorization"] == "Bearer token-1"
    line = Line(refused, refused)
    with pytest.raises(ProblemError) as problem_:
        api(line).get("/v1/x")
    assert problem_.value.status == 401


def test_what_a_change_was_based_on_goes_with_it() -> None:
    line = Line(problem(412, "changed_meanwhile"))
    with pytest.raises(ProblemError) as refused:
        api(line).put("/v1/recognition", {"mode": "off"}, if_match='"4"')
    assert line.sent[0][2]["If-Match"] == '"4"'
    assert refused.value.detail == "about changed_meanwhile"
    assert str(refused.value) == "changed_meanwhile"


def test_more_than_the_sentence_is_kept_for_programs() -> None:
    line = Line(problem(409, "conflict", reason="grant_ended"))
    with pytest.raises(ProblemError) as refused:
        api(line).get("/v1/x")
    assert refused.value.more["reason"] == "grant_ended"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, {}, b"<html>"),
        Reply(401, {}, b'{"message":"Unauthorized"}'),
        Reply(404, {"content-type": "application/json"}, b'{"message":"Not Found"}'),
        Reply(500, {"content-type": "application/problem+json"}, b"[]"),
        Reply(302, {"location": "https://elsewhere.example"}, b""),
    ],
)
def test_an_answer_that_is_not_the_apis_is_an_odd_one(reply: Reply) -> None:
    line = Line(reply, reply)
    with pytest.raises(OddAnswerError):
        api(line).get("/v1/x")


def test_nothing_that_somebody_typed_gives_orders_to_a_terminal() -> None:
    typed = {"names": ["a\x1b[2Jb", "c\u202ed", "a\u200cb", "é\n"], "count": 2}
    answer = api(Line(ok(typed))).get("/v1/x")
    assert answer["names"] == ["a\ufffd[2Jb", "c\ufffdd", "a\u200cb", "é\ufffd"]
    assert answer["count"] == 2


def test_an_empty_answer_is_one() -> None:
    assert api(Line(Reply(204, {}, b""))).put("/v1/x", {}).body is None
