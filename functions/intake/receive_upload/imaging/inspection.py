"""Finding out what a file is, by its first bytes and never by its name."""

from dataclasses import replace
from typing import Final

from .budget import check_budget
from .containers.isobmff import brand_format, read_isobmff
from .containers.jpeg import read_jpeg
from .containers.png import SIGNATURE, read_png_header
from .containers.raw import is_raw, read_raw
from .containers.tiff import read_tiff
from .containers.webp import read_webp_header
from .header import MAX_FILE_BYTES, Header, MediaType, check_size
from .rejection import RejectedFileError, RejectionReason

_KNOWN: Final[tuple[tuple[int, bytes, str], ...]] = (
    (0, b"GIF8", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"%PDF", "application/pdf"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\x00\x00\x01\x00", "image/vnd.microsoft.icon"),
    (0, b"\xff\x0a", "image/jxl"),
    (4, b"JXL \r\n\x87\n", "image/jxl"),
    (4, b"jP  \r\n\x87\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/jp2"),
    (4, b"ftyp", "video/mp4"),
    (4, b"moov", "video/quicktime"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"%!PS", "application/postscript"),
    (0, b"PK\x03\x04", "application/zip"),
)
"""What people upload by mistake: offset, magic, name. Named, so the answer can be."""


def _media_type_of(data: bytes) -> MediaType:
    """Return the format; raises RejectedFileError when it is none that is accepted."""
    if data[:3] == b"\xff\xd8\xff":
        return MediaType.JPEG
    if data[:8] == SIGNATURE:
        return MediaType.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return MediaType.WEBP
    if is_raw(data):
        return MediaType.RAW
    if data[:4] in {b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"}:
        return MediaType.TIFF
    if data[4:8] == b"ftyp" and (found := brand_format(data)):
        return found
    for offset, magic, name in _KNOWN:
        if data.startswith(magic, offset):
            raise RejectedFileError(RejectionReason.UNSUPPORTED_FORMAT, format=name)
    if b"<svg" in data[:1024].lower():
        raise RejectedFileError(
            RejectionReason.UNSUPPORTED_FORMAT, format="image/svg+xml"
        )
    raise RejectedFileError(RejectionReason.NOT_AN_IMAGE)


def _check_file(data: bytes) -> None:
    """Refuse an empty or oversized file."""
    if not data:
        raise RejectedFileError(RejectionReason.EMPTY_FILE)
    if len(data) > MAX_FILE_BYTES:
        raise RejectedFileError(
            RejectionReason.TOO_LARGE_FILE, bytes=len(data), limit=MAX_FILE_BYTES
        )


def inspect(data: bytes, *, pixel_limit: int) -> Header:
    """Read the header alone, without decoding a pixel or importing a decoder.

    Takes well under a millisecond for any file that is not built to be slow, and a few
    hundred at most for one that is. A pure function: safe to retry.

    Raises RejectedFileError, and nothing else, for any bytes.
    """
    _check_file(data)
    media_type = _media_type_of(data)
    match media_type:
        case MediaType.JPEG:
            header = read_jpeg(data, whole=False).header
        case MediaType.PNG:
            header = read_png_header(data)
        case MediaType.WEBP:
            header = read_webp_header(data)
        case MediaType.TIFF:
            header = read_tiff(data).header
        case MediaType.HEIC | MediaType.AVIF:
            header = read_isobmff(data, media_type, pixel_limit=pixel_limit).header
        case MediaType.RAW:
            header = read_raw(data)[1].header
            check_size(header.width, header.height, pixel_limit=pixel_limit)
            check_budget(header, len(data))
            return replace(header, format=MediaType.RAW)
    check_size(header.width, header.height, pixel_limit=pixel_limit)
    if media_type is not MediaType.JPEG:
        check_budget(header, len(data))
    return header
