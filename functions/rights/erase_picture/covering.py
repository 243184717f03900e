"""Covering faces in a full-size JPEG that keeps its colours."""

from collections.abc import Iterator, Sequence

import simplejpeg

from beeldrecht.domain.assets import Face
from beeldrecht_vision.masking import masked_jpeg

QUALITY = 95
"""As of a working rendition: this becomes the original, and others are made of it."""
_SOI, _APP2, _SOS = b"\xff\xd8", 0xE2, 0xDA
_PROFILE = b"ICC_PROFILE\0"
_ALONE = range(0xD0, 0xD8)


class Cover:
    """Covers faces; a picture of more pixels than the limit is refused."""

    def __init__(self, pixel_limit: int) -> None:
        self._pixel_limit = pixel_limit

    def __call__(
        self, jpeg: bytes, faces: Sequence[Face], width: int, orientation: int
    ) -> bytes:
        """A new upright JPEG of nothing but pixels, and the profile of their colours.

        Everything else that the file said goes: names, places, a thumbnail of before.
        """
        made = masked_jpeg(jpeg, faces, width, orientation, QUALITY, self._pixel_limit)
        if simplejpeg.decode_jpeg_header(jpeg)[2] == "Gray":
            return made  # it comes out in three colours, which a gray profile is not of
        return _SOI + b"".join(profile_of(jpeg)) + made[len(_SOI) :]


def profile_of(jpeg: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that hold its colour profile, whole, in their order."""
    place = len(_SOI)
    while place + 4 <= len(jpeg) and jpeg[place] == 0xFF:
        marker = jpeg[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker == _SOS:
            return
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        if marker == _APP2 and jpeg.startswith(_PROFILE, place + 4):
            yield jpeg[place:end]
        place = end
