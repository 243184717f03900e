"""The command `sessions`: a shoot or an event, and the code with which people sign.

What its pictures are meant to rest on is a proposal: `bases apply` records it for one.
"""

import argparse
from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from beeldrecht.domain.batch_bases import PROPOSABLE
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.time import AMSTERDAM
from cli import bases, choosing, governance, wordings
from cli.desk import DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.names import short
from cli.typed import day_in
from cli.words import day, moment, say

PATH = "/v1/sessions"
KNOWN = 1000
"""Sessions among which one is looked for."""
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `sessions`."""

    def text(key: str) -> str:
        return say(f"help_sessions_{key}", language)

    made.set_defaults(act=None)
    made.add_argument("--limit", type=int, default=50, help=text("limit"))
    acts = made.add_subparsers(dest="act", metavar="ACT")
    adding = acts.add_parser("add", help=text("add"))
    adding.add_argument("title", metavar="TITLE", help=text("title"))
    adding.add_argument("--day", type=day_in(language), metavar="DATE", help=text("day"))
    adding.add_argument("--place", metavar="PLACE", help=text("place"))
    adding.add_argument("--photographer", metavar="NAME", help=text("photographer"))
    adding.add_argument("--present", type=int, metavar="N", help=text("present"))
    for name in ("show", "change", "close", "reopen", "code", "revoke"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("session", metavar="SESSION", help=text("session"))
    _explain_changing(acts.choices["change"], language)
    closing = acts.choices["close"]
    closing.add_argument("--present", type=int, metavar="N", help=text("present"))
    declared = text("nobody_else")
    closing.add_argument(
        "--nobody-else", action="store_true", required=True, help=declared
    )
    code = acts.choices["code"]
    code.add_argument("--wording", metavar="WORDING", help=text("wording"))
    code.add_argument("--to", type=Path, metavar="SVG", help=text("to"))
    acts.choices["revoke"].add_argument("code", metavar="CODE", help=text("which"))


def _explain_changing(act: argparse.ArgumentParser, language: str) -> None:
    def text(key: str) -> str:
        return say(f"help_sessions_{key}", language)

    act.add_argument("--title", metavar="TITLE", help=text("title"))
    act.add_argument("--day", type=day_in(language), metavar="DATE", help=text("day"))
    act.add_argument("--place", metavar="PLACE", help=text("place"))
    act.add_argument("--photographer", metavar="NAME", help=text("photographer"))
    act.add_argument("--present", type=int, metavar="N", help=text("present"))
    kinds = [kind.value for kind in PROPOSABLE]
    basis = act.add_mutually_exclusive_group()
    basis.add_argument("--basis", choices=kinds, help=text("basis"))
    basis.add_argument("--no-basis", action="store_true", help=text("no_basis"))
    act.add_argument("--reference", metavar="TEXT", help=text("reference"))
    act.add_argument(
        "--channel",
        action="append",
        choices=[channel.value for channel in Channel],
        help=text("channel"),
    )
    act.add_argument("--assessment", metavar="RECORD", help=text("assessment"))


def sessions(desk: Desk, given: argparse.Namespace) -> int:
    """List sessions, start, show or change one, make its code, or take a code back."""
    match given.act:
        case None:
            _list(desk, given.limit)
        case "add":
            _add(desk, given)
        case "show":
            _show(desk, _read(desk, session_meant(desk, given.session)))
        case "change":
            _change(desk, given)
        case "close":
            _close(desk, given)
        case "reopen":
            where = f"{PATH}/{session_meant(desk, given.session)}/attestation"
            _show(desk, desk.api.delete(where).body)
        case "code":
            _code(desk, given)
        case _:
            _revoke(desk, session_meant(desk, given.session), given.code)
    return DONE


def session_meant(desk: Desk, given: str) -> str:
    """The id of the session that somebody means by its title or a few characters."""
    if choosing.is_id(given):
        return given
    found = list(islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN))
    called = [each for each in found if each["title"].casefold() == given.casefold()]
    if len(called) > 1:
        raise choosing.NotOneError("error_ambiguous", given)
    if called:
        return str(called[0]["session_id"])
    ids = [each["session_id"] for each in found]
    return choosing.one(given, ids, "error_unknown_session")


def _list(desk: Desk, limit: int) -> None:
    found = list(islice(desk.api.each(PATH, "items", limit=min(limit, _PAGE)), limit))
    for each in found:
        desk.print(
            "session_line",
            id=short(each["session_id"]),
            title=each["title"],
            day=day(date.fromisoformat(each["on"]), desk.language),
            signed=each["signed"],
        )
    if not found:
        desk.print("no_sessions")


def _add(desk: Desk, given: argparse.Namespace) -> None:
    today = desk.now().astimezone(AMSTERDAM).date()
    order = {
        "title": given.title,
        "on": (given.day or today).isoformat(),
        "place": given.place,
        "photographer": given.photographer,
        "head_count": given.present,
    }
    made = desk.api.post(PATH, order, key=uuid4().hex)
    session_id = made["session_id"]
    desk.print("session_added", title=made["title"], session_id=session_id)
    desk.print("session_hint", session=short(session_id))


def _change(desk: Desk, given: argparse.Namespace) -> None:
    """Say otherwise what is typed, and leave the rest as it was seen."""
    path = f"{PATH}/{session_meant(desk, given.session)}"
    seen = desk.api.get(path)
    typed = {
        "title": given.title,
        "on": given.day.isoformat() if given.day else None,
        "place": given.place,
        "photographer": given.photographer,
        "head_count": given.present,
        "basis": _basis(desk, given, seen["basis"]),
    }
    order = {
        name: seen[name] if value is None else value for name, value in typed.items()
    }
    if given.no_basis:
        order["basis"] = None
    # An empty line is none: nothing is said of it any more.
    for name in ("place", "photographer"):
        order[name] = order[name] or None
    _show(desk, desk.api.put(path, order, if_match=seen.etag).body)


def _close(desk: Desk, given: argparse.Namespace) -> None:
    """Declare that nobody else was there; as many as was said of it, unless typed."""
    path = f"{PATH}/{session_meant(desk, given.session)}"
    seen = desk.api.get(path)
    heads = seen["head_count"] if given.present is None else given.present
    order = {"head_count": heads, "nobody_else": given.nobody_else}
    _show(desk, desk.api.put(f"{path}/attestation", order, if_match=seen.etag).body)


def _basis(
    desk: Desk, given: argparse.Namespace, seen: Mapping[str, Any] | None
) -> Mapping[str, Any] | None:
    """What is typed of it; what is not stays as it was."""
    typed = {
        "kind": given.basis,
        "channels": list(dict.fromkeys(given.channel)) if given.channel else None,
        "reference": given.reference,
        "assessment_id": governance.find(desk, bases.WEIGHED, given.assessment)
        if given.assessment
        else None,
    }
    said = {name: value for name, value in typed.items() if value is not None}
    return {**(seen or {}), **said} if said else None


def _show(desk: Desk, view: Mapping[str, Any]) -> None:
    desk.print(
        "session_head",
        title=view["title"],
        session_id=view["session_id"],
        day=day(date.fromisoformat(view["on"]), desk.language),
    )
    for key in ("place", "photographer"):
        if view[key]:
            desk.print(f"session_{key}", value=view[key])
    if view["head_count"] is not None:
        desk.print(
            "session_present", present=view["head_count"], unsigned=view["unsigned"]
        )
    if view["closed"]:
        desk.print("session_closed", who=short(view["attested_by"]))
    if view["basis"]:
        bases.show_proposed(desk, view["basis"])
    for person_id in view["people"]:
        desk.line(f"  · {desk.names[person_id]}")
    if not view["people"]:
        desk.print("nobody_signed")
    for each in view["codes"]:
        desk.print(
            "link_line",
            link=short(each["link_id"]),
            state=say(f"link_{each['state']}", desk.language),
            until=_moment(desk, each["expires_at"]),
        )


def _code(desk: Desk, given: argparse.Namespace) -> None:
    """Make a code and write it to a file; the address is told once, and told first."""
    session_id = session_meant(desk, given.session)
    path = given.to or Path(f"session-{short(session_id)}.svg")
    if path.exists():
        raise FileThereError(path)
    if not path.parent.is_dir():
        raise NoPlaceError(path)
    order = {"wording": wordings.version_meant(desk, given.wording)}
    made = desk.api.post(f"{PATH}/{session_id}/links", order)
    desk.print("code_made", until=_moment(desk, made["expires_at"]))
    desk.line(made["url"])
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(made["qr_svg"])
    except FileExistsError as error:
        raise FileThereError(path) from error
    except OSError as error:
        raise NoPlaceError(path) from error
    desk.print("code_saved", path=path)


def _revoke(desk: Desk, session_id: str, code: str) -> None:
    theirs = [each["link_id"] for each in _read(desk, session_id)["codes"]]
    link_id = code if code in theirs else choosing.one(code, theirs, "error_unknown_code")
    desk.api.delete(f"{PATH}/{session_id}/links/{link_id}")
    desk.print("code_taken_back")


def _read(desk: Desk, session_id: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = desk.api.get(f"{PATH}/{session_id}").body
    return view


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
