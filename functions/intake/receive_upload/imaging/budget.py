"""What decoding a picture may cost, told by its header and the size of its file.

A header may promise a picture of a gigabyte in a file of a hundred kilobytes. Both walls
here are judged before a pixel is decoded; the figures behind them stand in
`docs/benchmarks.md`, and `bench/hostile.py` measures them anew.
"""

from typing import Final

from .header import Header, MediaType
from .rejection import RejectedFileError, RejectionReason

FREE_PIXELS: Final = 25_000_000
"""Up to here a picture may be as empty as it likes: it took 440 MB and 1.4 s at most."""

PEAK_BYTES: Final = {
    MediaType.JPEG: 9,
    MediaType.RAW: 9,
    MediaType.HEIC: 10,
    MediaType.TIFF: 10,
    MediaType.PNG: 11,
    MediaType.AVIF: 13,
    MediaType.WEBP: 17,
}
"""What a pixel takes at the peak of decoding, turning and encoding: the most measured."""

FUNCTION_BYTES: Final = 2_900_000_000
"""What there is for pixels and file in the function's 3,008 MiB, the rest deducted."""

_EMPTIEST: Final = {
    MediaType.JPEG: 400,
    MediaType.RAW: 400,
    MediaType.TIFF: 500,
    MediaType.PNG: 800,
    MediaType.AVIF: 2_000,
    MediaType.HEIC: 2_000,
    MediaType.WEBP: 2_000,
}
"""How many bytes of pixels one byte of an honest file can stand for.

The emptiest honest pictures that we could think of (five lines on a page, a logo on
nothing, a poster of eight discs) come to 300 in JPEG, 400 in TIFF, 590 in PNG and 1,320
in the newer formats; photographs and scans stay below 150. A file that means harm says a
hundred million pixels in a hundred bytes, or a thousand of its own size in PNG.
"""


def check_budget(header: Header, file_bytes: int) -> None:
    """Refuse what cannot be decoded at full size in the memory that there is.

    Raises RejectedFileError: too_many_pixels for more than fits, too_complex for a large
    picture in a file that is far too small to hold one.
    """
    left = FUNCTION_BYTES - 2 * file_bytes
    limit = left // PEAK_BYTES[header.format]
    if header.pixels > limit:
        raise RejectedFileError(
            RejectionReason.TOO_MANY_PIXELS,
            width=header.width,
            height=header.height,
            limit=limit,
        )
    check_filling(header, file_bytes)


def check_filling(header: Header, file_bytes: int) -> None:
    """Refuse a large picture in a file far too small for one: too_complex."""
    if header.pixels <= FREE_PIXELS:
        return
    if header.pixels * header.bits > 8 * _EMPTIEST[header.format] * file_bytes:
        raise RejectedFileError(
            RejectionReason.TOO_COMPLEX,
            width=header.width,
            height=header.height,
            bytes=file_bytes,
        )
