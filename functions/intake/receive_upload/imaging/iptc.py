"""IPTC-IIM 4.2: the words that picture desks wrote before XMP, and still write."""

from collections.abc import Iterator
from typing import Final

from beeldrecht.domain.metadata import Metadata

from .binary import Reader, ShortReadError
from .metadata import described
from .text import decode_bytes

MAX_DATASETS: Final = 2000

_IIM_RESOURCE: Final = 0x0404
_ESCAPE_UTF8: Final = b"\x1b%G"
_CHARACTER_SET: Final = (1, 90)
_TITLE, _KEYWORD, _DATE, _TIME, _CREATOR = 5, 25, 55, 60, 80
_HEADLINE, _CREDIT, _COPYRIGHT, _CAPTION = 105, 110, 116, 120
_CITY, _LOCATION, _REGION, _COUNTRY = 90, 92, 95, 101


def iim_in_photoshop(block: bytes) -> bytes | None:
    """Return the IIM stream inside Photoshop image resources, None when there is none."""
    reader = Reader(block)
    at = 0
    try:
        while reader.take(at, 4) == b"8BIM":
            name = reader.u8(at + 6) + 1
            size_at = at + 6 + name + (name & 1)
            size = reader.u32(size_at)
            if reader.u16(at + 4) == _IIM_RESOURCE:
                return reader.take(size_at + 4, size)
            at = size_at + 4 + size + (size & 1)
    except ShortReadError:
        pass
    return None


def read_iptc(stream: bytes | None) -> Metadata:
    """Return the metadata of an IIM stream; never raises, reads as far as it is sound."""
    values: dict[int, list[bytes]] = {}
    utf8 = False
    for record, number, value in _datasets(stream or b""):
        if (record, number) == _CHARACTER_SET:
            utf8 = value.startswith(_ESCAPE_UTF8)
        elif record == 2:
            values.setdefault(number, []).append(value)

    def words(number: int) -> list[str]:
        raw = values.get(number, [])
        return [_decoded(value, utf8=utf8) for value in raw]

    def first(number: int) -> str | None:
        return next(iter(words(number)), None)

    return described(
        captured_at=_moment(first(_DATE) or "", first(_TIME) or ""),
        creator="; ".join(words(_CREATOR)),
        title=first(_TITLE) or first(_HEADLINE),
        caption=first(_CAPTION),
        keywords=words(_KEYWORD),
        copyright=first(_COPYRIGHT),
        credit=first(_CREDIT),
        location=first(_LOCATION),
        city=first(_CITY),
        region=first(_REGION),
        country=first(_COUNTRY),
    )


def _decoded(value: bytes, *, utf8: bool) -> str:
    return value.decode("utf-8", errors="ignore") if utf8 else decode_bytes(value)


def _datasets(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    reader = Reader(stream)
    at = 0
    try:
        for _ in range(MAX_DATASETS):
            size = reader.u16(at + 3)
            # The top bit announces a longer size: no field read here is that long.
            if reader.u8(at) != 0x1C or size & 0x8000:
                return
            yield reader.u8(at + 1), reader.u8(at + 2), reader.take(at + 5, size)
            at += 5 + size
    except ShortReadError:
        return


def _moment(date: str, time: str) -> str | None:
    """Join CCYYMMDD and HHMMSS±HHMM."""
    if len(date) != 8:
        return None
    day = f"{date[:4]}-{date[4:6]}-{date[6:]}"
    if len(time) < 6:
        return day
    return f"{day}T{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:11]}"
