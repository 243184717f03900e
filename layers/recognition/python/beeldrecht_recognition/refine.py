"""Looking at one known face again, closer or turned, to place its landmarks better.

The landmarks of a small face are a pixel or two off, which at that size is much; those
of a face that lies on its side are far off. Either costs matches: measured on crowds of
small faces, the closer look raises the share of people found from 54 to 76 per cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from beeldrecht_recognition.align import inverted, transformed, warp
from beeldrecht_vision.yunet import overlaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from beeldrecht_recognition.align import Affine
    from beeldrecht_vision.decode import Picture
    from beeldrecht_vision.yunet import Candidates, YuNet

_SIDE = 224  # pixels: the face and half of it around it on every side
_FACE = 112
_SAME_FACE = 0.3
_EIGHTH = 45.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a face is: box (left, top, right, bottom) and landmarks (5, 2)."""

    box: NDArray[np.float64]
    landmarks: NDArray[np.float64]

    @property
    def reach(self) -> float:
        """The longer side of the box."""
        return float((self.box[2:] - self.box[:2]).max())


@dataclass(frozen=True, slots=True)
class Look:
    """The landmarks that one look gave, and how sure the detector was there."""

    landmarks: NDArray[np.float64]
    score: float


def look_closer(picture: Picture, place: Place, detector: YuNet) -> Look | None:
    """Detect the face again at 112 pixels; None when it is not found there."""
    return _look(picture, place, detector, 0.0)


def look_turned(
    picture: Picture, place: Place, detector: YuNet, roll: float, most: int
) -> list[Look]:
    """Detect the face again at eight turns; return the `most` surest looks, best first.

    The first turn is the one that, by the landmarks so far, puts the face upright.
    """
    turns = (-roll + _EIGHTH * eighth for eighth in range(8))
    looks: Iterable[Look | None] = (
        _look(picture, place, detector, turn) for turn in turns
    )
    found = [look for look in looks if look is not None]
    return sorted(found, key=lambda look: -look.score)[:most]


def _look(picture: Picture, place: Place, detector: YuNet, degrees: float) -> Look | None:
    """Detect in a square around the face, turned clockwise, the face at 112 pixels."""
    if place.reach < 1:
        return None
    there = _square(place, degrees)
    square = warp(picture, there, _SIDE, _SIDE)
    seen = detector.find_distinct(square)
    nearest = _nearest(seen, place, there)
    if nearest is None:
        return None
    back = transformed(inverted(there), seen.landmarks[nearest].astype(np.float64))
    return Look(landmarks=back, score=float(seen.scores[nearest]))


def _square(place: Place, degrees: float) -> Affine:
    """Map the face's middle to the square's, its reach to 112 pixels, turned."""
    scale = _FACE / place.reach
    turn = np.radians(degrees)
    rotation = scale * np.array(
        [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
    )
    middle = (place.box[:2] + place.box[2:]) / 2
    return np.column_stack([rotation, _SIDE / 2 - rotation @ middle])


def _nearest(seen: Candidates, place: Place, there: Affine) -> int | None:
    """Return the find that is this face, not a neighbour's; None when there is none."""
    if not len(seen):
        return None
    middle = transformed(there, (place.box[:2] + place.box[2:]) / 2)
    sides = (place.box[2:] - place.box[:2]) * (_FACE / place.reach)
    expected = np.concatenate([middle - sides / 2, middle + sides / 2])
    shared = overlaps(expected.astype(np.float32), seen.boxes)
    best = int(shared.argmax())
    return best if shared[best] > _SAME_FACE else None
