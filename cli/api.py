"""The library's API, as a person reaches it: who they are, and one sentence for each no.

    answer = api.get("/v1/assets/" + asset_id)
    api.post(f"/v1/assets/{asset_id}/release", {}, if_match=answer.etag)

An act that makes something carries a key that stays the same however often it is sent,
so that whatever was lost on the way is made once.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode

from cli.web import Reply, Send, UnreachableError, send

TRIES = 5
PAUSE = 0.5
"""Seconds before the second try where the API names no time; it doubles each time."""
LONGEST_PAUSE = 20.0
"""Seconds that a person is kept waiting by one answer."""
TRIES_UNANSWERED = 3
"""Without a network there is none in ten seconds either."""

_TOO_BUSY = frozenset({429, 503})
"""Refused before anything was done: worth another try, whatever was asked."""
_LOST_ON_THE_WAY = frozenset({502, 504})
"""It may have been done: sent again only where twice is as good as once."""
_PROBLEM = "application/problem+json"
_FILE = "text/csv"


class ProblemError(Exception):
    """The API said no; `detail` is its sentence, in the language it was asked in."""

    def __init__(self, status: int, code: str, detail: str, more: Any = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.more: Mapping[str, Any] = more if isinstance(more, dict) else {}


class OddAnswerError(Exception):
    """An answer that is not of the API: something before it, or a fault in it."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class Bearer(Protocol):
    """What hands out the access token of whoever signed in."""

    def token(self, *, instead_of: str | None = None) -> str:
        """A token in force, another than one that was refused; SignedOutError."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API said."""

    status: int
    body: Any
    etag: str | None
    link: str | None = None
    """Where what follows is, as the header says it."""

    def __getitem__(self, name: str) -> Any:
        """One member of the body."""
        return self.body[name]


class Api:
    """The API at one address, for one person."""

    def __init__(
        self,
        address: str,
        bearer: Bearer,
        language: str,
        *,
        send: Send = send,
        pause: Callable[[float], object] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.address = address
        self._bearer = bearer
        self._language = language
        self._send = send
        self._pause = pause
        self._now = now

    def get(self, path: str, **query: object) -> Answer:
        """Read something; what is None is left out of the query."""
        return self._ask("GET", _with_query(path, query), None, may_repeat=True)

    def post(
        self,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        if_match: str | None = None,
        repeatable: bool = False,
    ) -> Answer:
        """Do something; with a `key` it is done once however often this is sent.

        `repeatable`: twice is as good as once even without one.
        """
        may_repeat = repeatable or key is not None
        return self._ask("POST", path, body or {}, may_repeat, key, if_match)

    def put(
        self, path: str, body: Mapping[str, Any], *, if_match: str | None = None
    ) -> Answer:
        """Have something be so."""
        return self._ask("PUT", path, body, may_repeat=True, if_match=if_match)

    def delete(self, path: str) -> Answer:
        """Have something no longer be."""
        return self._ask("DELETE", path, None, may_repeat=True)

    def each(self, path: str, field: str, **query: object) -> Iterator[dict[str, Any]]:
        """Everything in a list, page after page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **query, cursor=cursor)
            yield from page[field]
            cursor = page.body.get("cursor")
            if cursor is None:
                return

    # -- inside ----------------------------------------------------------------------

    def _ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        may_repeat: bool,
        key: str | None = None,
        if_match: str | None = None,
    ) -> Answer:
        token = self._bearer.token()
        renewed = False
        again = 0
        while True:
            reply = self._try(method, path, token, body, key=key, if_match=if_match)
            again += 1
            if isinstance(reply, UnreachableError):
                if again == TRIES_UNANSWERED or (reply.begun and not may_repeat):
                    raise reply
                self._pause(PAUSE * 2 ** (again - 1))
                continue
            if reply.status == 401 and not renewed:
                token, renewed = self._bearer.token(instead_of=token), True
                continue
            wait = self._wait(reply, again, may_repeat)
            if wait is None or again == TRIES:
                return answer_of(reply)
            self._pause(wait)

    def _try(
        self,
        method: str,
        path: str,
        token: str,
        body: Mapping[str, Any] | None,
        *,
        key: str | None,
        if_match: str | None,
    ) -> Reply | UnreachableError:
        headers = {
            "Accept": f"application/json, {_FILE}, {_PROBLEM}",
            "Accept-Language": self._language,
            "Authorization": f"Bearer {token}",
            "User-Agent": "beeldrecht-cli",
        }
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key is not None:
            headers["Idempotency-Key"] = key
        if if_match is not None:
            headers["If-Match"] = if_match
        sent = json.dumps(body).encode() if body is not None else None
        try:
            return self._send(method, self.address + path, headers=headers, body=sent)
        except UnreachableError as error:
            return error

    def _wait(self, reply: Reply, again: int, may_repeat: bool) -> float | None:
        """Seconds until it is worth another try; None when it is not."""
        lost = may_repeat and reply.status in _LOST_ON_THE_WAY
        if reply.status not in _TOO_BUSY and not lost:
            return None
        asked = self._retry_after(reply.headers.get("retry-after"))
        if asked is None:
            return float(PAUSE * 2 ** (again - 1))
        return asked if asked <= LONGEST_PAUSE else None

    def _retry_after(self, said: str | None) -> float | None:
        """Seconds, whether the answer counts them or names an instant (RFC 9110)."""
        if said is None:
            return None
        if said.strip().isdigit():
            return float(said)
        try:
            at = parsedate_to_datetime(said)
        except ValueError:
            return None
        return max(0.0, (at - self._now()).total_seconds()) if at.tzinfo else None


def _with_query(path: str, query: Mapping[str, object]) -> str:
    given = {name: value for name, value in query.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


def _shown(body: Any) -> Any:
    """The same, fit for a terminal: what people typed can hold orders to one."""
    match body:
        case str():
            return "".join(
                c if c.isprintable() or c in _JOINERS else "\ufffd" for c in body
            )
        case list():
            return [_shown(each) for each in body]
        case dict():
            return {name: _shown(value) for name, value in body.items()}
    return body


_JOINERS = "\u200c\u200d"
"""They show nothing and are part of how names are written in several languages."""


def answer_of(reply: Reply) -> Answer:
    """The answer; raises ProblemError or OddAnswerError for a no."""
    body = _shown(reply.json)
    kind = reply.headers.get("content-type", "").partition(";")[0].strip()
    if kind == _FILE and reply.status == HTTPStatus.OK:
        body = reply.data.decode()
    if 200 <= reply.status < 300 and (body is not None or not reply.data):
        said = reply.headers
        return Answer(reply.status, body, said.get("etag"), said.get("link"))
    if kind == _PROBLEM and isinstance(body, dict) and body.get("code"):
        detail = str(body.get("detail") or "")
        raise ProblemError(reply.status, str(body["code"]), detail, body)
    raise OddAnswerError(reply.status)
