"""The address on this machine to which a browser returns from signing in.

It listens for one answer, on the loopback interface alone, shows one page and is gone.
"""

import html
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from cli.sign_in import CALLBACK, PORT
from cli.words import say

PATIENCE = 300.0
"""Seconds that somebody may take to sign in."""
_PATH = urlsplit(CALLBACK).path
_PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport"
content="width=device-width"><title>Beeldrecht</title>
<style>body{{font:1.2rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto;
padding:0 1rem;color:#1b1b1b;background:#fff}}
@media(prefers-color-scheme:dark){{body{{color:#f2f2f2;background:#161616}}}}</style>
<main><h1>{title}</h1><p>{text}</p></main></html>
"""


class PortTakenError(Exception):
    """Another program listens where the browser is to return."""


class NobodyCameError(Exception):
    """Nobody signed in while we waited."""


class Loopback:
    """Listens from its beginning to its end, as a context."""

    def __init__(
        self, state: str, language: str, port: int = PORT, patience: float = PATIENCE
    ) -> None:
        self._patience = patience
        try:
            self._server = _Server(state, language, port)
        except OSError as error:
            raise PortTakenError from error

    def __enter__(self) -> "Loopback":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.server_close()

    def wait(self, clock: Callable[[], float] = time.monotonic) -> str:
        """The address the browser came back with; raises NobodyCameError."""
        end = clock() + self._patience
        while self._server.ended_at is None:
            left = end - clock()
            if left <= 0:
                raise NobodyCameError
            self._server.timeout = left
            self._server.handle_request()
        return self._server.ended_at


class _Server(TCPServer):
    allow_reuse_address = True
    """Right after a sign-in too; on Linux, two that listen still exclude each other."""

    def __init__(self, state: str, language: str, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Answer)
        self.state = state
        self.language = language
        self.ended_at: str | None = None

    def get_request(self):  # type: ignore[no-untyped-def]  # as its parent
        """A connection that says nothing must not hold up the one we wait for."""
        connection, address = super().get_request()
        connection.settimeout(1)
        return connection, address


class _Answer(BaseHTTPRequestHandler):
    server: _Server
    server_version = "beeldrecht"
    sys_version = ""

    def do_GET(self) -> None:
        """Take the answer to our own question, and nothing else."""
        asked = urlsplit(self.path)
        states = parse_qs(asked.query).get("state", [])
        if asked.path != _PATH or states != [self.server.state]:
            self._show(404, "page_not_ours", "page_not_ours_text")
            return
        self.server.ended_at = self.path
        good = "code" in parse_qs(asked.query)
        self._show(200, *_DONE if good else _NOT_DONE)

    def _show(self, status: int, title: str, text: str) -> None:
        language = self.server.language
        page = _PAGE.format(
            language=language,
            title=html.escape(say(title, language)),
            text=html.escape(say(text, language)),
        ).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(page)),
            "Cache-Control": "no-store",
            "Connection": "close",
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
            "Referrer-Policy": "no-referrer",
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # its name
        """Say nothing: the line would hold the code."""


_DONE = ("page_signed_in", "page_signed_in_text")
_NOT_DONE = ("page_not_signed_in", "page_not_signed_in_text")
