"""Whether a file is worth sending: what its name and its first bytes say it is.

Only a courtesy that saves an upload; the intake judges the whole file by itself.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

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
}
"""What the library takes, by the ending of the name."""

_STARTS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
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


class FileRefusedError(Exception):
    """A file that is not sent; `reason` says why."""

    def __init__(self, path: Path, reason: FileRefusal) -> None:
        super().__init__(reason.value)
        self.path = path
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to send, as it is announced."""

    path: Path
    media_type: str
    size: int


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
    if not size:
        raise FileRefusedError(path, FileRefusal.EMPTY)
    if size > MAX_BYTES:
        raise FileRefusedError(path, FileRefusal.TOO_LARGE)
    media_type = type_of(head)
    if media_type is None:
        raise FileRefusedError(path, FileRefusal.NOT_AN_IMAGE)
    return Candidate(path, media_type, size)


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
