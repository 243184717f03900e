"""The command `breaches`: drills and breaches, whom they touch, and what was done."""

import argparse
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from uuid import uuid4

from beeldrecht.domain.access import Role
from beeldrecht.domain.breaches import BreachEvent, BreachKind
from beeldrecht.domain.stores import Store
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.typed import instant_in
from cli.words import moment, say

PATH = "/v1/breaches"
KNOWN = 500
"""Breaches among which one is looked for."""
EVENTS: Mapping[str, BreachEvent] = {
    "authority-told": BreachEvent.AUTHORITY_TOLD,
    "authority-not-told": BreachEvent.AUTHORITY_NOT_TOLD,
    "people-told": BreachEvent.PEOPLE_TOLD,
    "people-not-told": BreachEvent.PEOPLE_NOT_TOLD,
    "closed": BreachEvent.CLOSED,
}
LOOKS = 30
"""Times that a new breach is looked at, a second apart, until it is counted."""
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `breaches`."""

    def text(key: str) -> str:
        return say(f"help_breaches_{key}", language)

    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    for name in ("drill", "record"):
        act = acts.add_parser(name, help=text(name))
        for end in ("from", "to"):
            act.add_argument(
                f"--{end}",
                required=True,
                type=instant_in(language),
                metavar="WHEN",
                help=text(end),
            )
        act.add_argument("--actor", metavar="USER", help=text("actor"))
        act.add_argument(
            "--role", choices=[each.value for each in Role], help=text("role")
        )
        stores = [each.value.removeprefix("store_") for each in Store]
        act.add_argument("--store", choices=stores, help=text("store"))
        act.add_argument(
            "--aware", type=instant_in(language), metavar="WHEN", help=text("aware")
        )
        act.add_argument(
            "--description", required=True, metavar="TEXT", help=text("description")
        )
    for name in ("show", "people", "note"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("breach", metavar="BREACH", help=text("breach"))
    note = acts.choices["note"]
    note.add_argument("event", choices=list(EVENTS), help=text("event"))
    note.add_argument("--reason", required=True, metavar="TEXT", help=text("reason"))


def breaches(
    desk: Desk, given: argparse.Namespace, wait: Callable[[float], None] = time.sleep
) -> int:
    """List breaches, record one or hold a drill, show one, or note what was done."""
    match given.act:
        case None:
            _list(desk)
        case "drill" | "record":
            _show(desk, _recorded(desk, given, wait))
        case "show":
            _show(desk, desk.api.get(f"{PATH}/{_meant(desk, given.breach)}").body)
        case "people":
            _people(desk, _meant(desk, given.breach))
        case _:
            path = f"{PATH}/{_meant(desk, given.breach)}/events"
            order = {"event": EVENTS[given.event].value, "reason": given.reason}
            _show(desk, desk.api.post(path, order, repeatable=True).body)
    return DONE


def _recorded(
    desk: Desk, given: argparse.Namespace, wait: Callable[[float], None]
) -> Mapping[str, Any]:
    """Record it, and wait a while for whom it touches."""
    kind = BreachKind.DRILL if given.act == "drill" else BreachKind.REAL
    order = {
        "kind": kind.value,
        "scope": {
            "start": _utc(vars(given)["from"]),
            "end": _utc(given.to),
            "actor": given.actor,
            "role": given.role,
            "store": f"store_{given.store}" if given.store else None,
        },
        "aware_at": _utc(given.aware) if given.aware else None,
        "description": given.description,
    }
    view: Mapping[str, Any] = desk.api.post(PATH, order, key=uuid4().hex).body
    for _ in range(LOOKS):
        if view["touched"] is not None:
            break
        wait(1.0)
        view = desk.api.get(f"{PATH}/{view['breach_id']}").body
    return view


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    found = islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN)
    ids = [str(each["breach_id"]) for each in found]
    return choosing.one(given, ids, "error_unknown_breach")


def _list(desk: Desk) -> None:
    found = list(islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN))
    for each in found:
        _line(desk, each)
    if not found:
        desk.print("no_breaches")


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "breach_line",
        id=short(each["breach_id"]),
        kind=each["kind_words"].rstrip("."),
        state=each["state_words"],
        due=moment(datetime.fromisoformat(each["due_at"]), desk.language),
    )


def _show(desk: Desk, view: Mapping[str, Any]) -> None:
    _line(desk, view)
    desk.line(f"  {view['description']}")
    touched = view["touched"]
    if touched is None:
        desk.print("breach_counting_still")
        return
    desk.print(
        "breach_touched",
        people=touched["people"],
        pictures=touched["pictures"],
        entries=touched["entries"],
    )
    for each in touched["categories"]:
        desk.line(f"  · {each['words']}")
    for each in view["events"]:
        at = moment(datetime.fromisoformat(each["at"]), desk.language)
        desk.line(f"  {at}: {each['words']} {each['reason']}")
    for draft in (*view["authority"], *view["people"]):
        if draft["language"] == desk.language:
            desk.line("")
            desk.line(draft["title"])
            for paragraph in draft["paragraphs"]:
                desk.line(f"  {paragraph}")


def _people(desk: Desk, breach_id: str) -> None:
    """Everybody it touches, by name where whoever asks may know it."""
    page, more = 0, True
    while more:
        path = f"{PATH}/{breach_id}/touched"
        found = desk.api.get(path, what="people", page=page)
        for person_id in found["items"]:
            desk.line(f"{person_id}  {desk.names[person_id]}")
        page, more = page + 1, found["more"]
