"""ISO media boxes written by hand, to say things no encoder would."""

import struct


def box(kind: bytes, body: bytes) -> bytes:
    """One box."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def full_box(kind: bytes, body: bytes, *, version: int = 0) -> bytes:
    """One box with version and flags."""
    return box(kind, struct.pack(">I", version << 24) + body)


def grid_heic(size: tuple[int, int], tile: tuple[int, int], tiles: int) -> bytes:
    """A HEIC whose picture is a grid that names one and the same tile many times."""
    extents = [box(b"ispe", struct.pack(">III", 0, *sides)) for sides in (size, tile)]
    associations = struct.pack(">I", 2) + struct.pack(">HBBHBB", 1, 1, 1, 2, 1, 2)
    infos = [
        full_box(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", version=2)
        for number, kind in ((1, b"grid"), (2, b"hvc1"))
    ]
    links = struct.pack(">HH", 1, tiles) + struct.pack(">H", 2) * tiles
    data_at = 40
    meta = full_box(
        b"meta",
        full_box(b"pitm", struct.pack(">H", 1))
        + full_box(b"iinf", struct.pack(">H", 2) + b"".join(infos))
        + full_box(
            b"iloc",
            struct.pack(">HH", 0x4400, 2)
            + struct.pack(">HHHII", 1, 0, 1, data_at, 8)
            + struct.pack(">HHHII", 2, 0, 1, data_at, 8),
        )
        + full_box(b"iref", box(b"dimg", links))
        + box(b"iprp", box(b"ipco", b"".join(extents)) + full_box(b"ipma", associations)),
    )
    head = box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", b"\x01" * 24)
    return head + meta
