"""The command `imports`: what was brought in, how far it is, and what became of each."""

import argparse
import csv
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import ImportState
from beeldrecht.domain.intake import Rejection
from beeldrecht.domain.messages import words
from cli import choosing
from cli.desk import DONE, NOT_DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.import_report import JSON, harmless
from cli.names import short
from cli.progress import bar
from cli.words import moment, rejection_words, say

PATH: Final = "/v1/imports"
EVERY: Final = 5.0
"""Seconds between two looks at how far it is: one question of a few small items."""
STILL: Final = 600.0
"""Seconds without a change after which nothing more is waited for."""
COLUMNS: Final = ("asset_id", "state", "reason", "what_to_do")
DECIDED: Final = ("embargoed", "ready", "released", "rejected")
_PAGE: Final = 100

type Counts = Mapping[str, int]


def imports(desk: Desk, given: argparse.Namespace) -> int:
    """List what was brought in, show or watch one, write its report, or stop it."""
    if given.act is None:
        found = desk.api.get(PATH)["items"]
        for each in found:
            _line(desk, each)
        if not found:
            desk.print("no_imports")
        return DONE
    import_id = _meant(desk, given.archive)
    if given.act == "report":
        return _report(desk, import_id, given.to)
    if given.act == "stop":
        desk.api.delete(f"{PATH}/{import_id}")
    view = desk.api.get(f"{PATH}/{import_id}").body
    _line(desk, view)
    if given.act == "show" and given.watch:
        return watch(desk, import_id)
    return DONE


def told(desk: Desk, counts: Counts) -> str:
    """How many stand where, in one line."""
    return say("import_counts", desk.language, **counts)


def watch(desk: Desk, import_id: str, unsent: int = 0) -> int:
    """Show how the pictures are taken in, until all are that were sent.

    `unsent` are known not to come. It ends, too, when nothing moves for ten minutes.
    """
    view = desk.api.get(f"{PATH}/{import_id}").body
    counts, still = view["counts"], 0.0
    label = say("import_watching", desk.language)
    with bar(desk.out, label, counts["announced"]) as shown:
        shown.advance(_done(counts))
        while _left(counts, unsent) > 0 and still < STILL:
            shown.note(told(desk, counts))
            desk.store.pause(EVERY)
            now = desk.api.get(f"{PATH}/{import_id}")["counts"]
            still = still + EVERY if _done(now) == _done(counts) else 0.0
            shown.advance(_done(now) - _done(counts))
            counts = now
    desk.line(told(desk, counts))
    if left := _left(counts, unsent):
        desk.print("import_stands_still", count=left)
        return NOT_DONE
    return DONE


def _done(counts: Counts) -> int:
    return sum(counts[each] for each in DECIDED)


def _left(counts: Counts, unsent: int) -> int:
    return max(counts["open"] - counts["lapsed"] - unsent, 0)


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "import_line",
        id=short(each["import_id"]),
        name=each["name"],
        at=moment(datetime.fromisoformat(each["begun_at"]), desk.language),
        count=each["count"],
        state=words(ImportState(each["state"]), desk.language),
    )
    desk.line(f"    {told(desk, each['counts'])}")


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    ids = [each["import_id"] for each in desk.api.get(PATH)["items"]]
    return choosing.one(given, ids, "error_unknown_import")


def _report(desk: Desk, import_id: str, to: Path) -> int:
    """Write where each picture stands now; it names no file, since none is kept."""
    rows = [
        _row(desk, each)
        for each in desk.api.each(f"{PATH}/{import_id}/files", "items", limit=_PAGE)
    ]
    try:
        with to.open("x", encoding="utf-8", newline="") as file:
            if to.suffix.lower() == JSON:
                json.dump({"pictures": rows}, file, indent=1, ensure_ascii=False)
            else:
                table = csv.writer(file)
                table.writerow(COLUMNS)
                table.writerows([harmless(cell) for cell in row.values()] for row in rows)
    except FileExistsError as error:
        raise FileThereError(to) from error
    except OSError as error:
        raise NoPlaceError(to) from error
    desk.print("import_report_written", count=len(rows), path=to)
    return DONE


def _row(desk: Desk, each: Mapping[str, Any]) -> dict[str, str]:
    reason = each["rejection"] or ""
    advice = rejection_words(Rejection(reason), desk.language) if reason else ""
    state = AssetStatus(each["status"]).value if each["status"] else "gone"
    found = (each["asset_id"], state, reason, advice)
    return dict(zip(COLUMNS, found, strict=True))


def add_arguments(made: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    """What can be typed after `imports`."""
    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "report", "stop"):
        act = acts.add_parser(name, help=text(f"imports_{name}"))
        act.add_argument("archive", metavar="IMPORT", help=text("imports_of"))
        if name == "show":
            act.add_argument("--watch", action="store_true", help=text("imports_watch"))
        if name == "report":
            act.add_argument(
                "--to", type=Path, required=True, metavar="PATH", help=text("imports_to")
            )
