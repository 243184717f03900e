from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageCms

from intake.receive_upload.imaging import Received, receive
from tests.unit.imaging.pictures import (
    LIMIT,
    astronaut,
    mean_difference,
    opened,
    sample,
    saved,
)
from tests.unit.imaging.profiles import (
    ADOBE_RGB,
    DISPLAY_P3,
    SRGB,
    cmyk_profile,
    gray_profile,
    matrix_profile,
)


def pixel(jpeg: bytes) -> Sequence[int]:
    return [int(v) for v in np.asarray(opened(jpeg).convert("RGB"))[16, 16]]


def received(colour: Sequence[int] | int, mode: str, kind: str, icc: bytes) -> Received:
    paint: int | tuple[float, ...] = colour if isinstance(colour, int) else tuple(colour)
    image = Image.new(mode, (32, 32), paint)
    options = {"quality": 100} if kind in {"JPEG", "AVIF", "WEBP"} else {}
    return receive(saved(image, kind, icc_profile=icc, **options), pixel_limit=LIMIT)


def expected(
    colour: list[int], primaries: tuple[tuple[float, float, float], ...]
) -> list[float]:
    """The same colour in sRGB, by the textbook: linearise, change base, encode."""
    linear = (np.array(colour) / 255) ** 2.2
    base = np.linalg.solve(np.array(SRGB).T, np.array(primaries).T)
    light = np.clip(base @ linear, 0, 1)
    curve = 1.055 * light ** (1 / 2.4) - 0.055
    encoded = np.where(light <= 0.0031308, 12.92 * light, curve)
    return list(encoded * 255)


@pytest.mark.parametrize("primaries", [ADOBE_RGB, DISPLAY_P3], ids=["adobe", "p3"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "HEIF", "AVIF"])
@pytest.mark.parametrize("colour", [[180, 120, 90], [60, 140, 70]])
def test_wide_colours_are_converted_to_srgb(
    kind: str, primaries: tuple[tuple[float, float, float], ...], colour: list[int]
) -> None:
    result = received(colour, "RGB", kind, matrix_profile(primaries))
    assert "colour_converted" in result.notes
    target = expected(colour, primaries)
    assert np.abs(np.subtract(target, colour)).max() > 8  # or nothing is proved
    for jpeg in (result.preview, result.thumb, result.working):
        if jpeg is not None:
            assert np.abs(np.subtract(pixel(jpeg), target)).max() <= 5


def test_an_srgb_profile_changes_nothing_and_is_not_noted() -> None:
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    result = received([180, 120, 90], "RGB", "JPEG", icc)
    assert result.notes == ()
    assert np.abs(np.subtract(pixel(result.preview), [180, 120, 90])).max() <= 2


def test_a_gray_profile_is_applied() -> None:
    result = received(128, "L", "PNG", gray_profile(1.0))
    assert "colour_converted" in result.notes
    assert abs(pixel(result.preview)[0] - 188) <= 2  # half of the light is 188 in sRGB
    usual = received(128, "L", "PNG", gray_profile(2.2))
    assert abs(pixel(usual.preview)[0] - 128) <= 2


@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_printer_profile_decides_what_inks_look_like(kind: str) -> None:
    result = received([255, 0, 0, 0], "CMYK", kind, cmyk_profile())
    assert "colour_converted" in result.notes
    red, green, blue = pixel(result.preview)
    # Lab (50, -40, -40) is a blue-green that lies outside sRGB on the red side.
    assert red < 12
    assert abs(green - 135) < 15
    assert abs(blue - 188) < 15
    paper = received([0, 0, 0, 0], "CMYK", kind, cmyk_profile())
    assert min(pixel(paper.preview)) > 250


def test_cmyk_without_a_profile_still_looks_right() -> None:
    result = receive(sample("jpeg-cmyk"), pixel_limit=LIMIT)
    assert "cmyk_without_profile" in result.notes
    expected_image = astronaut().resize((128, 96))
    assert mean_difference(opened(result.preview), expected_image) < 6


@pytest.mark.parametrize(
    "icc",
    [
        b"",
        b"not a profile",
        matrix_profile(ADOBE_RGB)[:200],
        matrix_profile(ADOBE_RGB)[:128] + b"\xff" * 400,
        gray_profile(2.2),
        cmyk_profile(),
    ],
    ids=["empty", "words", "cut", "wild", "gray", "cmyk"],
)
def test_an_unusable_profile_is_ignored_with_a_note(icc: bytes) -> None:
    result = received([180, 120, 90], "RGB", "WEBP", icc)
    assert np.abs(np.subtract(pixel(result.preview), [180, 120, 90])).max() <= 4
    assert ("colour_profile_ignored" in result.notes) == bool(icc)
