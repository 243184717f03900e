"""Cleaning words that were found in a file before anybody sees or stores them."""

import re
import unicodedata
from typing import Final

# Control, private, surrogate and unassigned characters; of the format characters only
# those that join letters survive (bidirectional overrides can make a name read wrongly).
_UNWANTED: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS: Final = frozenset("\u200c\u200d")
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" ?\n[ \n]*")


def clean(value: str, *, limit: int, lines: bool = False) -> str | None:
    """Return the value as plain words of at most `limit` characters, or None if empty.

    Runs of white space become one space; with `lines`, line breaks stay.
    """
    value = unicodedata.normalize("NFC", value[: 4 * limit])
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not lines:
        value = value.replace("\n", " ")
    value = "".join(
        character
        for character in value.replace("\t", " ")
        if character == "\n"
        or character in _JOINERS
        or unicodedata.category(character) not in _UNWANTED
    )
    value = _LINES.sub("\n", _SPACES.sub(" ", value)).strip()
    return value[:limit].rstrip() or None


def decode_bytes(raw: bytes) -> str:
    """Read bytes of an undeclared encoding: UTF-8 when valid, else Windows-1252."""
    raw = raw.split(b"\0", 1)[0]
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="ignore")
