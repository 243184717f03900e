"""Covering people in a picture that somebody else gets."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import simplejpeg

from beeldrecht.domain.assets import Face
from beeldrecht_vision.decode import (
    ImageTooLargeError,
    Picture,
    UnreadableImageError,
    decode_jpeg,
)
from beeldrecht_vision.masking import FILL, UncoverableFaceError, cover_onto

from .step import UncoverableError

QUALITY: Final = 92
"""Of a picture that was decoded once before: hardly any loss besides what is covered."""


class Covering:
    """Decodes, covers and encodes, up to so many pixels."""

    def __init__(self, pixel_limit: int) -> None:
        self._pixel_limit = pixel_limit

    def cover(self, jpeg: bytes, faces: Sequence[Face], width: int) -> bytes:
        """The picture with these heads covered by one colour.

        A JPEG without metadata; the same for the same picture and faces. Raises
        UncoverableError.
        """
        pixels = self._decoded(jpeg)
        _cover(pixels, faces, width)
        return _encoded(pixels)

    def only(
        self, jpeg: bytes, own: Sequence[Face], others: Sequence[Face], width: int
    ) -> bytes:
        """The picture with nothing in sight but these heads, where no other is.

        For pictures in which not everybody was found: whoever was not, is covered too.
        Raises UncoverableError.
        """
        pixels = self._decoded(jpeg)
        _cover(pixels, others, width)
        heads = np.zeros_like(pixels)
        _cover(heads, own, width)
        pixels[heads != FILL] = FILL
        return _encoded(pixels)

    def _decoded(self, jpeg: bytes) -> Picture:
        try:
            decoded = decode_jpeg(jpeg, order="RGB", pixel_limit=self._pixel_limit)
        except (UnreadableImageError, ImageTooLargeError) as error:
            raise UncoverableError from error
        return decoded if decoded.flags.writeable else decoded.copy()


def _cover(pixels: Picture, faces: Sequence[Face], width: int) -> None:
    try:
        cover_onto(pixels, faces, pixels.shape[1] / width)
    except UncoverableFaceError as error:
        raise UncoverableError from error


def _encoded(pixels: Picture) -> bytes:
    return bytes(
        simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), QUALITY, "RGB", "420")
    )
