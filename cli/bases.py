"""The command `bases`: on what the use of a picture rests besides consent."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.governance import RegisterKind
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.messages import words
from beeldrecht.domain.time import AMSTERDAM
from cli import choosing, governance
from cli.desk import DONE, Desk
from cli.looking import asset_meant
from cli.names import short
from cli.people import person_meant
from cli.typed import day_in
from cli.words import channel_name, last_day_before, say
from cli.words import day as day_in_words

WEIGHED = RegisterKind.INTEREST_ASSESSMENT.value


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `bases`."""

    def text(key: str) -> str:
        return say(f"help_bases_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    for name in ("show", "record", "apply", "end"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("asset", metavar="ASSET", help=text("asset"))
    recording = acts.choices["record"]
    recording.add_argument(
        "kind", choices=[kind.value for kind in LegalBasisKind], help=text("kind")
    )
    recording.add_argument(
        "--reference", metavar="TEXT", required=True, help=text("reference")
    )
    recording.add_argument(
        "--channel",
        action="append",
        required=True,
        choices=[channel.value for channel in Channel],
        help=text("channel"),
    )
    for name in ("first-day", "last-day"):
        key = name.replace("-", "_")
        recording.add_argument(
            f"--{name}", type=day_in(language), metavar="DATE", help=text(key)
        )
    recording.add_argument("--assessment", metavar="RECORD", help=text("assessment"))
    recording.add_argument("--person", metavar="PERSON", help=text("person"))
    recording.add_argument(
        "--died", type=day_in(language), metavar="DATE", help=text("died")
    )
    acts.choices["end"].add_argument("basis", metavar="BASIS", help=text("basis"))


def bases(desk: Desk, given: argparse.Namespace) -> int:
    """Show the legal bases of a picture, record one, or what is proposed, or end one."""
    asset_id = asset_meant(desk, given.asset)
    path = f"/v1/assets/{asset_id}/bases"
    match given.act:
        case "show":
            view = desk.api.get(path).body
        case "record":
            order = _order(desk, given)
            view = desk.api.post(path, order, key=uuid4().hex).body
        case "apply":
            view = _applied(desk, path, given.asset)
        case _:
            known = [each["basis_id"] for each in desk.api.get(path)["items"]]
            basis_id = _meant(given.basis, known)
            view = desk.api.delete(f"{path}/{basis_id}").body
    _show(desk, view)
    return DONE


def _meant(given: str, known: list[str]) -> str:
    if choosing.is_id(given):
        return given
    return choosing.one(given, known, "error_unknown_basis")


def _order(desk: Desk, given: argparse.Namespace) -> Mapping[str, Any]:
    today = desk.now().astimezone(AMSTERDAM).date()
    return {
        "channels": list(dict.fromkeys(given.channel)),
        "kind": given.kind,
        "reference": given.reference,
        "first_day": (given.first_day or today).isoformat(),
        "last_day": given.last_day.isoformat() if given.last_day else None,
        "assessment_id": governance.find(desk, WEIGHED, given.assessment)
        if given.assessment
        else None,
        "person_id": person_meant(desk, given.person) if given.person else None,
        "died_on": given.died.isoformat() if given.died else None,
    }


def _show(desk: Desk, view: Mapping[str, Any]) -> None:
    for each in view["items"]:
        ends = each["ends_at"]
        last = last_day_before(datetime.fromisoformat(ends)) if ends else None
        desk.print(
            "basis_line" if each["in_force"] else "basis_line_over",
            id=short(each["basis_id"]),
            channel=channel_name(Channel(each["channel"]), desk.language),
            kind=each["words"].rstrip("."),
            reference=each["reference"],
            until=day_in_words(last, desk.language)
            if last
            else say("without_end", desk.language),
        )
    if not view["items"]:
        desk.print("no_bases")
    if view["proposed"]:
        show_proposed(desk, view["proposed"])


def show_proposed(desk: Desk, proposed: Mapping[str, Any]) -> None:
    """Say on what the pictures of a session are meant to rest."""
    channels = [
        channel_name(Channel(each), desk.language) for each in proposed["channels"]
    ]
    desk.print(
        "basis_proposed",
        channels=", ".join(channels),
        kind=words(LegalBasisKind(proposed["kind"]), desk.language).rstrip("."),
        reference=proposed["reference"],
    )


def _applied(desk: Desk, path: str, given: str) -> Any:
    """Record what is proposed for a picture of a session, from today on."""
    proposed = desk.api.get(path)["proposed"]
    if proposed is None:
        raise choosing.NotOneError("error_nothing_proposed", given)
    today = desk.now().astimezone(AMSTERDAM).date().isoformat()
    order = {**proposed, "first_day": today}
    return desk.api.post(path, order, key=uuid4().hex).body
