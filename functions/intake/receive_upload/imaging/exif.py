"""EXIF (CIPA DC-008): orientation, capture time and the few words cameras write."""

from typing import Final

from beeldrecht.domain.metadata import Metadata

from .binary import ShortReadError
from .metadata import described
from .tags import Directory, open_tags, read_directory
from .text import decode_bytes

_TEXT_LIMIT: Final = 16_384

_DESCRIPTION, _ORIENTATION, _ARTIST, _COPYRIGHT = 0x010E, 0x0112, 0x013B, 0x8298
_XP_TITLE, _XP_AUTHOR, _XP_KEYWORDS = 0x9C9B, 0x9C9D, 0x9C9E
_EXIF_DIRECTORY: Final = 0x8769
_TIMES: Final = ((0x9003, 0x9011), (0x9004, 0x9012))
"""Original and digitised, each with the tag of its offset from UTC."""


def read_exif(block: bytes | None) -> tuple[int, Metadata]:
    """Return orientation (1 when absent or invalid) and metadata; never raises.

    The GPS directory, maker notes, embedded thumbnail and serial numbers are not read.
    """
    if block is None:
        return 1, Metadata()
    opened = open_tags(block.removeprefix(b"Exif\0\0"))
    if opened is None:
        return 1, Metadata()
    try:
        main = read_directory(*opened)
    except ShortReadError:
        return 1, Metadata()
    try:
        orientation = main.one(_ORIENTATION, 1)
    except ShortReadError:
        orientation = 1
    return orientation if 1 <= orientation <= 8 else 1, _words(main)


def _words(main: Directory) -> Metadata:
    return described(
        captured_at=_captured_at(main),
        creator=_wide(main, _XP_AUTHOR) or _text(main, _ARTIST),
        title=_wide(main, _XP_TITLE),
        caption=_text(main, _DESCRIPTION),
        keywords=_wide(main, _XP_KEYWORDS).split(";"),
        copyright=_text(main, _COPYRIGHT),
    )


def _captured_at(main: Directory) -> str | None:
    try:
        at = main.one(_EXIF_DIRECTORY, 0)
        camera = read_directory(main.reader, at) if at else None
    except ShortReadError:
        return None
    for time_tag, offset_tag in _TIMES if camera else ():
        time = _text(camera, time_tag).strip()
        # Cameras with an unset clock write zeros or blanks.
        if time[:4].isdigit() and time[:4] != "0000":
            return time + _text(camera, offset_tag).strip(" :")
    return None


def _text(directory: Directory | None, tag: int) -> str:
    raw = directory.block(tag, limit=_TEXT_LIMIT) if directory else None
    return decode_bytes(raw or b"")


def _wide(directory: Directory, tag: int) -> str:
    """Return a Windows tag: UTF-16, little-endian whatever the file's byte order."""
    raw = directory.block(tag, limit=_TEXT_LIMIT) or b""
    return raw.decode("utf-16-le", errors="ignore").split("\0", 1)[0]
