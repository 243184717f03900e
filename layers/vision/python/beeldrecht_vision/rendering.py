"""Making what leaves for a channel: covered, cut, sized, in its colours and its format.

Heads are covered before anything is cut or filtered, so that no filter mixes what is
beneath a cover into what is shown. The JPEG is decoded at the smallest of its own scales
that is large enough. What comes out holds pixels, a colour profile, a resolution and the
words that are given, and nothing of the file that came. Needs Pillow's layer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import simplejpeg
from PIL import Image, ImageCms, ImageDraw, ImageFont

from beeldrecht_vision.decode import (
    DEFAULT_PIXEL_LIMIT,
    ImageTooLargeError,
    Size,
    UnreadableImageError,
    peek_size,
    turned,
)
from beeldrecht_vision.embedded_metadata import Said, exif_of, xmp_of
from beeldrecht_vision.masking import cover_onto

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beeldrecht_vision.decode import Picture
    from beeldrecht_vision.masking import Face

JPEG_QUALITY: Final = 90
WEBP_QUALITY: Final = 86
AVIF_QUALITY: Final = 75
AVIF_SPEED: Final = 8
"""0 is slow and small, 10 fast and large: 8 keeps somebody waiting a second, not ten."""
_PRINT_DPI: Final = 300
_MARK_SHARE: Final = 28
"""A watermark's letters are this part of the shorter side high."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of the upright original that is shown, in its pixels."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a rendition is written: `written_as` is jpeg, webp, avif, png or tiff."""

    cut: Cut
    width: int
    height: int
    written_as: str
    dpi: int = 72
    watermark: str = ""


def rendered(  # what it is made of, and what is made of it
    data: bytes,
    orientation: int,
    original_width: int,
    covered: Sequence[Face],
    wanted: Wanted,
    said: Said,
    *,
    pixel_limit: int = DEFAULT_PIXEL_LIMIT,
) -> bytes:
    """Return a rendition of a JPEG.

    `original_width` is that of the upright original, in whose pixels faces and cut are.
    The same input gives the same bytes. Raises as `decode_jpeg`, and
    UncoverableFaceError where a head cannot be covered: nothing leaves then.
    """
    pixels = turned(
        _decoded(data, orientation, original_width, wanted, pixel_limit), orientation
    )
    pixels = np.ascontiguousarray(pixels)
    scale = pixels.shape[1] / original_width
    cover_onto(pixels, covered, scale)
    image = _cut(Image.fromarray(pixels), wanted, scale)
    image = _in_srgb(image, data)
    if wanted.watermark:
        image = _marked(image, wanted.watermark)
    return _written(image, wanted, said)


def _decoded(
    data: bytes,
    orientation: int,
    original_width: int,
    wanted: Wanted,
    pixel_limit: int,
) -> Picture:
    """The stored pixels at a scale at which the part is no smaller than what is made."""
    stored = peek_size(data)
    if stored.pixels > pixel_limit:
        raise ImageTooLargeError(f"{stored.pixels} pixels; {pixel_limit} are allowed.")
    upright = stored.upright(orientation)
    shown = wanted.cut.width * upright.width / original_width
    share = min(1.0, wanted.width / max(1.0, shown))
    least = Size(
        height=math.ceil(upright.height * share), width=math.ceil(upright.width * share)
    ).upright(orientation)
    try:
        pixels: Picture = simplejpeg.decode_jpeg(
            data,
            colorspace="RGB",
            fastdct=False,
            fastupsample=False,
            min_width=least.width,
            min_height=least.height,
        )
    except ValueError as error:
        raise UnreadableImageError("The JPEG cannot be read to its end.") from error
    return pixels


def _cut(image: Image.Image, wanted: Wanted, scale: float) -> Image.Image:
    cut = wanted.cut
    box = (
        cut.left * scale,
        cut.top * scale,
        min((cut.left + cut.width) * scale, image.width),
        min((cut.top + cut.height) * scale, image.height),
    )
    size = (wanted.width, wanted.height)
    if box == (0, 0, *size) and image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, box=box)


def _in_srgb(image: Image.Image, data: bytes) -> Image.Image:
    """The same colours in sRGB; a profile that cannot be used counts as sRGB."""
    icc = _profile_in(data)
    if not icc or icc[16:20] != b"RGB ":
        return image
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(icc)),
            ImageCms.createProfile("sRGB"),
            "RGB",
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        return transform.apply(image)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image


def _profile_in(data: bytes) -> bytes | None:
    """The colour profile that a JPEG carries, from its header alone."""
    try:
        with Image.open(BytesIO(data), formats=("JPEG",)) as opened:
            icc: Any = opened.info.get("icc_profile")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return icc if isinstance(icc, bytes) and len(icc) >= 128 else None


@cache
def srgb_profile() -> bytes:
    """The profile that is embedded: sRGB, with no date of making in it."""
    profile = bytearray(
        ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    profile[24:36] = bytes((0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    profile[84:100] = bytes(16)  # the profile's own digest, of which the date is no part
    return bytes(profile)


def _marked(image: Image.Image, words: str) -> Image.Image:
    """The picture with words across its lower edge, light with a dark rim."""
    size = max(10, min(image.size) // _MARK_SHARE)
    font = ImageFont.load_default(size)
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    left, top, right, bottom = draw.textbbox((0, 0), words, font=font)
    place = (image.width - (right - left) - size, image.height - (bottom - top) - size)
    draw.text(
        place,
        words,
        font=font,
        fill=(255, 255, 255, 170),
        stroke_width=max(1, size // 12),
        stroke_fill=(0, 0, 0, 120),
    )
    marked = Image.alpha_composite(image.convert("RGBA"), layer)
    return marked.convert("RGB")


def _written(image: Image.Image, wanted: Wanted, said: Said) -> bytes:
    """The bytes of a file; raises ValueError for a format that is not written."""
    out = BytesIO()
    common: dict[str, Any] = {"icc_profile": srgb_profile(), "xmp": xmp_of(said)}
    if exif := exif_of(said):
        common["exif"] = exif
    dpi = (wanted.dpi, wanted.dpi)
    match wanted.written_as:
        case "jpeg":
            # For print no colour is averaged over its neighbours.
            chroma = 0 if wanted.dpi >= _PRINT_DPI else 2
            image.save(
                out, "JPEG", quality=JPEG_QUALITY, subsampling=chroma, dpi=dpi, **common
            )
        case "webp":
            image.save(out, "WEBP", quality=WEBP_QUALITY, method=4, **common)
        case "avif":
            image.save(
                out,
                "AVIF",
                quality=AVIF_QUALITY,
                speed=AVIF_SPEED,
                max_threads=1,
                **common,
            )
        case "png":
            image.save(out, "PNG", dpi=dpi, **_for_png(common))
        case "tiff":
            _tiff(image, out, dpi, common)
        case other:
            raise ValueError(other)
    return out.getvalue()


def _for_png(common: dict[str, Any]) -> dict[str, Any]:
    """As PNG takes it: XMP in a chunk of text of its own."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415  # of no other format

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", common["xmp"].decode())
    rest = {name: value for name, value in common.items() if name != "xmp"}
    return {**rest, "pnginfo": info}


def _tiff(
    image: Image.Image, out: BytesIO, dpi: tuple[int, int], common: dict[str, Any]
) -> None:
    """Deflate without loss: print shops read it, and it halves most pictures."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2  # noqa: PLC0415

    tags = ImageFileDirectory_v2()
    tags.tagtype[700] = 1  # bytes
    tags[700] = common["xmp"]
    image.save(
        out,
        "TIFF",
        compression="tiff_deflate",
        dpi=dpi,
        icc_profile=common["icc_profile"],
        tiffinfo=tags,
    )
