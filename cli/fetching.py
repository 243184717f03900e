"""Getting a picture that may leave: by an address that is signed for seconds."""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import urllib3

from beeldrecht.domain.channels import Channel
from cli.api import Api
from cli.web import TIMEOUT, UnreachableError, origin, send

_PIECE = 256 * 1024


class DownloadRefusedError(Exception):
    """The store gave nothing under that address: it ended, or the leave did."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class FileThereError(Exception):
    """A file of that name is there already, and is left alone."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class NoPlaceError(Exception):
    """Nothing can be written there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class Fetched(NamedTuple):
    """Where a picture was saved, and how many faces are covered in it."""

    path: Path
    covered_faces: int


def fetch(
    api: Api,
    asset_id: str,
    channel: Channel,
    to: Path | None = None,
    make: Mapping[str, object] | None = None,
) -> Fetched:
    """Ask whether it may leave for that channel, and write it to a file.

    `make` is what is to be made for it (size, format, crop, watermark), as the API says
    it; without, it is the largest rendition that is there.

    Nothing is written over. Raises ProblemError when it may not leave, FileThereError,
    NoPlaceError and DownloadRefusedError.
    """
    if to is not None and not to.is_dir():
        _target(to, "")  # before a use is recorded that there will not be
    order = {"channel": channel.value, **(make or {})}
    leave = api.post(f"/v1/assets/{asset_id}/downloads", order)
    path = save(leave["url"], Path(leave["file_name"]).name, to)
    return Fetched(path, leave["covered_faces"])


def save(url: str, name: str, to: Path | None) -> Path:
    """Write what lies under a signed address to a file; raises as `fetch`."""
    path = _target(to, name)
    scratch = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        _write(url, scratch)
        # Not a rename, which would silently take the place of another file.
        path.hardlink_to(scratch)
    except FileExistsError as error:
        raise FileThereError(path) from error
    except OSError as error:
        raise NoPlaceError(path) from error
    finally:
        with suppress(OSError):
            scratch.unlink()
    return path


def _target(to: Path | None, name: str) -> Path:
    """Where it goes, as far as is known: a folder gets the library's own name for it."""
    path = Path(name) if to is None else to / name if to.is_dir() else to
    if path.exists():
        raise FileThereError(path)
    return path


def fetched(url: str) -> bytes:
    """What lies under a signed address; raises DownloadRefusedError."""
    reply = send("GET", url)
    if reply.status != 200:
        raise DownloadRefusedError(reply.status)
    return reply.data


def _write(url: str, path: Path) -> None:
    try:
        answer = _pool.request(
            "GET",
            url,
            timeout=TIMEOUT,
            retries=False,
            redirect=False,
            preload_content=False,
        )
        with answer, path.open("xb") as file:
            if answer.status != 200:
                raise DownloadRefusedError(answer.status)
            for piece in answer.stream(_PIECE):
                file.write(piece)
    except urllib3.exceptions.HTTPError as error:
        raise UnreachableError(origin(url), begun=True) from error


_pool = urllib3.PoolManager(maxsize=4)
