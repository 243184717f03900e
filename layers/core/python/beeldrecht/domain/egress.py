"""How a picture leaves: for how long leave to fetch it holds, and under what name.

An address that was signed works for whoever holds it, so it is signed after the decision,
for that one use, for seconds: what is decided differently afterwards takes effect when
the last address dies, and that is never later than LINK_SECONDS.
"""

import re
import unicodedata
from datetime import datetime
from pathlib import PurePosixPath
from typing import Final

from .intake import RenditionName
from .time import instant

LINK_SECONDS: Final = 60
"""The longest that an address may work; the buckets refuse what is older."""

_LONGEST_NAME: Final = 100
_UNWANTED: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
# What some system reads as more than a name: paths, streams, wildcards, pipes.
_MEANINGFUL: Final = re.compile(r'[<>:"/\\|?*%;]')
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_NAMELESS: Final = "picture"
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,10}$")


def link_seconds(at: datetime, valid_until: datetime | None) -> int:
    """How long an address signed at that instant may work, in whole seconds.

    Never past the instant until which the decision holds; 0 when that is less than a
    second away, and then nothing is to be signed.
    """
    if valid_until is None:
        return LINK_SECONDS
    left = (instant(valid_until) - instant(at)).total_seconds()
    return max(0, min(LINK_SECONDS, int(left)))


def rendition_file_name(
    file_name: str, name: RenditionName, *, masked: bool = False
) -> str:
    """The name under which a rendition is saved: from the uploader's, made harmless.

    No folder, no second meaning on any system, no hidden or reversed characters, and the
    ending of what is in it: a JPEG, or for the file itself the one that it came with.

    >>> rendition_file_name("C:\\\\feest\\\\Zomer 1.HEIC", RenditionName.PREVIEW)
    'Zomer 1-preview.jpg'
    """
    if name is RenditionName.FILE:
        ending = _ENDING.search(file_name.rstrip(". "))
        return f"{stem_of(file_name)}{ending[0].lower() if ending else '.bin'}"
    suffix = "" if name is RenditionName.WORKING else f"-{name}"
    suffix += "-masked" if masked else ""
    return f"{stem_of(file_name)}{suffix}.jpg"


def stem_of(file_name: str) -> str:
    """What is left of a name when it is made harmless, without its ending."""
    last = file_name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    text = unicodedata.normalize("NFC", last[:255])
    plain = "".join(c for c in text if unicodedata.category(c) not in _UNWANTED)
    plain = _MEANINGFUL.sub("_", " ".join(plain.split()))
    stem = PurePosixPath(plain).stem if plain.strip(". ") else ""
    stem = stem[:_LONGEST_NAME].strip(". ") or _NAMELESS
    if _DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"{_NAMELESS} {stem}"
    return stem
