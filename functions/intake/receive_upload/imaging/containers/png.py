"""PNG: chunks (W3C PNG, third edition), cut down to those a decoder needs."""

import zlib
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
)

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
MAX_CHUNKS: Final = 100_000
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""By colour type: gray, colour, palette, gray and colour with alpha."""

# Text and other side chunks never reach the decoder: a compressed one can inflate a
# thousandfold. APNG frames go as well, which leaves the default picture.
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_XMP_KEYWORD: Final = b"XML:com.adobe.xmp\0"


def read_png_header(data: bytes) -> Header:
    """Return what IHDR declares; raises RejectedFileError."""
    reader = Reader(data)
    try:
        if reader.u32(8) != 13 or reader.take(12, 4) != b"IHDR":
            raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.PNG)
        reader.take(16, 13)
        bits = reader.u8(24) * _CHANNELS.get(reader.u8(25), 4)
        return Header(MediaType.PNG, reader.u32(16), reader.u32(20), bits=bits)
    except ShortReadError:
        raise RejectedFileError(RejectionReason.TRUNCATED, format=MediaType.PNG) from None


def read_png(data: bytes) -> Container:
    """Walk the chunks to IEND; truncated when the file ends before it."""
    header = read_png_header(data)
    kept: list[bytes] = [SIGNATURE]
    side: dict[bytes, bytes] = {}
    xmp: bytes | None = None
    reader = Reader(data)
    at = len(SIGNATURE)
    try:
        for _ in range(MAX_CHUNKS):
            length, kind = reader.u32(at), reader.take(at + 4, 4)
            chunk = reader.take(at, 12 + length)
            at += 12 + length
            if kind in _KEPT:
                kept.append(chunk)
            elif kind in {b"eXIf", b"iCCP", b"acTL"}:
                side.setdefault(kind, chunk[8:-4])
            elif kind == b"iTXt" and chunk[8:].startswith(_XMP_KEYWORD):
                xmp = xmp or _international_text(chunk[8 + len(_XMP_KEYWORD) : -4])
            if kind == b"IEND":
                break
        else:
            raise RejectedFileError(RejectionReason.TOO_COMPLEX, chunks=MAX_CHUNKS)
    except ShortReadError:
        raise RejectedFileError(RejectionReason.TRUNCATED, format=MediaType.PNG) from None
    exif = side.get(b"eXIf", b"")[:MAX_EXIF_BYTES]
    return Container(
        header=header,
        embedded=Embedded(exif=exif or None, xmp=xmp, icc=_icc(side.get(b"iCCP"))),
        decodable=b"".join(kept),
        notes=("animated_first_frame",) if b"acTL" in side else (),
    )


def inflate(packed: bytes, limit: int) -> bytes | None:
    """Inflate at most `limit` bytes; None when the stream is damaged or holds more."""
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(packed, limit)
    except zlib.error:
        return None
    return plain if inflater.eof else None


def _icc(chunk: bytes | None) -> bytes | None:
    """Unpack iCCP: name, zero, method 0, deflated profile. Damaged reads as empty."""
    if chunk is None:
        return None
    _, _, packed = chunk.partition(b"\0")
    return inflate(packed[1:], MAX_ICC_BYTES) or b""


def _international_text(chunk: bytes) -> bytes | None:
    """Return the text of an iTXt chunk after its keyword; None when over the limit."""
    if len(chunk) < 2:
        return None
    compressed = chunk[0] == 1
    fields = chunk[2:].split(b"\0", 2)
    if len(fields) != 3:
        return None
    text = inflate(fields[2], MAX_XMP_BYTES) if compressed else fields[2]
    return text if text is not None and len(text) <= MAX_XMP_BYTES else None
