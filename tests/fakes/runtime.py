"""What the Lambda runtime hands a handler: a context, and messages in their envelope."""

import importlib
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

REGION = "eu-central-1"
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_SESSION_TOKEN": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "AWS_EC2_METADATA_DISABLED": "true",
}
"""Nothing of the machine's own AWS settings, so that no test can reach an account."""


class FakeContext(LambdaContext):
    """The context of one invocation, with time enough."""

    def __init__(self) -> None:
        self._function_name = "function-under-test"
        self._memory_limit_in_mb = 128
        self._invoked_function_arn = "arn:aws:lambda:eu-central-1:0:function:under-test"
        self._aws_request_id = "request-1"

    @staticmethod
    def get_remaining_time_in_millis() -> int:
        return 60_000


def sqs_event(*bodies: str, receive_count: int = 1) -> dict[str, Any]:
    """A batch of messages as Lambda hands them over."""
    return {
        "Records": [
            {
                "messageId": f"message-{n}",
                "receiptHandle": "opaque",
                "body": body,
                "attributes": {"ApproximateReceiveCount": str(receive_count)},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-central-1:000000000000:queue",
                "awsRegion": REGION,
            }
            for n, body in enumerate(bodies)
        ]
    }


@contextmanager
def environment(
    monkeypatch: pytest.MonkeyPatch, told: Mapping[str, str]
) -> Iterator[None]:
    """Our AWS settings and what a function is told, and nothing else of AWS."""
    with monkeypatch.context() as patch:
        for name in [n for n in os.environ if n.startswith("AWS_")]:
            patch.delenv(name)
        for name, value in {**ENVIRONMENT, **told}.items():
            patch.setenv(name, value)
        yield


@contextmanager
def imported(handler: str) -> Iterator[ModuleType]:
    """A handler's module, imported in this environment and forgotten afterwards.

    Its logger goes too: it writes to what was the standard output when it was made.
    """
    function = handler.split(".")[1]
    sys.modules.pop(handler, None)
    logging.Logger.manager.loggerDict.pop(function, None)
    try:
        yield importlib.import_module(handler)
    finally:
        sys.modules.pop(handler, None)
        logging.Logger.manager.loggerDict.pop(function, None)
