"""The command `consents`: what somebody agreed to, with the document; what staff enter.

Whoever is asked for consent signs and takes back by themselves. Staff enter what reached
them in another way: a form on paper, or somebody who says on the telephone that they
take it back.
"""

import argparse
import base64
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.mails import MailKind, MailState
from beeldrecht.domain.messages import words
from beeldrecht.domain.paper import ENDINGS, LARGEST_SCAN, media_type_of
from beeldrecht.domain.signing import Relation
from cli import choosing, sending, wordings
from cli.asking import request_line
from cli.desk import DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.files import Candidate, FileRefusal, FileRefusedError
from cli.names import short
from cli.people import PATH, grant_line, person_meant
from cli.typed import day_in
from cli.words import moment, say


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `consents`."""

    def text(key: str) -> str:
        return say(f"help_consents_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    for name in ("show", "withdraw", "document", "enter"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("person", metavar="PERSON", help=text("person"))
    withdrawing = acts.choices["withdraw"]
    withdrawing.add_argument("grants", nargs="*", metavar="GRANT", help=text("grant"))
    withdrawing.add_argument("--all", action="store_true", help=text("all"))
    document = acts.choices["document"]
    document.add_argument("document", metavar="DOCUMENT", help=text("which"))
    document.add_argument("--to", type=Path, metavar="PATH", help=text("to"))
    entering = acts.choices["enter"]
    entering.add_argument("scan", type=Path, metavar="SCAN", help=text("scan"))
    entering.add_argument(
        "--signed",
        type=day_in(language),
        metavar="DATE",
        required=True,
        help=text("signed"),
    )
    entering.add_argument("--wording", metavar="WORDING", help=text("wording"))
    entering.add_argument("--in", dest="spoken", metavar="LANGUAGE", help=text("in"))
    entering.add_argument(
        "--channel",
        action="append",
        default=[],
        choices=[channel.value for channel in Channel],
        help=text("channel"),
    )
    for name in ("portrait", "biometric"):
        entering.add_argument(f"--{name}", action="store_true", help=text(name))
    entering.add_argument("--name", metavar="NAME", help=text("name"))
    entering.add_argument("--email", metavar="EMAIL", help=text("email"))
    entering.add_argument(
        "--born", type=day_in(language), metavar="DATE", help=text("born")
    )
    entering.add_argument("--country", metavar="NL", default="NL", help=text("country"))
    entering.add_argument("--guardian", metavar="NAME", help=text("guardian"))
    entering.add_argument(
        "--relation",
        choices=[relation.value for relation in Relation],
        default=Relation.PARENT.value,
        help=text("relation"),
    )


def consents(desk: Desk, given: argparse.Namespace) -> int:
    """Show what somebody agreed to, or enter what they said to staff."""
    person_id = person_meant(desk, given.person)
    match given.act:
        case "show":
            _show(desk, person_id, _read(desk, person_id))
        case "withdraw":
            _withdraw(desk, person_id, given.grants, given.all)
        case "document":
            _document(desk, person_id, given.document, given.to)
        case _:
            _enter(desk, person_id, given)
    return DONE


# -- looking ---------------------------------------------------------------------------


def _show(desk: Desk, person_id: str, view: Mapping[str, Any]) -> None:
    name = desk.names[person_id]
    desk.print("consents_head", name=name, person_id=person_id)
    for each in view["consents"]:
        desk.print(
            "consents_document" if each["document"] else "consents_no_document",
            id=short(each["quitclaim_id"]),
            at=_moment(desk, each["signed_at"]),
            how=say(f"delivery_{each['signed_on']}", desk.language),
        )
        if each["guardian"]:
            desk.print("consents_guardian")
        for grant in each["grants"]:
            desk.line(f"    {short(grant['grant_id'])}  {grant_line(desk, grant)}")
        if not each["grants"]:
            desk.print("consents_refused_all")
    if not view["consents"]:
        desk.print("no_grants")
    for each in view["requests"]:
        desk.line(f"  {request_line(desk, each, name)}")
    for each in view["mails"]:
        desk.print(
            "consents_mail",
            at=_moment(desk, each["created_at"]),
            what=words(MailKind(each["kind"]), desk.language),
            state=words(MailState(each["state"]), desk.language),
        )


def _document(desk: Desk, person_id: str, given: str, to: Path | None) -> None:
    """Write the document that somebody signed; nothing is written over."""
    if to is not None and not to.is_dir() and to.exists():
        raise FileThereError(to)  # before a look is on record that there will not be
    quitclaim_id = _quitclaim_meant(desk, person_id, given)
    kept = desk.api.get(f"{PATH}/{person_id}/quitclaims/{quitclaim_id}/document")
    name = f"{short(quitclaim_id)}{ENDINGS.get(kept['media_type'], '')}"
    path = Path(name) if to is None else to / name if to.is_dir() else to
    try:
        with path.open("xb") as file:
            file.write(base64.b64decode(kept["content"]))
    except FileExistsError as error:
        raise FileThereError(path) from error
    except OSError as error:
        raise NoPlaceError(path) from error
    desk.print("downloaded", path=path)


def _quitclaim_meant(desk: Desk, person_id: str, given: str) -> str:
    if choosing.is_id(given):
        return given
    signed = [each["quitclaim_id"] for each in _read(desk, person_id)["consents"]]
    return choosing.one(given, signed, "error_unknown_document")


# -- entering --------------------------------------------------------------------------


def _withdraw(desk: Desk, person_id: str, given: list[str], everything: bool) -> None:
    if everything == bool(given):
        raise choosing.NotOneError("error_what_to_withdraw", "")
    order: dict[str, Any] = {"all": True}
    if given:
        known = [
            grant["grant_id"]
            for each in _read(desk, person_id)["consents"]
            for grant in each["grants"]
        ]
        order = {"grant_ids": [_grant_meant(text, known) for text in given]}
    taken = desk.api.post(f"{PATH}/{person_id}/withdrawals", order, repeatable=True)
    count = len(taken["withdrawn"])
    desk.print("withdrawn_for" if count else "nothing_withdrawn", count=count)


def _grant_meant(given: str, known: list[str]) -> str:
    if choosing.is_id(given):
        return given
    return choosing.one(given, known, "error_unknown_grant")


def _enter(desk: Desk, person_id: str, given: argparse.Namespace) -> None:
    """Send the scan, then what it says; sent twice in full it is two forms."""
    scan = scan_of(given.scan)
    choices = {
        "channels": given.channel,
        "portrait": given.portrait,
        "biometric": given.biometric,
    }
    signer = {
        "name": given.name or desk.names[person_id],
        "email": given.email,
        "birth_date": given.born.isoformat() if given.born else None,
        "country": given.country,
    }
    order = {
        "wording": wordings.version_meant(desk, given.wording),
        "language": given.spoken or desk.language,
        "signed_day": given.signed.isoformat(),
        "choices": choices,
        "signer": signer,
        "guardian": {"name": given.guardian, "relation": given.relation}
        if given.guardian
        else None,
    }
    entered = enter_form(desk.api, person_id, scan, order, desk.store)
    desk.print("form_entered", document=short(entered["quitclaim_id"]))
    if not entered["granted"]:
        desk.print("consents_refused_all")


def enter_form(
    api: Any,
    person_id: str,
    scan: Candidate,
    order: Mapping[str, Any],
    store: sending.Store | None = None,
) -> Mapping[str, Any]:
    """Send a scan and enter what it says; what went on record.

    Raises ProblemError, UploadRefusedError and StoreBusyError. The scan counts once:
    the second of the two requests is safe to repeat.
    """
    store = store or sending.Store()
    form = api.post(f"{PATH}/{person_id}/scans").body
    store.patiently(lambda _: None, lambda sent: store.post(form, scan, sent))
    entered: Mapping[str, Any] = api.post(
        f"{PATH}/{person_id}/quitclaims",
        {**order, "scan_id": form["scan_id"]},
        repeatable=True,
    ).body
    return entered


def scan_of(path: Path) -> Candidate:
    """The scan as it may be sent; raises FileRefusedError."""
    if path.is_dir():
        raise FileRefusedError(path, FileRefusal.FOLDER)
    try:
        with path.open("rb") as file:
            media_type = media_type_of(file.read(16))
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise FileRefusedError(path, FileRefusal.MISSING) from error
    except OSError as error:
        raise FileRefusedError(path, FileRefusal.UNREADABLE) from error
    if not size:
        raise FileRefusedError(path, FileRefusal.EMPTY)
    if size > LARGEST_SCAN:
        raise FileRefusedError(path, FileRefusal.SCAN_TOO_LARGE)
    if media_type is None:
        raise FileRefusedError(path, FileRefusal.NOT_A_SCAN)
    return Candidate(path, media_type, size)


# -- inside ----------------------------------------------------------------------------


def _read(desk: Desk, person_id: str) -> Mapping[str, Any]:
    view: Mapping[str, Any] = desk.api.get(f"{PATH}/{person_id}/consents").body
    return view


def _moment(desk: Desk, said: str) -> str:
    return moment(datetime.fromisoformat(said), desk.language)
