"""The ZIP that somebody ordered: pictures by number, and a list of what is not in it."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LEFT_OUT: Final = "left-out.csv"
_READABLE: Final = 0o644 << 16


class Archive:
    """Writes to a stream that is never read or sought; all of it says one instant."""

    def __init__(self, package: ZipFile, at: datetime) -> None:
        self._package = package
        self._when = (at.year, at.month, at.day, at.hour, at.minute, at.second)

    def add_picture(self, number: int, file_name: str, content: bytes) -> None:
        """A picture, which is packed already; the number keeps two names apart."""
        self._add(f"{number:03d}-{file_name}", content, ZIP_STORED)

    def add_left_out(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Which pictures are not in it: the identifier, the reason, and its words."""
        out = io.StringIO()
        written = csv.writer(out, quoting=csv.QUOTE_ALL)
        written.writerow(("asset_id", "reason", "detail"))
        written.writerows(rows)
        self._add(LEFT_OUT, out.getvalue().encode(), ZIP_DEFLATED)

    def _add(self, name: str, content: bytes, compressed: int) -> None:
        info = ZipInfo(name, self._when)
        info.external_attr = _READABLE
        info.compress_type = compressed
        self._package.writestr(info, content)
