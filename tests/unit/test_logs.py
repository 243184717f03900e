"""Logs that cannot carry personal data, whatever somebody tries to put in them."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.runtime.logs import ALLOWED, AllowListFormatter, logger
from tests.fakes.runtime import FakeContext

NAME, ADDRESS = "Jan de Vries", "jan@example.nl"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_is_on_the_list_gets_through(capsys: pytest.CaptureFixture[str]) -> None:
    logger("logs-a").info("it happened", asset_id="0" * 32, outcome="ready", count=3)
    (said,) = lines(capsys)
    assert (said["asset_id"], said["outcome"], said["count"]) == ("0" * 32, "ready", 3)
    assert (said["message"], said["service"], said["level"]) == (
        "it happened",
        "logs-a",
        "INFO",
    )


def test_what_is_not_on_the_list_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    log = logger("logs-b")
    log.append_keys(person_name=NAME)
    log.info("it happened", email=ADDRESS, score=0.93, extra={"caption": NAME})
    (said,) = lines(capsys)
    assert set(said) <= ALLOWED
    assert NAME not in json.dumps(said)
    assert ADDRESS not in json.dumps(said)
    assert "0.93" not in json.dumps(said)


def test_an_error_is_told_by_its_kind_and_its_way_and_not_in_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = logger("logs-c")

    def fail() -> None:
        try:
            dict[str, str]()[ADDRESS]
        except KeyError as inner:
            raise ValueError(f"{NAME} <{ADDRESS}>") from inner

    try:
        fail()
    except ValueError:
        log.exception("it failed", reason="ValueError")
    (said,) = lines(capsys)
    text = json.dumps(said)
    assert said["exception_name"] == "ValueError"
    assert "test_an_error_is_told" in said["exception"]
    assert NAME not in text
    assert ADDRESS not in text


def test_an_event_is_not_logged_with_the_context(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = logger("logs-d")

    @log.inject_lambda_context
    def handler(event: dict[str, str], context: FakeContext) -> None:
        log.info("handled", asset_id="0" * 32)

    handler({"name": NAME, "email": ADDRESS}, FakeContext())
    (said,) = lines(capsys)
    assert said["function_request_id"] == "request-1"
    assert NAME not in json.dumps(said)


def test_the_level_that_is_told_is_the_level_that_counts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log = logger("logs-e", "WARNING")
    log.info("not said")
    log.warning("said")
    assert [said["message"] for said in lines(capsys)] == ["said"]


_FORMATTER = AllowListFormatter(stream=io.StringIO())


@given(
    said=st.dictionaries(
        st.text(max_size=12) | st.sampled_from(sorted(ALLOWED)),
        st.text() | st.integers() | st.none() | st.lists(st.text()),
    )
)
def test_no_key_gets_through_that_is_not_on_the_list(said: dict[str, Any]) -> None:
    kept = json.loads(_FORMATTER.serialize(said))
    assert set(kept) == set(said) & ALLOWED


def test_nothing_on_the_list_has_a_name_for_personal_data() -> None:
    assert (
        not {
            "name",
            "person_name",
            "email",
            "address",
            "file_name",
            "caption",
            "score",
            "vector",
            "template",
            "event",
            "body",
            "stack_trace",
            "person_id",
        }
        & ALLOWED
    )
