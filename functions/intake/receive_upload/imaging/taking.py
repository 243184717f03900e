"""Taking any file in: a picture, a document by its first page, or bytes as they are.

What a file is follows from what is in it, never from its name. A file that is no picture
is kept as it came, beside what was made of it: to be saved, never to be shown.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from beeldrecht.domain.declarations import FILE_TYPE, PDF_TYPE
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.metadata import Metadata

from .document import first_page_of, is_document
from .films import film_type, without_what_it_says
from .receiving import Received, receive
from .rejection import RejectedFileError, RejectionReason
from .renditions import WORKING_QUALITY, decode_scaled, encode, render

_NO_PICTURE: Final = frozenset(
    {RejectionReason.NOT_AN_IMAGE, RejectionReason.UNSUPPORTED_FORMAT}
)
FIRST_PAGE_ONLY: Final = "first_page_only"
"""The note of a document: more of it than this page is not looked through."""

FILM_EMPTIED: Final = "film_emptied"
"""The note of a film: places, dates and other tracks are not in the file that leaves."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file is, and every file that is made of it; sides are 0 of no picture."""

    format: str
    width: int
    height: int
    orientation: int
    sha256: str
    perceptual_hash: str
    metadata: Metadata
    files: Mapping[RenditionName, bytes]
    notes: tuple[str, ...]


def take_in(data: bytes, announced: str, *, pixel_limit: int) -> Taken:
    """Check and render a file that was announced as that type.

    A pure function of both, so a retry gives the same result. A file is kept unopened
    only where it was announced as one: a picture of a kind that cannot be read is refused
    and not kept unseen. Raises RejectedFileError, and nothing else, for any bytes.
    """
    if is_document(data):
        return _document(data, pixel_limit=pixel_limit)
    if (film := film_type(data)) is not None:
        return _film(data, film)
    try:
        return _picture(receive(data, pixel_limit=pixel_limit))
    except RejectedFileError as error:
        if announced != FILE_TYPE or error.reason not in _NO_PICTURE:
            raise
    return _unseen(FILE_TYPE, data, data)


def _film(data: bytes, media_type: str) -> Taken:
    """A film; it has no picture until it is opened, where faces are looked for."""
    kept = without_what_it_says(data, media_type)
    return replace(_unseen(media_type, data, kept), notes=(FILM_EMPTIED,))


def _unseen(media_type: str, data: bytes, kept: bytes) -> Taken:
    """What is kept of a file of which nothing was looked at."""
    return Taken(
        format=media_type,
        width=0,
        height=0,
        orientation=1,
        sha256=hashlib.sha256(data).hexdigest(),
        perceptual_hash="",
        metadata=Metadata(),
        files={RenditionName.FILE: kept},
        notes=(),
    )


def _picture(taken: Received) -> Taken:
    made = {
        RenditionName.PREVIEW: taken.preview,
        RenditionName.THUMB: taken.thumb,
        RenditionName.WORKING: taken.working,
    }
    return Taken(
        format=taken.format,
        width=taken.width,
        height=taken.height,
        orientation=taken.orientation,
        sha256=taken.sha256,
        perceptual_hash=taken.perceptual_hash,
        metadata=taken.metadata,
        files={name: jpeg for name, jpeg in made.items() if jpeg is not None},
        notes=taken.notes,
    )


def _document(data: bytes, *, pixel_limit: int) -> Taken:
    """A PDF, by its first page; what it says of itself is about all of it, and stays."""
    page = first_page_of(data, pixel_limit=pixel_limit)
    width, height = page.size
    working = encode(page, quality=WORKING_QUALITY, subsampling="444")
    del page
    made = render(decode_scaled(working, (width, height)), orientation=1, icc=None)
    return Taken(
        format=PDF_TYPE,
        width=width,
        height=height,
        orientation=1,
        sha256=hashlib.sha256(data).hexdigest(),
        perceptual_hash=made.perceptual_hash,
        metadata=Metadata(),
        files={
            RenditionName.PREVIEW: made.preview,
            RenditionName.THUMB: made.thumb,
            RenditionName.WORKING: working,
            RenditionName.FILE: data,
        },
        notes=(FIRST_PAGE_ONLY, *made.notes),
    )
