"""The words and the date that came with a picture, from EXIF, IPTC-IIM and XMP.

Precedence. For words: XMP, then IPTC-IIM, then EXIF, because photo editors write XMP
last and in Unicode. For the date: EXIF, then XMP, then IPTC-IIM, because the camera
wrote it. Each field is taken whole from the first source that has it. Place, GPS,
maker notes, faces and serial numbers are not read at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Final

from .text import clean

MAX_KEYWORDS: Final = 100
_LIMITS: Final = {
    "creator": 256,
    "title": 256,
    "caption": 4000,
    "copyright": 512,
    "credit": 256,
}
_KEYWORD_LIMIT: Final = 128

# Some cameras fill these in themselves.
_CAMERA_CAPTIONS: Final = frozenset({"OLYMPUS DIGITAL CAMERA", "SONY DSC"})

_DATE: Final = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)"
    r"(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a picture; None and empty when the file does not say.

    `captured_at` is ISO 8601 local time as the camera showed it
    (`2024-05-04T15:30:00`, or only the date), with the offset when it is known.
    """

    captured_at: str | None = None
    creator: str | None = None
    title: str | None = None
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    copyright: str | None = None
    credit: str | None = None


def described(
    *, captured_at: str | None = None, keywords: Iterable[str] = (), **words: str | None
) -> Metadata:
    """Build Metadata from raw values: cleaned, capped, no repeats, no placeholders."""
    cleaned = {
        name: clean(value, limit=_LIMITS[name], lines=name == "caption")
        for name, value in words.items()
        if value
    }
    if cleaned.get("caption") in _CAMERA_CAPTIONS:
        cleaned["caption"] = None
    labels = (clean(word, limit=_KEYWORD_LIMIT) for word in keywords)
    unique = tuple(dict.fromkeys(label for label in labels if label))
    return Metadata(
        captured_at=local_time(captured_at) if captured_at else None,
        keywords=unique[:MAX_KEYWORDS],
        **cleaned,
    )


def local_time(value: str) -> str | None:
    """Return an ISO 8601 local time from EXIF, IIM or XMP notation; None if impossible.

    >>> local_time("2024:05:04 15:30:00+02:00")
    '2024-05-04T15:30:00+02:00'
    """
    found = _DATE.fullmatch(value.strip("\0 "))
    if found is None:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    text = f"{year}-{month}-{day}"
    if hour is not None:
        text += f"T{hour}:{minute}:{second or '00'}"
    if offset is not None:
        text += "+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def merge(exif: Metadata, iptc: Metadata, xmp: Metadata) -> Metadata:
    """Take every field from the first source that has it, in the order stated above."""
    values = {}
    for item in fields(Metadata):
        order = (exif, xmp, iptc) if item.name == "captured_at" else (xmp, iptc, exif)
        found = [getattr(source, item.name) for source in order]
        values[item.name] = next((value for value in found if value), found[-1])
    return Metadata(**values)
