"""The command `retention`: how long things are kept, and changing it after a look."""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from beeldrecht.domain.retention import RetentionKind
from cli import choosing, recognition
from cli.choosing import NotOneError
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import moment, say

PATH = "/v1/retention"
RUNS = f"{PATH}/runs"
_KEPT = "kept_"
_ENDLESS = "none"
_KNOWN = 200


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `retention`."""

    def text(key: str) -> str:
        return say(f"help_retention_{key}", language)

    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    acts.add_parser("show", help=text("show"))
    change = acts.add_parser("change", help=text("change"))
    change.add_argument("terms", nargs="*", metavar="KIND=DAYS", help=text("terms"))
    change.add_argument("--guard", type=int, metavar="SHARE", help=text("guard"))
    for name in ("preview", "confirm", "drop"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("run", metavar="RUN", help=text("run"))
    acts.choices["confirm"].add_argument(
        "--above-guard", action="store_true", help=text("above_guard")
    )
    for name in ("pause", "resume"):
        acts.add_parser(name, help=text(name))


def retention(desk: Desk, given: argparse.Namespace) -> int:
    """Show how long things are kept, want other terms, confirm them, or pause."""
    match given.act:
        case "change":
            _change(desk, given.terms, given.guard)
        case "preview":
            _show_run(desk, desk.api.get(f"{RUNS}/{_meant(desk, given.run)}").body)
        case "confirm":
            _confirm(desk, given.run, above=given.above_guard)
        case "drop":
            path = f"{RUNS}/{_meant(desk, given.run)}"
            _show_run(desk, desk.api.delete(path).body)
        case "pause" | "resume":
            order = {"paused": given.act == "pause"}
            _show(desk, desk.api.put(f"{PATH}/pause", order).body)
        case _:
            _show(desk, desk.api.get(PATH).body)
    return DONE


def _change(desk: Desk, terms: Sequence[str], guard: int | None) -> None:
    read = desk.api.get(PATH)
    order = {"terms": [_term(each) for each in terms], "guard_share": guard}
    made = desk.api.put(PATH, order, if_match=read.etag)
    desk.print("retention_looking", run=short(made["run_id"]))


def _term(given: str) -> dict[str, Any]:
    """`mails=200` or `assets=none`; raises NotOneError."""
    name, _, days = given.partition("=")
    kind = name if name.startswith(_KEPT) else f"{_KEPT}{name}"
    whole = days.isascii() and days.isdigit()
    if kind not in set(RetentionKind) or not (whole or days == _ENDLESS):
        raise NotOneError("error_unknown_term", given)
    return {"kind": kind, "days": int(days) if whole else None}


def _confirm(desk: Desk, run: str, *, above: bool) -> None:
    path = f"{RUNS}/{_meant(desk, run)}/confirmation"
    answer = desk.api.post(path, {"above_guard": above}, repeatable=True)
    if answer.status == 202:
        recognition.waits(desk, answer.body)
    else:
        _show_run(desk, answer.body)


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    found = [
        each["run_id"]
        for settled in ("false", "true")
        for each in islice(desk.api.each(RUNS, "items", settled=settled), _KNOWN)
    ]
    return choosing.one(given, found, "error_unknown_run")


def _show(desk: Desk, view: Mapping[str, Any]) -> None:
    for term in view["terms"]:
        desk.print(
            "retention_term",
            kind=term["kind"].removeprefix(_KEPT),
            days=_days(desk, term["days"]),
            words=term["words"],
            shortest=term["shortest"],
            longest=term["longest"],
        )
    desk.print("retention_guard", share=view["guard_share"])
    if view["paused"]:
        desk.print("retention_paused")
    for run in view["runs"]:
        desk.print("retention_run", run=short(run["run_id"]), state=run["state_words"])


def _show_run(desk: Desk, run: Mapping[str, Any]) -> None:
    begun = moment(datetime.fromisoformat(run["begun_at"]), desk.language)
    desk.print("retention_run", run=short(run["run_id"]), state=run["state_words"])
    desk.print("retention_run_begun", at=begun)
    for wanted in run["wanted"]:
        desk.print(
            "retention_wanted",
            kind=wanted["kind"].removeprefix(_KEPT),
            days=_days(desk, wanted["days"]),
        )
    for key, counts in (("seen", run["preview"]), ("applied", run["applied"])):
        for each in counts:
            desk.print(
                f"retention_{key}",
                kind=each["kind"].removeprefix(_KEPT),
                looked=each["looked"],
                dates=each["dates"],
                ends=each["ends"],
            )
            if each["above_guard"]:
                desk.print("retention_above")


def _days(desk: Desk, days: int | None) -> str:
    if days is None:
        return say("retention_endless", desk.language)
    return say("retention_days", desk.language, days=days)
