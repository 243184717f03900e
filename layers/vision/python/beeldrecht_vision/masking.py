"""Covering heads with one colour, so that nothing is left of them to bring back.

Blur and pixels made large can be undone; a colour that replaces what was there cannot.
The shape is an oval that follows the head: turned as the head is, wide enough for hair
and ears, long enough for the chin, and never smaller than the box that was found around
the face. Seen from the side a head is deep, and the oval reaches to the back of it; where
the detector was less sure, it is round, whichever way up the head may be.

The shape follows from the face's geometry alone, never from the pixels, and has no soft
edge: two pictures that differ beneath it are the same when covered. numpy
and the JPEG library only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
import simplejpeg

from beeldrecht_vision.decode import DEFAULT_PIXEL_LIMIT, decode_stored, turned
from beeldrecht_vision.faces import Landmarks, pose_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

MASK_ID: Final = "oval_1"
"""Shape and colour: it changes with either, and masked pictures are made anew."""

FILL: Final = 128
"""A grey: the same in every order of colours, and exactly itself after a JPEG."""

MARGIN: Final = 8
"""Pixels around the shape: a JPEG mixes those of a block, so an earlier one may have left
a trace of the head within a block of it."""

QUALITY: Final = 90
"""Of the JPEG that is made: what is encoded twice should not show it."""

# Of the head, in distances from the line of the eyes to the mouth (about 7 cm).
_CROWN: Final = 2.3
_CHIN: Final = 1.9
_SIDE: Final = 1.7
_BACK: Final = 0.75
_ALL_AROUND: Final = 3.0
_UNIT_OF_BOX: Final = 0.35
"""What that distance is of the longer side of the box, as measured on upright faces."""

_SURE: Final = 0.9
"""Below it the detector may have taken eyes for a mouth: upside down, for example."""
_ROUNDNESS: Final = 2.5
"""Of a superellipse: 2 is an ellipse, more is squarer, as jaws and temples are."""

_CORNERS: Final = 720
_OUTWARD: Final = 0.5
"""Pixels by which the straight lines of an outline lie outside the curve at least."""

type _Point = tuple[float, float]


class UncoverableFaceError(Exception):
    """Nobody can tell where in these pixels the face is: the picture must not leave."""


class Rectangle(Protocol):
    """Where a face is: x to the right, y down."""

    @property
    def x(self) -> float:
        """The left edge."""
        ...

    @property
    def y(self) -> float:
        """The upper edge."""
        ...

    @property
    def width(self) -> float:
        """How wide it is."""
        ...

    @property
    def height(self) -> float:
        """How high it is."""
        ...


class Face(Protocol):
    """A face as detected or as on record, in upright pixels of the original."""

    @property
    def box(self) -> Rectangle:
        """The box around it."""
        ...

    @property
    def landmarks(self) -> Landmarks:
        """Eyes, nose, corners of the mouth."""
        ...

    @property
    def score(self) -> float:
        """How sure the detector was, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class HeadShape:
    """An oval: its centre, half its width across the face, half its length, its roll.

    `roll` in degrees, clockwise positive, as of a pose: at 0 the crown is up.
    """

    x: float
    y: float
    across: float
    along: float
    roll: float

    def larger(self, by: float) -> HeadShape:
        """The shape with that many pixels more all around."""
        return HeadShape(self.x, self.y, self.across + by, self.along + by, self.roll)

    def scaled(self, scale: float) -> HeadShape:
        """The shape in a picture that is `scale` times as large."""
        return HeadShape(
            self.x * scale,
            self.y * scale,
            self.across * scale,
            self.along * scale,
            self.roll,
        )

    def reach(self, point: _Point) -> float:
        """How far out a point is: 0 the centre, 1 the edge, more is outside."""
        turn = math.radians(self.roll)
        dx, dy = point[0] - self.x, point[1] - self.y
        sideways = dx * math.cos(turn) + dy * math.sin(turn)
        down = dy * math.cos(turn) - dx * math.sin(turn)
        total = (
            abs(sideways / self.across) ** _ROUNDNESS
            + abs(down / self.along) ** _ROUNDNESS
        )
        return float(total ** (1 / _ROUNDNESS))


def head_shape(face: Face) -> HeadShape:
    """The shape of a face's head, in upright pixels of the original, without a margin.

    The corners of the box and the landmarks are always inside. Raises
    UncoverableFaceError for a box without a size or numbers that are none.
    """
    box = face.box
    corners = _corners(box)
    numbers = [*(part for point in corners for part in point), box.width, box.height]
    if not all(map(math.isfinite, numbers)) or min(box.width, box.height) <= 0:
        raise UncoverableFaceError
    if not _plausible(face):
        return _around(corners, _all_around(box))
    shape = _oval(face) if face.score >= _SURE else _all_around(box)
    return _around([*corners, *face.landmarks], shape)


def cover(pixels: Picture, faces: Sequence[Face], scale: float = 1.0) -> Picture:
    """Return a copy of an upright picture in which the heads of these faces are covered.

    `pixels` is height x width x 3, in any order of colours; `scale` is its width over
    that of the original, in whose pixels the faces are given. The copy is contiguous;
    the argument stays as it was. Doing it twice is doing it once.

    Raises:
        UncoverableFaceError: a face has no place in these pixels. Nothing is returned
            then, so that nothing with an open face can leave.

    """
    covered = np.array(pixels, dtype=np.uint8, order="C", copy=True)
    cover_onto(covered, faces, scale)
    return covered


def cover_onto(pixels: Picture, faces: Sequence[Face], scale: float = 1.0) -> None:
    """Cover in place, for pictures too large to hold twice; otherwise as `cover`."""
    if not (math.isfinite(scale) and scale > 0):
        raise ValueError("a scale is a positive number")
    height, width = pixels.shape[:2]
    # Every shape before any pixel: what cannot be covered whole is left as it was.
    shapes = [_rows_of(head_shape(f).scaled(scale), height, width) for f in faces]
    for first, spans in shapes:
        for row, (left, right) in enumerate(spans, start=first):
            pixels[row, left:right] = FILL


def masked_jpeg(
    data: bytes,
    faces: Sequence[Face],
    width: int,
    orientation: int = 1,
    quality: int = QUALITY,
    pixel_limit: int = DEFAULT_PIXEL_LIMIT,
) -> bytes:
    """Return a JPEG as a new one: upright, faces covered, nothing but pixels in it.

    `width` is that of the upright original in whose pixels the faces are given; the JPEG
    may be any size of it. Profiles, thumbnails and words do not come along, so what goes
    in has to be sRGB, as every rendition is. Raises as `decode_jpeg`, and
    UncoverableFaceError.
    """
    pixels = turned(decode_stored(data, "RGB", pixel_limit, fast=False), orientation)
    pixels = np.ascontiguousarray(pixels)
    cover_onto(pixels, faces, pixels.shape[1] / width)
    return bytes(simplejpeg.encode_jpeg(pixels, quality, "RGB", "420"))


def _rows_of(
    shape: HeadShape, height: int, width: int
) -> tuple[int, list[tuple[int, int]]]:
    """The first row that a shape covers, and of each row from there on which columns.

    The outline is drawn with straight lines, far enough out to hold the curve. It bulges
    everywhere, so a row crosses it twice: that is a thousand times less to work out than
    asking of each pixel whether it is inside.
    """
    outline = _outline(shape.larger(MARGIN + _OUTWARD))
    top, bottom = (int(outline[:, 1].argmin()), int(outline[:, 1].argmax()))
    first = max(0, math.ceil(outline[top, 1] - 0.5))
    last = min(height - 1, math.floor(outline[bottom, 1] - 0.5))
    middles = np.arange(first, last + 1) + 0.5
    sides = [
        np.interp(middles, side[:, 1], side[:, 0])
        for side in (_between(outline, top, bottom), _between(outline, bottom, top)[::-1])
    ]
    lefts = np.clip(np.ceil(np.minimum(*sides) - 0.5), 0, width).astype(int)
    rights = np.clip(np.floor(np.maximum(*sides) - 0.5) + 1, 0, width).astype(int)
    if not (rights > lefts).any():
        raise UncoverableFaceError
    return first, list(zip(lefts.tolist(), rights.tolist(), strict=True))


def _outline(shape: HeadShape) -> NDArray[np.float64]:
    """Points around a shape, in their order: n rows of x and y."""
    angles = np.linspace(0, 2 * math.pi, _CORNERS, endpoint=False)
    turn = math.radians(shape.roll)
    sideways, down = (
        half * np.sign(part) * np.abs(part) ** (2 / _ROUNDNESS)
        for half, part in ((shape.across, np.cos(angles)), (shape.along, np.sin(angles)))
    )
    x = shape.x + sideways * math.cos(turn) - down * math.sin(turn)
    y = shape.y + sideways * math.sin(turn) + down * math.cos(turn)
    return np.stack([x, y], axis=1)


def _between(outline: NDArray[np.float64], start: int, end: int) -> NDArray[np.float64]:
    """The points from one to another, both included, going around."""
    count = (end - start) % len(outline) + 1
    return np.roll(outline, -start, axis=0)[:count]


def _oval(face: Face) -> HeadShape:
    """An oval from chin to crown, and of a turned head to the back of it."""
    right_eye, left_eye, nose, _, _ = face.landmarks
    roll = pose_of(face.landmarks).roll
    cosine, sine = math.cos(math.radians(roll)), math.sin(math.radians(roll))
    x, y = _middle(right_eye, left_eye)
    unit, from_the_side = _unit(face), _from_the_side(face)
    nose_aside = (nose[0] - x) * cosine + (nose[1] - y) * sine
    back = -math.copysign(_BACK, nose_aside) * from_the_side * unit
    up = (_CROWN - _CHIN) / 2 * unit
    return HeadShape(
        x=x + back * cosine + up * sine,
        y=y + back * sine - up * cosine,
        across=(_SIDE + _BACK * from_the_side) * unit,
        along=(_CROWN + _CHIN) / 2 * unit,
        roll=roll,
    )


def _all_around(box: Rectangle) -> HeadShape:
    """A shape that holds the head whichever way up it is."""
    x, y = _centre(box)
    reach = _ALL_AROUND * _UNIT_OF_BOX * max(box.width, box.height)
    return HeadShape(x=x, y=y, across=reach, along=reach, roll=0.0)


def _around(points: Sequence[_Point], shape: HeadShape) -> HeadShape:
    """The shape, as much larger as it takes to hold these points."""
    factor = max(1.0, *(shape.reach(point) for point in points))
    return HeadShape(
        shape.x, shape.y, shape.across * factor, shape.along * factor, shape.roll
    )


def _from_the_side(face: Face) -> float:
    """0 for a face seen from the front, 1 for a profile."""
    pose = pose_of(face.landmarks)
    turned = max((pose.nose_offset - 0.2) / 0.6, (0.8 - pose.eye_mouth) / 0.5)
    return min(1.0, max(0.0, turned))


def _unit(face: Face) -> float:
    """The distance from eyes to mouth, or what the box says, whichever is more."""
    right_eye, left_eye, _, right_mouth, left_mouth = face.landmarks
    seen = math.dist(_middle(right_eye, left_eye), _middle(right_mouth, left_mouth))
    return max(seen, _UNIT_OF_BOX * max(face.box.width, face.box.height))


def _plausible(face: Face) -> bool:
    """Whether the landmarks are in or beside the box, and not all in one place."""
    box = face.box
    x, y = _centre(box)
    near = 1.5 * max(box.width, box.height)
    if not all(math.isfinite(part) for point in face.landmarks for part in point):
        return False
    if any(math.dist((x, y), point) > near for point in face.landmarks):
        return False
    right_eye, left_eye, _, right_mouth, left_mouth = face.landmarks
    return right_eye != left_eye and (
        _middle(right_eye, left_eye) != _middle(right_mouth, left_mouth)
    )


def _corners(box: Rectangle) -> list[_Point]:
    right, bottom = box.x + box.width, box.y + box.height
    return [(box.x, box.y), (right, box.y), (box.x, bottom), (right, bottom)]


def _centre(box: Rectangle) -> _Point:
    return (box.x + box.width / 2, box.y + box.height / 2)


def _middle(first: _Point, second: _Point) -> _Point:
    return ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
