"""Taking out of an MP4 or QuickTime film what is neither picture nor sound.

Places (`udta`, `meta`, XMP in `uuid`), dates in three headers, names of makers, and whole
tracks: cameras write positions by the second into tracks of metadata, and drones into
subtitles. Of such a track the samples are zeroed as well. What a camera wrote into the
pictures' own stream stays: it cannot be told from them without decoding.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from .boxes import Boxes, FilmBox, UnreadableFilmError

_TOP: Final = frozenset(
    {
        *(b"ftyp", b"styp", b"mdat", b"moov", b"moof", b"mfra", b"sidx", b"ssix"),
        *(b"free", b"skip", b"wide", b"pdin"),
    }
)
_IN_MOOV: Final = frozenset({b"mvhd", b"trak", b"mvex", b"iods", b"free", b"skip"})
_IN_TRAK: Final = frozenset({b"tkhd", b"mdia", b"edts", b"tapt", b"free", b"skip"})
_IN_MDIA: Final = frozenset({b"mdhd", b"hdlr", b"minf", b"elng", b"free", b"skip"})
_TOLD: Final = frozenset({b"udta", b"meta", b"uuid"})
_SEEN_AND_HEARD: Final = frozenset({b"vide", b"soun"})
_MOST_SAMPLES: Final = 2_000_000
"""Of a track that goes: a day of two dozen a second."""


def emptied(film: bytearray) -> None:
    """Make free space of it in place; raises UnreadableFilmError."""
    boxes = Boxes(film)
    top = list(boxes.within(0, len(film)))
    movies = [box for box in top if box.kind == b"moov"]
    if len(movies) != 1:
        raise UnreadableFilmError("a film has one movie")
    if any(box.kind == b"cmov" for box in boxes.of(movies[0])):
        raise UnreadableFilmError("its tables are packed")
    fragments = [box for box in top if box.kind == b"moof"]
    dropped = _movie(boxes, movies[0])
    if dropped and fragments:
        raise UnreadableFilmError("other tracks lie in fragments")
    for fragment in fragments:
        _free_what_tells(boxes, fragment)
        for track in [box for box in boxes.of(fragment) if box.kind == b"traf"]:
            _free_what_tells(boxes, track)
    for box in top:
        if box.kind not in _TOP:
            boxes.free(box)


def _movie(boxes: Boxes, movie: FilmBox) -> int:
    """Empty a movie; how many tracks went."""
    dropped = seen = 0
    for box in list(boxes.of(movie)):
        if box.kind == b"mvhd":
            _undate(boxes, box)
        elif box.kind == b"trak":
            if _handler(boxes, box) in _SEEN_AND_HEARD:
                seen += 1
                _track(boxes, box)
            else:
                for start, end in list(_samples(boxes, box)):
                    boxes.zero(start, end)
                boxes.free(box)
                dropped += 1
        elif box.kind not in _IN_MOOV:
            boxes.free(box)
    if not seen:
        raise UnreadableFilmError("a film has a track")
    return dropped


def _track(boxes: Boxes, track: FilmBox) -> None:
    for box in list(boxes.of(track)):
        if box.kind == b"tkhd":
            _undate(boxes, box)
        elif box.kind == b"mdia":
            _media(boxes, box)
        elif box.kind not in _IN_TRAK:
            boxes.free(box)


def _media(boxes: Boxes, media: FilmBox) -> None:
    for box in list(boxes.of(media)):
        if box.kind == b"mdhd":
            _undate(boxes, box)
        elif box.kind == b"hdlr":
            boxes.zero(box.body + 24, box.end)  # a name, in whatever words
        elif box.kind == b"minf":
            _free_what_tells(boxes, box)
            table = boxes.first(box, b"stbl")
            if table is not None:
                _free_what_tells(boxes, table)
        elif box.kind not in _IN_MDIA:
            boxes.free(box)


def _free_what_tells(boxes: Boxes, box: FilmBox) -> None:
    for each in list(boxes.of(box)):
        if each.kind in _TOLD:
            boxes.free(each)


def _undate(boxes: Boxes, header: FilmBox) -> None:
    """Zero when it was made and changed, of either width."""
    width = 8 if boxes.number(header.body, 1) == 1 else 4
    boxes.zero(header.body + 4, min(header.body + 4 + 2 * width, header.end))


def _handler(boxes: Boxes, track: FilmBox) -> bytes:
    """What a track is of: `vide`, `soun`, or something else."""
    media = boxes.first(track, b"mdia")
    handler = boxes.first(media, b"hdlr") if media else None
    if handler is None:
        return b""
    return bytes(boxes.film[handler.body + 8 : min(handler.body + 12, handler.end)])


def _samples(boxes: Boxes, track: FilmBox) -> Iterator[tuple[int, int]]:
    """Where the samples of a track lie, chunk by chunk."""
    table: FilmBox | None = track
    for kind in (b"mdia", b"minf", b"stbl"):
        table = boxes.first(table, kind) if table else None
    if table is None:
        return
    inside = {box.kind: box for box in boxes.of(table)}
    places = _places(boxes, inside)
    if not places:
        return
    if b"stsc" not in inside or b"stsz" not in inside:
        raise UnreadableFilmError("samples of another kind")
    sizes = _sizes(boxes, inside[b"stsz"])
    for place, count in zip(places, _counts(boxes, inside[b"stsc"], len(places))):  # noqa: B905  (as many as there are places)
        length = 0
        for _ in range(count):
            size = next(sizes, None)
            if size is None:
                break
            length += size
        yield place, place + length


def _places(boxes: Boxes, inside: dict[bytes, FilmBox]) -> list[int]:
    for kind, width in ((b"stco", 4), (b"co64", 8)):
        if box := inside.get(kind):
            count = _count(boxes, box, box.body + 4, width)
            first = box.body + 8
            return [boxes.number(first + n * width, width) for n in range(count)]
    return []


def _counts(boxes: Boxes, box: FilmBox, chunks: int) -> Iterator[int]:
    """How many samples each chunk has."""
    first = box.body + 8
    runs = [
        (boxes.number(first + n * 12), boxes.number(first + n * 12 + 4))
        for n in range(_count(boxes, box, box.body + 4, 12))
    ]
    for (start, samples), (following, _) in pairwise([*runs, (chunks + 1, 0)]):
        for _ in range(min(following, chunks + 1) - start):
            yield samples


def _sizes(boxes: Boxes, box: FilmBox) -> Iterator[int]:
    """The size of each sample, in their order."""
    same, count = boxes.number(box.body + 4), boxes.number(box.body + 8)
    if count > _MOST_SAMPLES:
        raise UnreadableFilmError("too many samples")
    if same:
        for _ in range(count):
            yield same
        return
    for n in range(_count(boxes, box, box.body + 8, 4)):
        yield boxes.number(box.body + 12 + n * 4)


def _count(boxes: Boxes, box: FilmBox, place: int, width: int) -> int:
    """How many entries a table has; raises where the box has no place for them."""
    count = boxes.number(place)
    if place + 4 + count * width > box.end:
        raise UnreadableFilmError("a table is longer than its box")
    return count
