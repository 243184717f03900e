"""What a file says about itself before anything is decoded, and the limits on that."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .rejection import RejectedFileError, RejectionReason

MAX_FILE_BYTES: Final = 256 * 1024 * 1024
"""The largest file read at all; the upload policy normally stops far below it."""

MAX_SIDE: Final = 65_500
"""The longest side a JPEG rendition can have (libjpeg's own limit)."""


class MediaType(StrEnum):
    """The accepted formats, by IANA media type; raw files of cameras have none."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    TIFF = "image/tiff"
    HEIC = "image/heic"
    AVIF = "image/avif"
    RAW = "image/x-raw"
    """Of a camera, seen through the JPEG that the camera put in it."""


@dataclass(frozen=True, slots=True)
class Header:
    """Format and size as declared; sides are those of the stored raster, not yet turned.

    `frames` counts pages or frames as far as the header tells cheaply: 1 for most, 2 for
    "more than one". `bits` is what a pixel takes as it is stored, before compression,
    where the format says so.
    """

    format: MediaType
    width: int
    height: int
    frames: int = 1
    bits: int = 24

    @property
    def pixels(self) -> int:
        """The declared number of pixels."""
        return self.width * self.height


def check_size(width: int, height: int, *, pixel_limit: int) -> None:
    """Refuse a declared size outside the limits; raises RejectedFileError."""
    if width < 1 or height < 1:
        raise RejectedFileError(RejectionReason.NO_PIXELS, width=width, height=height)
    if width * height > pixel_limit:
        raise RejectedFileError(
            RejectionReason.TOO_MANY_PIXELS, width=width, height=height, limit=pixel_limit
        )
    if max(width, height) > MAX_SIDE:
        raise RejectedFileError(
            RejectionReason.SIDE_TOO_LONG, width=width, height=height, limit=MAX_SIDE
        )
