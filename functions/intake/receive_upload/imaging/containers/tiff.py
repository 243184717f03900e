"""TIFF: the first page's directory, judged before a decoder sees it (TIFF 6.0)."""

from collections.abc import Iterator
from typing import Final

from ..binary import ShortReadError
from ..header import Header, MediaType
from ..iptc import iim_in_photoshop
from ..rejection import RejectedFileError, RejectionReason
from ..tags import Directory, open_tags, read_directory
from .parts import MAX_ICC_BYTES, MAX_XMP_BYTES, Container, Embedded

MAX_SEGMENTS: Final = 100_000
MAX_TILE_PIXELS: Final = 4096 * 4096
MAX_IPTC_BYTES: Final = 256 * 1024
MAX_TABLES_BYTES: Final = 64 * 1024

_WIDTH, _HEIGHT, _BITS, _COMPRESSION = 256, 257, 258, 259
_PHOTOMETRIC, _STRIP_OFFSETS, _SAMPLES, _STRIP_BYTES = 262, 273, 277, 279
_TILE_WIDTH, _TILE_HEIGHT, _TILE_OFFSETS, _TILE_BYTES = 322, 323, 324, 325
_JPEG_TABLES: Final = 347
_SAMPLE_FORMAT, _XMP, _IPTC, _PHOTOSHOP, _ICC = 339, 700, 33723, 34377, 34675

JPEG_IN_TIFF: Final = 7
# None, LZW, JPEG, Deflate (two numbers), PackBits. The rest is rare in photos; fax
# decoders pass damage over, and much of what has gone wrong in libtiff went wrong there.
_COMPRESSIONS: Final = frozenset({1, 5, JPEG_IN_TIFF, 8, 32773, 32946})
_DEPTHS: Final = frozenset({1, 2, 4, 8, 16})
# White is zero, black is zero, RGB, palette, CMYK, YCbCr.
_PHOTOMETRICS: Final = frozenset({0, 1, 2, 3, 5, 6})
_UNSIGNED: Final = 1


def read_tiff(data: bytes) -> Container:
    """Read the first page's directory; raises RejectedFileError.

    truncated when a strip or tile lies beyond the file, unsupported_variant for
    floating point, rare compressions and colour models.
    """
    opened = open_tags(data)
    if opened is None:
        raise RejectedFileError(
            RejectionReason.UNSUPPORTED_VARIANT, format=MediaType.TIFF, variant="bigtiff"
        )
    try:
        page = read_directory(*opened)
        if _WIDTH not in page.entries:
            raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.TIFF)
        header = Header(
            MediaType.TIFF,
            page.one(_WIDTH, 0),
            page.one(_HEIGHT, 0),
            frames=2 if page.following else 1,
            bits=page.one(_SAMPLES, 1) * max(page.ints(_BITS, limit=8) or (1,)),
        )
        _check_variant(page)
        _check_tiles(page, header)
        _check_extents(data, page)
    except ShortReadError:
        raise RejectedFileError(
            RejectionReason.TRUNCATED, format=MediaType.TIFF
        ) from None
    photoshop = page.block(_PHOTOSHOP, limit=MAX_IPTC_BYTES)
    return Container(
        header=header,
        embedded=Embedded(
            exif=data,
            iptc=page.block(_IPTC, limit=MAX_IPTC_BYTES)
            or iim_in_photoshop(photoshop or b""),
            xmp=page.block(_XMP, limit=MAX_XMP_BYTES),
            icc=page.block(_ICC, limit=MAX_ICC_BYTES),
        ),
        decodable=data,
        notes=("first_page_only",) if page.following else (),
    )


def _check_variant(page: Directory) -> None:
    samples = page.one(_SAMPLES, 1)
    bits = page.ints(_BITS, limit=8) or (1,)
    compression, photometric = page.one(_COMPRESSION, 1), page.one(_PHOTOMETRIC, -1)
    kinds = page.ints(_SAMPLE_FORMAT, limit=8) or (_UNSIGNED,)
    if (
        compression not in _COMPRESSIONS
        or photometric not in _PHOTOMETRICS
        or not 1 <= samples <= 5
        or not _DEPTHS.issuperset(bits)
        or set(kinds) != {_UNSIGNED}
    ):
        raise RejectedFileError(
            RejectionReason.UNSUPPORTED_VARIANT,
            format=MediaType.TIFF,
            compression=compression,
            photometric=photometric,
            bits=max(bits),
            samples=samples,
        )


def _check_tiles(page: Directory, header: Header) -> None:
    """Refuse tiles far larger than the picture: the decoder allocates one in full."""
    area = page.one(_TILE_WIDTH, 0) * page.one(_TILE_HEIGHT, 0)
    if area > MAX_TILE_PIXELS or area > 4 * header.pixels + 1_000_000:
        raise RejectedFileError(RejectionReason.DECOMPRESSION_MISMATCH, tile=area)


def _segments(page: Directory) -> list[tuple[int, int]]:
    """Return offset and size of each strip or tile."""
    offsets_tag, sizes_tag = _STRIP_OFFSETS, _STRIP_BYTES
    if _TILE_OFFSETS in page.entries:
        offsets_tag, sizes_tag = _TILE_OFFSETS, _TILE_BYTES
    entry = page.entries.get(offsets_tag)
    if entry is None:
        raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.TIFF)
    if entry.count > MAX_SEGMENTS:
        raise RejectedFileError(RejectionReason.TOO_COMPLEX, segments=entry.count)
    offsets = page.ints(offsets_tag, limit=MAX_SEGMENTS)
    sizes = page.ints(sizes_tag, limit=MAX_SEGMENTS)
    if len(offsets) != len(sizes):
        raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.TIFF)
    return list(zip(offsets, sizes, strict=True))


def _check_extents(data: bytes, page: Directory) -> None:
    if any(offset + size > len(data) for offset, size in _segments(page)):
        raise ShortReadError


def jpeg_segments(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each strip or tile of a checked JPEG-compressed page as a JPEG of its own.

    With it, the width that it has to have: libtiff fills what a narrower one leaves.
    """
    opened = open_tags(data)
    page = read_directory(*opened) if opened else None
    if page is None or page.one(_COMPRESSION, 1) != JPEG_IN_TIFF:
        return
    tables = page.block(_JPEG_TABLES, limit=MAX_TABLES_BYTES) or b"\xff\xd8\xff\xd9"
    width = page.one(_TILE_WIDTH, 0) or page.one(_WIDTH, 0)
    for offset, size in _segments(page):
        yield tables[:-2] + data[offset + 2 : offset + size], width
