"""Sending a file the way a browser does: one form, the fields first, the file last."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from io import BufferedReader
from typing import Any
from uuid import uuid4

import urllib3

from cli.files import Candidate

TRIES = 4
PAUSE = 0.5
"""Seconds before the second try; it doubles each time."""

_PIECE = 64 * 1024
_TIMEOUT = urllib3.Timeout(connect=5, read=60)
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_BUSY_CODES = frozenset({"RequestTimeout", "SlowDown", "InternalError"})

type OnBytes = Callable[[int], object]
type Request = Callable[[Mapping[str, Any]], dict[str, Any]]


class StoreBusyError(Exception):
    """The store was busy or did not answer: worth another try."""


class UploadRefusedError(Exception):
    """The store refused the form; `code` is the store's own word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class FormBody:
    """The bytes of a multipart form, read piece by piece: a picture can be large."""

    def __init__(
        self,
        fields: Mapping[str, str],
        candidate: Candidate,
        file: BufferedReader,
        on_bytes: OnBytes,
    ) -> None:
        self.boundary = uuid4().hex
        head = [self._part(name, value) for name, value in fields.items()]
        quoted = candidate.path.name.replace('"', "%22").replace("\n", "%0A")
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


def post(form: Mapping[str, Any], candidate: Candidate, on_bytes: OnBytes) -> None:
    """Post the file with its form once; raises StoreBusyError or UploadRefusedError."""
    with candidate.path.open("rb") as file:
        body = FormBody(form["fields"], candidate, file, on_bytes)
        try:
            answer = _pool.request(
                "POST",
                form["url"],
                body=body,
                headers={
                    "Content-Type": f"multipart/form-data; boundary={body.boundary}",
                    "Content-Length": str(body.length),
                },
                timeout=_TIMEOUT,
                retries=False,
                redirect=False,
            )
        except urllib3.exceptions.HTTPError as error:
            raise StoreBusyError from error
    if answer.status < 300:
        return
    found = re.search(rb"<Code>(\w+)</Code>", answer.data)
    code = found[1].decode() if found else str(answer.status)
    if answer.status in _BUSY or code in _BUSY_CODES:
        raise StoreBusyError(code)
    raise UploadRefusedError(code)


_pool = urllib3.PoolManager(maxsize=8)


def send(
    candidate: Candidate,
    uploader_id: str,
    session_id: str | None,
    request: Request,
    on_bytes: OnBytes,
    post: Callable[[Mapping[str, Any], Candidate, OnBytes], None] = post,
    pause: Callable[[float], object] = time.sleep,
) -> str:
    """Ask for a form and post the file; returns the id of the asset it becomes.

    A store that is busy is tried again with the same form: whatever of the earlier tries
    arrived, the first version counts. Bytes that are sent again are taken off first.
    """
    answer = request(
        {
            "file_name": candidate.path.name,
            "media_type": candidate.media_type,
            "size": candidate.size,
            "uploader_id": uploader_id,
            "session_id": session_id,
        }
    )
    for again in range(TRIES):
        sent = _Counted(on_bytes)
        try:
            post(answer["form"], candidate, sent)
        except StoreBusyError:
            sent.take_back()
            if again == TRIES - 1:
                raise
            pause(PAUSE * 2**again)
        else:
            break
    return str(answer["asset_id"])


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
