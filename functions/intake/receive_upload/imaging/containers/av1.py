"""AV1: the picture size that the coded stream itself declares (AV1 specification, 5.5).

The AVIF decoder allocates by this size, whatever the file's boxes say: a 1 kB file whose
boxes announce 640 x 640 can hold 8192 x 8192.
"""

from typing import Final

from ..binary import Reader, ShortReadError

MAX_UNITS: Final = 200
_SEQUENCE_HEADER: Final = 1


class _Bits:
    """Bits of a byte string, most significant first; ShortReadError at the end."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data)
        self._left = 8 * len(data)

    def read(self, count: int) -> int:
        if count > self._left:
            raise ShortReadError
        self._left -= count
        return (self._value >> self._left) & ((1 << count) - 1)

    def read_exp_golomb(self) -> int:
        zeros = 0
        while not self.read(1):
            zeros += 1
        return (1 << zeros) - 1 + self.read(zeros)


def coded_sizes(stream: bytes) -> list[tuple[int, int]]:
    """Return the largest width and height that each sequence header allows.

    Raises ShortReadError for a stream that is cut off or is no AV1.
    """
    reader = Reader(stream)
    sizes: list[tuple[int, int]] = []
    at = 0
    for _ in range(MAX_UNITS):
        if at >= len(stream):
            return sizes
        head = reader.u8(at)
        at += 2 if head & 0x04 else 1
        size = len(stream) - at
        if head & 0x02:
            size, at = _leb128(reader, at)
        body = reader.take(at, size)
        if (head >> 3) & 0x0F == _SEQUENCE_HEADER:
            sizes.append(_sequence_size(_Bits(body[:256])))
        at += size
    raise ShortReadError


def _leb128(reader: Reader, at: int) -> tuple[int, int]:
    value = 0
    for index in range(8):
        byte = reader.u8(at + index)
        value |= (byte & 0x7F) << (7 * index)
        if not byte & 0x80:
            return value, at + index + 1
    raise ShortReadError


def _sequence_size(bits: _Bits) -> tuple[int, int]:
    bits.read(4)  # profile, still picture
    if bits.read(1):  # reduced still picture header
        bits.read(5)
    else:
        _skip_operating_points(bits)
    width_bits, height_bits = bits.read(4) + 1, bits.read(4) + 1
    return bits.read(width_bits) + 1, bits.read(height_bits) + 1


def _skip_operating_points(bits: _Bits) -> None:
    delay_bits = 0
    if bits.read(1):  # timing info
        bits.read(64)
        if bits.read(1):
            bits.read_exp_golomb()
        if bits.read(1):  # decoder model
            delay_bits = bits.read(5) + 1
            bits.read(42)
    initial_delays = bits.read(1)
    for _ in range(bits.read(5) + 1):
        bits.read(12)
        if bits.read(5) > 7:
            bits.read(1)
        if delay_bits and bits.read(1):
            bits.read(2 * delay_bits + 1)
        if initial_delays and bits.read(1):
            bits.read(4)
