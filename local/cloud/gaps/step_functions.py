"""Step Functions: a throttled Lambda is called as AWS calls it; a failed one is heard.

A task whose function is at its reserved concurrency fails at AWS with
`Lambda.TooManyRequestsException`, which the Retry of every task names. MiniStack says
`Lambda.Unknown`, and the execution fails. (Errors raised by a function already carry
their class: see lambda_runtime.)

A function that a state waits for an answer of (`.waitForTaskToken`) may fail before it
hands the token on. At AWS the task fails then, and its Retry and Catch see why. MiniStack
says nothing, and the execution waits until its time is over.
"""

from contextvars import ContextVar
from typing import Any

import ministack.services.lambda_svc as functions
import ministack.services.stepfunctions as workflows

from local.cloud.gaps import need
from local.cloud.settings import Settings


def close(_: Settings) -> None:
    """Name throttling in what Step Functions reads, and fail tasks that failed."""
    need(functions, "_throttle_response")
    need(workflows, "_call_lambda")
    _hear_failures()
    throttle = functions._throttle_response

    def named_throttle(**details: Any) -> dict[str, Any]:
        response: dict[str, Any] = throttle(**details)
        response["body"]["errorType"] = "Lambda.TooManyRequestsException"
        return response

    functions._throttle_response = named_throttle


_waiting: ContextVar[str | None] = ContextVar("waiting", default=None)
"""The token of the task whose function is called just now."""


def _hear_failures() -> None:
    """Settle the task of a function that failed by its failure."""
    need(workflows, "_invoke_with_callback", "_task_tokens", "_ExecutionError")
    invoke, call = workflows._invoke_with_callback, workflows._call_lambda

    def invoke_marked(resource: Any, given: Any, token: Any, state: Any) -> Any:
        mark = _waiting.set(token)
        try:
            return invoke(resource, given, token, state)
        finally:
            _waiting.reset(mark)

    def call_heard(reference: Any, event: Any) -> Any:
        try:
            return call(reference, event)
        except workflows._ExecutionError as error:
            task = workflows._task_tokens.get(_waiting.get())
            if task is not None:
                task["error"] = {"Error": error.error, "Cause": error.cause}
                task["event"].set()
            raise

    workflows._invoke_with_callback = invoke_marked
    workflows._call_lambda = call_heard
