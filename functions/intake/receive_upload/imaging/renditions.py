"""Making the small pictures: one decode of a plain JPEG gives preview, thumb and hash."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import simplejpeg
from PIL import Image

from .colour import to_srgb
from .perceptual import perceptual_hash
from .rejection import RejectedFileError, RejectionReason

PREVIEW_SIDE: Final = 2048
"""About the longest side of a preview, and the most that is filtered to."""
_NEAR_ENOUGH: Final = (1843, 2304)
"""A size between these that the decoder gives by itself is the preview's: no filter runs.

Half of what most phones take is (4000 to 4096 pixels), and three eighths of what most
cameras do (5184 to 6048).
"""
THUMB_SIDE: Final = 400
PREVIEW_QUALITY: Final = 85
THUMB_QUALITY: Final = 82
WORKING_QUALITY: Final = 95

_STRIP: Final = 512  # rows

_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Renditions:
    """What everything but the original is served from; no metadata in either JPEG."""

    preview: bytes
    thumb: bytes
    perceptual_hash: str
    notes: tuple[str, ...]


def upright(image: Image.Image, orientation: int) -> Image.Image:
    """Turn and mirror stored pixels the way the EXIF orientation says."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def encode(
    image: Image.Image, *, quality: int, subsampling: Literal["420", "444"]
) -> bytes:
    """Encode mode RGB or L as a bare JFIF file: an untagged JPEG means sRGB."""
    pixels = _pixels(image)
    if image.mode == "L":
        return bytes(simplejpeg.encode_jpeg(pixels, quality, "GRAY", "Gray"))
    return bytes(simplejpeg.encode_jpeg(pixels, quality, "RGB", subsampling))


def _pixels(image: Image.Image) -> np.ndarray:
    """The pixels, strip by strip: whole, Pillow would make two copies of them at once."""
    channels = 1 if image.mode == "L" else 3
    width, height = image.size
    pixels = np.empty((height, width, channels), np.uint8)
    for top in range(0, height, _STRIP):
        bottom = min(top + _STRIP, height)
        strip = np.asarray(image.crop((0, top, width, bottom)))
        pixels[top:bottom] = strip.reshape(-1, width, channels)
    return pixels


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """Return the size whose longest side is at most `side`, never enlarged."""
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _size_of_preview(width: int, height: int) -> tuple[int, int]:
    """The decoder's own eighth that is nearest, if it is near enough."""
    least, most = _NEAR_ENOUGH
    sizes = [(-(-width * n // 8), -(-height * n // 8)) for n in range(1, 9)]
    near = [size for size in sizes if least <= max(size) <= most]
    if not near:
        return fitted(width, height, PREVIEW_SIDE)
    return min(near, key=lambda size: abs(max(size) - PREVIEW_SIDE))


def decoder_header(jpeg: bytes, declared: tuple[int, int]) -> str:
    """Return the colours the decoder sees, sure that it sees the size we accepted.

    Raises ValueError for a header with a flaw, RejectedFileError(decompression_mismatch)
    when the decoder would allocate for another size.
    """
    height, width, colours, _ = simplejpeg.decode_jpeg_header(jpeg)
    if (int(width), int(height)) != declared:
        raise RejectedFileError(
            RejectionReason.DECOMPRESSION_MISMATCH, width=int(width), height=int(height)
        )
    return str(colours)


def decode_scaled(jpeg: bytes, declared: tuple[int, int]) -> Image.Image:
    """Decode a gray or RGB JPEG to mode L or RGB at the size of the preview, as stored.

    The decoder's scaled inverse DCT gives the smallest of its sizes that still covers
    the preview, at little more than the cost of reading the coded data; the rest of the
    way is a filter on few pixels.

    Raises ValueError at the first thing in the coded data that is not as it should be.
    """
    gray = decoder_header(jpeg, declared) == "Gray"
    size = _size_of_preview(*declared)
    pixels = simplejpeg.decode_jpeg(
        jpeg,
        # Pillow keeps colour in four bytes: unpacking from four is a plain copy.
        "GRAY" if gray else "RGBX",
        min_width=size[0],
        min_height=size[1],
    )
    image = Image.frombytes(
        "L" if gray else "RGB",
        (pixels.shape[1], pixels.shape[0]),
        pixels,
        "raw",
        "L" if gray else "RGBX",
    )
    if image.size != size:
        # Bilinear would be faster by a sixth of it all, and blunts edges by a fifth.
        image = image.resize(size, Image.Resampling.BICUBIC)
    return image


def render(image: Image.Image, *, orientation: int, icc: bytes | None) -> Renditions:
    """Make the renditions from pixels that `decode_scaled` returned.

    Colour is converted here, on few pixels, and turning comes last for the same reason.
    """
    image, notes = to_srgb(image, icc)
    image = upright(image, orientation)
    thumb = image.resize(
        fitted(*image.size, THUMB_SIDE), Image.Resampling.BICUBIC, reducing_gap=1.0
    )
    return Renditions(
        preview=encode(image, quality=PREVIEW_QUALITY, subsampling="420"),
        thumb=encode(thumb, quality=THUMB_QUALITY, subsampling="420"),
        perceptual_hash=perceptual_hash(thumb),
        notes=notes,
    )
