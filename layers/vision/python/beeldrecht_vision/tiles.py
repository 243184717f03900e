"""Cutting a large picture into squares that share their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from beeldrecht_vision.decode import Picture
    from beeldrecht_vision.yunet import Candidates

TILE = 1024
_SHARED = 96  # pixels: more than the largest face that only the tiles find
_EDGE = 2


def tiles(picture: Picture) -> Iterator[tuple[int, int]]:
    """Yield the left and top of tiles that cover the picture and share their edges."""
    height, width = picture.shape[:2]
    for top in _starts(height):
        for left in _starts(width):
            yield left, top


def _starts(length: int) -> list[int]:
    step = TILE - _SHARED
    count = max(1, -(-(length - _SHARED) // step))
    return [int(start) for start in np.linspace(0, max(0, length - TILE), count)]


def not_cut(
    seen: Candidates, tile: Picture, left: int, top: int, picture: Picture
) -> Candidates:
    """Drop what an inner edge of the tile cuts: the neighbouring tile has it whole."""
    height, width = tile.shape[:2]
    inner = np.array(
        [
            left > 0,
            top > 0,
            left + width < picture.shape[1],
            top + height < picture.shape[0],
        ]
    )
    near, far = _EDGE, np.array([width, height]) - _EDGE
    at_edge = np.concatenate([seen.boxes[:, :2] < near, seen.boxes[:, 2:] > far], axis=1)
    return seen.chosen(~(at_edge & inner).any(axis=1))
