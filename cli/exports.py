"""The command `exports`: people's copies of what is on record, and how far each is."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.people import KNOWN
from cli.words import moment, say

PATH = "/v1/exports"
_PAGE = 100
_MEGABYTE = 1_000_000


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `exports`."""

    def text(key: str) -> str:
        return say(f"help_exports_{key}", language)

    made.add_argument("--limit", type=int, default=50, help=text("limit"))
    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "tell"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("export", metavar="EXPORT", help=text("export"))


def exports(desk: Desk, given: argparse.Namespace) -> int:
    """List people's copies, show how far one is, or have its mail sent again."""
    if given.act is None:
        _list(desk, given.limit)
        return DONE
    path = f"{PATH}/{_meant(desk, given.export)}"
    if given.act == "tell":
        _show(desk, desk.api.post(f"{path}/mail", {}, repeatable=True).body)
        return DONE
    _show(desk, desk.api.get(path).body)
    return DONE


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    found = islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN)
    ids = [each["export_id"] for each in found]
    return choosing.one(given, ids, "error_unknown_export")


def _list(desk: Desk, limit: int) -> None:
    found = list(islice(desk.api.each(PATH, "items", limit=min(limit, _PAGE)), limit))
    for each in found:
        _line(desk, each)
    if not found:
        desk.print("no_exports")


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "export_line",
        id=short(each["export_id"]),
        name=desk.names[each["person_id"]],
        state=each["state_words"].rstrip("."),
        at=moment(datetime.fromisoformat(each["begun_at"]), desk.language),
    )


def _show(desk: Desk, each: Mapping[str, Any]) -> None:
    _line(desk, each)
    desk.print("export_request", request=each["subject_request_id"])
    if each["packed_at"]:
        desk.print(
            "export_holds",
            pictures=each["pictures"],
            left_out=each["left_out"],
            size=f"{max(each['size'] / _MEGABYTE, 0.1):.1f}",
            ends=moment(datetime.fromisoformat(each["ends_at"]), desk.language),
        )
        desk.print("export_fetched", count=each["fetched"])
    if each["mail_words"]:
        desk.print("export_mail", words=each["mail_words"])
