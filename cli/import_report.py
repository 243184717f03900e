"""What became of each file of an import: a table, or JSON where its name says so."""

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from cli.fetching import FileThereError, NoPlaceError

HEADINGS: Final = ("path", "state", "asset_id", "reason", "what_to_do")
JSON: Final = ".json"
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file."""

    path: str
    state: str
    """`sent`, `there` (it arrived before), `refused` (again will not help), `retry`."""
    asset_id: str = ""
    reason: str = ""
    advice: str = ""


def write(lines: Iterable[Line], report: Path) -> None:
    """Write the report; raises NoPlaceError."""
    ordered = sorted(lines, key=lambda line: line.path)
    try:
        with report.open("w", encoding="utf-8", newline="") as file:
            if report.suffix.lower() == JSON:
                told = [_told(each) for each in ordered]
                json.dump({"files": told}, file, indent=1, ensure_ascii=False)
                return
            table = csv.writer(file)
            table.writerow(HEADINGS)
            for each in ordered:
                table.writerow([harmless(cell) for cell in _told(each).values()])
    except OSError as error:
        raise NoPlaceError(report) from error


def writable(report: Path) -> None:
    """See that nothing but an older report would be written over.

    Raises FileThereError.
    """
    begins = '{\n "files": [' if report.suffix.lower() == JSON else ",".join(HEADINGS)
    try:
        with report.open("rb") as file:
            head = file.read(len(begins))
    except FileNotFoundError:
        return
    except OSError as error:
        raise NoPlaceError(report) from error
    if head.decode(errors="replace") != begins:
        raise FileThereError(report)


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for no formula."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _told(line: Line) -> dict[str, Any]:
    told = asdict(line)
    told["what_to_do"] = told.pop("advice")
    return told
