"""HEIC and AVIF: boxes and items (ISO/IEC 14496-12 and 23008-12).

The reader follows the primary picture only, and refuses before decoding: tiles that add
up to far more than the picture, alpha planes of another size, AV1 streams larger than
their box says. (libheif itself refuses an HEVC stream larger than its box.)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..binary import Reader, ShortReadError
from ..header import Header, MediaType, check_size
from ..rejection import RejectedFileError, RejectionReason
from .av1 import coded_sizes
from .parts import (
    MAX_EXIF_BYTES,
    MAX_ICC_BYTES,
    MAX_XMP_BYTES,
    Container,
    Embedded,
    stops_in_zeros,
)

MAX_BOXES: Final = 4096
MAX_ITEMS: Final = 4096
MAX_EXTENTS: Final = 64
MAX_META_BYTES: Final = 4 * 1024 * 1024
TILE_SLACK_PIXELS: Final = 4_000_000
"""Tiles may overhang the picture's right and lower edge, and small pictures most."""

_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis"})
_CODED: Final = {MediaType.HEIC: b"hvc1", MediaType.AVIF: b"av01"}


@dataclass(slots=True)
class _Item:
    kind: bytes = b""
    content_type: bytes = b""
    method: int = 0
    extents: list[tuple[int, int]] = field(default_factory=list)
    properties: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Meta:
    primary: int = -1
    items: dict[int, _Item] = field(default_factory=dict)
    references: list[tuple[bytes, int, list[int]]] = field(default_factory=list)
    properties: list[tuple[bytes, int, int]] = field(default_factory=list)
    local_data: tuple[int, int] | None = None
    bytes_read: int = 0

    def item(self, number: int) -> _Item:
        return self.items.setdefault(number, _Item())


def brand_format(data: bytes) -> MediaType | None:
    """Return AVIF or HEIC by the brands in `ftyp`, None for video and the rest."""
    reader = Reader(data)
    try:
        size = reader.u32(0)
        brands = [data[8:12]]
        brands += [data[at : at + 4] for at in range(16, min(size, len(data), 256), 4)]
    except ShortReadError:
        return None
    if brands[0] in _AVIF_BRANDS:
        return MediaType.AVIF
    if brands[0] in _HEIC_BRANDS:
        return MediaType.HEIC
    if brands[0] in {b"mif1", b"msf1"}:
        if _AVIF_BRANDS.intersection(brands):
            return MediaType.AVIF
        if _HEIC_BRANDS.intersection(brands):
            return MediaType.HEIC
    return None


def read_isobmff(data: bytes, media_type: MediaType, *, pixel_limit: int) -> Container:
    """Read boxes and items; truncated when any reaches beyond the file."""
    reader = Reader(data)
    try:
        meta, sequence = _read_file(reader)
        width, height = _extent(reader, meta, meta.primary)
        check_size(width, height, pixel_limit=pixel_limit)
        _check_items(reader, meta, media_type)
        header = Header(media_type, width, height, frames=2 if sequence else 1)
        embedded = _embedded(reader, meta)
    except ShortReadError:
        raise RejectedFileError(RejectionReason.TRUNCATED, format=media_type) from None
    decodable = data
    if data[8:12] == b"avis":
        # The decoder takes the first frame of the track for this brand, which was not
        # looked at; for this one it takes the primary item, which was.
        decodable = data[:8] + b"avif" + data[12:]
    return Container(
        header=header,
        embedded=embedded,
        decodable=decodable,
        notes=("animated_first_frame",) if sequence else (),
    )


def _boxes(reader: Reader, at: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start and end of the body of each box in a stretch of the file."""
    for _ in range(MAX_BOXES):
        if at + 8 > end:
            return
        size, kind, body = reader.u32(at), reader.take(at + 4, 4), at + 8
        if size == 1:
            size, body = reader.number(at + 8, 8), at + 16
        elif size == 0:
            size = end - at
        if size < body - at:
            raise RejectedFileError(RejectionReason.CORRUPT, box=size)
        if at + size > end:
            raise ShortReadError
        yield kind, body, at + size
        at += size
    raise RejectedFileError(RejectionReason.TOO_COMPLEX, boxes=MAX_BOXES)


def _read_file(reader: Reader) -> tuple[_Meta, bool]:
    meta = _Meta()
    sequence = False
    for kind, body, end in _boxes(reader, 0, len(reader.data)):
        if kind == b"meta" and meta.primary < 0:
            _limit(end - body, MAX_META_BYTES)
            _read_meta(reader, meta, body + 4, end)
        sequence = sequence or kind == b"moov"
    if meta.primary < 0:
        raise RejectedFileError(RejectionReason.UNSUPPORTED_VARIANT, variant="no_still")
    return meta, sequence


def _read_meta(reader: Reader, meta: _Meta, at: int, stop: int) -> None:
    for kind, body, end in _boxes(reader, at, stop):
        read = _META_BOXES.get(kind)
        if read is not None:
            read(reader, meta, body, end)
        _limit(len(meta.items), MAX_ITEMS)


def _read_primary(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    del end
    meta.primary = reader.number(at + 4, 4 if reader.u8(at) else 2)


def _read_item_infos(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    wide = 4 if reader.u8(at) else 2
    for kind, start, finish in _boxes(reader, at + 4 + wide, end):
        if kind == b"infe":
            _read_item_info(reader, meta, start, finish)


def _read_references(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    wide = 4 if reader.u8(at) else 2
    for kind, start, _ in _boxes(reader, at + 4, end):
        source, count = reader.number(start, wide), reader.u16(start + wide)
        _limit(count, MAX_ITEMS)
        first = start + wide + 2
        targets = [reader.number(first + wide * index, wide) for index in range(count)]
        meta.references.append((kind, source, targets))


def _read_properties(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    for kind, start, finish in _boxes(reader, at, end):
        if kind == b"ipco":
            meta.properties = list(_boxes(reader, start, finish))
        elif kind == b"ipma":
            _read_associations(reader, meta, start)


def _read_local_data(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    del reader
    meta.local_data = (at, end)


def _read_item_info(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    version = reader.u8(at)
    if version < 2:
        return
    wide = 4 if version > 2 else 2
    item = meta.item(reader.number(at + 4, wide))
    item.kind = reader.take(at + 6 + wide, 4)
    names = reader.take(at + 10 + wide, end - at - 10 - wide)
    if item.kind == b"mime":
        _, _, said = names.partition(b"\0")
        item.content_type = said.partition(b"\0")[0]
    # The decoder's Python part takes these for text, and ends the process when they are
    # none: one changed byte would do.
    if not (item.kind + item.content_type).isascii():
        raise RejectedFileError(RejectionReason.CORRUPT, property="infe")


def _read_locations(reader: Reader, meta: _Meta, at: int, end: int) -> None:
    del end
    version = reader.u8(at)
    sizes = reader.u16(at + 4)
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15 if version else 0
    wide = 4 if version > 1 else 2
    count = reader.number(at + 6, wide)
    _limit(count, MAX_ITEMS)
    at += 6 + wide
    for _ in range(count):
        item = meta.item(reader.number(at, wide))
        at += wide
        if version:
            item.method = reader.u16(at) & 15
            at += 2
        base = reader.number(at + 2, base_size)
        extents = reader.u16(at + 2 + base_size)
        _limit(extents, MAX_EXTENTS)
        at += 4 + base_size
        item.extents = []
        for _ in range(extents):
            offset = base + reader.number(at + index_size, offset_size)
            length = reader.number(at + index_size + offset_size, length_size)
            item.extents.append((offset, length))
            at += index_size + offset_size + length_size


def _read_associations(reader: Reader, meta: _Meta, at: int) -> None:
    wide = 4 if reader.u8(at) else 2
    long_index = reader.u8(at + 3) & 1
    count = reader.u32(at + 4)
    _limit(count, MAX_ITEMS)
    at += 8
    for _ in range(count):
        item = meta.item(reader.number(at, wide))
        properties = reader.u8(at + wide)
        at += wide + 1
        for _ in range(properties):
            index = reader.u16(at) & 0x7FFF if long_index else reader.u8(at) & 0x7F
            item.properties.append(index)
            at += 1 + long_index


def _limit(count: int, limit: int) -> None:
    if count > limit:
        raise RejectedFileError(RejectionReason.TOO_COMPLEX, entries=count, limit=limit)


_META_BOXES: Final = {
    b"pitm": _read_primary,
    b"iinf": _read_item_infos,
    b"iloc": _read_locations,
    b"iref": _read_references,
    b"iprp": _read_properties,
    b"idat": _read_local_data,
}


def _property(meta: _Meta, number: int, kind: bytes) -> list[tuple[int, int]]:
    """Return the bodies of an item's properties of one kind."""
    found = []
    for index in meta.items[number].properties if number in meta.items else ():
        if 0 < index <= len(meta.properties):
            name, body, end = meta.properties[index - 1]
            if name == kind:
                found.append((body, end))
    return found


def _extent(reader: Reader, meta: _Meta, number: int) -> tuple[int, int]:
    """Return an item's declared width and height (`ispe`)."""
    found = _property(meta, number, b"ispe")
    if not found:
        raise RejectedFileError(RejectionReason.CORRUPT, property="ispe")
    body, _ = found[0]
    return reader.u32(body + 4), reader.u32(body + 8)


def _check_items(reader: Reader, meta: _Meta, media_type: MediaType) -> None:
    """Check all that will be decoded: the primary picture, its tiles and its alpha."""
    width, height = _extent(reader, meta, meta.primary)
    alphas = [
        source
        for kind, source, targets in meta.references
        if kind == b"auxl" and meta.primary in targets and _is_alpha(reader, meta, source)
    ]
    if len(alphas) > 1:
        raise RejectedFileError(RejectionReason.TOO_COMPLEX, alpha_planes=len(alphas))
    for number in [meta.primary, *alphas]:
        if _extent(reader, meta, number) != (width, height):
            raise RejectedFileError(RejectionReason.DECOMPRESSION_MISMATCH)
        _check_picture(reader, meta, number, media_type)


def _is_alpha(reader: Reader, meta: _Meta, number: int) -> bool:
    return any(
        b"alpha" in reader.take(body, end - body) or b":aux:" not in reader.data[body:end]
        for body, end in _property(meta, number, b"auxC")
    )


def _check_picture(
    reader: Reader, meta: _Meta, number: int, media_type: MediaType
) -> None:
    coded = _CODED[media_type]
    if meta.items[number].kind == coded:
        pieces = [number]
    elif meta.items[number].kind == b"grid":
        pieces = [
            target
            for kind, source, targets in meta.references
            if kind == b"dimg" and source == number
            for target in targets
        ]
    else:
        raise RejectedFileError(RejectionReason.UNSUPPORTED_VARIANT, variant="derived")
    width, height = _extent(reader, meta, number)
    total = 0
    sizes: dict[int, tuple[int, int]] = {}
    for piece in pieces:
        if piece not in sizes:
            sizes[piece] = _piece_size(reader, meta, piece, coded)
        total += sizes[piece][0] * sizes[piece][1]
    if not pieces or total > 2 * width * height + TILE_SLACK_PIXELS:
        raise RejectedFileError(
            RejectionReason.DECOMPRESSION_MISMATCH, tiles=len(pieces), pixels=total
        )


def _piece_size(
    reader: Reader, meta: _Meta, number: int, coded: bytes
) -> tuple[int, int]:
    """Return the size of one coded picture, checked against its stream for AV1."""
    if number not in meta.items or meta.items[number].kind != coded:
        raise RejectedFileError(RejectionReason.UNSUPPORTED_VARIANT, variant="nested")
    width, height = _extent(reader, meta, number)
    stream = _item_data(reader, meta, number)
    if stops_in_zeros(stream):
        raise ShortReadError
    if coded == b"av01":
        for coded_width, coded_height in coded_sizes(stream):
            if coded_width > width or coded_height > height:
                raise RejectedFileError(
                    RejectionReason.DECOMPRESSION_MISMATCH,
                    width=coded_width,
                    height=coded_height,
                )
    return width, height


def _item_data(reader: Reader, meta: _Meta, number: int) -> bytes:
    """Return an item's bytes; raises ShortReadError when they lie outside the file."""
    item = meta.items[number]
    start, stop = 0, len(reader.data)
    if item.method == 1 and meta.local_data is not None:
        start, stop = meta.local_data
    elif item.method:
        raise RejectedFileError(
            RejectionReason.UNSUPPORTED_VARIANT, variant=f"method_{item.method}"
        )
    pieces = []
    for offset, length in item.extents:
        # A length of 0 means up to the end.
        size = length or stop - start - offset
        if size < 0 or start + offset + size > stop:
            raise ShortReadError
        # Items of an honest file do not overlap, so they add up to less than the file.
        meta.bytes_read += size
        _limit(meta.bytes_read, len(reader.data))
        pieces.append(reader.take(start + offset, size))
    return b"".join(pieces)


def _embedded(reader: Reader, meta: _Meta) -> Embedded:
    exif: bytes | None = None
    xmp: bytes | None = None
    described = {
        source
        for kind, source, targets in meta.references
        if kind == b"cdsc" and meta.primary in targets
    }
    for number in sorted(described & meta.items.keys()):
        item = meta.items[number]
        if item.kind == b"Exif" and exif is None:
            block = _small_item(reader, meta, number, MAX_EXIF_BYTES)
            exif = block[4 + int.from_bytes(block[:4]) :]
        elif item.content_type == b"application/rdf+xml" and xmp is None:
            xmp = _small_item(reader, meta, number, MAX_XMP_BYTES)
    icc = None
    for body, end in _property(meta, meta.primary, b"colr"):
        if reader.take(body, 4) in {b"prof", b"rICC"} and end - body <= MAX_ICC_BYTES:
            icc = reader.take(body + 4, end - body - 4)
    return Embedded(exif=exif or None, xmp=xmp or None, icc=icc)


def _small_item(reader: Reader, meta: _Meta, number: int, limit: int) -> bytes:
    if sum(length for _, length in meta.items[number].extents) > limit:
        return b""
    return _item_data(reader, meta, number)
