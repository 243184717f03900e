"""TIFF directories, as TIFF files and EXIF blocks share them (TIFF 6.0, section 2)."""

from dataclasses import dataclass
from typing import Final

from .binary import Reader, ShortReadError

MAX_ENTRIES: Final = 4096

_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 13: 4}
_WHOLE_NUMBERS: Final = frozenset({1, 3, 4, 13})


@dataclass(frozen=True, slots=True)
class Entry:
    """Where the values of one tag are: `count` of type `kind` at offset `at`."""

    kind: int
    count: int
    at: int


@dataclass(frozen=True, slots=True)
class Directory:
    """One image file directory; `following` is the offset of the next, 0 at the end."""

    reader: Reader
    entries: dict[int, Entry]
    following: int

    def ints(self, tag: int, *, limit: int = 1) -> tuple[int, ...]:
        """Return the tag's whole numbers, at most `limit`; empty when there is no tag.

        Raises ShortReadError when the values lie outside the bytes.
        """
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in _WHOLE_NUMBERS:
            return ()
        width = _SIZES[entry.kind]
        count = min(entry.count, limit)
        return tuple(
            self.reader.number(entry.at + index * width, width) for index in range(count)
        )

    def one(self, tag: int, default: int) -> int:
        """Return the tag's first whole number, or `default` when there is none."""
        values = self.ints(tag)
        return values[0] if values else default

    def block(self, tag: int, *, limit: int) -> bytes | None:
        """Return the tag's bytes; None when absent, beyond the end or over the limit."""
        entry = self.entries.get(tag)
        if entry is None:
            return None
        size = entry.count * _SIZES[entry.kind]
        if size > limit:
            return None
        try:
            return self.reader.take(entry.at, size)
        except ShortReadError:
            return None


def open_tags(data: bytes) -> tuple[Reader, int] | None:
    """Return a reader in the file's byte order and its first directory's offset.

    None when the bytes do not start with a classic TIFF header.
    """
    if data[:4] == b"II*\0":
        reader = Reader(data, "little")
    elif data[:4] == b"MM\0*":
        reader = Reader(data, "big")
    else:
        return None
    try:
        return reader, reader.u32(4)
    except ShortReadError:
        return None


def read_directory(reader: Reader, at: int) -> Directory:
    """Read the directory at `at`; entries of unknown type are left out.

    Raises ShortReadError when it does not fit in the bytes.
    """
    count = min(reader.u16(at), MAX_ENTRIES)
    entries: dict[int, Entry] = {}
    for index in range(count):
        row = at + 2 + 12 * index
        tag, kind, values = reader.u16(row), reader.u16(row + 2), reader.u32(row + 4)
        if kind not in _SIZES:
            continue
        inline = values * _SIZES[kind] <= 4
        place = row + 8 if inline else reader.u32(row + 8)
        entries.setdefault(tag, Entry(kind, values, place))
    try:
        following = reader.u32(at + 2 + 12 * count)
    except ShortReadError:
        following = 0
    return Directory(reader, entries, following)
