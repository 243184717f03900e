"""What stands beside the files of an archive: a table of words, and XMP.

A table has a column `path` (from the archive's folder on, with `/`) and columns by the
names of the metadata's fields; several keywords or release ids are parted by `|`. An XMP
sidecar is called as its picture with `.xmp` behind it or in place of its ending. What the
table says goes before what the XMP says, and that before what the picture says itself.
"""

import csv
import importlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from beeldrecht.domain.metadata import FIELDS, LISTS, plain
from cli.lists import ListRefusedError

PATH: Final = "path"
PARTED: Final = "|"
LARGEST_XMP: Final = 4 * 1024 * 1024
ENDING: Final = ".xmp"

type Said = dict[str, Any]
"""What is said of one file, as the API takes it."""


class SidecarRefusedError(Exception):
    """An XMP sidecar that cannot be read."""


@dataclass
class Sidecars:
    """What stands beside the files of one archive."""

    rows: Mapping[str, Said] = field(default_factory=dict)
    """By the path of the file."""

    def of(self, path: str, beside: bytes | None) -> Said:
        """What is said of a file, with its XMP sidecar; raises SidecarRefusedError."""
        row, xmp = self.rows.get(path, {}), _read_xmp(path, beside) if beside else {}
        both = {**xmp, **row}
        for name in LISTS & both.keys():
            words = dict.fromkeys((*row.get(name, ()), *xmp.get(name, ())))
            both[name] = list(words)
        return both


def table_of(path: Path | None) -> Sidecars:
    """The rows of a table; raises ListRefusedError for one that cannot be used."""
    if path is None:
        return Sidecars()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ListRefusedError("error_list_missing", path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ListRefusedError("error_list_unreadable", path) from error
    return rows_of(text, path)


def rows_of(text: str, path: Path) -> Sidecars:
    """The rows of a table that was read from `path`; raises ListRefusedError.

    A path that is named twice would leave open which row counts: it is refused.
    """
    head, _, _ = text.partition("\n")
    delimiter = ";" if ";" in head else ","
    table = csv.DictReader(io.StringIO(text), delimiter=delimiter, restkey="rest")
    columns = {(name or "").strip().lower() for name in table.fieldnames or ()}
    if PATH not in columns or not columns <= {PATH, *FIELDS}:
        raise ListRefusedError("error_sidecar_columns", path)
    rows: dict[str, Said] = {}
    for number, row in enumerate(table, start=2):
        if "rest" in row or any(value is None for value in row.values()):
            raise ListRefusedError("error_list_row", path, number)
        said = {name.strip().lower(): value.strip() for name, value in row.items()}
        where = said.pop(PATH).replace("\\", "/").removeprefix("./")
        if not where or where in rows:
            raise ListRefusedError("error_list_row", path, number)
        rows[where] = {name: _value(name, v) for name, v in said.items() if v}
    return Sidecars(rows)


def _value(name: str, text: str) -> Any:
    if name not in LISTS:
        return text
    return [part.strip() for part in text.split(PARTED) if part.strip()]


def places_of_xmp(path: str) -> tuple[str, ...]:
    """Where the sidecar of a file can lie, the likelier first."""
    own = PurePosixPath(path)
    return f"{path}{ENDING}", str(own.with_suffix(ENDING))


def _read_xmp(path: str, beside: bytes) -> Said:
    # Loaded when there is one: it brings the whole reader of pictures with it.
    xmp = importlib.import_module("intake.receive_upload.imaging.xmp")
    try:
        return plain(xmp.read_xmp(beside))
    except xmp.XmpRefusedError as error:
        raise SidecarRefusedError(path) from error
