"""Files mutated from real ones: seeded, and where the structure is, not only at random.

What is protected by a checksum (a PNG's chunks) gets a right one again, so that the
damage reaches the decoder behind it.
"""

import random
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence

type Mutation = Callable[[bytearray, random.Random], None]

WILD = (
    b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\0\0\xff\xff",
    b"\xff\xff", b"\0\0", b"\x10\0", b"\xff", b"\0", b"\x40\0\0\0", b"\0\0\0\1",
)  # fmt: skip
TAILS = (
    b"PK\x03\x04\x14\0\0\0\0\0" + b"x" * 40 + b"PK\x05\x06" + bytes(18),
    b"<html><script>alert(document.domain)</script></html>",
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    b"%PDF-1.7\n1 0 obj<</OpenAction 2 0 R>>\n%%EOF",
    b"<?php system($_GET['c']); ?>",
    bytes(5000),
)


def mutated(sources: Sequence[bytes], random_: random.Random) -> bytes:
    """One file, made of one of these (or of two) by one to six mutations."""
    source = random_.choice(sources)
    data = bytearray(source)
    for _ in range(random_.choice((1, 1, 2, 3, 6))):
        if random_.random() < 0.04:
            _splice(data, random_.choice(sources), random_)
        else:
            random_.choice((*_PLAIN, *_structural(source)))(data, random_)
    return bytes(data)


# Anywhere ---------------------------------------------------------------------------


def _place(data: bytearray, random_: random.Random) -> int:
    """Mostly in the header or the last bytes, where directories are."""
    reach = random_.choice((32, 256, 4096, len(data), len(data)))
    at = random_.randrange(max(1, min(reach, len(data))))
    return max(0, len(data) - 1 - at) if random_.random() < 0.15 else at


def _byte(data: bytearray, random_: random.Random) -> None:
    at = _place(data, random_)
    data[at : at + 1] = bytes([random_.randrange(256)])


def _bit(data: bytearray, random_: random.Random) -> None:
    at = _place(data, random_)
    data[at : at + 1] = bytes(b ^ 1 << random_.randrange(8) for b in data[at : at + 1])


def _number(data: bytearray, random_: random.Random) -> None:
    at, wild = _place(data, random_), random_.choice(WILD)
    data[at : at + len(wild)] = wild


def _delete(data: bytearray, random_: random.Random) -> None:
    at = _place(data, random_)
    del data[at : at + random_.randrange(1, 4000)]


def _insert(data: bytearray, random_: random.Random) -> None:
    at = _place(data, random_)
    data[at:at] = random_.randbytes(random_.randrange(1, 400))


def _repeat(data: bytearray, random_: random.Random) -> None:
    at, start = _place(data, random_), _place(data, random_)
    data[at:at] = data[start : start + random_.randrange(1, 60_000)]


def _cut(data: bytearray, random_: random.Random) -> None:
    del data[_place(data, random_) :]


def _zeros(data: bytearray, random_: random.Random) -> None:
    at, count = _place(data, random_), random_.randrange(1, 20_000)
    data[at : at + count] = bytes(min(count, max(0, len(data) - at)))


def _tail(data: bytearray, random_: random.Random) -> None:
    data += random_.choice(TAILS)


def _head(data: bytearray, random_: random.Random) -> None:
    data[:0] = random_.choice(TAILS)


def _splice(data: bytearray, other: bytes, random_: random.Random) -> None:
    """The beginning of one file and the end of another."""
    data[_place(data, random_) :] = other[random_.randrange(len(other)) :]


_PLAIN: tuple[Mutation, ...] = (
    _byte, _byte, _bit, _bit, _number, _number, _number, _delete, _insert, _repeat, _cut,
    _zeros, _tail, _head,
)  # fmt: skip


# By format --------------------------------------------------------------------------


def _structural(source: bytes) -> tuple[Mutation, ...]:
    """What can be done to this kind of file; weighed against the plain ones."""
    if source[:4] == b"\x89PNG":
        return (_png_chunk,) * 8 + (_png_size,) * 2
    if source[:2] == b"\xff\xd8":
        return (_jpeg_segment,) * 8 + (_jpeg_size,) * 2
    if source[:4] in {b"II*\0", b"MM\0*"}:
        return (_tiff_entry,) * 10
    if source[:4] == b"RIFF":
        return (_riff_chunk,) * 8
    if source[4:8] == b"ftyp":
        return (_media_box,) * 10
    return ()


def _patch(data: bytearray, start: int, end: int, random_: random.Random) -> None:
    if end > start:
        at, wild = random_.randrange(start, end), random_.choice(WILD)
        end = min(end, at + len(wild))
        data[at:end] = wild[: end - at]


def _chunks(data: bytearray) -> list[tuple[int, int]]:
    """Where the chunks of a PNG begin and end."""
    found: list[tuple[int, int]] = []
    at = 8
    while at + 12 <= len(data) and len(found) < 500:
        end = at + 12 + int.from_bytes(data[at : at + 4])
        if end > len(data):
            break
        found.append((at, end))
        at = end
    return found


def _png_chunk(data: bytearray, random_: random.Random) -> None:
    chunks = _chunks(data)
    if not chunks:
        return
    start, end = random_.choice(chunks)
    match random_.randrange(4):
        case 0:
            data[start:start] = data[start:end]
        case 1 if len(chunks) > 1:
            del data[start:end]
        case _:
            _patch(data, start + 4, end - 4, random_)
            _sign(data, start, end)


def _png_size(data: bytearray, random_: random.Random) -> None:
    """Another size, depth, colour type or interlacing, under a right checksum."""
    if len(data) < 33:
        return
    at = random_.choice((16, 20, 24, 25, 28))
    if at < 24:
        side = random_.choice((0, 1, 7, 4999, 5001, 14_142, 65_501, 2**31 - 1))
        data[at : at + 4] = struct.pack(">I", side)
    else:
        data[at] = random_.choice((0, 1, 2, 3, 4, 6, 8, 16, 255))
    _sign(data, 8, 33)


def _sign(data: bytearray, start: int, end: int) -> None:
    data[end - 4 : end] = struct.pack(">I", zlib.crc32(data[start + 4 : end - 4]))


def _segments(data: bytearray) -> Iterator[tuple[int, int]]:
    """Where marker segments with a length stand, up to a few scans."""
    for found in re.finditer(rb"\xff[\xc0-\xcf\xda\xdb\xdd\xe0-\xef\xfe]", data):
        start = found.start()
        yield (
            start,
            min(len(data), start + 2 + int.from_bytes(data[start + 2 : start + 4])),
        )


def _some_segments(data: bytearray, kinds: bytes = b"") -> list[tuple[int, int]]:
    found = []
    for start, end in _segments(data):
        if not kinds or data[start + 1] in kinds:
            found.append((start, end))
        if len(found) == 60:
            break
    return found


def _jpeg_segment(data: bytearray, random_: random.Random) -> None:
    segments = _some_segments(data)
    if not segments:
        return
    start, end = random_.choice(segments)
    match random_.randrange(6):
        case 0:
            data[start:start] = data[start:end]
        case 1:
            del data[start:end]
        case 2:
            data[start + 1] = random_.randrange(0xC0, 0x100)
        case 3:
            data[start + 2 : start + 4] = random_.choice((b"\0\0", b"\0\2", b"\xff\xff"))
        case _:
            _patch(data, start + 4, end, random_)


def _jpeg_size(data: bytearray, random_: random.Random) -> None:
    frames = _some_segments(data, b"\xc0\xc1\xc2")
    if frames:
        at = frames[0][0] + random_.choice((5, 7))
        side = random_.choice((0, 1, 8, 5000, 14_000, 65_500, 65_535))
        data[at : at + 2] = struct.pack(">H", side)


def _tiff_entry(data: bytearray, random_: random.Random) -> None:
    order = "<" if data[:1] == b"I" else ">"
    at = struct.unpack_from(order + "I", data, 4)[0] if len(data) > 8 else len(data)
    if at + 2 > len(data):
        return
    count = struct.unpack_from(order + "H", data, at)[0]
    entry = at + 2 + 12 * random_.randrange(max(1, count))
    if entry + 12 > len(data):
        return
    match random_.randrange(5):
        case 0:
            struct.pack_into(order + "H", data, entry + 2, random_.randrange(20))
        case 1:
            _patch(data, entry + 4, entry + 8, random_)
        case 2:
            _patch(data, entry + 8, entry + 12, random_)
        case 3:
            value = random_.choice((0, 1, 2, 8, 5000, 40_000, 2**31))
            struct.pack_into(order + "I", data, entry + 8, value)
        case _:
            _patch(data, at, entry + 12, random_)


def _riff_chunk(data: bytearray, random_: random.Random) -> None:
    chunks: list[tuple[int, int]] = []
    at = 12
    while at + 8 <= len(data) and len(chunks) < 100:
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        chunks.append((at, min(len(data), end)))
        at = end + (end & 1)
    if not chunks:
        return
    start, end = random_.choice(chunks)
    match random_.randrange(5):
        case 0:
            data[start:start] = data[start:end]
        case 1:
            _patch(data, start + 4, start + 8, random_)
        case 2:
            _patch(data, start + 8, min(end, start + 20), random_)
        case 3:
            data[4:8] = struct.pack("<I", max(0, len(data) - 8))
        case _:
            _patch(data, start, end, random_)


def _media_box(data: bytearray, random_: random.Random) -> None:
    """A box by its name, wherever it lies: its size, its version, or what it says."""
    names = rb"ftyp|meta|hdlr|pitm|iloc|iinf|infe|iref|dimg|iprp|ipco|ispe|hvcC|av1C|"
    names += rb"pixi|ipma|colr|irot|imir|auxC|mdat|idat|Exif|grid"
    found = [match.start() for match in re.finditer(names, data[:20_000])]
    if not found:
        return
    at = random_.choice(found)
    match random_.randrange(4):
        case 0:
            _patch(data, max(0, at - 4), at, random_)
        case 1:
            data[at : at + 4] = data[(other := random_.choice(found)) : other + 4]
        case _:
            _patch(data, at + 4, min(len(data), at + 40), random_)
