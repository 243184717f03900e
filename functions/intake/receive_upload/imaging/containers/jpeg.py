"""JPEG: markers, and whether the file runs to its end (ITU-T T.81, annex B)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..binary import Reader, ShortReadError
from ..header import Header, MediaType
from ..iptc import iim_in_photoshop
from ..rejection import RejectedFileError, RejectionReason
from .parts import MAX_ICC_BYTES, MAX_XMP_BYTES, Embedded

MAX_SCANS: Final = 40
"""A progressive picture has about ten. Each scan visits every block, however few bytes
it has, so thousands of them make a small file that takes minutes."""

MAX_SEGMENTS: Final = 4096

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_HUFFMAN_8_BIT: Final = frozenset({0xC0, 0xC1, 0xC2})
_PROGRESSIVE: Final = 0xC2
_STANDALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
# In coded data 0xFF is followed by 0x00 (stuffing), a restart marker or more fill.
_NEXT_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)

_EXIF_ID: Final = b"Exif\0\0"
_XMP_ID: Final = b"http://ns.adobe.com/xap/1.0/\0"
_ICC_ID: Final = b"ICC_PROFILE\0"
_PHOTOSHOP_ID: Final = b"Photoshop 3.0\0"
_MULTI_PICTURE_ID: Final = b"MPF\0"


@dataclass(frozen=True, slots=True)
class Segment:
    """One marker segment: `start` is its 0xFF, `body` to `end` its payload."""

    marker: int
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Jpeg:
    """The layout of a JPEG file up to the end of its first picture.

    `end` is the offset just after EOI, or None when only the header was read.
    """

    header: Header
    components: int
    progressive: bool
    adobe: bool
    embedded: Embedded
    segments: tuple[Segment, ...]
    end: int | None


def read_jpeg(data: bytes, *, whole: bool) -> Jpeg:
    """Walk the markers: to the first scan, or with `whole` to the end of the picture.

    Raises RejectedFileError: truncated when no EOI comes, unsupported_variant for
    lossless, arithmetic and 12-bit coding, too_complex for floods of scans or segments.
    """
    try:
        segments, end = _walk(Reader(data), whole=whole)
    except ShortReadError:
        raise RejectedFileError(
            RejectionReason.TRUNCATED, format=MediaType.JPEG
        ) from None
    frames = [s for s in segments if s.marker in _FRAME_MARKERS]
    if (
        len(frames) != 1
        or segments[-1].marker != _SOS
        or frames[0].start > (next(s.start for s in segments if s.marker == _SOS))
    ):
        raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.JPEG)
    return _interpret(data, segments, frames[0], end)


def _walk(reader: Reader, *, whole: bool) -> tuple[tuple[Segment, ...], int | None]:
    segments: list[Segment] = []
    scans = 0
    at = 2
    for _ in range(MAX_SEGMENTS):
        at = _marker_at(reader, at)
        marker = reader.u8(at + 1)
        if marker == _EOI:
            if not scans:
                raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.JPEG)
            return tuple(segments), at + 2
        if marker in _STANDALONE:
            at += 2
            continue
        length = reader.u16(at + 2)
        if length < 2:
            raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.JPEG)
        segment = Segment(marker, at, at + 4, at + 2 + length)
        reader.take(segment.body, length - 2)
        segments.append(segment)
        at = segment.end
        if marker == _SOS:
            scans += 1
            if not whole:
                return tuple(segments), None
            at = _end_of_coded_data(reader.data, at)
        if scans > MAX_SCANS:
            break
    raise RejectedFileError(
        RejectionReason.TOO_COMPLEX, scans=scans, segments=len(segments)
    )


def _marker_at(reader: Reader, at: int) -> int:
    """Return where the next marker starts, past fill bytes and stray ones."""
    if reader.u8(at) == 0xFF and reader.u8(at + 1) not in {0x00, 0xFF}:
        return at
    return _end_of_coded_data(reader.data, at)


def _end_of_coded_data(data: bytes, at: int) -> int:
    found = _NEXT_MARKER.search(data, at)
    if found is None:
        raise ShortReadError
    return found.start()


def _interpret(
    data: bytes, segments: tuple[Segment, ...], frame: Segment, end: int | None
) -> Jpeg:
    body = Reader(data[frame.body : frame.end])
    try:
        precision, height, width = body.u8(0), body.u16(1), body.u16(3)
        components = body.u8(5)
    except ShortReadError:
        raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.JPEG) from None
    if (
        frame.marker not in _HUFFMAN_8_BIT
        or precision != 8
        or components not in {1, 3, 4}
    ):
        raise RejectedFileError(
            RejectionReason.UNSUPPORTED_VARIANT,
            format=MediaType.JPEG,
            coding=f"sof{frame.marker - 0xC0}",
            bits=precision,
            components=components,
        )
    progressive = frame.marker == _PROGRESSIVE
    if end is not None:
        _check_room(data, segments, body.data, end, progressive=progressive)
    several = any(_payloads(data, segments, 0xE2, _MULTI_PICTURE_ID))
    return Jpeg(
        header=Header(MediaType.JPEG, width, height, frames=2 if several else 1),
        components=components,
        progressive=progressive,
        adobe=any(_payloads(data, segments, 0xEE, b"Adobe")),
        embedded=_embedded(data, segments),
        segments=segments,
        end=end,
    )


def _check_room(
    data: bytes,
    segments: tuple[Segment, ...],
    frame: bytes,
    end: int,
    *,
    progressive: bool,
) -> None:
    """Refuse a frame of more blocks than its scans have bits for.

    A block takes two bits at the very least (its first coefficient and its end), in the
    first scan of a progressive picture one. A decoder would lay the whole frame out
    before it finds that the data stops.
    """
    blocks = _blocks(frame)
    following = [*(segment.start for segment in segments[1:]), end - 2]
    for segment, coded_to in zip(segments, following, strict=True):
        if segment.marker != _SOS:
            continue
        scan = data[segment.body : segment.end]
        components = scan[1 : 1 + 2 * scan[0] : 2] if scan else b""
        first, refined = scan[-3:-2], scan[-1:]
        if progressive and (first != b"\0" or refined[0] >> 4):
            continue
        needed = sum(blocks.get(each, 0) for each in components)
        bits = 8 * (coded_to - segment.end)
        if bits < needed * (1 if progressive else 2):
            raise RejectedFileError(
                RejectionReason.DECOMPRESSION_MISMATCH, blocks=needed, bits=bits
            )


def _blocks(frame: bytes) -> dict[int, int]:
    """How many blocks of 8 x 8 each component of a frame has, by its identifier."""
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    sampling = {
        frame[at]: (frame[at + 1] >> 4, frame[at + 1] & 15)
        for at in range(6, len(frame) - 2, 3)
    }
    across = max((h for h, _ in sampling.values()), default=1) or 1
    down = max((v for _, v in sampling.values()), default=1) or 1
    return {
        name: -(-width * h // (8 * across)) * -(-height * v // (8 * down))
        for name, (h, v) in sampling.items()
    }


def _payloads(
    data: bytes, segments: tuple[Segment, ...], marker: int, identifier: bytes
) -> Iterator[bytes]:
    for segment in segments:
        if segment.marker == marker and data.startswith(identifier, segment.body):
            yield data[segment.body + len(identifier) : segment.end] or b"\0"


def _embedded(data: bytes, segments: tuple[Segment, ...]) -> Embedded:
    xmp = next(_payloads(data, segments, 0xE1, _XMP_ID), None)
    return Embedded(
        exif=next(_payloads(data, segments, 0xE1, _EXIF_ID), None),
        iptc=iim_in_photoshop(b"".join(_payloads(data, segments, 0xED, _PHOTOSHOP_ID))),
        xmp=xmp if xmp is None or len(xmp) <= MAX_XMP_BYTES else None,
        icc=_icc(list(_payloads(data, segments, 0xE2, _ICC_ID))),
    )


def _icc(chunks: list[bytes]) -> bytes | None:
    """Join a profile spread over segments: each starts with its number and the count."""
    numbered = sorted((c for c in chunks if len(c) > 2), key=lambda chunk: chunk[0])
    if not numbered:
        return None
    return b"".join(chunk[2:] for chunk in numbered)[:MAX_ICC_BYTES]


def normalised(data: bytes, jpeg: Jpeg) -> bytes:
    """Return the picture without what makes a strict decoder warn for no reason.

    Some phones write wrong spectral parameters in a sequential scan header, or pad the
    coded data with 0x00 or 0xFF before EOI; neither touches the picture. Application
    segments other than JFIF and Adobe, and comments, go too. Damage stays damage: a
    stream that ends early still ends early.
    """
    pieces = [data[:2]]
    at = 2
    for segment in jpeg.segments:
        if segment.start > at:
            pieces.append(data[at : segment.start])
        dropped = segment.marker == 0xFE or (
            0xE0 < segment.marker <= 0xEF and segment.marker != 0xEE
        )
        if segment.marker == _SOS and not jpeg.progressive:
            pieces.append(data[segment.start : segment.end - 3] + b"\x00\x3f\x00")
        elif not dropped:
            pieces.append(data[segment.start : segment.end])
        at = segment.end
    end = len(data) if jpeg.end is None else jpeg.end - 2
    pieces.append(_unpadded(data[at:end]))
    pieces.append(b"\xff\xd9")
    return b"".join(pieces)


def _unpadded(coded: bytes) -> bytes:
    trimmed = coded.rstrip(b"\x00\xff")
    # A stuffed 0xFF 0x00 belongs to the data.
    if coded[len(trimmed) : len(trimmed) + 2] == b"\xff\x00":
        return coded[: len(trimmed) + 2]
    return trimmed
