"""The boxes of MP4 and QuickTime (ISO 14496-12), read from a film in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_BOXES: Final = 200_000
"""In one film; a fragment of a second has about six."""


class UnreadableFilmError(Exception):
    """The film is not built as it should be, or so that what has to go cannot be told
    from what stays.
    """


@dataclass(frozen=True, slots=True)
class FilmBox:
    """One box: its type, where it begins, its contents begin, and it ends."""

    kind: bytes
    start: int
    body: int
    end: int


class Boxes:
    """Goes through the boxes of one film; refuses one that has too many."""

    def __init__(self, film: bytearray) -> None:
        self.film = film
        self._left = MOST_BOXES

    def within(self, start: int, end: int) -> Iterator[FilmBox]:
        """The boxes from one place to another; raises UnreadableFilmError."""
        while end - start >= 8:
            self._left -= 1
            if self._left < 0:
                raise UnreadableFilmError("too many boxes")
            size, kind = self.number(start), bytes(self.film[start + 4 : start + 8])
            body = start + 8
            if size == 1:
                size, body = self.number(start + 8, 8), start + 16
            elif size == 0:
                if kind == b"\0\0\0\0":  # QuickTime ends some lists with a zero
                    return
                size = end - start
            if size < body - start or start + size > end:
                raise UnreadableFilmError("a box reaches out of what holds it")
            yield FilmBox(kind, start, body, start + size)
            start += size

    def of(self, box: FilmBox) -> Iterator[FilmBox]:
        """The boxes in a box."""
        return self.within(box.body, box.end)

    def first(self, box: FilmBox, kind: bytes) -> FilmBox | None:
        """The first box of that kind in a box."""
        return next((each for each in self.of(box) if each.kind == kind), None)

    def number(self, place: int, size: int = 4) -> int:
        """A number of so many bytes; raises UnreadableFilmError beyond the end."""
        if place + size > len(self.film):
            raise UnreadableFilmError("a number lies beyond the end")
        return int.from_bytes(self.film[place : place + size])

    def zero(self, start: int, end: int) -> None:
        """Write zeros from one place to another, as far as the film reaches."""
        end = min(end, len(self.film))
        if start < end:
            self.film[start:end] = bytes(end - start)

    def free(self, box: FilmBox) -> None:
        """Make a box free space of the same size."""
        self.film[box.start + 4 : box.start + 8] = b"free"
        self.zero(box.body, box.end)
