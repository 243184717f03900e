"""A clock that tests can move: GET and POST /_local/clock.

AWS has no such thing; a consent that ends in a year could not be watched ending. Only
what expires or fires by date looks at it (time to live, schedules). Signatures, tokens
and the functions themselves keep real time.

    POST /_local/clock {"advance": 86400}   a day on from where the clock stands
    POST /_local/clock {"offset": 0}        back to real time
"""

import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import ministack.app as server
from ministack.services import eventbridge, scheduler

from local.cloud.gaps import need
from local.cloud.settings import Settings

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]

PATH = "/_local/clock"


class _Clock:
    """The module `time`, with `time.time()` moved by an offset in seconds."""

    offset = 0.0

    def time(self) -> float:
        return time.time() + self.offset

    def __getattr__(self, name: str) -> Any:  # whatever `time` has
        return getattr(time, name)


_clock = _Clock()
_moved: list[Callable[[], object]] = []


def now() -> float:
    """Seconds since the epoch, by the movable clock."""
    return _clock.time()


def when_moved(action: Callable[[], object]) -> None:
    """Run `action` after each move, before the mover gets an answer."""
    _moved.append(action)


def close(_: Settings) -> None:
    """Give schedules the movable clock and serve it."""
    need(scheduler, "time")
    need(eventbridge, "time")
    need(server, "app")
    scheduler.time = _clock
    eventbridge.time = _clock
    server.app = _serving_clock(server.app)


def _serving_clock(inner: Application) -> Application:
    async def app(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PATH:
            await inner(scope, receive, send)
            return
        if scope["method"] == "POST":
            _move(json.loads(await body_of(receive)))
        answer = json.dumps({"offset": _clock.offset, "now": now()}).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    return app


async def body_of(receive: Receive) -> bytes:
    """Give the whole body of a request."""
    body: bytes = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


def _move(wish: dict[str, float]) -> None:
    _clock.offset = wish.get("offset", _clock.offset + wish.get("advance", 0))
    for action in _moved:
        action()
