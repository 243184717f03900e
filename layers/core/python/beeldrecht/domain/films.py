"""What is known of a film: how long it is, what it is made with, who was seen when.

A film is looked through in some of its frames, spread over its length. What was found in
them are boxes, for somebody to see who appears; nobody is told apart from anybody, and
nothing is recognised. A frame between two of them may show others: who is in a film is
declared by a person who watched it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MP4_TYPE: Final = "video/mp4"
QUICKTIME_TYPE: Final = "video/quicktime"
WEBM_TYPE: Final = "video/webm"
FILM_TYPES: Final = frozenset({MP4_TYPE, QUICKTIME_TYPE, WEBM_TYPE})

MOST_FRAMES: Final = 36
"""How many frames are looked at: of a film of ten minutes one every 17 seconds."""
LEAST_APART_MS: Final = 1_000
"""Frames nearer to each other show much the same."""
MOST_BOXES: Final = 40
"""Of one frame; the count stands beside them."""


@dataclass(frozen=True, slots=True)
class FrameBox:
    """A rectangle around a face, in upright pixels of the film."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame that was looked at."""

    at_ms: int
    """Milliseconds from the beginning."""
    face_count: int
    """How many faces were found, of which the largest stand in `boxes`."""
    boxes: tuple[FrameBox, ...]


@dataclass(frozen=True, slots=True)
class Film:
    """What a film is."""

    duration_ms: int | None
    """None: the file does not say, and only its beginning was looked through."""
    codec: str
    """How its pictures are written: `h264`, `hevc`, `vp8`, `vp9`, `mpeg4` or `mjpeg`."""
    width: int
    """Upright pixels."""
    height: int
    poster_ms: int
    """Which instant became its picture."""
    frame_count: int
    """In how many frames it was looked through."""
    complete: bool
    """Whether these are all that were to be looked at; False: time or the file ended."""


def is_film(media_type: str) -> bool:
    """Whether a file that was taken in as this is a film that can be opened."""
    return media_type in FILM_TYPES


def instants(duration_ms: int | None) -> tuple[int, ...]:
    """The instants to look at, in milliseconds, in the order in which to look.

    Evenly spread, and the middle first: wherever looking has to end, what was looked at
    lies over the whole length. Of a film that does not say how long it is, from its
    beginning on.

    >>> instants(8_000)
    (4500, 2500, 6500, 1500, 5500, 3500, 7500, 500)
    """
    if duration_ms is None:
        return tuple(n * 2 * LEAST_APART_MS for n in range(MOST_FRAMES))
    count = max(1, min(MOST_FRAMES, duration_ms // LEAST_APART_MS))
    middles = [(2 * n + 1) * duration_ms // (2 * count) for n in range(count)]
    return tuple(middles[n] for n in _halving(count))


def _halving(count: int) -> Iterator[int]:
    """Each of so many places once: the middle, the middles of the halves, and so on."""
    bits = count.bit_length()
    for n in range(1, 1 << bits):
        turned = int(f"{n:0{bits}b}"[::-1], 2)
        if turned < count:
            yield turned
    yield 0
