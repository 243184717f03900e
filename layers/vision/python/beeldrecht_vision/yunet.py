"""Running the YuNet detector: pixels in, candidate faces out. numpy and onnxruntime only.

W. Wu, H. Peng, S. Yu: YuNet, a tiny millisecond-level face detector (2023). Anchor-free:
each cell of three grids (8, 16, 32 pixels) says whether a face is centred there, how
large it is, and where its landmarks are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

LEAST_SCORE = 0.6
"""The usual .9 loses most faces under 32 pixels."""

_STRIDES = (8, 16, 32)
_MULTIPLE = max(_STRIDES)
_KINDS = ("cls", "obj", "bbox", "kps")
_SEVERITY_ERROR = 3


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Faces as rows: boxes (n, 4) left top right bottom, landmarks (n, 5, 2)."""

    boxes: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    scores: NDArray[np.float32]

    @classmethod
    def none(cls) -> Candidates:
        """Return the empty set."""
        return cls(
            np.zeros((0, 4), np.float32),
            np.zeros((0, 5, 2), np.float32),
            np.zeros(0, np.float32),
        )

    @classmethod
    def joined(cls, parts: Sequence[Candidates]) -> Candidates:
        """Return all candidates of the parts, in their order."""
        if not parts:
            return cls.none()
        return cls(
            np.concatenate([part.boxes for part in parts]),
            np.concatenate([part.landmarks for part in parts]),
            np.concatenate([part.scores for part in parts]),
        )

    def __len__(self) -> int:
        return len(self.scores)

    @property
    def heights(self) -> NDArray[np.float32]:
        """The heights of the boxes in pixels."""
        return self.boxes[:, 3] - self.boxes[:, 1]

    def chosen(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Candidates:
        """Return the rows chosen by a mask or by their indices."""
        return Candidates(self.boxes[which], self.landmarks[which], self.scores[which])

    def placed(self, scale: float, left: float = 0, top: float = 0) -> Candidates:
        """Return the same faces in a picture `scale` times as large, then moved."""
        offset = np.array([left, top], np.float32)
        return Candidates(
            self.boxes * np.float32(scale) + np.tile(offset, 2),
            self.landmarks * np.float32(scale) + offset,
            self.scores,
        )


class YuNet:
    """The detector network; safe to share between threads."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        self._session = open_session(model, threads)
        self._names = [f"{kind}_{step}" for step in _STRIDES for kind in _KINDS]

    def find(self, picture: Picture, least_score: float = LEAST_SCORE) -> Candidates:
        """Return the faces in a picture (BGR, any size), overlapping ones included.

        Reliable for faces of 24 to 400 pixels; memory grows with the area, about
        90 bytes a pixel.
        """
        height, width = picture.shape[:2]
        padded_height, padded_width = (
            -(-n // _MULTIPLE) * _MULTIPLE for n in (height, width)
        )
        pixels = np.zeros((1, 3, padded_height, padded_width), np.float32)
        pixels[0, :, :height, :width] = picture.transpose(2, 0, 1)
        outputs = self._session.run(self._names, {"input": pixels})
        values = {
            name: output[0] for name, output in zip(self._names, outputs, strict=True)
        }
        return Candidates.joined(
            [_read_grid(values, step, padded_width, least_score) for step in _STRIDES]
        )

    def find_distinct(self, picture: Picture) -> Candidates:
        """Return the faces in a picture, each once."""
        found = self.find(picture)
        return found.chosen(suppress(found.boxes, found.scores, most_overlap=0.3))


def open_session(model: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a network on the CPU, quietly, with this number of threads and no more."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _SEVERITY_ERROR
    return onnxruntime.InferenceSession(
        str(model), options, providers=["CPUExecutionProvider"]
    )


def overlaps(box: NDArray[np.float32], boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return intersection over union of one box with each of the others."""
    sides = np.minimum(box[2:], boxes[:, 2:]) - np.maximum(box[:2], boxes[:, :2])
    shared: NDArray[np.float32] = np.clip(sides, 0, None).prod(axis=1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(axis=1)
    union = (box[2:] - box[:2]).prod() + areas - shared
    # Boxes without area overlap nothing.
    none = np.zeros_like(shared)
    result: NDArray[np.float32] = np.divide(shared, union, out=none, where=union > 0)
    return result


def suppress(
    boxes: NDArray[np.float32],
    priorities: NDArray[np.float32],
    most_overlap: float,
) -> NDArray[np.intp]:
    """Greedy non-maximum suppression: return the indices to keep, highest first.

    Equal priorities keep their order, so the result never depends on a sort's whim.
    """
    waiting = np.argsort(-priorities, kind="stable")
    kept: list[int] = []
    while waiting.size:
        best, rest = waiting[0], waiting[1:]
        kept.append(int(best))
        waiting = rest[overlaps(boxes[best], boxes[rest]) <= most_overlap]
    return np.array(kept, dtype=np.intp)


def _read_grid(
    values: dict[str, NDArray[np.float32]],
    step: int,
    padded_width: int,
    least_score: float,
) -> Candidates:
    """Turn one grid's outputs into candidates; cells are numbered row by row."""
    classes, objects, boxes, points = (values[f"{kind}_{step}"] for kind in _KINDS)
    certain = np.clip(classes[:, 0], 0, 1) * np.clip(objects[:, 0], 0, 1)
    scores = np.sqrt(certain)
    cells = np.flatnonzero(scores >= least_score)
    rows, columns = np.divmod(cells, padded_width // step)
    origins = np.stack([columns, rows], axis=1).astype(np.float32)
    centres = (origins + boxes[cells, :2]) * step
    halves = np.exp(boxes[cells, 2:]) * (step / 2)
    landmarks = (points[cells].reshape(-1, 5, 2) + origins[:, None]) * step
    return Candidates(
        np.concatenate([centres - halves, centres + halves], axis=1),
        landmarks.astype(np.float32),
        scores[cells],
    )
