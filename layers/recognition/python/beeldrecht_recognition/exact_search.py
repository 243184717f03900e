"""Finding the vectors most like a probe among very many, exactly, from one byte a number.

A first pass compares whole numbers of seven bits: a quarter of the memory to read of what
floats take, and sixteen probes for the price of one. What rounding to seven bits may have
moved is known for each block of rows, so everything that could still be the answer is
compared again in double precision. The answer is that of double precision by proof:

    row x = x' + e, probe q = q' + f, both rounded to x' and q':
    |q.x - q'.x'| = |q.e + f.x'| <= |q| |e| + |f| |x'|         (Cauchy and Schwarz)

Near ties only make more rows come back for the second look. An orthogonal rotation
(`rotation`) spreads vectors over all their numbers, so that the rounding is even.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import onnxruntime

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

MODEL: Final = bytes.fromhex(
    "080812003a680a180a01610a0162120179220d4d61744d756c496e74656765721207636f"
    "6d706172655a150a016112100a0e0802120a0a0312016e0a031201645a150a016212100a"
    "0e0803120a0a031201640a0312016d62150a017912100a0e0806120a0a0312016e0a0312"
    "016d42040a00100d"
)
"""One multiplication of bytes as an ONNX file; `tests` write the same with `onnx`."""

BLOCK = 32_768
"""Rows at a time: 4 MiB of bytes, which stay in the cache with what comes of them."""
TOGETHER = 16
"""Probes that cost no more than one: the width of the multiplication's own tile."""

_MIDDLE = 64
_ROW = 63
"""Rows are kept in seven bits: with eight, two products may not fit the sixteen bits in
which processors without VNNI add them, and the sum would be cut off silently."""
_PROBE = 127
_SLACK = 1e-6
"""More than floats of 24 bits lose over the two multiplications of the first pass."""
_TIE = 1e-12
"""Doubles cannot tell similarities apart that are closer than some 1e-14."""


class Found(NamedTuple):
    """Probes, rows and how alike they are, each (k,); by probe, then by row."""

    probes: NDArray[np.int64]
    rows: NDArray[np.int64]
    alike: NDArray[np.float64]


class _Block(NamedTuple):
    first: int
    codes: NDArray[np.uint8]
    steps: NDArray[np.float32]
    lost: float
    """The longest `e` of its rows."""
    longest: float
    """The longest `x'` of its rows."""


class ExactSearch:
    """Vectors to find the most alike among. Safe to share between threads."""

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        """Keep (n, d) vectors, and them rounded; raises ValueError when one is no number.

        Takes five bytes a number: 64 MB for 100,000 vectors of 128.
        """
        self._vectors = np.ascontiguousarray(vectors, np.float32)
        starts = range(0, len(self._vectors), BLOCK)
        self._blocks = tuple(_rounded(self._vectors[n : n + BLOCK], n) for n in starts)

    def __len__(self) -> int:
        return len(self._vectors)

    def at_least(self, probes: NDArray[np.float32], least: float) -> Found:
        """Every row that is at least so much alike, for each of (m, d) probes."""
        parts = [
            self._at_least(probes[n : n + TOGETHER], n, least)
            for n in range(0, len(probes), TOGETHER)
        ]
        empty = Found(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))
        return Found(*map(np.concatenate, zip(*(parts or [empty]), strict=True)))

    def nearest(self, probes: NDArray[np.float32]) -> list[tuple[int, float]]:
        """The row most like each of (m, d) probes, and how alike they are.

        Of rows that are equally alike the first. What doubles cannot tell apart is
        summed without rounding. Raises ValueError when there is no row.
        """
        if not self._blocks:
            raise ValueError("There is nothing to be alike to.")
        return [
            found
            for n in range(0, len(probes), TOGETHER)
            for found in self._nearest(probes[n : n + TOGETHER])
        ]

    def _at_least(self, probes: NDArray[np.float32], first: int, least: float) -> Found:
        numbers, rows = [], []
        for block, guesses, margins in self._guesses(probes):
            these, which = np.nonzero(guesses >= (least - margins).astype(np.float32))
            rows.append(these + block.first)
            numbers.append(which)
        found = np.concatenate([np.empty(0, np.int64), *numbers])
        among = np.concatenate([np.empty(0, np.int64), *rows])
        alike = _doubles(probes[found], self._vectors[among])
        order = np.lexsort((among, found))
        order = order[alike[order] >= least]
        return Found(found[order] + first, among[order], alike[order])

    def _nearest(self, probes: NDArray[np.float32]) -> Iterator[tuple[int, float]]:
        seen = list(self._guesses(probes))
        surely = np.max([g.max(axis=0) - m for _, g, m in seen], axis=0)
        for number, probe in enumerate(probes):
            rows = np.concatenate(
                [
                    np.flatnonzero(guesses[:, number] >= surely[number] - margins[number])
                    + block.first
                    for block, guesses, margins in seen
                ]
            )
            alike = _doubles(probe[None, :], self._vectors[rows])
            close = np.flatnonzero(alike >= alike.max() - _TIE)
            if len(close) > 1:
                alike[close] = [_unrounded(probe, self._vectors[rows[n]]) for n in close]
                close = close[alike[close] == alike[close].max()]
            yield int(rows[close[0]]), float(alike[close[0]])

    def _guesses(
        self, probes: NDArray[np.float32]
    ) -> Iterator[tuple[_Block, NDArray[np.float32], NDArray[np.float64]]]:
        """Of each block: similarities (rows, m), and how far off they may be (m,)."""
        steps, codes = _steps(probes, _PROBE)
        kept = codes * steps[:, None].astype(np.float64)
        lost = np.linalg.norm(probes.astype(np.float64) - kept, axis=1)
        length = np.linalg.norm(probes.astype(np.float64), axis=1)
        byte = np.ascontiguousarray(codes.T.astype(np.int8))
        middle = (_MIDDLE * codes.sum(axis=1)).astype(np.int32)
        for block in self._blocks:
            (products,) = _multiplication().run(None, {"a": block.codes, "b": byte})
            guesses = (products - middle).astype(np.float32)
            guesses *= block.steps[:, None]
            guesses *= steps
            slack = _SLACK * (1 + length) * (1 + block.longest)
            yield block, guesses, length * block.lost + lost * block.longest + slack


def _rounded(vectors: NDArray[np.float32], first: int) -> _Block:
    if not np.isfinite(vectors).all():
        raise ValueError("A vector holds what is no number.")
    steps, codes = _steps(vectors, _ROW)
    kept = codes * steps[:, None].astype(np.float64)
    return _Block(
        first=first,
        codes=(codes + _MIDDLE).astype(np.uint8),
        steps=steps,
        lost=float(np.linalg.norm(vectors - kept, axis=1).max()),
        longest=float(np.linalg.norm(kept, axis=1).max()),
    )


def _steps(
    vectors: NDArray[np.float32], most: int
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """What one step of each row stands for, and the row in whole steps up to `most`."""
    steps = np.abs(vectors).max(axis=1) / np.float32(most)
    steps[steps == 0] = 1
    codes = np.clip(np.rint(vectors / steps[:, None]), -most, most).astype(np.int32)
    return steps.astype(np.float32), codes


def _doubles(
    probes: NDArray[np.float32], rows: NDArray[np.float32]
) -> NDArray[np.float64]:
    """The similarity of each pair, in double precision."""
    product = probes.astype(np.float64) * rows.astype(np.float64)
    result: NDArray[np.float64] = product.sum(axis=1)
    return result


def _unrounded(probe: NDArray[np.float32], row: NDArray[np.float32]) -> float:
    """The similarity rounded once, at the end: products of floats fit a double whole."""
    return math.fsum((probe.astype(np.float64) * row.astype(np.float64)).tolist())


@cache
def _multiplication() -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        MODEL, options, providers=["CPUExecutionProvider"]
    )
