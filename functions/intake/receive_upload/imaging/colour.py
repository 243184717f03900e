"""Bringing pixels to sRGB on a plain background."""

from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsTransform

IGNORED: Final = "colour_profile_ignored"
CONVERTED: Final = "colour_converted"
ASSUMED_CMYK: Final = "cmyk_without_profile"

# Two steps of 255: below what JPEG itself changes.
_SAME_WITHIN: Final = 2
_STRIP: Final = 512  # rows
_SPACES: Final = {"RGB": b"RGB ", "L": b"GRAY", "CMYK": b"CMYK"}


def flat(image: Image.Image) -> Image.Image:
    """Return the image in mode L, RGB or CMYK, eight bits deep, alpha laid on white.

    Raises ValueError for modes that hold no such picture (floating point, Lab).
    """
    if image.mode == "P" or (image.mode == "RGB" and "transparency" in image.info):
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    match image.mode:
        case "L" | "RGB" | "CMYK":
            return image
        case "1":
            return image.convert("L")
        case "RGBX" | "YCbCr":
            return image.convert("RGB")
        case "I;16" | "I;16L" | "I;16B" | "I;16N":
            return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
        case "LA" | "La" | "PA" | "RGBA" | "RGBa":
            return _on_white(image)
    msg = f"no picture in mode {image.mode}"
    raise ValueError(msg)


def _on_white(image: Image.Image) -> Image.Image:
    """Lay on white in strips: whole, it would take four copies of the picture at once."""
    gray = image.mode in {"LA", "La"}
    width, height = image.size
    page = Image.new("L" if gray else "RGB", image.size, "white")
    for top in range(0, height, _STRIP):
        box = (0, top, width, min(top + _STRIP, height))
        strip = image.crop(box).convert("LA" if gray else "RGBA")
        page.paste(strip.convert(page.mode), box, strip.getchannel("A"))
    return page


def to_srgb(image: Image.Image, icc: bytes | None) -> tuple[Image.Image, tuple[str, ...]]:
    """Convert a flat image by its profile; return RGB or L, and notes.

    Relative colorimetric with black point compensation, as photo programs do. A profile
    that is damaged or made for another kind of pixels is ignored, with a note: the
    picture then counts as sRGB.
    """
    notes: tuple[str, ...] = ()
    if icc is not None:
        if icc[16:20] == _SPACES[image.mode] and icc[36:40] == b"acsp":
            converted = _converted(image, icc)
            if converted is not None:
                return converted
        notes = (IGNORED,)
    if image.mode == "CMYK":
        return image.convert("RGB"), (*notes, ASSUMED_CMYK)
    return image, notes


def _converted(
    image: Image.Image, icc: bytes
) -> tuple[Image.Image, tuple[str, ...]] | None:
    """Apply the profile, in place where that can be; None when it is unusable."""
    from PIL import ImageCms  # noqa: PLC0415  (most uploads need no colour engine)

    try:
        source = ImageCms.ImageCmsProfile(BytesIO(icc))
        transform = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            image.mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
        if image.mode != "CMYK" and _changes_nothing(transform, image.mode):
            return image, ()
        if image.mode == "RGB":
            ImageCms.applyTransform(image, transform, inPlace=True)
        else:
            image = transform.apply(image)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
    return image, (CONVERTED,)


def _changes_nothing(transform: "ImageCmsTransform", mode: str) -> bool:
    """Try a transform on a sample of all colours: cheaper than on the picture."""
    if mode == "L":
        sample = Image.frombytes("L", (256, 1), bytes(range(256)))
    else:
        steps = np.linspace(0, 255, 9).astype(np.uint8)
        cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1)
        sample = Image.fromarray(cube.reshape(1, -1, 3))
    before = np.asarray(sample.convert("RGB"), dtype=np.int16)
    after = np.asarray(transform.apply(sample), dtype=np.int16)
    return int(np.abs(before - after).max()) <= _SAME_WITHIN
