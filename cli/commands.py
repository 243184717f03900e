"""The command line: what can be typed, and how a run of it ends."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channel_renditions import CropWay, FileFormat, ReadySize
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.sessions import Origin
from cli import (
    accounts,
    asking,
    audit,
    bases,
    breaches,
    consents,
    deciding,
    declaring,
    doctor,
    erasures,
    evidence,
    exports,
    failures,
    films,
    forecast,
    freezing,
    governance,
    importing,
    imports,
    looking,
    masking,
    metadata,
    operating,
    people,
    proposals,
    quitclaims,
    recalls,
    recognition,
    restore,
    retention,
    searching,
    sessions,
    sharing,
    signing,
    subject_requests,
    templates,
    uploading,
    verify,
    versions,
    wordings,
)
from cli.desk import DONE, INTERRUPTED, NOT_DONE, USAGE, Desk
from cli.progress import console
from cli.words import LANGUAGES, language_of, say

type Command = Callable[[Desk, argparse.Namespace], int]
COMMANDS: Mapping[str, Command] = {
    "login": signing.login,
    "logout": signing.logout,
    "whoami": signing.whoami,
    "upload": uploading.upload,
    "import": importing.import_archive,
    "imports": imports.imports,
    "import-quitclaims": quitclaims.import_quitclaims,
    "show": looking.show,
    "search": searching.search,
    "confirm": deciding.confirm,
    "reject": deciding.reject,
    "declare": declaring.declare,
    "film": films.film,
    "versions": versions.versions,
    "mark": masking.mark,
    "masked": masking.masked,
    "release": deciding.release,
    "download": deciding.download,
    "retry": deciding.retry,
    "metadata": metadata.metadata,
    "people": people.people,
    "links": people.links,
    "ask": asking.ask,
    "requests": asking.requests,
    "consents": consents.consents,
    "sessions": sessions.sessions,
    "wordings": wordings.wordings,
    "bases": bases.bases,
    "subject-requests": subject_requests.subject_requests,
    "restrict": freezing.restrict,
    "unrestrict": freezing.unrestrict,
    "erasures": erasures.erasures,
    "erase-picture": erasures.erase_picture,
    "exports": exports.exports,
    "disclosures": recalls.disclosures,
    "recalls": recalls.recalls,
    "shares": sharing.shares,
    "publications": sharing.publications,
    "package": sharing.package,
    "forecast": forecast.forecast,
    "proposals": proposals.proposals,
    "recognition": recognition.recognition,
    "governance": governance.governance,
    "retention": retention.retention,
    "breaches": breaches.breaches,
    "evidence": evidence.evidence,
    "audit": audit.audit,
    "verify": verify.verify,
    "users": accounts.users,
    # for an operator, with credentials of the account
    "dead-letters": operating.list_dead_letters,
    "redrive": operating.redrive,
    "templates": templates.templates,
    "first-administrator": operating.first_administrator,
    "restore": restore.restore,
    "doctor": doctor.doctor,
}


def parser(language: str) -> argparse.ArgumentParser:
    """The command line, explained in one language."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    main_parser = argparse.ArgumentParser(
        prog="beeldrecht",
        description=say("help", language),
        epilog=text("epilog"),
    )
    main_parser.add_argument("--language", choices=LANGUAGES, help=text("language"))
    subparsers = main_parser.add_subparsers(dest="command", required=True)
    made = {
        name: subparsers.add_parser(name, help=text(name.replace("-", "_")))
        for name in COMMANDS
    }
    _signing(made, text)
    _pictures(made, text)
    _people(made, text)
    _recognition(made["recognition"], text)
    governance.add_arguments(made["governance"], language)
    retention.add_arguments(made["retention"], language)
    breaches.add_arguments(made["breaches"], language)
    evidence.add_arguments(made["evidence"], language)
    masking.add_arguments(made["mark"], made["masked"], language)
    declaring.add_arguments(made["declare"], language)
    films.add_arguments(made["film"], language)
    metadata.add_arguments(made["metadata"], language)
    versions.add_arguments(made["versions"], language)
    importing.add_arguments(made["import"], language)
    imports.add_arguments(made["imports"], text)
    quitclaims.add_arguments(made["import-quitclaims"], language)
    searching.add_arguments(made["search"], language)
    people.add_arguments(made["people"], language)
    asking.add_arguments(made["ask"], made["requests"], language)
    consents.add_arguments(made["consents"], language)
    sessions.add_arguments(made["sessions"], language)
    wordings.add_arguments(made["wordings"], language)
    bases.add_arguments(made["bases"], language)
    subject_requests.add_arguments(made["subject-requests"], language)
    freezing.add_arguments(made["restrict"], made["unrestrict"], language)
    erasures.add_arguments(made["erasures"], made["erase-picture"], language)
    exports.add_arguments(made["exports"], language)
    recalls.add_arguments(made["disclosures"], made["recalls"], language)
    sharing.add_arguments(made["shares"], made["publications"], made["package"], language)
    forecast.add_arguments(made["forecast"], language)
    audit.add_arguments(made["audit"], language)
    verify.add_arguments(made["verify"], language)
    restore.add_arguments(made["restore"], language)
    doctor.add_arguments(made["doctor"], language)
    templates.add_arguments(made["templates"], text)
    accounts.add_arguments(made["users"], language)
    made["first-administrator"].add_argument("email", metavar="EMAIL", help=text("email"))
    return main_parser


type Made = Mapping[str, argparse.ArgumentParser]
type Text = Callable[[str], str]


def _signing(made: Made, text: Text) -> None:
    login = made["login"]
    login.add_argument("--at", metavar="URL", help=text("at"))
    login.add_argument("--no-browser", action="store_true", help=text("no_browser"))
    login.add_argument("--as", dest="as_user", metavar="USER", help=text("as"))


def _pictures(made: Made, text: Text) -> None:
    upload, show = made["upload"], made["show"]
    upload.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text("file"))
    upload.add_argument("--session", metavar="ID", help=text("session"))
    origins = [Origin.OWN.value, Origin.PUBLIC_WEB.value]
    upload.add_argument("--origin", choices=origins, help=text("upload_origin"))
    upload.add_argument("--replaces", metavar="ASSET", help=text("upload_replaces"))
    upload.add_argument("--as-is", action="store_true", help=text("upload_as_is"))
    show.add_argument("assets", nargs="*", metavar="ASSET", help=text("asset"))
    show.add_argument("--limit", type=int, default=50, help=text("limit"))
    show.add_argument(
        "--status", choices=[each.value for each in AssetStatus], help=text("status")
    )
    for name in ("confirm", "reject", "release", "download", "retry"):
        made[name].add_argument("asset", metavar="ASSET", help=text("asset"))
    for name in ("confirm", "reject"):
        made[name].add_argument("face", metavar="FACE", help=text("face"))
        made[name].add_argument("person", metavar="PERSON", help=text("person"))
    channels = [channel.value for channel in Channel]
    made["release"].add_argument(
        "--channel", action="append", choices=channels, help=text("channel")
    )
    made["release"].add_argument(
        "--mask", action="append", metavar="MASK", help=text("mask")
    )
    download = made["download"]
    download.add_argument(
        "--channel", choices=channels, required=True, help=text("for_channel")
    )
    download.add_argument("--to", metavar="PATH", type=Path, help=text("to"))
    for name, values in (("size", ReadySize), ("format", FileFormat), ("crop", CropWay)):
        listed = [each.value for each in values]
        download.add_argument(f"--{name}", choices=listed, help=text(f"download_{name}"))
    download.add_argument("--file", action="store_true", help=text("download_file"))
    download.add_argument(
        "--watermark", action="store_true", help=text("download_watermark")
    )


def _people(made: Made, text: Text) -> None:
    links, waiting = made["links"], made["proposals"]
    links.add_argument("person", metavar="PERSON", help=text("person"))
    either = links.add_mutually_exclusive_group()
    either.add_argument("--make", action="store_true", help=text("make_link"))
    either.add_argument("--revoke", metavar="LINK", help=text("revoke_link"))
    waiting.set_defaults(act=None)
    acts = waiting.add_subparsers(dest="act", metavar="ACT")
    for name in ("approve", "reject"):
        act = acts.add_parser(name, help=text(f"proposal_{name}"))
        act.add_argument("proposal", metavar="PROPOSAL", help=text("proposal"))


def _recognition(made: argparse.ArgumentParser, text: Text) -> None:
    modes = [mode.value for mode in RecognitionMode]
    made.add_argument("mode", nargs="?", choices=modes, help=text("mode"))
    made.add_argument("--assessment", metavar="RECORD", help=text("assessment"))


def main(arguments: Sequence[str], desk: Desk | None = None) -> int:
    """Run one command; what stands in its way is said in one sentence."""
    language = _asked(arguments) or language_of(os.environ)
    given = parser(language).parse_args(arguments)
    desk = desk or Desk(console(), language)
    try:
        return COMMANDS[given.command](desk, given)
    except failures.KNOWN as error:
        print(desk.sentence(error), file=sys.stderr)
        return NOT_DONE
    except BrokenPipeError:
        # Whoever read has seen enough (`| head`); nothing is left to flush at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def _asked(arguments: Sequence[str]) -> str | None:
    """The language that is asked for, known before the rest is explained in it."""
    first = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    first.add_argument("--language")
    try:
        known, _ = first.parse_known_args(list(arguments))
    except argparse.ArgumentError:
        return None
    return known.language if known.language in LANGUAGES else None


__all__ = ["COMMANDS", "DONE", "NOT_DONE", "USAGE", "main", "parser"]
