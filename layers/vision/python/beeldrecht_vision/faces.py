"""What a detector says about a face: where it is and how it is held. No numpy, no cv2."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Pass(StrEnum):
    """Which look at the picture found the face."""

    COARSE = "coarse"
    FINE = "fine"
    TILES = "tiles"
    TURNED = "turned"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in upright pixels of the full picture: x to the right, y down."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head is held, judged from five landmarks.

    `roll` in degrees, clockwise positive; `nose_offset` is the nose's distance from the
    eyes' midline over the distance between the eyes (0 is frontal); `eye_mouth` is the
    distance between the eyes over that from eyes to mouth (small is a profile).
    """

    roll: float
    nose_offset: float
    eye_mouth: float


type Point = tuple[float, float]
type Landmarks = tuple[Point, Point, Point, Point, Point]
"""Right eye, left eye, nose, right and left mouth corner, as the person has them."""


@dataclass(frozen=True, slots=True)
class DetectedFace:
    """One face, in upright pixels of the full picture; nothing that tells who it is."""

    box: Box
    landmarks: Landmarks
    score: float
    pose: Pose
    found_by: Pass

    @property
    def size(self) -> float:
        """The height in pixels, the measure all quality rules use."""
        return self.box.height


def pose_of(landmarks: Landmarks) -> Pose:
    """Judge the pose from the landmarks; points that coincide count as a profile."""
    right_eye, left_eye, nose, right_mouth, left_mouth = landmarks
    across = (left_eye[0] - right_eye[0], left_eye[1] - right_eye[1])
    between_eyes = math.hypot(*across)
    eyes, mouth = _middle(right_eye, left_eye), _middle(right_mouth, left_mouth)
    down = math.dist(eyes, mouth)
    roll = math.degrees(math.atan2(across[1], across[0]))
    if between_eyes == 0 or down == 0:
        return Pose(roll=roll, nose_offset=math.inf, eye_mouth=0.0)
    along = (nose[0] - eyes[0]) * across[0] + (nose[1] - eyes[1]) * across[1]
    return Pose(
        roll=roll,
        nose_offset=abs(along) / between_eyes**2,
        eye_mouth=between_eyes / down,
    )


def _middle(first: Point, second: Point) -> Point:
    return ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
