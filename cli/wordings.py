"""The command `wordings`: what people can be asked to sign, and writing more of it."""

import argparse
import json
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from beeldrecht.domain.channels import ALL_CHANNELS
from cli import choosing
from cli.desk import DONE, Desk
from cli.files import FileRefusal, FileRefusedError
from cli.names import short
from cli.words import channel_name, say

PATH = "/v1/wordings"
KNOWN = 500
"""Wordings among which one is looked for."""
STANDARD = "standard"
_PAGE = 100


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `wordings`."""

    def text(key: str) -> str:
        return say(f"help_wordings_{key}", language)

    made.set_defaults(act=None)
    acts = made.add_subparsers(dest="act", metavar="ACT")
    showing = acts.add_parser("show", help=text("show"))
    showing.add_argument("wording", metavar="WORDING", help=text("wording"))
    showing.add_argument("--in", dest="spoken", metavar="LANGUAGE", help=text("in"))
    adding = acts.add_parser("add", help=text("add"))
    adding.add_argument("file", type=Path, metavar="JSON", help=text("file"))
    adding.add_argument("--version-of", metavar="WORDING", help=text("version_of"))


def wordings(desk: Desk, given: argparse.Namespace) -> int:
    """List wordings, show one whole, or add one from a file."""
    match given.act:
        case None:
            for each in desk.api.each(PATH, "items", limit=_PAGE):
                _line(desk, each)
        case "show":
            name = version_meant(desk, given.wording)
            _show(desk, read_version(desk, name), given.spoken or desk.language)
        case _:
            _add(desk, _order(given.file), given.version_of)
    return DONE


def version_meant(desk: Desk, given: str | None) -> str:
    """The version that somebody means: by its name, a beginning, or the standard one."""
    if given is not None and "." in given:
        return given
    found = list(islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN))
    named = {each["wording_id"]: str(each["wording"]) for each in found}
    if given is None or given == STANDARD:
        standard = [each["wording_id"] for each in found if each["standard"]]
        return named[standard[0]]
    if choosing.is_id(given) and given in named:
        return named[given]
    return named[choosing.one(given, named, "error_unknown_wording")]


def read_version(desk: Desk, name: str) -> Mapping[str, Any]:
    """One version by its name, `<wording id>.<version>`."""
    wording_id, _, number = name.partition(".")
    view: Mapping[str, Any] = desk.api.get(f"{PATH}/{wording_id}/versions/{number}").body
    return view


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "wording_standard_line" if each["standard"] else "wording_line",
        id=short(each["wording_id"]),
        version=each["version"],
        title=each["title"],
        languages=", ".join(each["languages"]),
        channels=_terms(desk, each["channels"]),
    )


def _terms(desk: Desk, channels: Mapping[str, int]) -> str:
    return ", ".join(
        say(
            "wording_term",
            desk.language,
            channel=channel_name(channel, desk.language),
            months=channels[channel],
        )
        for channel in ALL_CHANNELS
        if channel in channels
    )


def _show(desk: Desk, view: Mapping[str, Any], spoken: str) -> None:
    """The whole text in one language, as it is read before anything is signed."""
    texts = view["texts"]
    language = next(each for each in (spoken, "en", *texts) if each in texts)
    text = texts[language]
    desk.print(
        "wording_head",
        title=text["title"],
        wording=view["wording"],
        spoken=language,
        languages=", ".join(texts),
    )
    parts = [text["purpose"], text["controller"], *text["notice"], text["image"]]
    parts += [_terms(desk, view["channels"]), text["portrait"], text["biometric"]]
    for part in [*parts, text["guardian"]]:
        if part:
            desk.line("")
            desk.line(part)
    desk.line("")
    desk.print("wording_digest", sha256=text["sha256"])


def _order(path: Path) -> Mapping[str, Any]:
    """What a file says; whether it is a wording the library judges."""
    try:
        order = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise FileRefusedError(path, FileRefusal.MISSING) from error
    except OSError as error:
        raise FileRefusedError(path, FileRefusal.UNREADABLE) from error
    except ValueError as error:
        raise FileRefusedError(path, FileRefusal.NOT_A_WORDING) from error
    if not isinstance(order, dict):
        raise FileRefusedError(path, FileRefusal.NOT_A_WORDING)
    return order


def _add(desk: Desk, order: Mapping[str, Any], version_of: str | None) -> None:
    if version_of is None:
        made = desk.api.post(PATH, order, key=uuid4().hex)
    else:
        wording_id = version_meant(desk, version_of).partition(".")[0]
        read = desk.api.get(f"{PATH}/{wording_id}")
        made = desk.api.post(f"{PATH}/{wording_id}/versions", order, if_match=read.etag)
    desk.print("wording_added", wording=made["wording"])
