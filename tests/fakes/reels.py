"""Films, made in the test: frames of photos, and what cameras write beside them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

type Pixels = NDArray[np.uint8]

PLACE: Final = b"+52.3702+004.8952/"
"""As a phone writes where a film was taken."""
TRACKED: Final = b"52.37021,4.89521 at 12:00:01"
"""As a camera writes where it is, second by second."""


def flat(gray: int, size: tuple[int, int] = (160, 96)) -> Pixels:
    """A frame of one gray."""
    return np.full((size[1], size[0], 3), gray, np.uint8)


def shown(photo: Path, size: tuple[int, int]) -> Pixels:
    """A frame that shows a photo, as large as it fits."""
    picture = cv2.imread(str(photo))
    assert picture is not None
    scale = min(size[0] / picture.shape[1], size[1] / picture.shape[0])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    frame = np.zeros((size[1], size[0], 3), np.uint8)
    frame[: small.shape[0], : small.shape[1]] = small[: size[1], : size[0]]
    return frame


def film_of(path: Path, frames: Sequence[Pixels], rate: float = 2) -> bytes:
    """A film of these frames: MPEG-4 in MP4 or MOV, VP8 in WebM, by the path's ending."""
    codec = "VP80" if path.suffix == ".webm" else "mp4v"
    height, width = frames[0].shape[:2]
    out = cv2.VideoWriter(
        str(path),
        cv2.CAP_FFMPEG,
        cv2.VideoWriter.fourcc(*codec),
        rate,
        (width, height),
    )
    assert out.isOpened()
    for each in frames:
        out.write(each)
    out.release()
    return path.read_bytes()


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of MP4."""
    body = b"".join(parts)
    return (len(body) + 8).to_bytes(4) + kind + body


def numbers(*values: int) -> bytes:
    """Numbers of four bytes."""
    return b"".join(each.to_bytes(4) for each in values)


def followed(film: bytes) -> bytes:
    """An MP4 of a camera that wrote down where it was: once, and in a track of places."""
    at = film.index(b"moov") - 4
    assert int.from_bytes(film[at : at + 4]) == len(film) - at, "moov is the last box"
    said = box(b"udta", box(b"\xa9xyz", numbers(0x001215C7), PLACE))
    samples = box(b"mdat", TRACKED)

    def track(place: int) -> bytes:
        table = box(
            b"stbl",
            box(b"stsz", numbers(0, 0, 1, len(TRACKED))),
            box(b"stsc", numbers(0, 1, 1, 1, 1)),
            box(b"stco", numbers(0, 1, place)),
        )
        handler = box(b"hdlr", numbers(0, 0), b"meta", bytes(12), b"places\0")
        return box(b"trak", box(b"mdia", handler, box(b"minf", table)))

    movie = film[at + 8 :] + said + track(0)
    place = at + 8 + len(movie) + 8
    movie = film[at + 8 :] + said + track(place)
    return film[:at] + box(b"moov", movie) + samples
