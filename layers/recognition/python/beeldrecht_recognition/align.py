"""Turning a face upright and to size, the way the embedding network learned faces.

The geometry is S. Umeyama's (Least-squares estimation of transformation parameters
between two point patterns, 1991). The sampler is numpy's, because OpenCV does not fit
beside the embedding network; on portraits its embeddings point the same way as with
OpenCV's own sampler (docs/model-card.md has the figures).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from beeldrecht_vision.decode import Picture

type Affine = NDArray[np.float64]
"""2 x 3: picture pixels → output pixels."""

CHIP = 112
"""Side of the square that the network takes, in pixels."""

REFERENCE = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ]
)
"""Where the five landmarks belong in that square (the ArcFace convention)."""

_CUBIC = -0.75  # the kernel's slope at one pixel, as OpenCV has it
_EDGE = 3  # pixels around what is needed, for the kernels
# A face of 3 pixels, and one of 7000: other factors are mistakes, and cost memory.
_MOST_GROWTH = 16
_MOST_SHRINK = 128
_FITS_TWO_BYTES = 16


class DegenerateLandmarksError(ValueError):
    """All landmarks are the same point: there is no face to turn."""


def similarity(source: NDArray[np.float64], target: NDArray[np.float64]) -> Affine:
    """Return turn, scale and shift, never a mirror, that best lay source on target.

    Both are (n, 2). Least squares; raises DegenerateLandmarksError on a single point.
    """
    source_mean, target_mean = source.mean(axis=0), target.mean(axis=0)
    centred = source - source_mean
    spread = centred.var(axis=0).sum()
    if not spread > 0:
        raise DegenerateLandmarksError("The landmarks are all one point.")
    covariance = (target - target_mean).T @ centred / len(source)
    left, strengths, right = np.linalg.svd(covariance)
    signs = np.array([1.0, np.sign(np.linalg.det(left) * np.linalg.det(right)) or 1.0])
    turn = (left * signs) @ right
    scale = (strengths * signs).sum() / spread
    shift = target_mean - scale * turn @ source_mean
    return np.column_stack([scale * turn, shift])


def align(picture: Picture, landmarks: NDArray[np.float64]) -> Picture:
    """Return the face as 112 x 112 pixels with its landmarks where they belong."""
    return warp(picture, similarity(landmarks, REFERENCE), CHIP, CHIP)


def warp(picture: Picture, matrix: Affine, height: int, width: int) -> Picture:
    """Resample the picture through a similarity; black outside of it.

    A whole factor comes first: averaging when it shrinks by two or more, a bicubic curve
    when it grows, so a face gets neither jagged nor blocky; the linear filter does the
    rest. Only the pixels needed are touched, so the picture may be a view of any strides.
    """
    scale = float(np.hypot(*matrix[:, 0]))
    shrink = min(_MOST_SHRINK, max(1, int(1 / scale)))
    grow = min(_MOST_GROWTH, max(1, math.ceil(scale)))
    inverse = inverted(matrix)
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], np.float64)
    first, cut = _cut(picture, transformed(inverse, corners), shrink)
    if not cut.size:
        return np.zeros((height, width, 3), np.uint8)
    values = _averaged(cut, shrink) if shrink > 1 else _enlarged(cut, grow)
    rows, columns = np.divmod(np.arange(height * width), width)
    points = transformed(inverse, np.column_stack([columns, rows]).astype(np.float64))
    # Pixels are counted at their centres, which move by half when their size changes.
    places = (points - first + 0.5) * (grow / shrink) - 0.5
    samples = _sampled(values, places)
    rounded = np.clip(np.rint(samples), 0, 255).astype(np.uint8)
    return rounded.reshape(height, width, 3)


def transformed(matrix: Affine, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points (..., 2) as the matrix maps them."""
    mapped: NDArray[np.float64] = points @ matrix[:, :2].T + matrix[:, 2]
    return mapped


def inverted(matrix: Affine) -> Affine:
    """Return the matrix that maps back."""
    back = np.linalg.inv(matrix[:, :2])
    return np.column_stack([back, -back @ matrix[:, 2]])


def _cut(
    picture: Picture, corners: NDArray[np.float64], multiple: int
) -> tuple[NDArray[np.int64], Picture]:
    """Copy the rectangle around the corners with an edge; return its first x, y as well.

    Its sides are multiples; what lies outside the picture is black, and of that no more
    than the edge is copied, however far out the corners are.
    """
    edge = _EDGE * multiple
    size = np.array(picture.shape[1::-1])
    first = np.clip(np.floor(corners.min(axis=0)) - edge, -edge, size).astype(np.int64)
    last = np.clip(np.ceil(corners.max(axis=0)) + edge, 0, size + edge).astype(np.int64)
    width, height = (-(-np.maximum(last - first, 0) // multiple) * multiple).tolist()
    cut = np.zeros((height, width, 3), np.uint8)
    left, top = np.maximum(first, 0).tolist()
    right, bottom = np.minimum(first + np.array([width, height]), size).tolist()
    inside = picture[top:bottom, left:right]
    row, column = top - int(first[1]), left - int(first[0])
    cut[row : row + inside.shape[0], column : column + inside.shape[1]] = inside
    return first, cut


def _averaged(cut: Picture, shrink: int) -> NDArray[np.float32]:
    """Average squares of `shrink` by `shrink` pixels."""
    # In whole numbers, which a sum of sixteen rows of sixteen still fits as two bytes.
    whole = np.uint16 if shrink <= _FITS_TWO_BYTES else np.uint32
    rows: NDArray[np.unsignedinteger] = cut[::shrink].astype(whole)
    for row in range(1, shrink):
        rows += cut[row::shrink]
    squares = rows[:, ::shrink].copy()
    for column in range(1, shrink):
        squares += rows[:, column::shrink]
    return (squares / np.float32(shrink**2)).astype(np.float32)


def _enlarged(cut: Picture, grow: int) -> NDArray[np.float32]:
    """Enlarge by a whole factor with Keys' cubic convolution (1981)."""
    values = cut.astype(np.float32)
    if grow == 1:
        return values
    return _stretched(_stretched(values, grow).swapaxes(0, 1), grow).swapaxes(0, 1)


def _stretched(values: NDArray[np.float32], grow: int) -> NDArray[np.float32]:
    """Enlarge along the first axis: every new row is a mix of four old ones."""
    length = len(values)
    padded = np.pad(values, ((2, 2), (0, 0), (0, 0)), mode="edge")
    result = np.zeros((length * grow, *values.shape[1:]), np.float32)
    for phase in range(grow):
        place = (phase + 0.5) / grow - 0.5
        base = math.floor(place)
        for tap, share in enumerate(_cubic_shares(place - base), start=base + 1):
            result[phase::grow] += np.float32(share) * padded[tap : tap + length]
    return result


def _cubic_shares(t: float) -> tuple[float, float, float, float]:
    """Return the shares of the four pixels around a place `t` after the second."""
    u = 1 - t
    before, after = _CUBIC * t * u * u, _CUBIC * u * t * t
    near = ((_CUBIC + 2) * t - (_CUBIC + 3)) * t * t + 1
    return before, near, 1 - before - near - after, after


def _sampled(
    values: NDArray[np.float32], places: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Interpolate linearly at the places (n, 2 as x, y)."""
    base = np.floor(places).astype(np.int64)
    across, down = (places - base).astype(np.float32).T[:, :, None]
    height, width, channels = values.shape
    flat = np.ascontiguousarray(values).reshape(-1, channels)
    columns = [np.clip(base[:, 0] + step, 0, width - 1) for step in (0, 1)]
    samples = np.zeros((len(places), channels), np.float32)
    for step, row_share in enumerate((1 - down, down)):
        row = np.clip(base[:, 1] + step, 0, height - 1) * width
        for column, share in zip(columns, (1 - across, across), strict=True):
            samples += row_share * share * flat.take(row + column, axis=0)
    return samples
