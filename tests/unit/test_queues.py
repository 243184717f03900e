"""Reading a queue: each message by itself, and only the failed ones come back."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import UnexpectedMessageError, drain, uploaded_keys
from tests.fakes.runtime import FakeContext, sqs_event

LOG = logger("queues-under-test")


def s3_event(*keys: str) -> str:
    return json.dumps({"Records": [{"s3": {"object": {"key": key}}} for key in keys]})


def drained(bodies: list[str], failing: set[str]) -> tuple[list[str], list[str]]:
    """The bodies that were handled, and the ids of the messages that come back."""
    handled: list[str] = []

    def handle(body: str) -> None:
        if body in failing:
            raise RuntimeError("Jan de Vries <jan@example.nl>")
        handled.append(body)

    answer = drain(sqs_event(*bodies), FakeContext(), handle, LOG)
    assert set(answer) == {"batchItemFailures"}
    return handled, [f["itemIdentifier"] for f in answer["batchItemFailures"]]


def test_only_those_that_failed_come_back() -> None:
    assert drained(["a", "b", "c"], {"b"}) == (["a", "c"], ["message-1"])


def test_when_all_fail_all_come_back_and_the_function_itself_does_not_fail() -> None:
    assert drained(["a", "b"], {"a", "b"}) == ([], ["message-0", "message-1"])


def test_when_none_fails_none_comes_back() -> None:
    assert drained(["a", "b"], set()) == (["a", "b"], [])


def test_one_batch_leaves_nothing_behind_for_the_next() -> None:
    assert drained(["a"], {"a"}) == ([], ["message-0"])
    assert drained(["b"], set()) == (["b"], [])


def test_a_failure_is_logged_with_its_kind_and_count_and_without_its_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    event = sqs_event("a", receive_count=4)

    def handle(body: str) -> None:
        raise LookupError("Jan de Vries <jan@example.nl>")

    drain(event, FakeContext(), handle, logger("queues-that-fail"))
    line = capsys.readouterr().out
    said = json.loads(line)
    assert said["reason"] == "LookupError"
    assert said["attempts"] == 4
    assert said["exception_name"] == "LookupError"
    assert "handle" in said["exception"]
    assert "jan@example.nl" not in line
    assert "Jan" not in line


def test_a_process_that_is_ended_is_not_a_failed_message() -> None:
    def handle(body: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        drain(sqs_event("a"), FakeContext(), handle, LOG)


# -- what S3 says ----------------------------------------------------------------------


def test_every_key_of_an_event_is_read() -> None:
    assert uploaded_keys(s3_event("originals/a", "originals/b")) == [
        "originals/a",
        "originals/b",
    ]


def test_s3_writes_a_space_as_a_plus_and_the_rest_with_percents() -> None:
    assert uploaded_keys(s3_event("originals/my+caf%C3%A9%2B1")) == [
        "originals/my café+1"
    ]


def test_s3s_own_test_message_names_no_object() -> None:
    body = json.dumps(
        {
            "Service": "Amazon S3",
            "Event": "s3:TestEvent",
            "Time": "2026-06-01T12:00:00.000Z",
            "Bucket": "originals",
            "RequestId": "x",
            "HostId": "y",
        }
    )
    assert uploaded_keys(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "null",
        "[]",
        "5",
        '"text"',
        "{}",
        '{"Records": null}',
        '{"Records": [5]}',
        '{"Records": [{"s3": {}}]}',
        '{"Records": [{"s3": {"object": {"key": 5}}}]}',
        '{"Records": [{"s3": {"object": {"key": null}}}]}',
        '{"Records": {"s3": 1}}',
    ],
)
def test_a_message_of_another_shape_is_an_error_and_not_an_empty_event(body: str) -> None:
    with pytest.raises(UnexpectedMessageError):
        uploaded_keys(body)


_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["Records", "s3", "object", "key", "Event"]), inner
        )
    ),
)


@given(body=_JSON.map(json.dumps) | st.text())
def test_no_message_ends_in_any_other_error(body: str) -> None:
    try:
        keys = uploaded_keys(body)
    except UnexpectedMessageError:
        return
    assert all(isinstance(key, str) for key in keys)
