"""One decode, upright, or a clear refusal; never half a picture."""

import io
import json
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageOps

from beeldrecht_vision.decode import (
    ImageTooLargeError,
    Picture,
    Size,
    UnreadableImageError,
    decode_jpeg,
    peek_size,
)
from beeldrecht_vision.detection import read_picture


def jpeg_of(picture: Picture) -> bytes:
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(picture), 95, "BGR", "444"))


def gradient(height: int = 48, width: int = 80) -> Picture:
    rows, columns = np.mgrid[0:height, 0:width]
    planes = [rows * 4, columns * 3, (rows + columns) * 2 % 256]
    return np.stack(planes, axis=-1).clip(0, 255).astype(np.uint8)


def apart(one: Picture, other: Picture) -> float:
    return float(np.abs(one.astype(int) - other).mean())


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_as_pillow_turns_it(
    composed: Path, orientation: int
) -> None:
    data = (composed / f"turned-{orientation}.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    found = decode_jpeg(data, orientation, order="RGB")
    assert found.shape == expected.shape
    # The fast flags give other pixels at sharp colour edges, but the same picture.
    assert apart(found, expected) < 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turning_the_whole_picture_fast_gives_the_same_pixels(orientation: int) -> None:
    data = jpeg_of(gradient())
    fast = read_picture(data, orientation)
    assert fast.flags.c_contiguous
    assert np.array_equal(fast, decode_jpeg(data, orientation))
    assert Size(48, 80).upright(orientation) == Size(*fast.shape[:2])


def test_a_turned_picture_costs_no_copy() -> None:
    assert decode_jpeg(jpeg_of(gradient()), 6).base is not None


@pytest.mark.parametrize("order", ["BGR", "RGB"])
def test_colours_come_in_the_order_that_was_asked_for(
    order: Literal["BGR", "RGB"],
) -> None:
    blue = np.zeros((16, 16, 3), np.uint8)
    blue[..., 0] = 250
    found = decode_jpeg(jpeg_of(blue), order=order)
    assert found[8, 8, "BGR".index("B") if order == "BGR" else 2] > 200
    assert found[8, 8].argmax() == (0 if order == "BGR" else 2)


def test_a_grey_picture_has_three_equal_channels() -> None:
    data = io.BytesIO()
    Image.fromarray(gradient()[..., 0]).save(data, "JPEG")
    found = decode_jpeg(data.getvalue())
    assert found.shape == (48, 80, 3)
    assert np.array_equal(found[..., 0], found[..., 2])


@pytest.mark.parametrize("kept", [0, 1, 20, 200, 0.5, 0.9, 0.99])
def test_a_picture_that_is_cut_short_is_refused(kept: float) -> None:
    data = jpeg_of(np.random.default_rng(1).integers(0, 256, (64, 64, 3), np.uint8))
    end = int(len(data) * kept) if isinstance(kept, float) else kept
    with pytest.raises(UnreadableImageError):
        decode_jpeg(data[:end])


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"GIF89a" * 9, b"\x89PNG" * 9])
def test_what_is_no_jpeg_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableImageError):
        peek_size(data)
    with pytest.raises(UnreadableImageError):
        decode_jpeg(data)


def test_a_damaged_body_is_refused() -> None:
    data = bytearray(jpeg_of(gradient(200, 200)))
    data[len(data) // 2] = 0xFF
    data[len(data) // 2 + 1] = 0xD9  # an early end
    with pytest.raises(UnreadableImageError):
        decode_jpeg(bytes(data))


def test_the_size_is_read_without_decoding_and_limits_it() -> None:
    data = jpeg_of(gradient(30, 50))
    assert peek_size(data) == Size(height=30, width=50)
    assert decode_jpeg(data, pixel_limit=1500).shape == (30, 50, 3)
    with pytest.raises(ImageTooLargeError):
        decode_jpeg(data, pixel_limit=1499)


@pytest.mark.parametrize("orientation", [0, 9, -1])
def test_an_orientation_that_does_not_exist_is_refused(orientation: int) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        decode_jpeg(jpeg_of(gradient()), orientation)


def test_the_composed_truth_is_where_this_module_says_upright_is(composed: Path) -> None:
    truth = json.loads((composed / "turned-6.json").read_text())["faces"][0]["box"]
    picture = decode_jpeg((composed / "turned-6.jpg").read_bytes(), 6)
    assert truth[0] + truth[2] <= picture.shape[1]
    assert picture.shape == (800, 1200, 3)
