"""The commands: what each asks of the deployment, and what it tells whoever typed it."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.intake import AssetRecord
from cli import choosing, dead_letters, failures
from cli.files import Candidate, FileRefusedError, candidate
from cli.names import Names, short
from cli.pictures import Seen, now, see
from cli.progress import bar, console
from cli.sending import StoreBusyError, UploadRefusedError, send
from cli.stack import Deployed, FunctionFailedError
from cli.tables import channels_in_words, print_rows, row
from cli.words import LANGUAGES, holds, language_of, moment, say

DONE, NOT_DONE, USAGE, INTERRUPTED = 0, 1, 2, 130
AT_ONCE = 4
"""Files that are sent side by side."""


@dataclass
class Desk:
    """What every command works with."""

    out: Console
    language: str
    find: Callable[[], Deployed] = Deployed.find
    now: Callable[[], datetime] = now

    @cached_property
    def deployed(self) -> Deployed:
        """The deployment, looked up when a command first needs it."""
        return self.find()

    @cached_property
    def names(self) -> Names:
        """People's names."""
        return Names(self.deployed.register, self.deployed.contact_keys)

    def print(self, key: str, **values: object) -> None:
        """Say a phrase, exactly as it is."""
        text = say(key, self.language, **values)
        self.out.print(text, markup=False, highlight=False, soft_wrap=True)

    def sentence(self, error: Exception) -> str:
        """A failure in one sentence."""
        return failures.sentence(error, self.language, self.__dict__.get("deployed"))


# -- upload ----------------------------------------------------------------------------


def upload(desk: Desk, given: argparse.Namespace) -> int:
    """Send files; what is no picture stays here, and one failure stops no other."""
    good: list[Candidate] = []
    refused = 0
    for path in given.files:
        try:
            good.append(candidate(path))
        except FileRefusedError as error:
            refused += 1
            desk.print("not_sent", name=path.name, why=desk.sentence(error))
    sent = _send_all(desk, good, given.session)
    refused += len(good) - sent
    if len(given.files) > 1:
        desk.print("sent_summary", sent=sent, refused=refused)
    return NOT_DONE if refused else DONE


def _send_all(desk: Desk, files: Sequence[Candidate], session_id: str | None) -> int:
    if not files:
        return 0
    deployed, actor_id = desk.deployed, desk.deployed.actor_id
    total = sum(file.size for file in files)
    label = say("uploading", desk.language)
    lines: list[tuple[str, dict[str, str]]] = []
    with (
        bar(desk.out, label, total) as shown,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):

        def one(file: Candidate) -> bool:
            shown.note(file.path.name)
            try:
                asset_id = send(
                    file,
                    session_id,
                    lambda event: deployed.invoke(
                        "RequestUpload", {**event, "uploader_id": actor_id}
                    ),
                    lambda asset_id, sent: deployed.invoke(
                        "CompleteUpload",
                        {**sent, "asset_id": asset_id, "uploader_id": actor_id},
                    ),
                    shown.advance,
                )
            except (UploadRefusedError, StoreBusyError, FunctionFailedError) as error:
                why = desk.sentence(error)
                lines.append(("not_sent", {"name": file.path.name, "why": why}))
                return False
            lines.append(("sent", {"name": file.path.name, "asset_id": asset_id}))
            return True

        sent = sum(pool.map(one, files))
    for key, values in lines:
        desk.print(key, **values)
    return sent


# -- looking ---------------------------------------------------------------------------


def show(desk: Desk, given: argparse.Namespace) -> int:
    """Print pictures as a table: those that are named, or the newest."""
    records = _records(desk)
    files = {r.asset_id: r.announcement.file_name for r in records}
    chosen = (
        [choosing.asset(text, files) for text in given.assets]
        if given.assets
        else [r.asset_id for r in records[: given.limit]]
    )
    at = desk.now()
    rows = [
        row(_seen(desk, asset_id, at), desk.names, files, desk.language)
        for asset_id in chosen
    ]
    if not rows:
        desk.print("nothing_here")
    else:
        print_rows(rows, desk.out, desk.language)
    if not given.assets and len(records) > len(chosen):
        more = len(records) - len(chosen)
        desk.print("and_more", count=more, total=len(records))
    return DONE


def _records(desk: Desk) -> list[AssetRecord]:
    """Every record, the newest first."""
    library = desk.deployed.library
    found = [r for status in AssetStatus for r in library.in_status(status)]
    newest = sorted(found, key=lambda r: r.asset_id)
    newest.sort(key=lambda r: r.announcement.announced_at, reverse=True)
    return newest


def _seen(desk: Desk, asset_id: str, at: datetime | None = None) -> Seen:
    deployed = desk.deployed
    seen = see(asset_id, deployed.library, deployed.register, at or desk.now())
    if seen is None:
        raise choosing.NotOneError("error_unknown_asset", asset_id)
    return seen


def _asset(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    return choosing.asset(given, [r.asset_id for r in _records(desk)])


# -- deciding --------------------------------------------------------------------------


def confirm(desk: Desk, given: argparse.Namespace) -> int:
    """Say that a face is a person."""
    return _settle(desk, given, "confirm")


def reject(desk: Desk, given: argparse.Namespace) -> int:
    """Say that a face is not a person."""
    return _settle(desk, given, "reject")


def _settle(desk: Desk, given: argparse.Namespace, answer: str) -> int:
    seen = _seen(desk, _asset(desk, given.asset))
    face = choosing.face(given.face, seen)
    person_id = given.person
    if not choosing.is_id(person_id):
        person_id = choosing.person(given.person, _people(desk, seen))
    result = desk.deployed.invoke(
        "ConfirmAppearance",
        {
            "asset_id": seen.asset_id,
            "face_id": face.face.face_id,
            "person_id": person_id,
            "answer": answer,
            "actor_id": desk.deployed.actor_id,
        },
    )
    key = f"settled_{answer}" if result["changed"] else "settled_before"
    desk.print(key, face=face.number, name=desk.names[person_id])
    return DONE


def _people(desk: Desk, seen: Seen) -> Mapping[str, str]:
    """Who may be meant: the session's roster, and whoever is in a picture already."""
    library = desk.deployed.library
    session = library.session(seen.asset.session_id) if seen.asset.session_id else None
    ids = set(session.roster if session else ())
    for record in _records(desk):
        found = library.picture(record.asset_id) if record.face_count else None
        ids |= {appearance.person_id for appearance in found[2]} if found else set()
    return {person_id: desk.names[person_id] for person_id in sorted(ids)}


def release(desk: Desk, given: argparse.Namespace) -> int:
    """Release a picture, for all channels that are possible or for those named."""
    result = desk.deployed.invoke(
        "ReleaseAsset",
        {
            "asset_id": _asset(desk, given.asset),
            "actor_id": desk.deployed.actor_id,
            "channels": given.channel,
        },
    )
    verdicts = {Channel(c): Verdict(v) for c, v in result["channels"].items()}
    in_words = channels_in_words(verdicts, desk.language).replace("\n", "; ")
    desk.print("released", channels=in_words)
    if result["valid_until"]:
        until = datetime.fromisoformat(result["valid_until"])
        desk.out.print(holds(until, desk.language), markup=False, soft_wrap=True)
    return DONE


# -- what got stuck --------------------------------------------------------------------


def retry(desk: Desk, given: argparse.Namespace) -> int:
    """Say to the intake again that the picture was uploaded."""
    asset_id = _asset(desk, given.asset)
    record = desk.deployed.library.record(asset_id)
    if record is None:
        raise choosing.NotOneError("error_unknown_asset", given.asset)
    desk.deployed.uploads.send_upload(asset_id)
    desk.print("retried", name=record.announcement.file_name)
    return DONE


def list_dead_letters(desk: Desk, _given: argparse.Namespace) -> int:
    """List what failed for good; 1 when there is anything."""
    deployed = desk.deployed
    letters = [
        letter
        for queue in dead_letters.queues(deployed.outputs)
        for letter in dead_letters.dead_letters(deployed.sqs, queue)
    ]
    if not letters:
        desk.print("no_dead_letters")
        return DONE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("queue", "photo", "since", "reason"):
        table.add_column(say(f"column_{column}", desk.language), overflow="fold")
    for letter in letters:
        log = failures.log_of(dead_letters.WORKERS[letter.queue.name], deployed)
        why = dead_letters.reason(letter, deployed.library)
        table.add_row(
            letter.queue.name,
            short(letter.asset_id or "-"),
            moment(letter.sent_at, desk.language),
            say(why, desk.language, log=log),
        )
    desk.out.print(table, markup=False)
    desk.print("redrive_hint")
    return NOT_DONE


def redrive(desk: Desk, _given: argparse.Namespace) -> int:
    """Put what failed back into its queues."""
    deployed = desk.deployed
    queues = dead_letters.queues(deployed.outputs)
    count = sum(dead_letters.redrive(deployed.sqs, queue) for queue in queues)
    desk.print("redriven", count=count)
    return DONE


# -- typed ------------------------------------------------------------------

type Command = Callable[[Desk, argparse.Namespace], int]
COMMANDS: Mapping[str, Command] = {
    "upload": upload,
    "show": show,
    "confirm": confirm,
    "reject": reject,
    "release": release,
    "retry": retry,
    "dead-letters": list_dead_letters,
    "redrive": redrive,
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
    made["upload"].add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help=text("file")
    )
    made["upload"].add_argument("--session", metavar="ID", help=text("session"))
    made["show"].add_argument("assets", nargs="*", metavar="ASSET", help=text("asset"))
    made["show"].add_argument("--limit", type=int, default=50, help=text("limit"))
    for name in ("confirm", "reject", "release", "retry"):
        made[name].add_argument("asset", metavar="ASSET", help=text("asset"))
    for name in ("confirm", "reject"):
        made[name].add_argument("face", metavar="FACE", help=text("face"))
        made[name].add_argument("person", metavar="PERSON", help=text("person"))
    made["release"].add_argument(
        "--channel",
        action="append",
        choices=[channel.value for channel in Channel],
        help=text("channel"),
    )
    return main_parser


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
