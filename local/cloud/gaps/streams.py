"""DynamoDB streams to Lambda: partial failures, bisection, an end to the retries.

MiniStack delivers a failed batch again for ever and does not read what the function
reports. Here the mapping is obeyed: delivered records are not sent again after a partial
failure, a failing batch is halved when asked, and after `MaximumRetryAttempts` the
failing records go to the failure destination and the stream moves on. Order is kept.

It runs inside MiniStack's poller, which fetches the same records until told of success.

After a restart the kept positions point past the stream, whose records are not kept, and
nothing would be delivered; so the positions are forgotten too.
"""

import threading
from collections import defaultdict
from typing import Any

import ministack.services.lambda_svc as functions

from local.cloud.gaps import need
from local.cloud.settings import Settings

type Record = dict[str, Any]
type Result = dict[str, Any]

_poller = threading.local()
_dealt_with: dict[str, set[str]] = defaultdict(set)
"""Sequence numbers of the current batch that need no delivery, by mapping."""
_attempts: dict[tuple[str, str], int] = defaultdict(int)
"""Failed deliveries, by mapping and first record."""


def close(_: Settings) -> None:
    """Put delivery in order between the poller and the function."""
    need(functions, "_poll_dynamodb_streams", "_execute_function", "_iter_all_esms")
    need(functions, "_send_ddb_stream_failure_record", "_restore_state")
    need(functions, "_dynamodb_stream_positions")
    restore = functions._restore_state
    poll, execute = functions._poll_dynamodb_streams, functions._execute_function

    def poll_marked() -> bool:
        _poller.delivering = False
        try:
            return bool(poll())
        finally:
            del _poller.delivering

    def execute_or_deliver(func: Any, event: Any) -> Result:
        if getattr(_poller, "delivering", True):
            return dict(execute(func, event))
        _poller.delivering = True
        try:
            return _deliver_batch(func, event["Records"], execute)
        finally:
            _poller.delivering = False

    def restore_without_positions(saved: Any) -> None:
        restore(saved)
        functions._dynamodb_stream_positions.clear()

    functions._poll_dynamodb_streams = poll_marked
    functions._restore_state = restore_without_positions
    functions._execute_function = execute_or_deliver


def _deliver_batch(func: Any, records: list[Record], execute: Any) -> Result:
    mapping = _mapping_of(func, records[0]["eventSourceARN"])
    done = _dealt_with[mapping["UUID"]]
    todo = [record for record in records if _number(record) not in done]
    if todo and not _deliver(mapping, func, todo, execute):
        return {"error": True, "body": {"errorMessage": "to be delivered again"}}
    del _dealt_with[mapping["UUID"]]
    return {"error": False, "body": None}


def _deliver(mapping: Any, func: Any, records: list[Record], execute: Any) -> bool:
    """Deliver records in order; tell whether all of them are dealt with."""
    result = execute(func, {"Records": records})
    failed = _first_failure(mapping, records, result)
    done = _dealt_with[mapping["UUID"]]
    done.update(_number(record) for record in records[:failed])
    rest = records[failed:]
    if not rest:
        return True
    halving = mapping.get("BisectBatchOnFunctionError") and len(rest) > 1
    if halving and result.get("error"):
        half = len(rest) // 2
        return _deliver(mapping, func, rest[:half], execute) and _deliver(
            mapping, func, rest[half:], execute
        )
    if not _is_exhausted(mapping, rest[0]):
        return False
    given_up = rest[:1] if _reports_items(mapping) else rest
    arn = rest[0]["eventSourceARN"]
    functions._send_ddb_stream_failure_record(
        mapping, func, given_up, arn, result, "RetryAttemptsExhausted"
    )
    done.update(_number(record) for record in given_up)
    left = rest[len(given_up) :]
    return not left or _deliver(mapping, func, left, execute)


def _first_failure(mapping: Any, records: list[Record], result: Result) -> int:
    """Give the index of the first record that failed; their count when none did."""
    if result.get("error"):
        return 0
    body = result.get("body")
    if not _reports_items(mapping) or not isinstance(body, dict):
        return len(records)
    failures = {item["itemIdentifier"] for item in body.get("batchItemFailures") or []}
    numbers = [_number(record) for record in records]
    if failures and not failures & set(numbers):
        return 0  # an unknown number fails the batch, as at AWS
    return next((i for i, n in enumerate(numbers) if n in failures), len(records))


def _is_exhausted(mapping: Any, record: Record) -> bool:
    limit = int(mapping.get("MaximumRetryAttempts", -1))
    key = (mapping["UUID"], _number(record))
    _attempts[key] += 1
    if limit < 0 or _attempts[key] <= limit:
        return False
    del _attempts[key]
    return True


def _reports_items(mapping: Any) -> bool:
    return "ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or [])


def _number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _mapping_of(func: Any, stream: str) -> Any:
    name = (func.get("config") or func)["FunctionName"]
    return next(
        mapping
        for _, _, mapping in functions._iter_all_esms()
        if (mapping["EventSourceArn"], mapping["FunctionName"]) == (stream, name)
    )
