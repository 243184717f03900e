"""Colour profiles written by hand (ICC.1:2010): the few tags that a conversion needs."""

import struct

ADOBE_RGB = (
    (0.60974, 0.31111, 0.01947),
    (0.20528, 0.62567, 0.06087),
    (0.14919, 0.06322, 0.74457),
)
DISPLAY_P3 = (
    (0.51512, 0.24120, -0.00105),
    (0.29198, 0.69225, 0.04189),
    (0.15710, 0.06657, 0.78407),
)
SRGB = (
    (0.43607, 0.22249, 0.01392),
    (0.38515, 0.71687, 0.09708),
    (0.14307, 0.06061, 0.71410),
)
_D50 = (0.9642, 1.0, 0.8249)


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in values)


def _gamma(value: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(value * 256)) + b"\0\0"


def _text(words: bytes) -> bytes:
    size = len(words) + 1
    body = b"desc\0\0\0\0" + struct.pack(">I", size) + words + b"\0" + bytes(78)
    return body + bytes(-len(body) % 4)


def _profile(space: bytes, kind: bytes, pcs: bytes, tags: dict[bytes, bytes]) -> bytes:
    tags = {b"desc": _text(b"test"), b"wtpt": _xyz(_D50), **tags}
    at = 132 + 12 * len(tags)
    table, bodies = b"", b""
    for name, body in tags.items():
        table += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += body
    header = bytes(8) + struct.pack(">I", 0x02400000) + kind + space + pcs
    header += bytes(12) + b"acsp" + bytes(28)
    header += b"".join(_fixed(value) for value in _D50) + bytes(48)
    whole = header + struct.pack(">I", len(tags)) + table + bodies
    return struct.pack(">I", len(whole)) + whole[4:]


def matrix_profile(
    primaries: tuple[tuple[float, float, float], ...], gamma: float = 2.2
) -> bytes:
    """An RGB display profile from its three primaries (D50) and one gamma."""
    tags = {
        name: _xyz(value)
        for name, value in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)
    }
    curves = dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _gamma(gamma))
    return _profile(b"RGB ", b"mntr", b"XYZ ", tags | curves)


def gray_profile(gamma: float) -> bytes:
    """A gray display profile with one gamma."""
    return _profile(b"GRAY", b"mntr", b"XYZ ", {b"kTRC": _gamma(gamma)})


def cmyk_profile() -> bytes:
    """A printer profile in which cyan alone counts: full cyan is Lab (50, -40, -40).

    A lut8 with two points a side; the other inks only darken.
    """
    clut = b""
    for cyan in (0, 1):
        for inks in range(8):
            dark = inks.bit_count()
            lightness = max(0, (50 if cyan else 100) - 30 * dark)
            a = 88 if cyan and not dark else 128
            clut += bytes((round(lightness * 2.55), a, a))
    ramp = bytes(range(256))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0))
    lut += b"".join(_fixed(v) for v in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lut += ramp * 4 + clut + ramp * 3
    return _profile(b"CMYK", b"prtr", b"Lab ", {b"A2B0": lut, b"A2B1": lut})
