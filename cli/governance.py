"""The command `governance`: what was assessed, agreed and is processed."""

import argparse
import json
from collections.abc import Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from beeldrecht.domain.governance import RegisterKind
from cli import choosing
from cli.desk import DONE, Desk
from cli.files import FileRefusal, FileRefusedError
from cli.names import short
from cli.typed import day_in
from cli.words import day, say

PATH = "/v1/governance"
KNOWN = 500
"""Records of a register among which one is looked for."""
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `governance`."""

    def text(key: str) -> str:
        return say(f"help_governance_{key}", language)

    kinds = [kind.value for kind in RegisterKind]
    made.add_argument("--kind", choices=kinds, help=text("kind"))
    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    form = acts.add_parser("form", help=text("form"))
    form.add_argument("of", choices=kinds, metavar="KIND", help=text("kind"))
    add = acts.add_parser("add", help=text("add"))
    add.add_argument("file", type=Path, metavar="JSON", help=text("file"))
    for name in ("show", "change", "sign", "revoke"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("record", metavar="RECORD", help=text("record"))
    acts.choices["change"].add_argument(
        "file", type=Path, metavar="JSON", help=text("file")
    )
    acts.choices["sign"].add_argument(
        "--last-day",
        type=day_in(language),
        metavar="DATE",
        required=True,
        help=text("last_day"),
    )
    acts.choices["revoke"].add_argument(
        "--reason", metavar="TEXT", required=True, help=text("reason")
    )


def governance(desk: Desk, given: argparse.Namespace) -> int:
    """List the registers, show a form or a record, or write, sign or revoke one."""
    match given.act:
        case None:
            for kind in [given.kind] if given.kind else list(RegisterKind):
                _list(desk, kind)
        case "form":
            _form(desk, given.of)
        case "add":
            made = desk.api.post(PATH, _order(given.file), key=uuid4().hex)
            _show(desk, made.body)
        case _:
            _one(desk, given)
    return DONE


def find(desk: Desk, kind: str | None, given: str) -> str:
    """The record that somebody means, by its id or the beginning of it."""
    if choosing.is_id(given):
        return given
    kinds = [kind] if kind else [each.value for each in RegisterKind]
    ids = [
        str(each["record_id"])
        for one in kinds
        for each in islice(desk.api.each(PATH, "items", kind=one, limit=_PAGE), KNOWN)
    ]
    return choosing.one(given, ids, "error_unknown_record")


def _one(desk: Desk, given: argparse.Namespace) -> None:
    path = f"{PATH}/{find(desk, None, given.record)}"
    read = desk.api.get(path)
    latest = read["versions"][-1]
    match given.act:
        case "show":
            _show(desk, read.body)
        case "change":
            order = _order(given.file)
            order.pop("kind", None)
            made = desk.api.post(f"{path}/versions", order, if_match=read.etag)
            _show(desk, made.body)
        case "sign":
            order = {
                "version": latest["version"],
                "sha256": latest["sha256"],
                "last_day": given.last_day.isoformat(),
            }
            # It is shown whole first: what is signed is what was read.
            _show(desk, read.body)
            signed = desk.api.post(f"{path}/signature", order, repeatable=True)
            _state(desk, signed.body)
        case _:
            order = {"reason": given.reason}
            gone = desk.api.post(f"{path}/revocation", order, repeatable=True)
            _state(desk, gone.body)


def _list(desk: Desk, kind: str) -> None:
    read = desk.api.get(PATH, kind=kind, limit=_PAGE)
    desk.line(read["form"]["kind_words"].rstrip("."))
    found = list(islice(desk.api.each(PATH, "items", kind=kind, limit=_PAGE), KNOWN))
    for each in found:
        desk.print(
            "record_line",
            id=short(each["record_id"]),
            title=each["title"],
            version=each["version"],
            state=each["state_words"].rstrip("."),
            until=_until(desk, each["last_day"]),
        )
    if not found:
        desk.print("no_records")


def _form(desk: Desk, kind: str) -> None:
    """The form of a kind, as a file to fill in."""
    form = desk.api.get(PATH, kind=kind, limit=1)["form"]
    for each in form["questions"]:
        desk.line(f"# {each['field']}: {each['words']}")
    empty = {
        "kind": kind,
        "title": "",
        "answers": {each["field"]: "" for each in form["questions"]},
    }
    desk.line(json.dumps(empty, ensure_ascii=False, indent=2))


def _show(desk: Desk, view: Mapping[str, Any]) -> None:
    latest = view["versions"][-1]
    desk.print(
        "record_head",
        kind=view["kind_words"].rstrip("."),
        title=latest["title"],
        version=latest["version"],
        record=view["record_id"],
    )
    for field, said in latest["answers"].items():
        desk.line(f"  {field}: {said}")
    for each in view["open_questions"]:
        desk.print("record_open", field=each["field"], words=each["words"])
    desk.print("record_digest", sha256=latest["sha256"])
    _state(desk, view)


def _state(desk: Desk, view: Mapping[str, Any]) -> None:
    signed = view["signatures"][-1] if view["signatures"] else None
    desk.print(
        "record_state",
        state=view["state_words"].rstrip("."),
        until=_until(desk, signed["last_day"] if signed else None),
    )


def _until(desk: Desk, last_day: str | None) -> str:
    if last_day is None:
        return ""
    shown = day(date.fromisoformat(last_day), desk.language)
    return say("record_until", desk.language, day=shown)


def _order(path: Path) -> dict[str, Any]:
    """What a file says; whether it is a record the library judges."""
    try:
        order = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileRefusedError(path, FileRefusal.MISSING) from error
    except OSError as error:
        raise FileRefusedError(path, FileRefusal.UNREADABLE) from error
    except ValueError as error:
        raise FileRefusedError(path, FileRefusal.NOT_A_RECORD) from error
    if not isinstance(order, dict):
        raise FileRefusedError(path, FileRefusal.NOT_A_RECORD)
    return order
