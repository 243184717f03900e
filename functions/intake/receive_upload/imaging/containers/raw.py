"""Camera raw: the picture that the camera itself made of it, and nothing else.

Nearly every raw file holds a JPEG of full size beside the sensor's values, for the
screen on the back of the camera. That is what people see and clear; the sensor's values
are kept as they came and never developed. Most makers dress their raw files as TIFF (DNG,
CR2, NEF, ARW, PEF, SRW), some change its first bytes (ORF, RW2), Fujifilm has a header of
its own.
"""

from collections.abc import Iterator
from typing import Final

from ..binary import Reader, ShortReadError
from ..header import Header, MediaType
from ..iptc import iim_in_photoshop
from ..rejection import RejectedFileError, RejectionReason
from ..tags import Directory, open_tags, read_directory
from .jpeg import Jpeg, read_jpeg
from .parts import MAX_XMP_BYTES, Container, Embedded
from .tiff import MAX_IPTC_BYTES

LEAST_SIDE: Final = 1000
"""Pixels: what is smaller is a thumbnail, in which faces would be missed."""
MAX_DIRECTORIES: Final = 24

_FUJI: Final = b"FUJIFILMCCD-RAW "
_OTHER_STARTS: Final = (b"IIRO", b"IIRS", b"MMOR", b"IIU\0")
_SUBFILE_TYPE, _COMPRESSION, _STRIP_OFFSETS, _STRIP_BYTES = 254, 259, 273, 279
_SUB_DIRECTORIES, _JPEG_AT, _JPEG_BYTES = 330, 513, 514
_PANASONIC_JPEG, _DNG_VERSION = 46, 50706
_XMP, _IPTC, _PHOTOSHOP = 700, 33723, 34377
_MAKERS_COMPRESSIONS: Final = frozenset({32767, 32769, 34713, 65535})


def is_raw(data: bytes) -> bool:
    """Whether the first bytes, or the first directory, are those of a camera's raw."""
    if data.startswith(_FUJI) or data[:4] in _OTHER_STARTS:
        return True
    opened = open_tags(data)
    try:
        page = read_directory(*opened) if opened else None
        return page is not None and (
            bool(page.one(_SUBFILE_TYPE, 0) & 1)
            or _DNG_VERSION in page.entries
            or data[8:10] == b"CR"
            or page.one(_COMPRESSION, 1) in _MAKERS_COMPRESSIONS
        )
    except ShortReadError:
        return False


def read_raw(data: bytes) -> tuple[Container, Jpeg]:
    """The largest JPEG in a raw file, as what is decoded of it, and how it is coded.

    Raises RejectedFileError: unsupported_format where there is none of a useful size,
    and whatever is wrong with the one there is.
    """
    found = sorted(_pictures(data), key=lambda each: each[1].pixels, reverse=True)
    if not found or max(found[0][1].width, found[0][1].height) < LEAST_SIDE:
        raise RejectedFileError(RejectionReason.UNSUPPORTED_FORMAT, format="camera_raw")
    picture = found[0][0]
    jpeg = read_jpeg(picture, whole=True)
    return (
        Container(
            header=Header(MediaType.RAW, jpeg.header.width, jpeg.header.height),
            embedded=_embedded(data, jpeg),
            decodable=picture,
            notes=("raw_preview",),
        ),
        jpeg,
    )


def _pictures(data: bytes) -> Iterator[tuple[bytes, Header]]:
    """Every JPEG that something in the file points at, with its size."""
    for at, size in sorted(set(_places(data))):
        picture = data[at : at + size]
        if len(picture) < size or picture[:3] != b"\xff\xd8\xff":
            continue
        try:
            jpeg = read_jpeg(picture, whole=False)
        except RejectedFileError:
            continue  # the sensor's values, without loss, are a JPEG of a kind as well
        if jpeg.components in {1, 3}:
            yield picture, jpeg.header


def _places(data: bytes) -> Iterator[tuple[int, int]]:
    """Where a JPEG may lie: offset and length."""
    if data.startswith(_FUJI):
        reader = Reader(data, "big")
        try:
            yield reader.u32(84), reader.u32(88)
        except ShortReadError:
            return
    for page in _directories(data):
        yield from _of_page(page)


def _of_page(page: Directory) -> Iterator[tuple[int, int]]:
    try:
        for at, size in ((_JPEG_AT, _JPEG_BYTES), (_STRIP_OFFSETS, _STRIP_BYTES)):
            offsets, sizes = page.ints(at, limit=2), page.ints(size, limit=2)
            if len(offsets) == len(sizes) == 1:
                yield offsets[0], sizes[0]
    except ShortReadError:
        return
    made_by_panasonic = page.entries.get(_PANASONIC_JPEG)
    if made_by_panasonic is not None:
        yield made_by_panasonic.at, made_by_panasonic.count


def _directories(data: bytes) -> Iterator[Directory]:
    """The directories of a file that is built as TIFF is, each once."""
    opened = open_tags(_as_tiff(data))
    if opened is None:
        return
    reader, first = opened
    waiting, seen = [first], set[int]()
    while waiting and len(seen) < MAX_DIRECTORIES:
        at = waiting.pop(0)
        if not at or at in seen:
            continue
        seen.add(at)
        try:
            page = read_directory(reader, at)
            waiting += [page.following, *page.ints(_SUB_DIRECTORIES, limit=8)]
        except ShortReadError:
            continue
        yield page


def _as_tiff(data: bytes) -> bytes:
    """The same with the first bytes of a TIFF, where a maker has others."""
    if data[:4] in _OTHER_STARTS:
        return (b"MM\0*" if data[:2] == b"MM" else b"II*\0") + data[4:]
    return data


def _embedded(data: bytes, jpeg: Jpeg) -> Embedded:
    """What is said of it: by the raw file where it says something, else by its JPEG."""
    first = next(_directories(data), None)
    if first is None:
        return jpeg.embedded
    photoshop = first.block(_PHOTOSHOP, limit=MAX_IPTC_BYTES)
    return Embedded(
        exif=_as_tiff(data),
        iptc=first.block(_IPTC, limit=MAX_IPTC_BYTES)
        or iim_in_photoshop(photoshop or b""),
        xmp=first.block(_XMP, limit=MAX_XMP_BYTES) or jpeg.embedded.xmp,
        icc=jpeg.embedded.icc,
    )
