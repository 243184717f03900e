"""Taking out of a WebM film what is neither picture nor sound (RFC 8794, RFC 9559)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .boxes import MOST_BOXES, UnreadableFilmError

_EBML, _SEGMENT, _INFO, _TRACKS, _CLUSTER = (
    *(0x1A45DFA3, 0x18538067, 0x1549A966),
    *(0x1654AE6B, 0x1F43B675),
)
_SEEK_HEAD, _CUES, _VOID = 0x114D9B74, 0x1C53BB6B, 0xEC
_IN_SEGMENT: Final = frozenset({_SEEK_HEAD, _CUES, _VOID, _INFO, _TRACKS, _CLUSTER})
_SCALE, _DURATION, _MUXER, _WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
_IN_INFO: Final = frozenset({_SCALE, _DURATION, _MUXER, _WRITER, _VOID})
_TRACK, _TRACK_TYPE, _TRACK_NAME, _CRC = 0xAE, 0x83, 0x536E, 0xBF
_SEEN_AND_HEARD: Final = frozenset({1, 2})
_ONE_BYTE: Final = 127
"""The largest size that is written in a byte; all its bits say that it is not told."""


@dataclass(frozen=True, slots=True)
class _Element:
    kind: int
    start: int
    body: int
    end: int


class _Elements:
    """Goes through the elements of one film; refuses one that has too many."""

    def __init__(self, film: bytearray) -> None:
        self.film = film
        self._left = MOST_BOXES

    def within(self, start: int, end: int) -> Iterator[_Element]:
        """The elements from one place to another; raises UnreadableFilmError."""
        while start < end:
            self._left -= 1
            if self._left < 0:
                raise UnreadableFilmError("too many elements")
            kind, after = self._number(start, marker=True)
            size, body = self._number(after, marker=False)
            told = size != (1 << 7 * (body - after)) - 1
            stop = body + size if told else self._end_of(kind, body, end)
            if stop > end:
                raise UnreadableFilmError("an element reaches out of what holds it")
            yield _Element(kind, start, body, stop)
            start = stop

    def _end_of(self, kind: int, body: int, end: int) -> int:
        """Where an element ends that does not say so: a cluster before what stands beside
        it, the segment with the film. No other may do so.
        """
        if kind == _SEGMENT:
            return end
        if kind != _CLUSTER:
            raise UnreadableFilmError("an element does not say where it ends")
        while body < end:
            inner, after = self._number(body, marker=True)
            if inner in _IN_SEGMENT - {_VOID} or inner > 0xFFFFFF:
                return body
            size, inside = self._number(after, marker=False)
            self._left -= 1
            if self._left < 0 or inside + size > end:
                raise UnreadableFilmError("a cluster that does not end")
            body = inside + size
        return end

    def _number(self, place: int, *, marker: bool) -> tuple[int, int]:
        """A number of its own length, with the bit that tells the length or without."""
        if place >= len(self.film) or not self.film[place]:
            raise UnreadableFilmError("no number where one belongs")
        length = 9 - self.film[place].bit_length()
        if place + length > len(self.film):
            raise UnreadableFilmError("a number lies beyond the end")
        number = int.from_bytes(self.film[place : place + length])
        if not marker:
            number &= (1 << 7 * length) - 1
        return number, place + length

    def void(self, element: _Element) -> None:
        """Make an element empty space of the same size."""
        whole = element.end - element.start
        width = 1 if whole - 2 < _ONE_BYTE else 8
        size = whole - 1 - width
        told = (1 << 7 * width | size).to_bytes(width)
        self.film[element.start : element.end] = b"\xec" + told + bytes(size)


def emptied(film: bytearray) -> None:
    """Make empty space of it in place; raises UnreadableFilmError."""
    elements = _Elements(film)
    segments = 0
    for top in list(elements.within(0, len(film))):
        if top.kind == _SEGMENT:
            segments += 1
            _segment(elements, top)
        elif top.kind != _EBML:
            elements.void(top)
    if segments != 1:
        raise UnreadableFilmError("a film has one segment")


def _segment(elements: _Elements, segment: _Element) -> None:
    for each in list(elements.within(segment.body, segment.end)):
        if each.kind == _INFO:
            for said in list(elements.within(each.body, each.end)):
                if said.kind not in _IN_INFO:
                    elements.void(said)
        elif each.kind == _TRACKS:
            _tracks(elements, each)
        elif each.kind not in _IN_SEGMENT:
            elements.void(each)


def _tracks(elements: _Elements, tracks: _Element) -> None:
    for track in list(elements.within(tracks.body, tracks.end)):
        if track.kind == _CRC:
            elements.void(track)
        if track.kind != _TRACK:
            continue
        kinds = []
        for said in list(elements.within(track.body, track.end)):
            if said.kind == _TRACK_TYPE:
                kinds.append(int.from_bytes(elements.film[said.body : said.end]))
            elif said.kind in {_TRACK_NAME, _CRC}:
                elements.void(said)
        if len(kinds) != 1 or kinds[0] not in _SEEN_AND_HEARD:
            raise UnreadableFilmError("another track lies among them")
