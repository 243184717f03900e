"""Calling functions: what they raise is named, and only what never began is repeated."""

import io
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from cli.stack import BUSY_PAUSE, BUSY_TRIES, Deployed, FunctionFailedError


class FakeLambda:
    """Answers with what it is given, one after the other."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[dict[str, Any]] = []

    def invoke(self, **call: Any) -> dict[str, Any]:
        self.calls.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        payload = io.BytesIO(json.dumps(answer).encode())
        failed = {"FunctionError": "Unhandled"} if "errorType" in answer else {}
        return {"Payload": payload, **failed}


def deployed_over(*answers: Any) -> tuple[Deployed, FakeLambda]:
    deployed = Deployed("eu-central-1", {"ReconcileUploadsFunction": "the-function"})
    fake = FakeLambda(*answers)
    deployed.__dict__["_lambda"] = fake
    return deployed, fake


def refused(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code}}, "Invoke")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []
    monkeypatch.setattr("cli.stack.time.sleep", slept.append)
    return slept


def test_a_function_is_called_by_its_deployed_name() -> None:
    deployed, fake = deployed_over({"done": True})
    assert deployed.invoke("ReconcileUploads", {"asset_id": "x"}) == {"done": True}
    (call,) = fake.calls
    assert call["FunctionName"] == "the-function"
    assert json.loads(call["Payload"]) == {"asset_id": "x"}


def test_what_a_function_raised_is_known_by_its_class() -> None:
    deployed, fake = deployed_over({"errorType": "SomeError", "errorMessage": "why"})
    with pytest.raises(FunctionFailedError) as failed:
        deployed.invoke("ReconcileUploads", {})
    assert (failed.value.function, failed.value.error) == (
        "ReconcileUploads",
        "SomeError",
    )
    assert failed.value.said == "why"
    assert len(fake.calls) == 1


def test_a_throttled_call_never_began_and_is_made_again(pauses: list[float]) -> None:
    throttled = refused("TooManyRequestsException")
    deployed, fake = deployed_over(throttled, throttled, {"done": True})
    assert deployed.invoke("ReconcileUploads", {}) == {"done": True}
    assert len(fake.calls) == 3
    assert pauses == [BUSY_PAUSE, BUSY_PAUSE * 2]


def test_throttling_that_does_not_end_is_an_error(pauses: list[float]) -> None:
    throttled = refused("TooManyRequestsException")
    deployed, fake = deployed_over(*[throttled] * BUSY_TRIES)
    with pytest.raises(ClientError):
        deployed.invoke("ReconcileUploads", {})
    assert len(fake.calls) == BUSY_TRIES
    assert len(pauses) == BUSY_TRIES - 1


def test_a_call_that_may_have_begun_is_not_made_twice(pauses: list[float]) -> None:
    deployed, fake = deployed_over(refused("ServiceException"))
    with pytest.raises(ClientError):
        deployed.invoke("ReconcileUploads", {})
    assert len(fake.calls) == 1
    assert pauses == []
