"""What may be decoded: by the memory that there is, and by how much a file can hold."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from intake.receive_upload.imaging import RejectedFileError, RejectionReason, inspect
from intake.receive_upload.imaging.budget import (
    FREE_PIXELS,
    FUNCTION_BYTES,
    PEAK_BYTES,
    check_budget,
    check_filling,
)
from intake.receive_upload.imaging.header import Header, MediaType
from tests.unit.imaging.pictures import saved

LIMIT = 200_000_000
FULLY_DECODED = [kind for kind in MediaType if kind is not MediaType.JPEG]


def refusal(header: Header, file_bytes: int) -> RejectedFileError | None:
    try:
        check_budget(header, file_bytes)
    except RejectedFileError as error:
        return error
    return None


@pytest.mark.parametrize("kind", MediaType)
@given(st.integers(1, FREE_PIXELS), st.integers(1, 10**6))
def test_a_picture_of_ordinary_size_may_be_as_empty_as_it_likes(
    kind: MediaType, pixels: int, file_bytes: int
) -> None:
    assert refusal(Header(kind, pixels, 1, bits=64), file_bytes) is None


@pytest.mark.parametrize(
    ("kind", "bits", "emptiest"),
    [
        (MediaType.JPEG, 24, 400),
        (MediaType.TIFF, 32, 500),
        (MediaType.PNG, 32, 800),
        (MediaType.PNG, 8, 800),
        (MediaType.PNG, 1, 800),
        (MediaType.WEBP, 24, 2000),
        (MediaType.AVIF, 24, 2000),
        (MediaType.HEIC, 24, 2000),
    ],
)
def test_a_large_picture_needs_a_file_that_can_hold_one(
    kind: MediaType, bits: int, emptiest: int
) -> None:
    pixels = 100_000_000
    enough = -(-pixels * bits // (8 * emptiest))
    header = Header(kind, pixels, 1, bits=bits)
    assert refusal(header, enough) is None
    error = refusal(header, enough - 1)
    assert error is not None
    assert error.reason is RejectionReason.TOO_COMPLEX
    assert error.detail == {"width": pixels, "height": 1, "bytes": enough - 1}
    one_over = Header(kind, FREE_PIXELS + 1, 1, bits=bits)
    with pytest.raises(RejectedFileError):
        check_filling(one_over, 1)


@pytest.mark.parametrize("kind", MediaType)
def test_what_does_not_fit_the_functions_memory_is_refused_with_what_would(
    kind: MediaType,
) -> None:
    file_bytes = 50_000_000
    fits = (FUNCTION_BYTES - 2 * file_bytes) // PEAK_BYTES[kind]
    assert refusal(Header(kind, fits, 1), file_bytes) is None
    error = refusal(Header(kind, fits + 1, 1), file_bytes)
    assert error is not None
    assert error.reason is RejectionReason.TOO_MANY_PIXELS
    assert error.detail["limit"] == fits


def test_the_largest_picture_fits_in_every_format_but_the_hungriest() -> None:
    tight = {kind for kind in MediaType if refusal(Header(kind, LIMIT, 1), 20_000_000)}
    assert tight == {MediaType.WEBP}


# -- honest pictures, as empty as they get ---------------------------------------------


def page(width: int, height: int, mode: str) -> Image.Image:
    """Five lines on a page that is scanned at 600 dots an inch and cleaned."""
    paper = Image.new(mode, (width, height), "white")
    draw = ImageDraw.Draw(paper)
    for line in range(5):
        words = "Aan alle inwoners van Voorbeeldstad: het zomerfeest begint om drie uur."
        place = (width // 10, height // 12 + 140 * line)
        draw.text(place, words, fill="black", font=ImageFont.load_default(100))
    return paper


def logo(side: int) -> Image.Image:
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((side // 6, side // 6, side * 5 // 6, side * 5 // 6), fill="#005aa0")
    font = ImageFont.load_default(side // 4)
    draw.text((side // 4, side // 3), "VS", fill="white", font=font)
    return image


def poster(width: int, height: int) -> Image.Image:
    sheet = Image.new("RGB", (width, height), "#fadc3c")
    draw = ImageDraw.Draw(sheet)
    for n in range(8):
        x, y = width * (n % 3) // 3, height * (n // 3) // 3
        draw.ellipse((x, y, x + width // 4, y + width // 4), fill=(30 * n, 90, 200))
    return sheet


HONEST: dict[str, Callable[[], bytes]] = {
    "page, png": lambda: saved(page(4961, 7016, "L"), "PNG"),
    "page in colour, png": lambda: saved(page(4961, 7016, "RGB"), "PNG"),
    "page, palette": lambda: saved(page(4961, 7016, "RGB").quantize(16), "PNG"),
    "page, deflate": lambda: saved(
        page(4961, 7016, "L"), "TIFF", compression="tiff_adobe_deflate"
    ),
    "page, webp": lambda: saved(
        page(4961, 7016, "RGB"), "WEBP", lossless=True, method=0, quality=20
    ),
    "logo, png": lambda: saved(logo(6000), "PNG"),
    "poster, png": lambda: saved(poster(4961, 7016), "PNG"),
    "poster, progressive": lambda: saved(
        poster(4961, 7016), "JPEG", quality=30, progressive=True
    ),
    "poster, avif": lambda: saved(poster(4961, 7016), "AVIF", quality=50, speed=10),
}


@pytest.mark.parametrize("name", HONEST)
def test_no_honest_picture_is_taken_for_a_bomb(name: str) -> None:
    data = HONEST[name]()
    header = inspect(data, pixel_limit=LIMIT)
    assert header.pixels > FREE_PIXELS
    check_filling(header, len(data))
