"""The ZIP that somebody gets: data for programs, a page to read, documents, pictures.

The same contents make the same bytes: no clock of ours is in it but the instant at which
the record was gathered.
"""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .page import page

DATA: Final = "data.json"
SCHEMA: Final = "data.schema.json"
PAGE: Final = "index.html"
_SCHEMA = Path(__file__).with_name(SCHEMA)
_PACKED_ALREADY = (".jpg", ".png")
_READABLE: Final = 0o644 << 16
_EARLIEST: Final = 1980
"""The first year that a ZIP can tell."""


class Stream(Protocol):
    """What takes bytes, and is never read or sought."""

    def write(self, data: bytes, /) -> int:
        """Take a piece."""
        ...

    def flush(self) -> None:
        """Nothing is held back."""
        ...


def packed_into(
    stream: Stream, data: object, names: Iterable[str], part: Callable[[str], bytes]
) -> None:
    """Write the package to a stream: the page first, for who looks at it from the top."""
    if not isinstance(data, dict):
        raise TypeError("an export is an object")
    record: dict[str, Any] = data
    made_at = datetime.fromisoformat(record["export"]["made_at"])
    with ZipFile(stream, "w") as package:  # type: ignore[call-overload]  # it only writes
        for name, content in (
            (PAGE, page(record).encode()),
            (DATA, json.dumps(record, ensure_ascii=False, indent=1).encode()),
            (SCHEMA, _SCHEMA.read_bytes()),
        ):
            _add(package, name, content, made_at)
        for name in names:
            _add(package, name, part(name), made_at)


def _add(package: ZipFile, name: str, content: bytes, at: datetime) -> None:
    when = (max(_EARLIEST, at.year), at.month, at.day, at.hour, at.minute, at.second)
    info = ZipInfo(name, when)
    info.external_attr = _READABLE
    squeezed = not name.endswith(_PACKED_ALREADY)
    info.compress_type = ZIP_DEFLATED if squeezed else ZIP_STORED
    package.writestr(info, content)
