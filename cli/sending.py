"""Sending a file the way a browser does: by one form, or in parts when it is large."""

import hashlib
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import urllib3

from beeldrecht.domain.intake import PART_BYTES, part_sizes
from cli.files import Bytes, Candidate, Sendable

TRIES = 4
PAUSE = 0.5
"""Seconds before the second try; it doubles each time."""

_PIECE = 64 * 1024
_TIMEOUT = urllib3.Timeout(connect=5, read=60)
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_BUSY_CODES = frozenset({"RequestTimeout", "SlowDown", "InternalError"})

type OnBytes = Callable[[int], object]
type Request = Callable[[Mapping[str, Any]], dict[str, Any]]
type Complete = Callable[[str, Mapping[str, Any]], object]


class StoreBusyError(Exception):
    """The store was busy or did not answer: worth another try."""


class UploadRefusedError(Exception):
    """The store refused the form; `code` is the store's own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def digests(candidate: Sendable) -> tuple[str, tuple[str, ...]]:
    """The SHA-256 of the file and, when it goes in parts, of each part: one reading."""
    whole = hashlib.sha256()
    parts: list[str] = []
    with candidate.open() as file:
        while data := file.read(PART_BYTES):
            whole.update(data)
            parts.append(hashlib.sha256(data).hexdigest())
    return whole.hexdigest(), tuple(parts) if part_sizes(candidate.size) else ()


class FormBody:
    """The bytes of a multipart form, read piece by piece: a picture can be large."""

    def __init__(
        self,
        fields: Mapping[str, str],
        candidate: Sendable,
        file: Bytes,
        on_bytes: OnBytes,
    ) -> None:
        self.boundary = uuid4().hex
        head = [self._part(name, value) for name, value in fields.items()]
        quoted = candidate.name.replace('"', "%22").replace("\n", "%0A")
        head.append(
            f"--{self.boundary}\r\n"
            f'Content-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
            f"Content-Type: {candidate.media_type}\r\n\r\n"
        )
        self._before = "".join(head).encode()
        self._file = file
        self._after = f"\r\n--{self.boundary}--\r\n".encode()
        self._on_bytes = on_bytes
        self.length = len(self._before) + candidate.size + len(self._after)

    def __iter__(self) -> Iterator[bytes]:
        """The bytes from the first to the last."""
        yield self._before
        while piece := self._file.read(_PIECE):
            yield piece
            self._on_bytes(len(piece))
        yield self._after

    def _part(self, name: str, value: str) -> str:
        return (
            f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
            f"{value}\r\n"
        )


def post(form: Mapping[str, Any], candidate: Sendable, on_bytes: OnBytes) -> None:
    """Post the file with its form once; raises StoreBusyError or UploadRefusedError."""
    with candidate.open() as file:
        body = FormBody(form["fields"], candidate, file, on_bytes)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={body.boundary}",
            "Content-Length": str(body.length),
        }
        _answer("POST", form["url"], body, headers)


def put(part: Mapping[str, Any], candidate: Sendable, on_bytes: OnBytes) -> str:
    """Put one part of the file once, and give the store's tag for it.

    Raises StoreBusyError or UploadRefusedError.
    """
    with candidate.open((part["number"] - 1) * PART_BYTES, part["size"]) as file:
        body = _pieces(file, part["size"], on_bytes)
        headers = {**part["headers"], "Content-Length": str(part["size"])}
        return _answer("PUT", part["url"], body, headers).headers.get("ETag", "")


def _pieces(file: Bytes, size: int, on_bytes: OnBytes) -> Iterator[bytes]:
    while size and (piece := file.read(min(_PIECE, size))):
        yield piece
        size -= len(piece)
        on_bytes(len(piece))


def _answer(
    method: str, url: str, body: Any, headers: Mapping[str, str]
) -> urllib3.BaseHTTPResponse:
    try:
        answer = _pool.request(
            method,
            url,
            body=body,
            headers=headers,
            timeout=_TIMEOUT,
            retries=False,
            redirect=False,
        )
    except urllib3.exceptions.HTTPError as error:
        raise StoreBusyError from error
    if answer.status < 300:
        return answer
    found = re.search(rb"<Code>(\w+)</Code>", answer.data)
    code = found[1].decode() if found else str(answer.status)
    if answer.status in _BUSY or code in _BUSY_CODES:
        raise StoreBusyError(code)
    raise UploadRefusedError(code)


_pool = urllib3.PoolManager(maxsize=8)


@dataclass(frozen=True)
class Store:
    """How bytes get to the store; tests put their own in its place.

    What is sent is a `Sendable`; a test's own may want to know more of it.
    """

    post: Callable[[Mapping[str, Any], Any, OnBytes], None] = post
    put: Callable[[Mapping[str, Any], Any, OnBytes], str] = put
    pause: Callable[[float], object] = time.sleep

    def patiently[T](self, on_bytes: OnBytes, send: Callable[[OnBytes], T]) -> T:
        """Send, and again when the store is busy; bytes sent in vain are taken off."""
        for again in range(TRIES):
            sent = _Counted(on_bytes)
            try:
                return send(sent)
            except StoreBusyError:
                sent.take_back()
                if again == TRIES - 1:
                    raise
                self.pause(PAUSE * 2**again)
        raise AssertionError("a loop that returns or raises has ended")


def send(
    candidate: Candidate,
    session_id: str | None,
    request: Request,
    complete: Complete,
    on_bytes: OnBytes,
    store: Store | None = None,
    origin: str | None = None,
) -> str:
    """Ask for leave, and send the file; returns the id of the asset it becomes.

    `request` asks for leave, `complete` says of an asset that every part was sent.
    A store that is busy is tried again with the same leave: whatever of the earlier tries
    arrived, the first version counts. Leave without anything to send says that all of it
    is there.
    """
    store = store or Store()
    whole, parts = digests(candidate)
    announced = {
        "file_name": candidate.path.name,
        "media_type": candidate.media_type,
        "size": candidate.size,
        "sha256": whole,
        "part_sha256": list(parts),
        "session_id": session_id,
    }
    # What nobody said is left out: the API holds it for unknown.
    answer = request(announced if origin is None else {**announced, "origin": origin})
    deliver(candidate, answer, complete, on_bytes, store)
    return str(answer["asset_id"])


def deliver(
    candidate: Sendable,
    answer: Mapping[str, Any],
    complete: Complete,
    on_bytes: OnBytes,
    store: Store,
) -> None:
    """Send what an answer gives leave for; nothing where all of it is there."""
    asset_id = str(answer["asset_id"])
    form, multipart = answer.get("form"), answer.get("multipart")
    if form:
        store.patiently(on_bytes, lambda sent: store.post(form, candidate, sent))
    if multipart:
        tags = [
            {"number": part["number"], "etag": _put(store, part, candidate, on_bytes)}
            for part in multipart["parts"]
        ]
        tags += multipart.get("arrived", [])
        tags.sort(key=lambda part: part["number"])
        complete(asset_id, {"upload_id": multipart["upload_id"], "parts": tags})


def _put(
    store: Store, part: Mapping[str, Any], candidate: Sendable, on_bytes: OnBytes
) -> str:
    return store.patiently(on_bytes, lambda sent: store.put(part, candidate, sent))


class _Counted:
    """Passes bytes on to a progress bar, and can take them off it."""

    def __init__(self, on_bytes: OnBytes) -> None:
        self._on_bytes = on_bytes
        self._total = 0

    def __call__(self, count: int) -> None:
        self._total += count
        self._on_bytes(count)

    def take_back(self) -> None:
        self._on_bytes(-self._total)
