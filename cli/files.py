"""Whether a file is worth sending: what its name and its first bytes say it is.

Only a courtesy that saves an upload; the intake judges the whole file by itself.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from beeldrecht.domain.declarations import FILE_TYPE, PDF_TYPE
from beeldrecht.domain.films import FILM_TYPES, MP4_TYPE, QUICKTIME_TYPE, WEBM_TYPE
from beeldrecht.domain.intake import MAX_BYTES

HEAD = 32

TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".heic": "image/heic",
    ".heif": "image/heic",
    ".avif": "image/avif",
    ".pdf": PDF_TYPE,
    ".mp4": MP4_TYPE,
    ".m4v": MP4_TYPE,
    ".3gp": MP4_TYPE,
    ".mov": QUICKTIME_TYPE,
    ".webm": WEBM_TYPE,
    **dict.fromkeys(
        (
            ".dng",
            ".cr2",
            ".nef",
            ".nrw",
            ".arw",
            ".sr2",
            ".pef",
            ".srw",
            ".raf",
            ".rw2",
            ".orf",
        ),
        "image/x-raw",
    ),
}
"""What the library takes, by the ending of the name."""

_RAW = "image/x-raw"
_STARTS = {
    b"FUJIFILMCCD-RAW": _RAW,
    b"IIRO": _RAW,
    b"IIRS": _RAW,
    b"MMOR": _RAW,
    b"IIU\x00": _RAW,
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"%PDF-": PDF_TYPE,
    b"\x1aE\xdf\xa3": WEBM_TYPE,
    b"II*\x00": "image/tiff",
    b"MM\x00*": "image/tiff",
}
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"mif1": "image/heic",
    b"msf1": "image/heic",
}


_FILM_STARTS = frozenset({b"ftyp", b"moov", b"mdat", b"wide"})
"""What the first box of a film may be; there are many brands of them."""


class FileRefusal(StrEnum):
    """Why a file is not sent."""

    MISSING = "file_missing"
    UNREADABLE = "file_unreadable"
    FOLDER = "file_is_a_folder"
    EMPTY = "file_is_empty"
    TOO_LARGE = "file_too_large"
    OTHER_KIND = "file_of_another_kind"
    NOT_AN_IMAGE = "file_not_a_picture"
    NOT_A_SCAN = "file_not_a_scan"
    NOT_A_WORDING = "file_not_a_wording"
    NOT_A_RECORD = "file_not_a_record"
    SCAN_TOO_LARGE = "file_scan_too_large"
    COLD = "file_in_cold_storage"
    DENIED = "file_not_ours_to_read"


class FileRefusedError(Exception):
    """A file that is not sent; `reason` says why."""

    def __init__(self, path: Path, reason: FileRefusal) -> None:
        super().__init__(reason.value)
        self.path = path
        self.reason = reason


class Bytes(Protocol):
    """Bytes that are read from the front to the back."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, so many at most; none at the end. Raises OSError."""
        ...


class Sendable(Protocol):
    """What can be sent, wherever its bytes lie."""

    @property
    def name(self) -> str:
        """What it is called, without where it lies."""
        ...

    @property
    def media_type(self) -> str:
        """What it is announced as."""
        ...

    @property
    def size(self) -> int:
        """How many bytes it has."""
        ...

    def open(
        self, start: int = 0, size: int | None = None
    ) -> AbstractContextManager[Bytes]:
        """Its bytes from there on, at least so many of them; raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to send, as it is announced."""

    path: Path
    media_type: str
    size: int

    @property
    def name(self) -> str:
        """What it is called, without where it lies."""
        return self.path.name

    def open(
        self, start: int = 0, size: int | None = None
    ) -> AbstractContextManager[Bytes]:
        """Its bytes from there on, up to its end whatever `size` says."""
        del size
        file = self.path.open("rb")
        file.seek(start)
        return file


def candidate(path: Path) -> Candidate:
    """The file as it may be sent; raises FileRefusedError."""
    if path.is_dir():
        raise FileRefusedError(path, FileRefusal.FOLDER)
    if path.suffix.lower() not in TYPES:
        known = path.exists()
        raise FileRefusedError(
            path, FileRefusal.OTHER_KIND if known else FileRefusal.MISSING
        )
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise FileRefusedError(path, FileRefusal.MISSING) from error
    except OSError as error:
        raise FileRefusedError(path, FileRefusal.UNREADABLE) from error
    return Candidate(path, judged(path, head, size), size)


def judged(path: Path, head: bytes, size: int) -> str:
    """The media type of a file of one of our endings, by its first bytes and its size.

    `head` is `HEAD` bytes, or all there are. Raises FileRefusedError.
    """
    if not size:
        raise FileRefusedError(path, FileRefusal.EMPTY)
    if size > MAX_BYTES:
        raise FileRefusedError(path, FileRefusal.TOO_LARGE)
    media_type = type_of(head)
    if TYPES[path.suffix.lower()] == _RAW and media_type in {"image/tiff", _RAW}:
        media_type = _RAW  # raw files begin as TIFF does, and their name tells
    film = TYPES[path.suffix.lower()]
    if media_type is None and film in FILM_TYPES and head[4:8] in _FILM_STARTS:
        media_type = film
    if media_type is None:
        raise FileRefusedError(path, FileRefusal.NOT_AN_IMAGE)
    return media_type


def as_it_is(path: Path) -> Candidate:
    """The file to be kept as it comes where it is no picture; raises FileRefusedError.

    Whatever a name says, the intake looks at the bytes: what turns out to be a picture
    becomes one.
    """
    try:
        return candidate(path)
    except FileRefusedError as error:
        if error.reason not in {FileRefusal.OTHER_KIND, FileRefusal.NOT_AN_IMAGE}:
            raise
    size = path.stat().st_size
    if not size:
        raise FileRefusedError(path, FileRefusal.EMPTY)
    if size > MAX_BYTES:
        raise FileRefusedError(path, FileRefusal.TOO_LARGE)
    return Candidate(path, FILE_TYPE, size)


def unchecked(path: Path) -> Candidate:
    """The file as its name says, whatever is in it: to show what the intake says."""
    return Candidate(path, TYPES[path.suffix.lower()], path.stat().st_size)


def type_of(head: bytes) -> str | None:
    """The media type that the first bytes of a file tell; None for no picture of ours."""
    for start, media_type in _STARTS.items():
        if head.startswith(start):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return _BRANDS.get(head[8:12]) if head[4:8] == b"ftyp" else None
