"""Decoding a JPEG once, upright, at full size.

A full decode with the fast flags costs little more than a scaled one, and keeps the
pixels that small faces are confirmed on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import simplejpeg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Picture = NDArray[np.uint8]
"""Height x width x 3, blue-green-red unless said."""

DEFAULT_PIXEL_LIMIT = 120_000_000


class UnreadableImageError(Exception):
    """The bytes are no JPEG that can be read to its end."""


class ImageTooLargeError(Exception):
    """The header declares more pixels than may be decoded."""


@dataclass(frozen=True, slots=True)
class Size:
    """Height and width in pixels."""

    height: int
    width: int

    @property
    def pixels(self) -> int:
        """How many pixels there are."""
        return self.height * self.width

    def upright(self, orientation: int) -> Size:
        """Return the size after turning a picture with this EXIF orientation (1-8)."""
        if orientation >= 5:
            return Size(height=self.width, width=self.height)
        return self


def peek_size(data: bytes) -> Size:
    """Read the size as stored, before orientation, from the header alone.

    Raises UnreadableImageError when the header is damaged.
    """
    try:
        height, width, _colours, _sampling = simplejpeg.decode_jpeg_header(data)
    except ValueError as error:
        raise UnreadableImageError("The JPEG header cannot be read.") from error
    return Size(height=height, width=width)


def decode_jpeg(
    data: bytes,
    orientation: int = 1,
    order: Literal["BGR", "RGB"] = "BGR",
    pixel_limit: int = DEFAULT_PIXEL_LIMIT,
) -> Picture:
    """Decode to an upright array, height x width x 3, 8 bits.

    `orientation` is the EXIF value, 1 to 8. Grey pictures come out in three channels.
    A turned picture is a view of the stored one, which costs nothing, and is enough for
    whoever cuts faces out of it; `np.ascontiguousarray` of 24 megapixels takes longer
    than decoding them (`detection.read_picture` turns the whole of it fast).

    Raises:
        UnreadableImageError: cut short, damaged, or in colours that are not RGB or grey.
            The decoder is strict: half a picture would hide the faces of its other
            half. Who wants to be lenient re-encodes the picture first.
        ImageTooLargeError: the header declares more pixels than `pixel_limit`; nothing
            was decoded.

    """
    return turned(decode_stored(data, order, pixel_limit), orientation)


def decode_stored(
    data: bytes,
    order: Literal["BGR", "RGB"] = "BGR",
    pixel_limit: int = DEFAULT_PIXEL_LIMIT,
    *,
    fast: bool = True,
) -> Picture:
    """Decode as stored, not turned; errors as of `decode_jpeg`.

    Not `fast` is for pixels that are encoded again: exact where the fast way is near.
    """
    size = peek_size(data)
    if size.pixels > pixel_limit:
        raise ImageTooLargeError(f"{size.pixels} pixels; {pixel_limit} are allowed.")
    try:
        stored: Picture = simplejpeg.decode_jpeg(
            data, colorspace=order, fastdct=fast, fastupsample=fast
        )
    except ValueError as error:
        raise UnreadableImageError("The JPEG cannot be read to its end.") from error
    return stored


def turned(stored: Picture, orientation: int) -> Picture:
    """Return a view of the stored picture as its EXIF orientation says to show it."""
    if orientation not in _TURNS:
        raise ValueError(f"EXIF orientation is 1 to 8, not {orientation}")
    swap, rows, columns = _TURNS[orientation]
    view = stored.swapaxes(0, 1) if swap else stored
    return view[:: -1 if rows else 1, :: -1 if columns else 1]


# EXIF orientation → (swap rows and columns first, then reverse rows, reverse columns).
_TURNS: dict[int, tuple[bool, bool, bool]] = {
    1: (False, False, False),
    2: (False, False, True),
    3: (False, True, True),
    4: (False, True, False),
    5: (True, False, False),
    6: (True, False, True),
    7: (True, True, True),
    8: (True, True, False),
}
