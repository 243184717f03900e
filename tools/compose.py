"""Compose group photos from the portraits, with the truth about every face.

`python -m tools.compose` writes the standard set to `.cache/photos/composed/`; tests and
bench call `compose` with recipes of their own. A recipe decides every pixel (its seed
drives all chance), so a composed photo is a fixture that nobody has to store. It is no
photograph of an event: heads and shoulders side by side before a plain wall, which is
what a detector needs and nothing that could be mistaken for one.
"""

import dataclasses
import hashlib
import json
import math
import os
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageFilter

from tools.photos import PHOTOS, Box, Photo, photos

COMPOSED = PHOTOS / "composed"
EVERYBODY = ("barack_obama", "eileen_collins", "joe_biden")
WHOLE_FACES = ("collins.png", "biden.jpg", "obama.jpg", "obama-standing.jpg")
"""Photos whose face is whole and looks at the camera; others are kept for hard cases."""

# Of a face's box: what of the portrait is shown around it (heads and shoulders).
LEFT_AND_RIGHT, ABOVE, BELOW = 0.75, 0.55, 0.75
WALL = (128, 124, 118)
TILT = 7.0  # degrees; a head is rarely upright, and a box hardly changes up to there

STORED_FROM_UPRIGHT = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How upright pixels are stored so that the EXIF orientation brings them back."""


@dataclass(frozen=True)
class Recipe:
    """Everything that decides a composed photo."""

    name: str
    people: tuple[str, ...]
    """Who is on it, one entry a face, in reading order; empty for nobody."""
    size: tuple[int, int] = (3000, 2000)
    """Width and height of the upright picture, in pixels."""
    face_heights: tuple[float, float] = (160.0, 240.0)
    """Smallest and largest face box, in pixels; less where they would not fit."""
    orientation: int = 1
    """EXIF orientation, 1 to 8: how the file stores the upright picture."""
    seed: int = 0
    quality: int = 90
    author: str = "A. de Fotograaf"
    caption: str = "Nieuwjaarsreceptie, samengesteld voor een proef"
    taken: datetime = datetime(2026, 1, 9, 16, 30, 0, tzinfo=UTC)
    place: tuple[float, float] | None = (52.0907, 5.1214)
    """Latitude and longitude, north and east, or none."""
    maker_note: bytes = b"BEELDRECHT\x00serial=4711\x00owner=A. de Fotograaf\x00"


@dataclass(frozen=True)
class TrueFace:
    """A face that is on the photo: who, cut from which portrait, and where."""

    person: str
    photo: str
    box: Box


@dataclass(frozen=True)
class Composed:
    """A composed photo on disk, and the truth about it."""

    path: Path
    recipe: Recipe
    faces: tuple[TrueFace, ...] = field(default=())


def compose(recipe: Recipe, folder: Path = COMPOSED) -> Composed:
    """Write the photo that the recipe describes, unless it is there; return its truth.

    Safe to repeat and to interrupt: the truth is written after the picture.
    """
    path = folder / f"{recipe.name}.jpg"
    truth = path.with_suffix(".json")
    digest = _digest(recipe)
    if path.is_file() and truth.is_file():
        known = json.loads(truth.read_text())
        if known["digest"] == digest:
            return Composed(path, recipe, tuple(_face(entry) for entry in known["faces"]))
    folder.mkdir(parents=True, exist_ok=True)
    picture, faces = paint(recipe)
    _save(picture, recipe, path)
    entries = [dataclasses.asdict(face) for face in faces]
    scratch = truth.with_name(f".{truth.name}.{os.getpid()}")
    scratch.write_text(json.dumps({"digest": digest, "faces": entries}, indent=1))
    scratch.rename(truth)
    return Composed(path, recipe, tuple(faces))


def _face(entry: dict[str, object]) -> TrueFace:
    box = entry["box"]
    if not isinstance(box, list):
        raise TypeError("a truth file holds boxes as lists")
    x, y, width, height = (float(value) for value in box)
    return TrueFace(str(entry["person"]), str(entry["photo"]), (x, y, width, height))


def _digest(recipe: Recipe) -> str:
    """Digest the recipe and this module, which decides how a recipe looks."""
    content = Path(__file__).read_bytes() + repr(recipe).encode()
    return hashlib.sha256(content).hexdigest()


# --- pixels ---------------------------------------------------------------------------


def paint(recipe: Recipe) -> tuple[Image.Image, list[TrueFace]]:
    """Return the upright picture and its faces, boxes in its pixels."""
    chance = random.Random(recipe.seed)  # noqa: S311  # fixtures, no secret
    picture = _wall(recipe.size, recipe.seed)
    faces = []
    for person, (left, top, width, height) in zip(
        recipe.people, _cells(recipe), strict=True
    ):
        photo = chance.choice(_portraits(person))
        tall = _fitting(photo, chance.uniform(*recipe.face_heights), width, height)
        patch, box = _cut(photo, tall, chance.uniform(-TILT, TILT))
        patch = _lit(patch, chance.uniform(0.8, 1.15))
        x = left + chance.uniform(0.3, 0.7) * (width - patch.width)
        y = top + chance.uniform(0.3, 0.7) * (height - patch.height)
        picture.paste(patch, (round(x), round(y)), _edge(patch.size))
        placed = (round(x) + box[0], round(y) + box[1], box[2], box[3])
        faces.append(TrueFace(person, photo.name, placed))
    return picture, faces


def _portraits(person: str) -> list[Photo]:
    return [photos()[name] for name in WHOLE_FACES if photos()[name].person == person]


def _cells(recipe: Recipe) -> list[Box]:
    """Divide the picture into one cell a face, about as square as they come."""
    if not recipe.people:
        return []
    width, height = recipe.size
    count = len(recipe.people)
    columns = min(count, math.ceil((count * width / height) ** 0.5))
    rows = -(-count // columns)
    return [
        (
            index % columns * width / columns,
            index // columns * height / rows,
            width / columns,
            height / rows,
        )
        for index in range(count)
    ]


def _fitting(photo: Photo, tall: float, width: float, height: float) -> float:
    """Return the face height wanted, or less where its cell is too small."""
    _, _, face_width, face_height = photo.faces[0]
    wide = (1 + 2 * LEFT_AND_RIGHT) * face_width / face_height
    return min(tall, width / wide * 0.98, height / (1 + ABOVE + BELOW) * 0.98)


@cache
def _pixels(photo: Photo) -> Image.Image:
    with Image.open(photo.path) as opened:
        return opened.convert("RGB")


def _cut(photo: Photo, tall: float, tilt: float) -> tuple[Image.Image, Box]:
    """Return head and shoulders with a face of the given height, and the face's box."""
    x, y, width, height = photo.faces[0]
    source = _pixels(photo)
    left = max(0.0, x - LEFT_AND_RIGHT * width)
    top = max(0.0, y - ABOVE * height)
    right = min(float(source.width), x + (1 + LEFT_AND_RIGHT) * width)
    bottom = min(float(source.height), y + (1 + BELOW) * height)
    scale = tall / height
    size = (
        max(1, round((right - left) * scale)),
        max(1, round((bottom - top) * scale)),
    )
    patch = source.resize(size, Image.Resampling.LANCZOS, (left, top, right, bottom))
    box = ((x - left) * scale, (y - top) * scale, width * scale, height * scale)
    # Turned about the face's middle, so that the box stays where it is.
    middle = (box[0] + box[2] / 2, box[1] + box[3] / 2)
    turned = patch.rotate(tilt, Image.Resampling.BICUBIC, center=middle, fillcolor=WALL)
    return turned, box


def _lit(patch: Image.Image, factor: float) -> Image.Image:
    return patch.point([min(255, round(value * factor)) for value in range(256)] * 3)


def _edge(size: tuple[int, int]) -> Image.Image:
    """Return a mask that fades out at the edge, so that no hard frame is a feature."""
    fade = max(1, min(size) // 12)
    mask = Image.new("L", size, 0)
    mask.paste(255, (fade, fade, max(fade + 1, size[0] - fade), size[1]))
    return mask.filter(ImageFilter.GaussianBlur(fade / 2))


def _wall(size: tuple[int, int], seed: int) -> Image.Image:
    """Return a plain wall with the unevenness and the grain that a camera gives."""
    width, height = size
    chance = np.random.default_rng(seed)
    blotches = chance.integers(112, 144, size=(4, 6, 3), dtype=np.uint8)
    wall = Image.fromarray(blotches).resize(size, Image.Resampling.BICUBIC)
    grain = chance.integers(-6, 7, size=(256, 256, 1), dtype=np.int16)
    rows, columns = -(-height // 256), -(-width // 256)
    pixels = np.asarray(wall, dtype=np.int16)
    pixels = pixels + np.tile(grain, (rows, columns, 1))[:height, :width]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


# --- the file -------------------------------------------------------------------------


def _save(picture: Image.Image, recipe: Recipe, path: Path) -> None:
    turn = STORED_FROM_UPRIGHT[recipe.orientation]
    stored = picture if turn is None else picture.transpose(turn)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    stored.save(
        scratch, "JPEG", quality=recipe.quality, subsampling=2, exif=exif_of(recipe)
    )
    scratch.rename(path)


def exif_of(recipe: Recipe) -> Image.Exif:
    """Return the metadata a camera writes: what may stay and what must never leave."""
    exif = Image.Exif()
    base, tags, gps = ExifTags.Base, ExifTags.IFD, ExifTags.GPS
    exif[base.Make], exif[base.Model] = "Beeldrecht", "Composer"
    exif[base.Orientation] = recipe.orientation
    exif[base.ImageDescription] = recipe.caption
    exif[base.Artist] = recipe.author
    exif[base.Copyright] = f"(c) {recipe.taken.year} {recipe.author}"
    taken = recipe.taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[base.DateTime] = taken
    camera = exif.get_ifd(tags.Exif)
    camera[base.DateTimeOriginal] = taken
    camera[base.OffsetTimeOriginal] = "+00:00"
    camera[base.MakerNote] = recipe.maker_note
    camera[base.BodySerialNumber] = "4711"
    if recipe.place is not None:
        north, east = recipe.place
        position = exif.get_ifd(tags.GPSInfo)
        position[gps.GPSLatitudeRef] = "N"
        position[gps.GPSLatitude] = _degrees(north)
        position[gps.GPSLongitudeRef] = "E"
        position[gps.GPSLongitude] = _degrees(east)
    return exif


def _degrees(value: float) -> tuple[Fraction, Fraction, Fraction]:
    """Return degrees, minutes and seconds, as EXIF counts."""
    exact = Fraction(value).limit_denominator(10_000)
    minutes = exact % 1 * 60
    return (
        Fraction(exact // 1),
        Fraction(minutes // 1),
        (minutes % 1 * 60).limit_denominator(1000),
    )


# --- the standard set -----------------------------------------------------------------


def crowd(count: int) -> tuple[str, ...]:
    """Return that many people, the three in turn."""
    return tuple(EVERYBODY[index % len(EVERYBODY)] for index in range(count))


def standard_set() -> list[Recipe]:
    """Return the photos that demo, tests and bench share."""
    turned = (
        Recipe(
            f"turned-{orientation}",
            ("eileen_collins", "barack_obama"),
            size=(1200, 800),
            orientation=orientation,
            seed=3,
        )
        for orientation in range(1, 9)
    )
    return [
        Recipe("trio", EVERYBODY, (3000, 1500), (420.0, 560.0), seed=1),
        Recipe("reception", crowd(12), size=(4000, 3000), seed=2),
        Recipe("nobody", (), size=(1600, 1200), seed=4),
        Recipe("far-away", crowd(24), face_heights=(24.0, 60.0), seed=5),
        Recipe("alone", ("eileen_collins",), size=(1000, 1000), seed=6),
        Recipe("24-megapixel", crowd(40), (6000, 4000), (60.0, 400.0), seed=7),
        *turned,
    ]


def compose_all(recipes: Iterable[Recipe]) -> list[Composed]:
    """Compose several photos."""
    return [compose(recipe) for recipe in recipes]


def main() -> int:
    """Compose the standard set, and say what it holds."""
    for made in compose_all(standard_set()):
        width, height = made.recipe.size
        print(f"{made.path.name}: {width}x{height}, {len(made.faces)} faces")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
