"""What the looks at one picture found, and how finds of the same face become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from beeldrecht_vision.faces import Box, DetectedFace, Pass, pose_of
from beeldrecht_vision.yunet import Candidates, suppress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

SAME_FACE = 0.35
"""Boxes that overlap more are the same face."""

_BEST_HEIGHTS = (48, 250)
_PREFERENCE = 0.15
_LAST = np.float32(2)


class Finds:
    """Candidates in full-picture pixels, the look that saw each, its height there."""

    def __init__(
        self,
        parts: list[Candidates] | None = None,
        passes: list[Pass] | None = None,
        heights_seen: list[float] | None = None,
    ) -> None:
        self.candidates = Candidates.joined(parts or [])
        self.passes = passes or []
        self.heights_seen = heights_seen or []

    def __len__(self) -> int:
        return len(self.passes)

    def add(
        self,
        seen: Candidates,
        found_by: Pass,
        scale: float,
        left: float = 0,
        top: float = 0,
    ) -> None:
        """Add what one look saw, placed in the full picture."""
        placed = seen.placed(scale, left, top)
        self.candidates = Candidates.joined([self.candidates, placed])
        self.passes += [found_by] * len(seen)
        self.heights_seen += seen.heights.tolist()

    def extend(self, other: Finds) -> None:
        """Add finds that are placed already."""
        self.candidates = Candidates.joined([self.candidates, other.candidates])
        self.passes += other.passes
        self.heights_seen += other.heights_seen

    def merged(self) -> Finds:
        """Keep each face once, from the look that saw it best; turned ones come last."""
        heights = np.array(self.heights_seen, np.float32)
        smallest, largest = _BEST_HEIGHTS
        best = (heights >= smallest) & (heights <= largest)
        bonus = np.where(best, np.float32(_PREFERENCE), np.float32(0))
        # Upside down, an upright face is found as well, with its eyes for its mouth.
        turned = np.array([found_by is Pass.TURNED for found_by in self.passes], bool)
        priorities = (
            self.candidates.scores + bonus - np.where(turned, _LAST, np.float32(0))
        )
        return self.chosen(suppress(self.candidates.boxes, priorities, SAME_FACE))

    def faces(self, picture: Picture) -> Iterator[DetectedFace]:
        """Yield the finds as results, boxes cut off at the picture's edges."""
        height, width = picture.shape[:2]
        limits = np.array([width, height, width, height], np.float32)
        for box, points, score, found_by in zip(
            np.clip(self.candidates.boxes, 0, limits).tolist(),
            self.candidates.landmarks.tolist(),
            self.candidates.scores.tolist(),
            self.passes,
            strict=True,
        ):
            left, top, right, bottom = box
            right_eye, left_eye, nose, right_mouth, left_mouth = map(tuple, points)
            landmarks = (right_eye, left_eye, nose, right_mouth, left_mouth)
            yield DetectedFace(
                box=Box(x=left, y=top, width=right - left, height=bottom - top),
                landmarks=landmarks,
                score=score,
                pose=pose_of(landmarks),
                found_by=found_by,
            )

    def chosen(self, which: NDArray[np.intp]) -> Finds:
        """Return the finds at these indices."""
        return Finds(
            [self.candidates.chosen(which)],
            [self.passes[index] for index in which],
            [self.heights_seen[index] for index in which],
        )
