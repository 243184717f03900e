"""The static site, served from inside the Region: a table of files, read once at start.

Nothing a request says becomes a path on disk: it is looked up in the table, so there is
nothing to climb out of. No edge cache stands before it (R19); a browser keeps what it has
and asks whether that still holds.
"""

import base64
import gzip
import hashlib
import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

from beeldrecht.domain.messages import CATALOGUES

TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
"""What the site may hold; anything else does not belong there and fails the start."""

_FEATURES = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "usb",
    "xr-spatial-tracking",
)


PAGES: Final[Mapping[str, str]] = {
    "/": "/index.html",
    "/sign": "/sign.html",
    "/own-page": "/own-page.html",
    "/certificate": "/certificate.html",
    "/export": "/export.html",
    "/recall": "/recall.html",
    "/share": "/share.html",
}
"""The addresses that people are given, and the page behind each."""


ROOMS: Final = (
    *("library", "pictures", "upload", "work", "people", "sessions", "collections"),
    *("shares", "desk", "users", "settings"),
)
"""Where the rooms of the staff app are; the app itself finds its way below each."""
_ROOM: Final = re.compile(rf"/(?:{'|'.join(ROOMS)})(?:/[A-Za-z0-9_-]{{1,64}}){{0,3}}")
APP: Final = "/index.html"
HASHED: Final = "/assets/"
"""What lies there has a digest in its name and never becomes anything else."""
PACKED: Final = ".gz"
_WORTH_PACKING: Final = 1024


KEY: Final = "/certificate-key.pem"
"""The public key that certificates of erasure are checked with, for everybody."""
PICTURE_KEY: Final = "/picture-key.pem"
"""The public key that what files say is checked with."""


class UnknownFileTypeError(Exception):
    """The site holds a file of a kind that it may not."""


class Told(Protocol):
    """What the site is told of its surroundings."""

    @property
    def issuer(self) -> str:
        """Who signs the tokens."""
        ...

    @property
    def web_client_id(self) -> str:
        """The application's name in the user pool."""
        ...

    @property
    def cli_client_id(self) -> str:
        """What the command line is called there."""
        ...

    @property
    def sign_in_url(self) -> str:
        """Where the sign-in pages are."""
        ...

    @property
    def pictures_url(self) -> str:
        """Where the buckets are, as a browser reaches them."""
        ...

    @property
    def originals_bucket(self) -> str:
        """Where a browser sends uploads."""
        ...

    @property
    def renditions_bucket(self) -> str:
        """Where a browser gets pictures."""
        ...

    @property
    def exports_bucket(self) -> str:
        """Where a browser gets what was made for a channel."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class _File:
    type: str
    content: bytes
    etag: str
    packed: bytes | None = None
    """The same for whoever takes it packed."""


class Site:
    """Every file of the site, and what is said with each of them."""

    def __init__(
        self, folder: Path, told: Told, keys: Mapping[str, Callable[[], bytes]]
    ) -> None:
        """`keys` give public keys in DER by their addresses, when somebody asks."""
        self._keys = keys
        self._headers = headers(told)
        self._files = {
            f"/{path.relative_to(folder).as_posix()}": _read(path)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.suffix != PACKED
        }
        self._files["/config.json"] = _file("config.json", _json(configuration(told)))
        self._files["/words.json"] = _file("words.json", _json(_words()))
        self._files |= {address: self._files[page] for address, page in PAGES.items()}

    def _key_file(self, path: str) -> _File:
        """A key as a file, asked for once: it never becomes another one."""
        if path not in self._files:
            content = pem(self._keys[path]())
            etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
            self._files[path] = _File("application/x-pem-file", content, etag)
        return self._files[path]

    @property
    def paths(self) -> Iterable[str]:
        """Every path that is answered."""
        return self._files.keys()

    def _find(self, path: str) -> _File | None:
        if path in self._keys:
            return self._key_file(path)
        if path not in self._files and _ROOM.fullmatch(path):
            return self._files[APP]
        return self._files.get(path)

    def answer(self, path: str, known: str | None = None, takes: str = "") -> Answer:
        """Answer a GET; `known` is the `If-None-Match` of whoever has a version, and
        `takes` the `Accept-Encoding`."""
        found = self._find(path)
        if found is None:
            return Answer(
                404,
                {
                    **self._headers,
                    "Cache-Control": "no-store",
                    "Content-Type": "text/plain",
                },
                b"Not found. Niet gevonden.",
            )
        # Kept, and never used unasked: what was deployed is seen at once.
        kept = "max-age=0, must-revalidate"
        if path.startswith(HASHED):
            kept = "public, max-age=31536000, immutable"
        more = {"Cache-Control": kept, "ETag": found.etag, "Vary": "Accept-Encoding"}
        if known is not None and found.etag in _tags(known):
            return Answer(304, {**self._headers, **more})
        more["Content-Type"] = found.type
        if found.packed is None or not _GZIP.search(takes):
            return Answer(200, {**self._headers, **more}, found.content)
        more["Content-Encoding"] = "gzip"
        # Weak: the same said in other bytes.
        more["ETag"] = f"W/{found.etag}"
        return Answer(200, {**self._headers, **more}, found.packed)


def pem(der: bytes) -> bytes:
    """A public key as text (RFC 7468)."""
    lines = textwrap.wrap(base64.b64encode(der).decode(), 64)
    body = "\n".join(lines)
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode()


def configuration(told: Told) -> Mapping[str, str]:
    """What the pages need in order to sign somebody in; nothing of it is secret."""
    return {
        "issuer": told.issuer,
        "client_id": told.web_client_id,
        "cli_client_id": told.cli_client_id,
        "sign_in_url": told.sign_in_url,
        "scope": "openid email",
    }


def headers(told: Told) -> Mapping[str, str]:
    """What is said with every file: what it may load, and who may hold it."""
    sign_in, pictures = _origin(told.sign_in_url), told.pictures_url
    # A form is sent to the bucket itself, parts of a file to keys within it.
    uploads = f"{pictures}/{told.originals_bucket}"
    renditions = f"{pictures}/{told.renditions_bucket}/"
    exports = f"{pictures}/{told.exports_bucket}/"
    policy = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": f"'self' blob: {renditions}",
        "connect-src": f"'self' {sign_in} {uploads} {uploads}/ {renditions} {exports}",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{k} {v}" for k, v in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _FEATURES),
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def as_event(answer: Answer) -> dict[str, object]:
    """Say an answer as API Gateway wants it (HTTP API, payload version 2.0)."""
    is_text = (
        not answer.headers.get("Content-Type", "").startswith("font/")
        and "Content-Encoding" not in answer.headers
    )
    return {
        "statusCode": answer.status,
        "headers": dict(answer.headers),
        "body": (
            answer.body.decode() if is_text else base64.b64encode(answer.body).decode()
        ),
        "isBase64Encoded": not is_text,
    }


_GZIP: Final = re.compile(r"(?:^|,)\s*gzip\s*(?:,|$)")


def _read(path: Path) -> _File:
    beside = path.with_name(path.name + PACKED)
    packed = beside.read_bytes() if beside.is_file() else None
    return _file(path.name, path.read_bytes(), packed)


def _file(name: str, content: bytes, packed: bytes | None = None) -> _File:
    kind = TYPES.get(Path(name).suffix)
    if kind is None:
        raise UnknownFileTypeError(name)
    if packed is None and len(content) >= _WORTH_PACKING and not kind.startswith("font/"):
        packed = gzip.compress(content, 6, mtime=0)
    return _File(kind, content, f'"{hashlib.sha256(content).hexdigest()[:32]}"', packed)


def _words() -> Mapping[str, Mapping[str, str]]:
    """The very words of the API, so that the pages need none of their own for its ids."""
    return {
        language: {each.value: text for each, text in catalogue.items()}
        for language, catalogue in CATALOGUES.items()
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _tags(known: str) -> set[str]:
    """The tags of an `If-None-Match`, weak ones too: a proxy may have weakened ours."""
    return {tag.strip().removeprefix("W/") for tag in known.split(",")}
