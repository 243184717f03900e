"""Step Functions: a throttled Lambda is called as AWS calls it.

A task whose function is at its reserved concurrency fails at AWS with
`Lambda.TooManyRequestsException`, which the Retry of every task names. MiniStack says
`Lambda.Unknown`, and the execution fails. (Errors raised by a function already carry
their class: see lambda_runtime.)
"""

from typing import Any

import ministack.services.lambda_svc as functions
import ministack.services.stepfunctions as workflows

from local.cloud.gaps import need
from local.cloud.settings import Settings


def close(_: Settings) -> None:
    """Name throttling in what Step Functions reads."""
    need(functions, "_throttle_response")
    need(workflows, "_call_lambda")
    throttle = functions._throttle_response

    def named_throttle(**details: Any) -> dict[str, Any]:
        response: dict[str, Any] = throttle(**details)
        response["body"]["errorType"] = "Lambda.TooManyRequestsException"
        return response

    functions._throttle_response = named_throttle
