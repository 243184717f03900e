"""The web app over a library that is made up: the real site, and an API of a few answers.

For measuring in a browser what the page costs by itself. Signing in takes nobody's
password: it gives whoever comes a token that means nothing.
"""

import base64
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from api.serve_site.step import Site
from beeldrecht.domain.access import Operation, Role

ROOT = Path(__file__).parents[1]
PAGE = 5_000
"""More at once than the API gives: the page is measured, not the way to it."""
_SHAPES = ((6000, 4000), (4000, 6000), (4000, 4000), (5200, 2600))
_STATUSES = ("released", "ready", "embargoed", "examined", "rejected")


@dataclass(frozen=True)
class _Told:
    issuer: str
    sign_in_url: str
    pictures_url: str
    web_client_id: str = "stand"
    cli_client_id: str = "stand-cli"
    originals_bucket: str = "originals"
    renditions_bucket: str = "renditions"
    exports_bucket: str = "exports"


def picture(number: int) -> Mapping[str, object]:
    """One of very many pictures."""
    width, height = _SHAPES[number * 7 % 4 if number % 3 else 0]
    status = _STATUSES[number % 13 % 5]
    released = status == "released"
    verdict = "masked" if number % 5 == 1 else "clear"
    channels = ("website", "social", "intranet", "print")[: 1 + number % 4]
    return {
        "asset_id": f"{number:032x}",
        "revision": 1,
        "status": status,
        "file_name": f"DSC_{number:06d}.jpg",
        "title": f"Zomerfeest {number}" if number % 4 else None,
        "taken_at": None,
        "announced_at": "2026-11-01T10:00:00Z",
        "session_id": None,
        "width": width,
        "height": height,
        "leaves": dict.fromkeys(channels if released else (), verdict),
        "leaves_until": "2027-05-03T00:00:00Z" if released and number % 3 else None,
    }


class _Server(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Say nothing: a browser hangs up on pictures that it scrolled past."""


class Stand:
    """A server on this machine; `with Stand(100_000) as stand: stand.home`."""

    def __init__(self, pictures: int) -> None:
        self._pictures = pictures
        self._nonces: dict[str, str] = {}
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.home = f"http://localhost:{self._server.server_port}"
        told = _Told(f"{self.home}/pool", self.home, self.home)
        self._site = Site(ROOT / "build/web", told, {})

    def __enter__(self) -> "Stand":
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, query: Mapping[str, str]) -> object | None:
        """What the API says; None where this one has no answer."""
        fixed: Mapping[str, Callable[[], object]] = {
            "/v1/me": lambda: {
                "user_id": "0" * 32,
                "roles": [Role.EDITOR.value],
                "affordances": [each.value for each in Operation],
            },
            "/v1/search": lambda: self._found(query),
            "/v1/saved-searches": lambda: {
                "items": [
                    {
                        "search_id": "1" * 32,
                        "title": "Website, dit jaar",
                        "asked": {"channel": "website:clear"},
                        "made_at": "2026-11-01T10:00:00Z",
                    }
                ]
            },
            "/v1/sessions": lambda: {"items": [], "cursor": None, "affordances": []},
            "/v1/collections": lambda: {"items": [], "cursor": None},
        }
        if path in fixed:
            return fixed[path]()
        if "/renditions/" in path:
            return {"url": f"{self.home}/seen/{path.split('/')[3]}", "expires_at": "x"}
        return None

    def _found(self, query: Mapping[str, str]) -> object:
        start = int(query.get("cursor") or 0)
        end = min(start + PAGE, self._pictures)
        return {
            "items": [picture(number) for number in range(start, end)],
            "total": self._pictures,
            "facets": None if start else _facets(self._pictures),
            "forgiven": [],
            "cursor": str(end) if end < self._pictures else None,
        }

    def _token(self, code: str) -> object:
        now = int(time.time())
        claims = {
            "iss": f"{self.home}/pool",
            "aud": "stand",
            "token_use": "id",
            "exp": now + 3600,
            "email": "redactie@example.org",
            "nonce": self._nonces.get(code, ""),
        }
        said = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().strip("=")
        return {
            "id_token": f"x.{said}.x",
            "access_token": "x",
            "refresh_token": "x",
            "expires_in": 3600,
        }

    def _handler(self) -> type[BaseHTTPRequestHandler]:  # noqa: C901  # one class
        stand = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Say nothing: what is printed is the table."""

            def _say(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    # It speaks no TLS: a browser would ask it for nothing else then.
                    if name != "Strict-Transport-Security":
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def _json(self, said: object) -> None:
                kind = {"Content-Type": "application/json"}
                self._say(200, kind, json.dumps(said).encode())

            def do_GET(self) -> None:
                at = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(at.query).items()}
                if at.path == "/oauth2/authorize":
                    code = f"{len(stand._nonces)}"
                    stand._nonces[code] = query["nonce"]
                    back = f"{stand.home}/?code={code}&state={query['state']}"
                    self._say(302, {"Location": back}, b"")
                elif at.path.startswith("/seen/"):
                    self._say(200, {"Content-Type": "image/svg+xml"}, _drawn(at.path))
                elif at.path.startswith("/v1/"):
                    said = stand.answer(at.path, query)
                    if said is None:
                        self._say(404, {"Content-Type": "application/json"}, b"{}")
                    else:
                        self._json(said)
                else:
                    takes = self.headers.get("Accept-Encoding", "")
                    found = stand._site.answer(at.path, None, takes)
                    self._say(found.status, found.headers, found.body)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                form = parse_qs(body.decode())
                if urlsplit(self.path).path == "/oauth2/token":
                    self._json(stand._token(form.get("code", [""])[0]))
                else:
                    self._say(404, {"Content-Type": "application/json"}, b"{}")

        return Handler


def _facets(many: int) -> object:
    def one(facet: str, words: str, *values: tuple[str, int]) -> object:
        counted = [{"value": value, "count": count} for value, count in values]
        return {"facet": facet, "words": words, "values": counted}

    return [
        one("facet_month", "Maand", ("2026-11", many // 2), ("2026-10", many // 3)),
        one("facet_channel", "Kanaal", ("website:clear", many // 3), ("press:masked", 8)),
        one("facet_status", "Status", ("released", many // 2), ("embargoed", many // 5)),
        one("facet_orientation", "Ligging", ("lies_wide", many // 2), ("is_square", 12)),
        one("facet_ends_within", "Loopt af", ("30d", many // 9), ("90d", many // 5)),
    ]


def _drawn(path: str) -> bytes:
    """A picture that differs from its neighbours."""
    number = int(path.rsplit("/", 1)[1], 16)
    hue, other = number * 47 % 360, number * 91 % 360
    width, height = (each // 20 for each in _SHAPES[number * 7 % 4 if number % 3 else 0])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><defs><linearGradient id="g" x2="1" y2="1">'
        f'<stop stop-color="hsl({hue} 40% 62%)"/><stop offset="1" '
        f'stop-color="hsl({other} 45% 32%)"/></linearGradient></defs>'
        f'<path fill="url(#g)" d="M0 0h{width}v{height}H0z"/>'
        f'<circle cx="{width // 2}" cy="{height // 2}" r="{min(width, height) // 5}" '
        f'fill="hsl({hue} 60% 85%)"/></svg>'
    ).encode()
