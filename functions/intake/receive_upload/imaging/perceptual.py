"""A 64-bit fingerprint that stays nearly the same when a picture is saved again.

The DCT hash: shrink to 32 x 32 gray, two-dimensional DCT-II, keep the lowest 8 x 8
frequencies without the zeroth row and column, and set a bit where a coefficient lies
above their median. (C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
Functions", 2010, section 3.2.) Brightness only moves the zeroth coefficient and contrast
scales all, so neither moves the bits.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_SIDE: Final = 32
_KEPT: Final = 8


def _cosines() -> NDArray[np.float64]:
    frequency = np.arange(1, _KEPT + 1)[:, None]
    place = np.arange(_SIDE)[None, :]
    return np.cos(np.pi * frequency * (2 * place + 1) / (2 * _SIDE))


_COSINES: Final = _cosines()


def perceptual_hash(image: Image.Image) -> str:
    """Return 16 hexadecimal digits for an upright image in mode L or RGB."""
    small = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    pixels = np.asarray(small, dtype=np.float64)
    # Rounding makes an even surface hash to zero rather than to rounding errors.
    frequencies = np.round(_COSINES @ pixels @ _COSINES.T, 3).ravel()
    bits = frequencies > np.median(frequencies)
    return np.packbits(bits).tobytes().hex()


def distance(one: str, other: str) -> int:
    """Return in how many of the 64 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
