"""The command `subject-requests`: what people ask for themselves, and deciding on it."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from beeldrecht.domain.subject_requests import SubjectRequestState
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.people import KNOWN
from cli.words import day, last_day_before, moment, say

PATH = "/v1/subject-requests"
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `subject-requests`."""

    def text(key: str) -> str:
        return say(f"help_subject_{key}", language)

    states = [state.value for state in SubjectRequestState]
    made.add_argument("--state", choices=states, help=text("state"))
    made.add_argument("--limit", type=int, default=50, help=text("limit"))
    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "uphold", "dismiss"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("request", metavar="REQUEST", help=text("request"))
    for name in ("uphold", "dismiss"):
        acts.choices[name].add_argument(
            "--reason", metavar="TEXT", required=True, help=text("reason")
        )


_OUTCOMES = {
    "uphold": SubjectRequestState.UPHELD,
    "dismiss": SubjectRequestState.DISMISSED,
}


def subject_requests(desk: Desk, given: argparse.Namespace) -> int:
    """List what people ask for, show one, or decide on one."""
    if given.act is None:
        _list(desk, given.state, given.limit)
        return DONE
    path = f"{PATH}/{_meant(desk, given.request)}"
    if given.act == "show":
        _show(desk, desk.api.get(path).body)
        return DONE
    order = {"outcome": _OUTCOMES[given.act].value, "reason": given.reason}
    _show(desk, desk.api.post(f"{path}/decision", order, repeatable=True).body)
    return DONE


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
    due = last_day_before(datetime.fromisoformat(each["due_at"]))
    desk.print(
        "subject_request_overdue" if each["overdue"] else "subject_request_line",
        id=short(each["subject_request_id"]),
        name=desk.names[each["person_id"]],
        kind=each["kind_words"].rstrip("."),
        state=each["state_words"].rstrip("."),
        due=day(due, desk.language),
    )


def _show(desk: Desk, each: Mapping[str, Any]) -> None:
    _line(desk, each)
    asked = moment(datetime.fromisoformat(each["asked_at"]), desk.language)
    desk.print("subject_request_asked", at=asked, person=each["person_id"])
    if each["decided_at"]:
        at = moment(datetime.fromisoformat(each["decided_at"]), desk.language)
        desk.print("subject_request_decided", at=at, by=short(each["decided_by"]))
    if each["reason"]:
        desk.line(f"  {each['reason']}")
