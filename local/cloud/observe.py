"""Writes down what functions did, so that tests can read all of it at the end.

    LOCAL_OBSERVED=<folder> python -m local.cloud.launch …

One file per emulator, one JSON object per line, of five kinds:

- `call`: a role asked for an action on a resource; which of its own statements allow it
  (`sids`), and whether it was allowed in the end;
- `log`: a line that a function printed or logged;
- `message`: an event that a queue handed to a function;
- `history`: what a state machine's execution kept of a step;
- `object`: the key of an object that was stored.

Nothing of the emulator changes by it, and without the variable none of it is loaded. It
is no gap: AWS tells the same through CloudTrail, access logs and the services' own APIs.
"""

import json
import os
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import ministack.services.lambda_svc as functions
import ministack.services.s3 as objects
import ministack.services.stepfunctions as workflows
from ministack.core import iam_evaluator as iam

from local.cloud.gaps import need

type Write = Callable[..., None]


def begin(folder: Path) -> None:
    """Observe this emulator from now on; its file is named after its process."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = os.open(
        folder / f"{os.getpid()}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600
    )

    def write(kind: str, **facts: Any) -> None:
        # One write to a file that is appended to: lines of two threads never mix.
        line = json.dumps({"kind": kind, **facts}, default=str, ensure_ascii=False)
        os.write(opened, f"{line}\n".encode())

    _observe_calls(write)
    _observe_logs(write)
    _observe_messages(write)
    _observe_histories(write)
    _observe_objects(write)


def _observe_calls(write: Write) -> None:
    """Keep what `enforce` decides of roles; it asks `evaluate` for their own policies."""
    need(iam, "enforce", "evaluate", "_first_match")
    enforce, evaluate = iam.enforce, iam.evaluate
    asked: ContextVar[list[tuple[Any, list[str]]] | None] = ContextVar(
        "asked", default=None
    )

    def evaluate_noting(context: Any, policies: Any, *limits: Any) -> Any:
        found = asked.get()
        # The first evaluation is of the role; what follows is the resource's policy.
        if found == [] and context.principal_type == "AssumedRole":
            statements = (one for document in policies for one in document)
            matching = [
                one.sid for one in statements if iam._first_match(context, [one], "Allow")
            ]
            found.append((context, matching))
        return evaluate(context, policies, *limits)

    def enforce_noting(*arguments: Any, **named: Any) -> Any:
        found: list[tuple[Any, list[str]]] = []
        token = asked.set(found)
        try:
            denied = enforce(*arguments, **named)
        finally:
            asked.reset(token)
        for context, matching in found:
            write(
                "call",
                role=context.principal_arn.split("/")[1],
                action=context.action,
                resource=context.resource_arn,
                sids=matching,
                allowed=denied is None,
                denied_by=getattr(denied, "matched_sid", None),
            )
        return denied

    iam.evaluate, iam.enforce = evaluate_noting, enforce_noting


def _observe_logs(write: Write) -> None:
    need(functions, "_emit_lambda_logs")
    emit = functions._emit_lambda_logs

    def emit_noting(
        func: dict[str, Any], request_id: str, said: str, *rest: Any, **named: Any
    ) -> None:
        emit(func, request_id, said, *rest, **named)
        for line in (said or "").splitlines():
            write("log", function=_name(func), message=line)

    functions._emit_lambda_logs = emit_noting


def _observe_messages(write: Write) -> None:
    need(functions, "_execute_function_warm")
    execute = functions._execute_function_warm

    def execute_noting(func: dict[str, Any], event: Any, request_id: str) -> Any:
        records = event.get("Records") if isinstance(event, dict) else None
        if records:
            write("message", function=_name(func), records=records)
        return execute(func, event, request_id)

    functions._execute_function_warm = execute_noting


def _name(func: dict[str, Any]) -> str:
    return str((func.get("config") or func).get("FunctionName"))


def _observe_histories(write: Write) -> None:
    need(workflows, "_add_event")
    add = workflows._add_event

    def add_noting(execution: Any, event_type: str, details: Any = None) -> Any:
        write(
            "history",
            execution=execution.get("executionArn"),
            event=event_type,
            details=details,
        )
        return add(execution, event_type, details)

    workflows._add_event = add_noting


def _observe_objects(write: Write) -> None:
    need(objects, "_record_object_version")
    record = objects._record_object_version

    def record_noting(bucket: str, key: str, *rest: Any) -> Any:
        write("object", bucket=bucket, key=key)
        return record(bucket, key, *rest)

    objects._record_object_version = record_noting
