"""The command `subject-requests`: what people ask for themselves, to the end of it."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from beeldrecht.domain.subject_requests import (
    LONGEST_EXTENSION,
    Identity,
    Received,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
)
from beeldrecht.domain.time import AMSTERDAM
from cli import choosing, spreadsheets
from cli.desk import DONE, Desk
from cli.looking import asset_meant
from cli.names import short
from cli.people import KNOWN, person_meant
from cli.typed import day_in
from cli.words import day, last_day_before, moment, say

PATH = "/v1/subject-requests"
_PAGE = 100
_OUTCOMES = {
    "uphold": SubjectRequestState.UPHELD,
    "dismiss": SubjectRequestState.DISMISSED,
}
_WAYS = {
    "letter": Received.LETTER,
    "mail": Received.MAIL,
    "phone": Received.PHONE,
    "counter": Received.COUNTER,
}
_KNOWN = {
    "known": Identity.KNOWN,
    "document": Identity.DOCUMENT_SEEN,
    "guardian": Identity.GUARDIAN,
}
_TOLD = {
    "mail": ToldBy.MAIL,
    "letter": ToldBy.LETTER,
    "phone": ToldBy.PHONE,
    "counter": ToldBy.COUNTER,
}
_WITH_REASON = ("uphold", "dismiss", "extend", "lift")


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `subject-requests`."""

    def text(key: str) -> str:
        return say(f"help_subject_{key}", language)

    states = [state.value for state in SubjectRequestState]
    made.add_argument("--state", choices=states, help=text("state"))
    made.add_argument("--limit", type=int, default=50, help=text("limit"))
    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "identity", *_WITH_REASON):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("request", metavar="REQUEST", help=text("request"))
    for name in _WITH_REASON:
        acts.choices[name].add_argument(
            "--reason", metavar="TEXT", required=True, help=text("reason")
        )
    acts.choices["identity"].add_argument("how", choices=_KNOWN, help=text("how"))
    acts.choices["extend"].add_argument(
        "--months",
        type=int,
        choices=range(1, LONGEST_EXTENSION + 1),
        required=True,
        help=text("months"),
    )
    acts.choices["lift"].add_argument(
        "--told", choices=_TOLD, default="mail", help=text("told")
    )
    register = acts.add_parser("register", help=text("register"))
    register.add_argument("to", type=Path, metavar="FILE", help=text("to"))
    register.add_argument("--state", choices=states, dest="only", help=text("state"))
    enter = acts.add_parser("enter", help=text("enter"))
    enter.add_argument("person", metavar="PERSON", help=text("person"))
    kinds = [kind.value for kind in SubjectRequestKind]
    enter.add_argument("kind", choices=kinds, help=text("kind"))
    enter.add_argument("--by", choices=_WAYS, required=True, help=text("by"))
    enter.add_argument(
        "--on", type=day_in(language), metavar="DATE", help=text("asked_on")
    )
    enter.add_argument("--identity", choices=_KNOWN, help=text("how"))
    enter.add_argument("--details", metavar="TEXT", help=text("details"))
    enter.add_argument("--asset", metavar="ASSET", help=text("asset"))
    enter.add_argument("--face", metavar="FACE", help=text("face"))


def subject_requests(desk: Desk, given: argparse.Namespace) -> int:
    """List what people ask for, enter and show one, and do what it asks."""
    match given.act:
        case None:
            _list(desk, given.state, given.limit)
        case "register":
            asked: dict[str, object] = {"state": given.only}
            rows = spreadsheets.fetch(desk, f"{PATH}/register", asked, given.to)
            desk.print("subject_register", count=f"{rows:,}", file=given.to)
        case "enter":
            order = _entered(desk, given)
            _show(desk, desk.api.post(PATH, order, key=uuid4().hex).body)
        case "show":
            _show(desk, desk.api.get(_path(desk, given)).body)
        case act:
            path, order = f"{_path(desk, given)}/{_ENDS[act]}", _order(act, given)
            _show(desk, desk.api.post(path, order, repeatable=True).body)
    return DONE


_ENDS = {
    "uphold": "decision",
    "dismiss": "decision",
    "identity": "identity",
    "extend": "extension",
    "lift": "lift",
}


def _order(act: str, given: argparse.Namespace) -> Mapping[str, Any]:
    match act:
        case "identity":
            return {"identity": _KNOWN[given.how].value}
        case "extend":
            return {"months": given.months, "reason": given.reason}
        case "lift":
            return {"reason": given.reason, "told": _TOLD[given.told].value}
        case _:
            return {"outcome": _OUTCOMES[act].value, "reason": given.reason}


def _entered(desk: Desk, given: argparse.Namespace) -> Mapping[str, Any]:
    today = desk.now().astimezone(AMSTERDAM).date()
    identity = _KNOWN[given.identity] if given.identity else Identity.UNCHECKED
    return {
        "person_id": person_meant(desk, given.person),
        "kind": given.kind,
        "asked_day": (given.on or today).isoformat(),
        "received": _WAYS[given.by].value,
        "identity": identity.value,
        "details": given.details,
        "asset_id": asset_meant(desk, given.asset) if given.asset else None,
        "face_id": given.face,
    }


def _path(desk: Desk, given: argparse.Namespace) -> str:
    return f"{PATH}/{_meant(desk, given.request)}"


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    found = islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN)
    ids = [each["subject_request_id"] for each in found]
    return choosing.one(given, ids, "error_unknown_subject_request")


def _list(desk: Desk, state: str | None, limit: int) -> None:
    found = list(
        islice(desk.api.each(PATH, "items", limit=min(limit, _PAGE), state=state), limit)
    )
    for each in found:
        _line(desk, each)
    if not found:
        desk.print("no_subject_requests")


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    due = last_day_before(_at(each["due_at"]))
    desk.print(
        "subject_request_overdue" if each["overdue"] else "subject_request_line",
        id=short(each["subject_request_id"]),
        name=desk.names[each["person_id"]],
        kind=each["kind_words"].rstrip("."),
        state=each["state_words"].rstrip("."),
        due=day(due, desk.language),
    )


def _show(desk: Desk, each: Mapping[str, Any]) -> None:
    """All that is on record of one, in the order in which it happened."""
    _line(desk, each)
    desk.print(
        "subject_request_asked",
        at=moment(_at(each["asked_at"]), desk.language),
        person=each["person_id"],
    )
    desk.line(f"  {each['received_words']} {each['identity_words']}")
    if each["asset_id"]:
        desk.print("subject_request_picture", asset=each["asset_id"])
    if each["details"]:
        desk.line(f"  {each['details']}")
    if longer := each["extension"]:
        _told(desk, "subject_request_extended", longer, months=longer["months"])
    if each["decided_at"]:
        decided = {"at": each["decided_at"], "by": each["decided_by"]}
        _told(desk, "subject_request_decided", {**decided, "reason": each["reason"]})
    if ends := each["lifting"]:
        first = _at(ends["lifts_from"]).astimezone(AMSTERDAM).date()
        _told(desk, "subject_request_lifted", ends, first=day(first, desk.language))


def _told(desk: Desk, key: str, what: Mapping[str, Any], **more: object) -> None:
    at = moment(_at(what["at"]), desk.language)
    desk.print(key, at=at, by=short(what["by"]), **more)
    if what["reason"]:
        desk.line(f"  {what['reason']}")


def _at(said: str) -> datetime:
    return datetime.fromisoformat(said)
