"""Films as they are taken in: what they are, and what they say besides their pictures.

A film is not decoded here. What is kept to be handed out is the film without what its
container says of it: where it was taken and when, with what, by whom, and the tracks that
are neither pictures nor sound. Nothing is moved: what goes becomes free space of the same
size, so every sample stays where the tables say it is.
"""

from typing import Final

from beeldrecht.domain.films import MP4_TYPE, QUICKTIME_TYPE, WEBM_TYPE

from ..rejection import RejectedFileError, RejectionReason
from .boxes import UnreadableFilmError
from .mp4 import emptied as mp4_emptied
from .webm import emptied as webm_emptied

_MP4_BRANDS: Final = frozenset(
    {
        *(b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8"),
        *(b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VH", b"M4VP", b"MSNV"),
        *(b"mmp4", b"f4v ", b"XAVC", b"hvc1"),
    }
)
_OLD_QUICKTIME: Final = frozenset({b"moov", b"mdat", b"wide"})
_EBML: Final = b"\x1aE\xdf\xa3"
_DOCTYPE: Final = b"\x42\x82\x84webm"


def film_type(data: bytes) -> str | None:
    """The type of a film by how it begins; None for everything else.

    Matroska that is not WebM, AVI and the like are none: nothing here opens them.
    """
    kind, brand = data[4:8], data[8:12]
    if kind == b"ftyp":
        if brand == b"qt  ":
            return QUICKTIME_TYPE
        return MP4_TYPE if brand in _MP4_BRANDS or brand[:3] == b"3gp" else None
    if kind in _OLD_QUICKTIME:
        return QUICKTIME_TYPE
    if data.startswith(_EBML) and _DOCTYPE in data[:64]:
        return WEBM_TYPE
    return None


def without_what_it_says(data: bytes, media_type: str) -> bytes:
    """The film of that type without what its container says; as long as it was.

    A pure function of its bytes. Raises RejectedFileError: film_unreadable, also where
    something else is mixed among pictures and sound and cannot be taken out.
    """
    film = bytearray(data)
    try:
        (webm_emptied if media_type == WEBM_TYPE else mp4_emptied)(film)
    except UnreadableFilmError as error:
        reason = RejectionReason.FILM_UNREADABLE
        raise RejectedFileError(reason, format=media_type) from error
    return bytes(film)
