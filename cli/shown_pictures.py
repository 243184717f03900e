"""Who was in which picture elsewhere, told in pictures that are here now.

Another system's table says that somebody is in a picture, and not which face is theirs:
so nothing is linked. Each is found again by what its file was called, in the reports of
the imports that brought it, and listed for a person to look at; what cannot be found is
listed with the reason.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, Final

from cli.api import Api, ProblemError
from cli.fetching import NoPlaceError
from cli.import_report import HEADINGS, harmless
from cli.lists import ListRefusedError
from cli.quitclaim_rows import table_in
from cli.words import say

COLUMNS: Final = (
    *("ref", "picture", "path", "person_id", "asset_id", "state", "faces", "what_to_do"),
)
ONE: Final = 1
_NAMES: Final = ("path", "file_path", "original_filename")
"""Where a table of resources says what a file was called, the surest first."""


class ShownRefusal(StrEnum):
    """Why a picture of somebody is not found again."""

    NO_CONSENT = "shown_without_consent"
    NOBODY = "shown_nobody_on_record"
    UNKNOWN = "shown_in_no_report"
    SEVERAL = "shown_name_of_several"
    NOT_TAKEN = "shown_not_taken_in"


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in a picture, as the other system said it."""

    ref: str
    """The row of the consent."""
    picture: str
    """What it called the picture."""
    person_id: str = ""
    """Empty: nobody here is on record for that row."""
    known: bool = True
    """Whether the table of consents has such a row."""


@dataclass
class Brought:
    """What imports brought in, by the path that each file had."""

    assets: dict[str, str] = field(default_factory=dict)
    """The picture by its path; empty where the file was not taken in."""
    paths: Mapping[str, str] = field(default_factory=dict)
    """The path by the other system's own name for a picture."""

    def find(self, picture: str) -> tuple[str, str] | ShownRefusal:
        """Path and picture; by the end of the path where that is one file's alone."""
        wanted = self.paths.get(picture, picture).replace("\\", "/").removeprefix("./")
        parts = PurePosixPath(wanted).parts
        there = [wanted] if wanted in self.assets else self._ending(parts)
        if not there:
            return ShownRefusal.UNKNOWN
        if len(there) > ONE:
            return ShownRefusal.SEVERAL
        asset_id = self.assets[there[0]]
        return (there[0], asset_id) if asset_id else ShownRefusal.NOT_TAKEN

    def _ending(self, parts: tuple[str, ...]) -> list[str]:
        if not parts:
            return []
        tail = "/" + "/".join(parts)
        return [each for each in self.assets if f"/{each}".endswith(tail)]


def brought_by(reports: Iterable[Path], resources: Path | None) -> Brought:
    """What the reports of imports say, and how the other system called the files.

    Raises ListRefusedError.
    """
    brought = Brought()
    for report in reports:
        for row in table_in(report, None, {*HEADINGS}, "error_not_a_report"):
            path = row["path"].removeprefix("'")
            brought.assets[path] = row["asset_id"] or brought.assets.get(path, "")
    if resources is not None:
        brought.paths = dict(_called(resources))
    return brought


def _called(resources: Path) -> Iterator[tuple[str, str]]:
    for row in table_in(resources, None, set()):
        name = next((row[each] for each in _NAMES if row.get(each)), "")
        ref = row.get("resource") or row.get("ref")
        if ref is None or not {*_NAMES} & {*row}:
            raise ListRefusedError("error_resource_columns", resources)
        if name:
            yield ref, name


def write(
    shown: Sequence[Shown], brought: Brought, api: Api, language: str, report: Path
) -> int:
    """Write each with where it is now; gives how many could not be found again."""
    missing = 0
    rows = []
    for each in shown:
        row = _row(each, brought, api, language)
        missing += row[5] != "to_look_at"
        rows.append([harmless(cell) for cell in row])
    try:
        with report.open("x", encoding="utf-8", newline="") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            table.writerows(rows)
    except OSError as error:
        raise NoPlaceError(report) from error
    return missing


def _row(each: Shown, brought: Brought, api: Api, language: str) -> tuple[str, ...]:
    found = _found(each, brought)
    if isinstance(found, ShownRefusal):
        why = say(found.value, language)
        return each.ref, each.picture, "", each.person_id, "", found.value, "", why
    path, asset_id = found
    faces = _faces(api, asset_id)
    if faces is None:
        gone = ShownRefusal.NOT_TAKEN
        why = say(gone.value, language)
        lost = (each.ref, each.picture, path, each.person_id, asset_id)
        return *lost, gone.value, "", why
    do = say("shown_link", language, asset=asset_id, person=each.person_id)
    if len(faces) == ONE:
        one = {"asset": asset_id, "face": faces[0], "person": each.person_id}
        do = say("shown_link_one", language, **one)
    here = (each.ref, each.picture, path, each.person_id, asset_id, "to_look_at")
    return *here, str(len(faces)), do


def _found(each: Shown, brought: Brought) -> tuple[str, str] | ShownRefusal:
    if not each.known:
        return ShownRefusal.NO_CONSENT
    if not each.person_id:
        return ShownRefusal.NOBODY
    return brought.find(each.picture)


def _faces(api: Api, asset_id: str) -> list[str] | None:
    """The faces found in a picture; None: it is not there to be looked at."""
    try:
        view: Mapping[str, Any] = api.get(f"/v1/assets/{asset_id}").body
    except ProblemError:
        return None
    return [str(face["face_id"]) for face in view.get("faces") or ()]
