"""Ends the process of a function in the middle of its work: POST /_local/ending.

AWS has no such thing to call; there a process ends by itself, out of memory, out of time
or with its machine. Here it is killed at a call of its own that changes something, which
is still answered, to nobody: the change has happened, and whoever made it is gone.

    POST /_local/ending {"role": "…", "after": 2}   at the second such call from now on
    GET  /_local/ending                             how many were ended, and what waits
"""

import json
import os
import re
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from contextvars import ContextVar
from typing import Any

import ministack.app as server
import ministack.core.lambda_runtime as workers
from ministack.core import iam_evaluator as iam

from local.cloud.gaps import need
from local.cloud.gaps.clock import body_of

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]

PATH = "/_local/ending"
_READS = re.compile(
    r":(Get|Head|List|Describe|Query|Scan|BatchGet|ConditionCheck|Decrypt|GenerateDataKey)"
)


class _Ending:
    """Whose process is to end, and after how many changes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.after: dict[str, int] = {}
        self.ended: list[str] = []

    def changed(self, role: str, action: str) -> None:
        """Count a change of a role, and end its process when it was the one."""
        with self._lock:
            if role not in self.after:
                return
            self.after[role] -= 1
            if self.after[role] > 0:
                return
            del self.after[role]
            self.ended.append(f"{role} {action}")
        _end(role)


_ending = _Ending()


def _end(role: str) -> None:
    """Kill what runs for a role just now; it is a child of this process."""
    with workers._lock:
        running = [w for entries in workers._workers.values() for w in entries]
    for worker in running:
        if worker.in_use and str(worker.config.get("Role", "")).endswith(f"/{role}"):
            process = worker._proc
            if process is not None and process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)


def serve() -> None:
    """Watch what roles are allowed to do, and serve the wish."""
    need(iam, "enforce", "evaluate")
    need(server, "app")
    need(workers, "_workers", "_lock")
    enforce, evaluate = iam.enforce, iam.evaluate
    asked: ContextVar[list[Any] | None] = ContextVar("asked_to_end", default=None)

    def evaluate_noting(context: Any, *rest: Any) -> Any:
        found = asked.get()
        if found == [] and context.principal_type == "AssumedRole":
            found.append(context)
        return evaluate(context, *rest)

    def enforce_ending(*arguments: Any, **named: Any) -> Any:
        found: list[Any] = []
        token = asked.set(found)
        try:
            denied = enforce(*arguments, **named)
        finally:
            asked.reset(token)
        for context in found if denied is None else ():
            if not _READS.search(context.action):
                _ending.changed(context.principal_arn.split("/")[1], context.action)
        return denied

    iam.evaluate, iam.enforce = evaluate_noting, enforce_ending
    server.app = _serving(server.app)


def _serving(inner: Application) -> Application:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await inner(scope, receive, send)
            return
        if scope["method"] == "POST":
            wish = json.loads(await body_of(receive))
            _ending.after[str(wish["role"])] = int(wish["after"])
        answer = json.dumps({"ended": _ending.ended, "after": _ending.after}).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app
