from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
import skimage
from PIL import Image, ImageOps

from intake.receive_upload.imaging import receive
from intake.receive_upload.imaging.perceptual import distance, perceptual_hash
from tests.unit.imaging.pictures import LIMIT, SAMPLES, astronaut, sample, saved

PHOTOS = ["astronaut.png", "camera.png", "chelsea.png", "coffee.png", "rocket.jpg"]


def photo(name: str) -> Image.Image:
    with Image.open(Path(skimage.__file__).parent / "data" / name) as image:
        image.load()
        return image.convert("RGB")


def hash_of(image: Image.Image, quality: int = 92) -> str:
    return receive(
        saved(image, "JPEG", quality=quality), pixel_limit=LIMIT
    ).perceptual_hash


def cropped(image: Image.Image) -> Image.Image:
    side, top = image.width // 100, image.height // 100
    return image.crop((side, top, image.width - side, image.height - top))


def brightened(factor: float) -> Callable[[Image.Image], Image.Image]:
    return lambda image: image.point(lambda value: min(255, value * factor))


EDITS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "half the size": lambda image: image.reduce(2),
    "brighter": brightened(1.15),
    "darker": brightened(0.85),
    "two per cent cropped": cropped,
    "gray": ImageOps.grayscale,
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", PHOTOS)
def test_the_same_photo_changed_a_little_keeps_its_hash(name: str, edit: str) -> None:
    original = photo(name)
    assert distance(hash_of(original), hash_of(EDITS[edit](original))) <= 6


@pytest.mark.parametrize("name", PHOTOS)
def test_heavy_compression_keeps_the_hash(name: str) -> None:
    assert distance(hash_of(photo(name)), hash_of(photo(name), quality=40)) <= 6


def test_different_photos_lie_far_apart() -> None:
    hashes = [hash_of(photo(name)) for name in PHOTOS]
    assert min(distance(one, other) for one, other in combinations(hashes, 2)) >= 16


@pytest.mark.parametrize("name", SAMPLES)
def test_the_format_does_not_matter(name: str) -> None:
    same = receive(sample(name), pixel_limit=LIMIT).perceptual_hash
    assert distance(same, hash_of(astronaut().resize((128, 96)))) <= 4


def test_a_mirrored_photo_is_another_photo() -> None:
    assert distance(hash_of(astronaut()), hash_of(ImageOps.mirror(astronaut()))) >= 16


def test_an_even_surface_hashes_to_zero_at_any_brightness() -> None:
    for level in (0, 77, 255):
        assert perceptual_hash(Image.new("L", (40, 30), level)) == "0" * 16


def test_the_hash_is_sixteen_hexadecimal_digits() -> None:
    found = hash_of(astronaut())
    assert len(found) == 16
    assert 0 < int(found, 16) < 1 << 64
    with Image.open(BytesIO(saved(astronaut(), "PNG"))) as image:
        assert perceptual_hash(image) == perceptual_hash(astronaut())
