"""The commands `ask` and `requests`: asking people for consent, and what came of it.

Somebody who is on record is named as everywhere else; somebody new is given with the
address that the link goes to, or comes from a file with a row for each.
"""

import argparse
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import batched, islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from beeldrecht.domain.consent_requests import ConsentRequestState, Delivery
from cli import choosing, sessions, wordings
from cli.desk import DONE, NOT_DONE, Desk
from cli.lists import Person, named, rows_of, told_apart
from cli.looking import asset_meant
from cli.names import short
from cli.people import KNOWN, people_by_id
from cli.words import moment, say

PATH = "/v1/consent-requests"
AT_ONCE = 100
"""People in one request, as many as the library takes."""


def add_arguments(
    asking: argparse.ArgumentParser, asked: argparse.ArgumentParser, language: str
) -> None:
    """Explain what can be typed behind `ask` and `requests`."""

    def text(key: str) -> str:
        return say(f"help_ask_{key}", language)

    asking.add_argument("people", nargs="*", metavar="PERSON", help=text("people"))
    asking.add_argument("--file", type=Path, metavar="CSV", help=text("file"))
    asking.add_argument("--wording", metavar="WORDING", help=text("wording"))
    asking.add_argument("--tablet", action="store_true", help=text("tablet"))
    asking.add_argument("--session", metavar="SESSION", help=text("session"))
    asking.add_argument(
        "--picture", action="append", default=[], metavar="ASSET", help=text("picture")
    )
    asking.add_argument("--photographer", metavar="NAME", help=text("photographer"))
    asking.add_argument("--speaks", metavar="LANGUAGE", help=text("speaks"))
    asking.add_argument("--namesakes", action="store_true", help=text("namesakes"))
    asking.add_argument("--again", action="store_true", help=text("again"))
    states = [state.value for state in ConsentRequestState]
    asked.add_argument("--state", choices=states, help=text("state"))
    asked.add_argument("--limit", type=int, default=50, help=text("limit"))
    asked.set_defaults(act=None)
    acts = asked.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "remind", "cancel"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("request", metavar="REQUEST", help=text("request"))


# -- asking ----------------------------------------------------------------------------


def ask(desk: Desk, given: argparse.Namespace) -> int:
    """Ask everybody who is named; who cannot be asked stops nobody else."""
    known = people_by_id(desk)
    rows = list(rows_of(given.file, known)) if given.file else []
    people = [named(text, known) for text in given.people] + rows
    if not people:
        raise choosing.NotOneError("error_nobody_to_ask", "")
    new, there = told_apart(people, known, given.namesakes)
    for person in there:
        desk.print("namesake", name=person["name"])
    if not given.again:
        open_still = _asked_before(desk, new)
        new = [person for person in new if person.get("person_id") not in open_still]
        for person_id, request in open_still.items():
            name = known.get(person_id, short(person_id))
            desk.print("asked_before", name=name, request=short(request))
    order = {
        "wording": wordings.version_meant(desk, given.wording),
        "delivery": (Delivery.TABLET if given.tablet else Delivery.LINK).value,
        "pictures": [asset_meant(desk, text) for text in given.picture],
        "photographer": given.photographer,
    }
    if given.session:
        order["session_id"] = sessions.session_meant(desk, given.session)
    if given.speaks:
        spoken = {"language": given.speaks}
        new = [(spoken if "name" in person else {}) | person for person in new]
    asked = sum(_ask(desk, part, order, known) for part in batched(new, AT_ONCE))
    if len(people) > 1:
        desk.print("asked_summary", asked=asked, refused=len(people) - asked)
    return DONE if asked == len(people) else NOT_DONE


def _asked_before(desk: Desk, people: Sequence[Person]) -> dict[str, str]:
    """Who of them has a question open, by person: the request."""
    wanted = {person["person_id"] for person in people if "person_id" in person}
    if not wanted:
        return {}
    waiting = desk.api.each(
        PATH, "items", limit=AT_ONCE, state=ConsentRequestState.OPEN.value
    )
    return {
        each["person_id"]: each["request_id"]
        for each in islice(waiting, KNOWN)
        if each["person_id"] in wanted
    }


def _ask(
    desk: Desk,
    people: Sequence[Person],
    order: Mapping[str, Any],
    known: Mapping[str, str],
) -> int:
    """Ask some of them in one request; how many were asked."""
    answer = desk.api.post(PATH, {**order, "people": people}, key=uuid4().hex)
    asked = 0
    for person, each in zip(people, answer["items"], strict=True):
        name = person.get("name") or known.get(person["person_id"]) or each["person_id"]
        if each["problem"]:
            desk.print("not_asked", name=name, why=each["problem"]["words"])
            continue
        asked += 1
        request = short(each["request_id"])
        if each["url"]:
            desk.print("asked_on_tablet", name=name, request=request)
            desk.line(each["url"])
        else:
            desk.print("asked_by_mail", name=name, request=request)
    return asked


# -- what came of it -------------------------------------------------------------------


def requests(desk: Desk, given: argparse.Namespace) -> int:
    """List who was asked, show one, remind somebody, or take a question back."""
    if given.act is None:
        _list(desk, given.state, given.limit)
        return DONE
    request_id = request_meant(desk, given.request)
    path = f"{PATH}/{request_id}"
    match given.act:
        case "remind":
            desk.api.post(f"{path}/reminders", repeatable=True)
            desk.print("reminded")
        case "cancel":
            desk.api.delete(path)
            desk.print("cancelled")
        case _:
            _show(desk, desk.api.get(path).body)
    return DONE


def request_meant(desk: Desk, given: str) -> str:
    """The id of the ask that somebody means by a few characters."""
    if choosing.is_id(given):
        return given
    found = islice(desk.api.each(PATH, "items", limit=AT_ONCE), KNOWN)
    return choosing.one(
        given, [each["request_id"] for each in found], "error_unknown_request"
    )


def request_line(desk: Desk, each: Mapping[str, Any], name: str) -> str:
    """An ask in one line."""
    return say(
        "request_line",
        desk.language,
        id=short(each["request_id"]),
        name=name,
        state=say(f"request_{each['state']}", desk.language),
        how=say(f"delivery_{each['delivery']}", desk.language),
        asked=_moment(desk, each["asked_at"]),
    )


def _list(desk: Desk, state: str | None, limit: int) -> None:
    found = list(
        islice(
            desk.api.each(PATH, "items", limit=min(limit, AT_ONCE), state=state), limit
        )
    )
    names = people_by_id(desk) if found else {}
    for each in found:
        name = names.get(each["person_id"], short(each["person_id"]))
        desk.line(request_line(desk, each, name))
    if not found:
        desk.print("no_requests")


def _show(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.line(request_line(desk, each, desk.names[each["person_id"]]))
    desk.print("request_wording", wording=each["wording"], spoken=each["language"])
    if each["state"] == ConsentRequestState.OPEN:
        desk.print("request_open_until", until=_moment(desk, each["ends_at"]))
    elif each["settled_at"]:
        desk.print("request_settled", at=_moment(desk, each["settled_at"]))
    for asset_id in each["pictures"]:
        desk.print("request_picture", asset=asset_id)


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
