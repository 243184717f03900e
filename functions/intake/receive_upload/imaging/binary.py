"""Bounded reading of numbers and slices from untrusted bytes."""

from dataclasses import dataclass
from typing import Literal


class ShortReadError(Exception):
    """The bytes end before the place that was asked for."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Bytes with one byte order; every read outside them raises ShortReadError."""

    data: bytes
    order: Literal["big", "little"] = "big"

    def take(self, at: int, count: int) -> bytes:
        """Return exactly `count` bytes from offset `at`."""
        if at < 0 or count < 0 or at + count > len(self.data):
            raise ShortReadError
        return self.data[at : at + count]

    def number(self, at: int, width: int) -> int:
        """Return the unsigned number of `width` bytes at `at` (width 0 reads as 0)."""
        return int.from_bytes(self.take(at, width), self.order)

    def u8(self, at: int) -> int:
        """Return the byte at `at`."""
        return self.number(at, 1)

    def u16(self, at: int) -> int:
        """Return the 16-bit number at `at`."""
        return self.number(at, 2)

    def u32(self, at: int) -> int:
        """Return the 32-bit number at `at`."""
        return self.number(at, 4)
