"""Turning templates by a secret rotation, so that what is stored can be renewed.

All similarities stay as they are, since a rotation keeps angles; what is stored says
nothing to whoever has it without the secret, cannot be compared with what another
deployment stores of the same person, and is made anew by turning it with another secret
(ISO/IEC 24745: renewable, not linkable). The rotation is a product of reflections in
random directions, which is uniform over all of them (G. W. Stewart, The efficient
generation of random orthogonal matrices, 1980).
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from beeldrecht_recognition.templates import LENGTH, PersonTemplate

if TYPE_CHECKING:
    from numpy.typing import NDArray

SECRET: Final = 32
"""Bytes."""
_LABEL: Final = b"beeldrecht/rotation/1"
_HELD: Final = 4


def turned(template: bytes, secret: bytes) -> bytes:
    """A person's template as it is stored under a secret."""
    return _by(template, _matrix(secret))


def turned_back(stored: bytes, secret: bytes) -> bytes:
    """A stored template as it was before `turned` with the same secret.

    Half precision twice moves a similarity by less than 0.001.
    """
    return _by(stored, _matrix(secret).T)


def _by(template: bytes, matrix: NDArray[np.float64]) -> bytes:
    read = PersonTemplate.from_bytes(template)
    vector = (matrix @ read.vector.astype(np.float64)).astype(np.float32)
    return PersonTemplate(vector, read.photos, read.model_id).to_bytes()


@lru_cache(maxsize=_HELD)
def _matrix(secret: bytes) -> NDArray[np.float64]:
    """The rotation of a secret: the same wherever and whenever it is asked for."""
    if len(secret) != SECRET:
        raise ValueError("A rotation is made of 32 secret bytes.")
    matrix = np.eye(LENGTH)
    numbers = _normal(secret, LENGTH * LENGTH).reshape(LENGTH, LENGTH)
    for size in range(LENGTH, 1, -1):
        mirror = numbers[size - 1, :size].copy()
        sign = np.copysign(1.0, mirror[0])
        mirror[0] += sign * np.linalg.norm(mirror)
        mirror /= np.linalg.norm(mirror)
        rows = matrix[LENGTH - size :]
        rows -= 2 * np.outer(mirror, mirror @ rows)
        rows[0] *= -sign
    return matrix


def _normal(secret: bytes, count: int) -> NDArray[np.float64]:
    """So many numbers of the normal distribution that follow from a secret."""
    stream = hashlib.shake_256(_LABEL + secret).digest(8 * count)
    # 53 bits make every double between 0 and 1, and never 0 itself.
    even = ((np.frombuffer(stream, "<u8") >> 11).astype(np.float64) + 0.5) / 2**53
    radius = np.sqrt(-2 * np.log(even[: count // 2]))
    angle = 2 * np.pi * even[count // 2 :]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])
