"""Lambda: the small machine's cap on concurrency is a queue, not a refusal.

AWS runs a thousand functions at a time, a laptop three (LAMBDA_ACCOUNT_CONCURRENCY; forty
uploads would otherwise start forty processes). MiniStack refuses the fourth, which counts
as a failed delivery of its message: it comes back after the visibility timeout, minutes
later, and five of those end in the dead-letter queue. Here the fourth waits its turn.

A function's own reserved concurrency still refuses, as at AWS, except for asynchronous
invocations, which AWS keeps trying for hours.
"""

import threading
import time
from contextvars import ContextVar
from typing import Any

import ministack.services.lambda_svc as functions

from local.cloud.gaps import need
from local.cloud.settings import Settings

PATIENCE = 60.0
"""Seconds a caller waits for a place under the machine's cap."""
ASYNCHRONOUS_PATIENCE = 6 * 3600.0
_asynchronous = ContextVar("asynchronous", default=False)


def close(_: Settings) -> None:
    """Make callers wait for a free place."""
    need(functions, "_acquire_execution_slot", "_release_execution_slot")
    need(functions, "invoke_async_with_retry", "_ACCOUNT_CONCURRENCY_CAP")
    acquire, release = (
        functions._acquire_execution_slot,
        functions._release_execution_slot,
    )
    invoke_async = functions.invoke_async_with_retry
    freed = threading.Condition()

    def acquire_or_wait(func: Any, config: Any) -> tuple[str | None, str | None]:
        start = time.monotonic()
        while True:
            key, limit = acquire(func, config)
            waited = time.monotonic() - start
            if limit is None or waited > _patience(limit):
                return key, limit
            with freed:
                freed.wait(0.05)

    def release_and_tell(key: str) -> None:
        release(key)
        with freed:
            freed.notify_all()

    def invoke_async_patiently(func: Any, event: Any) -> None:
        # The thread that MiniStack starts inherits this variable.
        token = _asynchronous.set(True)
        try:
            invoke_async(func, event)
        finally:
            _asynchronous.reset(token)

    functions._acquire_execution_slot = acquire_or_wait
    functions._release_execution_slot = release_and_tell
    functions.invoke_async_with_retry = invoke_async_patiently


def _patience(limit: str) -> float:
    if _asynchronous.get():
        return ASYNCHRONOUS_PATIENCE
    return PATIENCE if limit == "account" else 0
