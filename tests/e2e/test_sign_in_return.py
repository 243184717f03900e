"""The page on this machine to which a browser returns from signing in."""

import http.client
import threading
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from cli.loopback import Loopback, NobodyCameError, PortTakenError
from local.testing import free_port

STATE = "the-state-of-this-attempt"


class Visit:
    """A browser that comes back, while somebody waits for it."""

    def __init__(self, language: str = "nl") -> None:
        self.port = free_port()
        self.loopback = Loopback(STATE, language, self.port, patience=30)
        self.ended_at: list[str] = []
        self._answered = False
        self._waiting = threading.Thread(
            target=lambda: self.ended_at.append(self.loopback.wait())
        )
        self._waiting.start()

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        said = answer.read().decode()
        connection.close()
        # Told by the answer, not by `ended_at`, which the other thread fills later: a
        # second request would wait for somebody who has left.
        self._answered = self._answered or answer.status == 200
        return answer.status, dict(answer.headers), said

    def end(self) -> None:
        if not self._answered:
            self.get(f"/callback?state={STATE}")
        self._waiting.join()
        self.loopback.__exit__(None, None, None)


@pytest.fixture
def visit() -> Iterator[Visit]:
    made = Visit()
    yield made
    made.end()


def test_the_browser_that_comes_back_is_told_in_its_language(visit: Visit) -> None:
    path = f"/callback?code=c&state={STATE}"
    status, headers, page = visit.get(path)
    visit.end()
    assert status == 200
    assert "Je bent aangemeld" in page
    assert '<html lang="nl">' in page
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert visit.ended_at == [path]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/favicon.ico",
        "/callback",
        "/callback?code=stolen&state=another",
        f"/other?code=c&state={STATE}",
        f"/callback?code=c&state={STATE}&state={STATE}",
        f"/callback?code={quote('<script>')}&state={quote('<script>')}",
    ],
)
def test_anything_else_is_shown_nothing_and_ends_nothing(visit: Visit, path: str) -> None:
    status, _, page = visit.get(path)
    assert status == 404
    assert "<script>" not in page
    assert visit.ended_at == []


def test_a_sign_in_that_was_broken_off_is_told_as_such(visit: Visit) -> None:
    _, _, page = visit.get(f"/callback?error=access_denied&state={STATE}")
    assert "niet aangemeld" in page


def test_a_connection_that_says_nothing_does_not_hold_up_the_one_that_counts(
    visit: Visit,
) -> None:
    silent = http.client.HTTPConnection("127.0.0.1", visit.port)
    silent.connect()
    try:
        status, _, _ = visit.get(f"/callback?code=c&state={STATE}")
    finally:
        silent.close()
    assert status == 200


def test_the_port_is_nobody_elses_meanwhile(visit: Visit) -> None:
    with pytest.raises(PortTakenError):
        Loopback(STATE, "en", visit.port)


def test_the_port_can_be_used_again_at_once() -> None:
    first = Visit("en")
    first.get(f"/callback?code=c&state={STATE}")
    first.end()
    second = Loopback(STATE, "en", first.port, patience=0)
    with second, pytest.raises(NobodyCameError):
        second.wait()
