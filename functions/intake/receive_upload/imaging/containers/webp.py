"""WebP: the RIFF chunks (RFC 9649)."""

from typing import Final

from ..binary import Reader, ShortReadError
from ..header import Header, MediaType
from ..rejection import RejectedFileError, RejectionReason
from .parts import (
    MAX_EXIF_BYTES,
    MAX_ICC_BYTES,
    MAX_XMP_BYTES,
    Container,
    Embedded,
    stops_in_zeros,
)

MAX_CHUNKS: Final = 20_000
_ANIMATION_FLAG: Final = 0x02
_SIDE: Final = frozenset({b"ICCP", b"EXIF", b"XMP "})
_CODED: Final = frozenset({b"VP8 ", b"VP8L", b"ANMF"})
_LOSSY_START_CODE: Final = b"\x9d\x01\x2a"
_LOSSLESS_SIGNATURE: Final = 0x2F


def read_webp_header(data: bytes) -> Header:
    """Return the size declared by the first chunk; raises RejectedFileError."""
    reader = Reader(data, "little")
    try:
        return _header(reader)
    except ShortReadError:
        raise RejectedFileError(
            RejectionReason.TRUNCATED, format=MediaType.WEBP
        ) from None


def _header(reader: Reader) -> Header:
    kind, body = reader.take(12, 4), 20
    if kind == b"VP8X":
        animated = bool(reader.u8(body) & _ANIMATION_FLAG)
        width, height = reader.number(body + 4, 3) + 1, reader.number(body + 7, 3) + 1
        return Header(MediaType.WEBP, width, height, frames=2 if animated else 1)
    if kind == b"VP8 " and reader.take(body + 3, 3) == _LOSSY_START_CODE:
        sides = reader.u16(body + 6) & 0x3FFF, reader.u16(body + 8) & 0x3FFF
        return Header(MediaType.WEBP, *sides)
    if kind == b"VP8L" and reader.u8(body) == _LOSSLESS_SIGNATURE:
        bits = reader.u32(body + 1)
        return Header(MediaType.WEBP, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.WEBP)


def read_webp(data: bytes) -> Container:
    """Walk the chunks; truncated when the RIFF size reaches beyond the file."""
    header = read_webp_header(data)
    try:
        side = _side_chunks(Reader(data, "little"))
    except ShortReadError:
        raise RejectedFileError(
            RejectionReason.TRUNCATED, format=MediaType.WEBP
        ) from None
    return Container(
        header=header,
        embedded=Embedded(
            exif=_at_most(side.get(b"EXIF"), MAX_EXIF_BYTES),
            xmp=_at_most(side.get(b"XMP "), MAX_XMP_BYTES),
            icc=_at_most(side.get(b"ICCP"), MAX_ICC_BYTES),
        ),
        decodable=data,
        notes=("animated_first_frame",) if header.frames > 1 else (),
    )


def _side_chunks(reader: Reader) -> dict[bytes, bytes]:
    side: dict[bytes, bytes] = {}
    end = 8 + reader.u32(4)
    reader.take(0, end)
    at = 12
    for _ in range(MAX_CHUNKS):
        if at + 8 > end:
            return side
        kind, length = reader.take(at, 4), reader.u32(at + 4)
        body = reader.take(at + 8, length)
        if kind in _CODED and stops_in_zeros(body):
            raise ShortReadError
        if kind in _SIDE:
            side.setdefault(kind, body)
        at += 8 + length + (length & 1)
    raise RejectedFileError(RejectionReason.TOO_COMPLEX, chunks=MAX_CHUNKS)


def _at_most(block: bytes | None, limit: int) -> bytes | None:
    return block if block is not None and len(block) <= limit else None
