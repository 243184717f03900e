"""A composed photo is decided by its recipe, and its truth is true."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, Image, ImageOps

from tools.compose import (
    EVERYBODY,
    STORED_FROM_UPRIGHT,
    Recipe,
    compose,
    crowd,
    exif_of,
    paint,
    standard_set,
)

SMALL = Recipe("small", EVERYBODY, size=(600, 400), face_heights=(60.0, 90.0), seed=11)


def test_the_same_recipe_gives_the_same_bytes(tmp_path: Path) -> None:
    first = compose(SMALL, tmp_path / "one")
    again = compose(SMALL, tmp_path / "two")
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.faces == again.faces


def test_another_seed_gives_another_photo(tmp_path: Path) -> None:
    other = dataclasses.replace(SMALL, seed=12)
    assert (
        compose(SMALL, tmp_path / "one").faces != compose(other, tmp_path / "two").faces
    )


def test_a_photo_that_is_there_is_not_composed_again(tmp_path: Path) -> None:
    first = compose(SMALL, tmp_path)
    first.path.write_bytes(b"left alone")
    assert compose(SMALL, tmp_path) == first
    assert first.path.read_bytes() == b"left alone"


def test_a_changed_recipe_replaces_the_photo(tmp_path: Path) -> None:
    compose(SMALL, tmp_path)
    larger = compose(dataclasses.replace(SMALL, size=(800, 600)), tmp_path)
    with Image.open(larger.path) as opened:
        assert opened.size == (800, 600)


@pytest.mark.parametrize("recipe", standard_set(), ids=lambda recipe: recipe.name)
def test_every_face_is_within_the_photo_and_apart(recipe: Recipe) -> None:
    if recipe.size[0] > 4000:
        recipe = dataclasses.replace(recipe, size=(1500, 1000), face_heights=(15, 100))
    _, faces = paint(recipe)
    assert [face.person for face in faces] == list(recipe.people)
    for index, face in enumerate(faces):
        x, y, width, height = face.box
        assert 0 <= x <= x + width <= recipe.size[0]
        assert 0 <= y <= y + height <= recipe.size[1]
        assert height <= recipe.face_heights[1] + 0.5
        for other in faces[:index]:
            left, top, across, down = other.box
            beside = x >= left + across or left >= x + width
            assert beside or y >= top + down or top >= y + height


@pytest.mark.parametrize("orientation", STORED_FROM_UPRIGHT)
def test_every_orientation_comes_upright_again(orientation: int, tmp_path: Path) -> None:
    """Pixels are compared after JPEG, whose blocks lie elsewhere in a turned photo."""
    upright, _ = paint(SMALL)
    made = compose(dataclasses.replace(SMALL, orientation=orientation), tmp_path)
    with Image.open(made.path) as stored:
        assert stored.getexif()[ExifTags.Base.Orientation] == orientation
        turned = ImageOps.exif_transpose(stored)
    assert turned.size == upright.size
    difference = np.abs(np.asarray(turned, np.int16) - np.asarray(upright, np.int16))
    assert difference.mean() < 3


def test_the_metadata_holds_what_must_never_leave_and_what_may(tmp_path: Path) -> None:
    recipe = dataclasses.replace(SMALL, place=(52.5, 4.75))
    with Image.open(compose(recipe, tmp_path).path) as opened:
        exif = opened.getexif()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    camera = exif.get_ifd(ExifTags.IFD.Exif)
    assert [float(part) for part in gps[ExifTags.GPS.GPSLatitude]] == [52, 30, 0]
    assert [float(part) for part in gps[ExifTags.GPS.GPSLongitude]] == [4, 45, 0]
    assert camera[ExifTags.Base.MakerNote] == recipe.maker_note
    assert camera[ExifTags.Base.DateTimeOriginal] == "2026:01:09 16:30:00"
    assert exif[ExifTags.Base.Artist] == recipe.author
    assert exif[ExifTags.Base.ImageDescription] == recipe.caption


def test_a_photo_without_a_place_has_no_gps() -> None:
    exif = exif_of(dataclasses.replace(SMALL, place=None))
    assert exif.get_ifd(ExifTags.IFD.GPSInfo) == {}


def test_nobody_is_on_an_empty_photo(tmp_path: Path) -> None:
    assert compose(dataclasses.replace(SMALL, people=()), tmp_path).faces == ()


def test_a_crowd_takes_everybody_in_turn() -> None:
    assert crowd(4) == (*EVERYBODY, EVERYBODY[0])
