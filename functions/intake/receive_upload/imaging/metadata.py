"""The words and the date that came with a picture, from EXIF, IPTC-IIM and XMP.

Precedence. For words: XMP, then IPTC-IIM, then EXIF, because photo editors write XMP
last and in Unicode. For the date: EXIF, then XMP, then IPTC-IIM, because the camera
wrote it. Each field is taken whole from the first source that has it. A place is what a
person wrote in words; GPS, maker notes, faces and serial numbers are not read at all.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from beeldrecht.domain.metadata import (
    FIELDS,
    KEYWORD_LIMIT,
    LIMITS,
    MAX_KEYWORDS,
    MAX_RELEASE_IDS,
    RELEASE_ID_LIMIT,
    Metadata,
    ModelRelease,
)

from .text import clean

# Some cameras fill these in themselves.
_CAMERA_CAPTIONS: Final = frozenset({"OLYMPUS DIGITAL CAMERA", "SONY DSC"})

_DATE: Final = re.compile(
    r"(\d{4})[:-](\d\d)[:-](\d\d)"
    r"(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s*(Z|[+-]\d\d:?\d\d)?)?"
)


RELEASES: Final = {
    "MR-NON": ModelRelease.NONE,
    "MR-NAP": ModelRelease.NOT_APPLICABLE,
    "MR-UMR": ModelRelease.UNLIMITED,
    "MR-LMR": ModelRelease.LIMITED,
}
"""What PLUS calls it; files give an address that ends so, or this alone."""


def described(
    *,
    captured_at: str | None = None,
    keywords: Iterable[str] = (),
    model_release: str | None = None,
    model_release_ids: Iterable[str] = (),
    **words: str | None,
) -> Metadata:
    """Build Metadata from raw values: cleaned, capped, no repeats, no placeholders."""
    cleaned = {
        name: clean(value, limit=LIMITS[name], lines=name in {"caption", "usage_terms"})
        for name, value in words.items()
        if value
    }
    if cleaned.get("caption") in _CAMERA_CAPTIONS:
        cleaned["caption"] = None
    release = (model_release or "").strip().rpartition("/")[2]
    return Metadata(
        captured_at=local_time(captured_at) if captured_at else None,
        keywords=_labels(keywords, KEYWORD_LIMIT)[:MAX_KEYWORDS],
        model_release=RELEASES.get(release),
        model_release_ids=_labels(model_release_ids, RELEASE_ID_LIMIT)[:MAX_RELEASE_IDS],
        **cleaned,
    )


def _labels(values: Iterable[str], limit: int) -> tuple[str, ...]:
    labels = (clean(word, limit=limit) for word in values)
    return tuple(dict.fromkeys(label for label in labels if label))


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
    for name in FIELDS:
        order = (exif, xmp, iptc) if name == "captured_at" else (xmp, iptc, exif)
        found = [getattr(source, name) for source in order]
        values[name] = next((value for value in found if value), found[-1])
    return Metadata(**values)
