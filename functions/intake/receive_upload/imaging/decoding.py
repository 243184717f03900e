"""Decoding at full size what is not a plain JPEG. Only checked containers come here."""

import struct
import warnings
import zlib
from io import BytesIO
from typing import Final

import numpy as np
import simplejpeg
from PIL import Image

from .colour import flat
from .containers.jpeg import Jpeg, normalised
from .containers.parts import Container
from .containers.tiff import jpeg_segments
from .exif import read_exif
from .header import MediaType
from .rejection import RejectedFileError, RejectionReason
from .renditions import decoder_header

# Sizes were checked against our own limit before; Pillow's second one warns or raises
# at figures that have nothing to do with it.
Image.MAX_IMAGE_PIXELS = None

DECODER_ERRORS: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow's decoders raise on damaged input; they promise nothing narrower."""


def decode_jpeg(data: bytes, jpeg: Jpeg) -> Image.Image:
    """Decode a CMYK JPEG, or one that a strict decoder refused, as stored, full size.

    Returns mode L, RGB or CMYK. Raises RejectedFileError(corrupt) when the coded data
    is damaged, however little.
    """
    mode = {1: "L", 3: "RGB", 4: "CMYK"}[jpeg.components]
    clean = normalised(data, jpeg)
    size = (jpeg.header.width, jpeg.header.height)
    try:
        # At an eighth first: it reads the same coded data, and damage shows before there
        # are pixels of full size to fill with gray.
        decoder_header(clean, size)
        simplejpeg.decode_jpeg(clean, "GRAY" if mode != "CMYK" else mode, min_factor=8)
        pixels = simplejpeg.decode_jpeg(clean, "GRAY" if mode == "L" else mode)
    except ValueError as error:
        raise RejectedFileError(RejectionReason.CORRUPT, format=MediaType.JPEG) from error
    if mode == "CMYK" and jpeg.adobe:
        np.subtract(255, pixels, out=pixels)  # Adobe writes paper, not ink
    return Image.frombuffer(mode, size, pixels, "raw", mode, 0, 1)


def decode(container: Container) -> tuple[Image.Image, int]:
    """Decode the first picture of a PNG, WebP, TIFF, HEIC or AVIF file.

    Returns it in mode L, RGB or CMYK, and the orientation still to be applied.
    Raises RejectedFileError(corrupt | decompression_mismatch).
    """
    header = container.header
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image, orientation = _decoded(container)
            image = flat(image)
    except DECODER_ERRORS as error:
        raise RejectedFileError(RejectionReason.CORRUPT, format=header.format) from error
    width, height = image.size
    # A clean aperture may crop; nothing may grow.
    if width * height > header.pixels:
        raise RejectedFileError(
            RejectionReason.DECOMPRESSION_MISMATCH, width=width, height=height
        )
    return image, orientation


def _decoded(container: Container) -> tuple[Image.Image, int]:
    """Call the one decoder, imported here so that the others cost nothing."""
    source = BytesIO(container.decodable)
    exif = container.embedded.exif
    image: Image.Image
    match container.header.format:
        case MediaType.PNG:
            from PIL.PngImagePlugin import PngImageFile  # noqa: PLC0415

            image = PngImageFile(source)
        case MediaType.WEBP:
            from PIL.WebPImagePlugin import WebPImageFile  # noqa: PLC0415

            # A copy, because the file keeps a decoder of eight bytes a pixel.
            image = WebPImageFile(source).copy()
        case MediaType.TIFF:
            from PIL.TiffImagePlugin import TiffImageFile  # noqa: PLC0415

            _check_jpeg_segments(container.decodable)
            image = TiffImageFile(source)
            exif = None  # Pillow turns a TIFF upright by itself
        case MediaType.AVIF:
            from PIL.AvifImagePlugin import AvifImageFile  # noqa: PLC0415

            image = AvifImageFile(source)
            # The plugin writes the container's rotation, the only one that counts, here.
            exif = image.info.get("exif")
        case _:
            from pi_heif import open_heif, options  # noqa: PLC0415

            # What else the file holds is not looked at, and so cannot do harm.
            options.AUX_IMAGES = options.DEPTH_IMAGES = options.THUMBNAILS = False
            return open_heif(source).to_pillow(), 1  # libheif turns it upright
    image.load()
    return image, read_exif(exif)[0]


def _check_jpeg_segments(data: bytes) -> None:
    """Decode JPEG strips at an eighth: libtiff fills what is missing with gray, silently.

    Raises ValueError at the first damaged one.
    """
    for segment, expected in jpeg_segments(data):
        _, width, colours, _ = simplejpeg.decode_jpeg_header(segment)
        if width != expected:
            raise ValueError("a strip of another width than its page")
        four = colours in {"CMYK", "YCCK"}
        simplejpeg.decode_jpeg(segment, "CMYK" if four else "GRAY", min_factor=8)
