"""The gate of the model build: known pictures must give the known numbers.

The expected numbers in golden.json came from OpenCV's own inference engine running the
published files, so they test the conversion, not repeat it. An output's hash would not
do: an equal network may be written differently, and a wrong one is not any "nearer".
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

if TYPE_CHECKING:
    from numpy.typing import NDArray

_EXPECTED = Path(__file__).with_name("golden.json")
_LEAST_COSINE = 0.99999
_LARGEST_DIFFERENCE = 2e-3  # golden.json keeps three decimals


class GoldenMismatchError(Exception):
    """A converted model computes something else than the published one."""


def golden_picture(height: int, width: int) -> NDArray[np.float32]:
    """Draw the deterministic picture [1, 3, height, width], whole numbers 0-255.

    Smooth waves of integers, so that every platform and numpy draws the same.
    """
    row, column = np.mgrid[0:height, 0:width]
    channels = [
        np.abs((row * (3 + k) + column * (5 - k)) % 510 - 255) // (1 + (row // 8 + k) % 2)
        for k in range(3)
    ]
    return np.stack(channels)[None].astype(np.float32)


def check_yunet(content: bytes) -> None:
    """Raise GoldenMismatchError unless the detector gives the published outputs.

    The picture is not square, nor 640 wide: the freed size is part of the check.
    """
    outputs = _run(content, golden_picture(32, 64))
    expected = json.loads(_EXPECTED.read_text(encoding="utf-8"))["yunet"]
    for name, values in expected.items():
        found = outputs[name].ravel()
        if found.shape != (len(values),) or not np.allclose(
            found, values, rtol=0, atol=_LARGEST_DIFFERENCE
        ):
            raise GoldenMismatchError(f"The converted YuNet differs in {name}.")


def check_sface(content: bytes) -> None:
    """Raise GoldenMismatchError unless the embedding points where the published does."""
    (found,) = _run(content, golden_picture(112, 112)).values()
    expected = json.loads(_EXPECTED.read_text(encoding="utf-8"))["sface"]
    values = np.asarray(expected, dtype=np.float64)
    vector = found.ravel().astype(np.float64)
    cosine = vector @ values / (np.linalg.norm(vector) * np.linalg.norm(values))
    # Written so that a NaN fails as well.
    if not cosine > _LEAST_COSINE:
        raise GoldenMismatchError(f"The converted SFace has cosine {cosine:.6f}.")


def _run(content: bytes, picture: NDArray[np.float32]) -> dict[str, NDArray[np.float32]]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        content, options, providers=["CPUExecutionProvider"]
    )
    names = [output.name for output in session.get_outputs()]
    results = session.run(names, {session.get_inputs()[0].name: picture})
    return dict(zip(names, results, strict=True))
