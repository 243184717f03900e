"""What a container reader hands on."""

from dataclasses import dataclass
from typing import Final

from ..header import Header

MAX_ICC_BYTES: Final = 4 * 1024 * 1024
MAX_XMP_BYTES: Final = 1024 * 1024
MAX_EXIF_BYTES: Final = 1024 * 1024


ZERO_TAIL: Final = 4096


def stops_in_zeros(coded: bytes) -> bool:
    """Tell whether coded data ends in zeros, as an interrupted copy leaves it.

    WebP, HEIC and AVIF carry no checksum, and their decoders make a picture of anything.
    """
    tail = coded[-ZERO_TAIL:]
    return not any(tail)


@dataclass(frozen=True, slots=True)
class Embedded:
    """Blocks found beside the picture, as raw untrusted bytes.

    `exif` starts with a TIFF header; `iptc` is a bare IIM stream.
    """

    exif: bytes | None = None
    iptc: bytes | None = None
    xmp: bytes | None = None
    icc: bytes | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """A file that kept its promises so far.

    `decodable` is what the decoder gets: the file itself, or a copy without the parts
    that it has no business reading.
    """

    header: Header
    embedded: Embedded
    decodable: bytes
    notes: tuple[str, ...] = ()
