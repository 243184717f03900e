"""A face template: 128 numbers that tell people apart, and what must go with them.

Biometric data. Nothing here logs or shows the numbers, and `repr` leaves them out, so
that a traceback or a debug line cannot carry them away.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MODEL_ID: Final = "sface_2021dec/align_1"
"""Network and alignment. Templates of different ids cannot be compared."""

LENGTH: Final = 128

_MAGIC = b"BRT1"
_HEADER = struct.Struct("<4sBB")
_NUMBERS = np.dtype("<f2")
_MOST_PHOTOS = 255


class OtherModelError(Exception):
    """A template was made by another model than the one it is to be compared with."""


class UnreadableTemplateError(Exception):
    """The bytes are no template."""


class NoPhotosError(ValueError):
    """A template is made of at least one photo."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class FaceTemplate:
    """The template of one face of one picture; drop it when it has been compared.

    `face` is the index of the face among those that were handed in, `height` its height
    in pixels, `norm` the quality measure (see `quality`), `vector` of length one.
    """

    face: int
    height: float
    norm: float
    vector: NDArray[np.float32]
    model_id: str = MODEL_ID

    def __repr__(self) -> str:
        return f"<FaceTemplate of face {self.face}, {self.model_id}>"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class PersonTemplate:
    """The template that is kept of a person who enrolled: the mean of their photos."""

    vector: NDArray[np.float32]
    photos: int
    model_id: str = MODEL_ID

    @classmethod
    def of_photos(cls, templates: Sequence[FaceTemplate]) -> Self:
        """Make a person's template of one photo each time; three are far better than one.

        The normalised mean finds more than the best of several comparisons does, and
        three photos miss four to eight times fewer people than one.
        """
        if not templates:
            raise NoPhotosError("No photo to make a template of.")
        first = templates[0].model_id
        if any(template.model_id != first for template in templates):
            raise OtherModelError("The photos were embedded by different models.")
        total = np.sum([template.vector for template in templates], axis=0)
        return cls(vector=normalised(total), photos=len(templates), model_id=first)

    def to_bytes(self) -> bytes:
        """Serialise: magic, lengths, model id, then 128 half floats, little-endian.

        Half precision moves a similarity by less than 0.0005 and saves half the space.
        """
        name = self.model_id.encode()
        header = _HEADER.pack(_MAGIC, min(self.photos, _MOST_PHOTOS), len(name))
        return header + name + self.vector.astype(_NUMBERS).tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read what `to_bytes` wrote; raises UnreadableTemplateError."""
        try:
            magic, photos, name_length = _HEADER.unpack_from(data)
            numbers_at = _HEADER.size + name_length
            name = data[_HEADER.size : numbers_at].decode()
        except (struct.error, UnicodeDecodeError) as error:
            raise UnreadableTemplateError("The template's header is damaged.") from error
        numbers = data[numbers_at:]
        if magic != _MAGIC or len(numbers) != LENGTH * _NUMBERS.itemsize:
            raise UnreadableTemplateError("These bytes are no template.")
        vector = np.frombuffer(numbers, _NUMBERS).astype(np.float32)
        return cls(vector=normalised(vector), photos=photos, model_id=name)

    def __repr__(self) -> str:
        return f"<PersonTemplate of {self.photos} photos, {self.model_id}>"


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Templates:
    """The templates of one picture's faces; those too small to identify have none."""

    faces: tuple[FaceTemplate, ...]
    model_id: str = MODEL_ID

    def __len__(self) -> int:
        return len(self.faces)

    def __repr__(self) -> str:
        return f"<Templates of {len(self.faces)} faces, {self.model_id}>"


def normalised(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the vector at length one; raises UnreadableTemplateError for no vector."""
    length = float(np.linalg.norm(vector))
    if not (length > 0 and np.isfinite(length)):
        raise UnreadableTemplateError("The template has no direction.")
    return (vector / np.float32(length)).astype(np.float32)
