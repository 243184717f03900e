"""Bodies: read when they are JSON of a bearable size, and refused before all else."""

import base64
import json
from http import HTTPMethod
from typing import Any

import pytest
from aws_lambda_powertools.event_handler import Response

from beeldrecht.adapters.claims import ReusedKeyError
from beeldrecht.adapters.errors import ChainBusyError, StaleRevisionError
from beeldrecht.domain.access import Operation, Role, User
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import MEANINGS, Api, reply
from beeldrecht.runtime.http.bodies import MAX_BYTES, readable
from beeldrecht.runtime.http.problems import ProblemError, status_of
from beeldrecht.runtime.logs import logger
from tests.fakes.http import call
from tests.fakes.samples import EDITOR, NOON

JSON = {"content-type": "application/json"}


def event(body: str | None, encoded: bool = False, **headers: str) -> dict[str, Any]:
    named = {key.replace("_", "-"): value for key, value in headers.items()} or JSON
    return {"body": body, "isBase64Encoded": encoded, "headers": named}


def refused(given: dict[str, Any]) -> str:
    with pytest.raises(ProblemError) as caught:
        readable(given)
    return caught.value.problem.value


@pytest.mark.parametrize("body", [None, ""])
def test_no_body_is_none(body: str | None) -> None:
    assert readable(event(body, Content_Type="text/plain"))["body"] is None


def test_a_body_comes_out_as_it_was_sent_encoded_or_not() -> None:
    text = '{"name": "Zoë 📷"}'
    encoded = base64.b64encode(text.encode()).decode()
    for given in (event(text), event(encoded, encoded=True)):
        read = readable(given)
        assert (read["body"], read["isBase64Encoded"]) == (text, False)


@pytest.mark.parametrize(
    "name", ["application/json", "Application/JSON", "application/json; charset=utf-8"]
)
def test_json_by_any_spelling_of_its_name(name: str) -> None:
    assert readable(event("{}", Content_Type=name))["body"] == "{}"


@pytest.mark.parametrize(
    "name", ["text/json", "application/jsonp", "application/xml", "json", "*/*"]
)
def test_nothing_else_by_another(name: str) -> None:
    assert refused(event("{}", Content_Type=name)) == "media_type_unknown"


def test_a_body_up_to_the_limit_and_no_more() -> None:
    exact = json.dumps({"a": "a" * (MAX_BYTES - len('{"a": ""}'))})
    assert readable(event(exact))["body"] == exact
    wide = json.dumps("é" * (MAX_BYTES // 2), ensure_ascii=False)
    for longer in (exact + " ", wide, "a" * 10_000_000):
        assert refused(event(longer)) == "body_too_large"
    encoded = base64.b64encode(exact.encode() + b" ").decode()
    assert refused(event(encoded, encoded=True)) == "body_too_large"


@pytest.mark.parametrize(
    "body",
    [
        *("{", "[1,]", "{'a': 1}", '{"a": NaN}', "-Infinity", "[" * 60_000, "9" * 5000),
        *('{"a": 1, "a": 2}', '{"b": {"a": 1, "a": 1}}', "\ufeff{}", "{} {}", "\x00"),
    ],
)
def test_what_two_readers_could_read_otherwise_is_no_body(body: str) -> None:
    assert refused(event(body)) == "invalid_request"


@pytest.mark.parametrize("body", ["[{}]", "[]", '"a"', "null", "1", "true"])
def test_a_body_is_an_object_and_a_list_of_one_is_none(body: str) -> None:
    with pytest.raises(ProblemError) as caught:
        readable(event(body))
    assert caught.value.more["errors"] == [{"where": ["body"], "rule": "object_required"}]


@pytest.mark.parametrize("body", ["!!!!", base64.b64encode(b"\xff\xfe{}").decode(), "é"])
def test_what_is_no_text_is_no_body(body: str) -> None:
    assert refused(event(body, encoded=True)) == "invalid_request"


class Told(Frozen):
    """What comes back."""

    word: str


@pytest.mark.parametrize("error", [StaleRevisionError, ReusedKeyError, ChainBusyError])
def test_what_a_store_refuses_is_told_wherever_it_comes_up(
    error: type[Exception],
) -> None:
    api = Api(logger("test"), lambda: NOON)

    @api.route(HTTPMethod.GET, "/refused", Operation.PERSON_LIST)
    def refuses() -> Response[Told]:
        api.require(Operation.PERSON_LIST)
        raise error("Jan Jansen")

    user = User(EDITOR, frozenset({Role.EDITOR}), NOON)
    answer = call(api, "GET", "/refused", user=user)
    assert answer.status == status_of(MEANINGS[error])
    assert answer.json["code"] == MEANINGS[error]
    assert "Jansen" not in answer.text
    assert ("Retry-After" in answer.headers) == (error is ChainBusyError)


def test_an_answer_that_is_not_as_described_is_a_fault_of_ours(
    capsys: pytest.CaptureFixture[str],
) -> None:
    api = Api(logger("test"), lambda: NOON)

    @api.route(HTTPMethod.GET, "/odd", Operation.PERSON_LIST)
    def odd() -> Response[Told]:
        api.require(Operation.PERSON_LIST)
        return reply({"word": {"Jan": "Jansen"}})  # type: ignore[arg-type]  # wrongly

    user = User(EDITOR, frozenset({Role.EDITOR}), NOON)
    answer = call(api, "GET", "/odd", user=user)
    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert "Jansen" not in answer.text + capsys.readouterr().out
