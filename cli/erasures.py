"""Commands `erasures` and `erase-picture`: the plan, confirming it, how far it is."""

import argparse
import base64
import mimetypes
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from beeldrecht.domain.erasure import ErasureState, PictureOutcome, ProofReason
from beeldrecht.domain.erasure_texts import LeavingReason, TextOutcome
from cli import choosing
from cli.desk import DONE, Desk
from cli.fetching import FileThereError, NoPlaceError
from cli.looking import asset_meant
from cli.names import short
from cli.people import KNOWN
from cli.words import moment, say

PATH = "/v1/erasures"
_PAGE = 100
_AT_ONCE = 80
"""Pictures in one change of a plan."""
STATES = {
    "collecting": ErasureState.COLLECTING,
    "planned": ErasureState.PLANNED,
    "confirmed": ErasureState.CONFIRMED,
    "under-way": ErasureState.ERASING,
    "done": ErasureState.ERASED,
    "cancelled": ErasureState.CANCELLED,
}
REASONS = {
    "somebody-else": LeavingReason.ANOTHER,
    "maker": LeavingReason.MAKER,
    "expression": LeavingReason.EXPRESSION,
    "archive": LeavingReason.ARCHIVE,
    "claim": LeavingReason.CLAIM,
    "by-hand": LeavingReason.BY_HAND,
}
"""Why a name stays in a text."""
PROOF_REASONS = {"claim": ProofReason.CLAIM, "authority": ProofReason.AUTHORITY}
"""Why the proof that outlives an erasure is opened."""


def add_arguments(
    erasing: argparse.ArgumentParser, picture: argparse.ArgumentParser, language: str
) -> None:
    """Explain what can be typed behind `erasures` and `erase-picture`."""

    def text(key: str) -> str:
        return say(f"help_erasures_{key}", language)

    picture.add_argument("asset", metavar="ASSET", help=say("help_asset", language))
    erasing.add_argument("--state", choices=STATES, help=text("state"))
    erasing.add_argument("--limit", type=int, default=50, help=text("limit"))
    erasing.set_defaults(act=None)
    acts = erasing.add_subparsers(dest="act", metavar="ACT")
    made = {
        name: acts.add_parser(name, help=text(name))
        for name in ("show", "plan", "confirm", "cancel", "proof")
    }
    for act in made.values():
        act.add_argument("erasure", metavar="ERASURE", help=text("erasure"))
    opened = made["proof"]
    opened.add_argument(
        "--reason", choices=PROOF_REASONS, required=True, help=text("proof_reason")
    )
    opened.add_argument("--output", type=Path, help=text("proof_output"))
    plan = made["plan"]
    for name in ("mask", "delete"):
        plan.add_argument(
            f"--{name}", nargs="+", default=[], metavar="ASSET", help=text(f"plan_{name}")
        )
    for name in ("redact", "leave"):
        plan.add_argument(
            f"--{name}", nargs="+", default=[], metavar="TEXT", help=text(f"plan_{name}")
        )
    plan.add_argument("--because", choices=REASONS, help=text("because"))
    proof = plan.add_mutually_exclusive_group()
    proof.add_argument("--keep-proof", action="store_true", help=text("keep_proof"))
    proof.add_argument("--no-proof", action="store_true", help=text("no_proof"))


def erasures(desk: Desk, given: argparse.Namespace) -> int:
    """List erasures, show one, say what becomes of pictures, confirm or cancel it."""
    if given.act is None:
        _list(desk, given)
        return DONE
    path = f"{PATH}/{_meant(desk, given.erasure)}"
    match given.act:
        case "proof":
            _proof(desk, path, given)
            return DONE
        case "plan":
            _plan(desk, path, given)
        case "confirm":
            desk.api.post(f"{path}/confirmation", {}, repeatable=True)
        case "cancel":
            desk.api.delete(path)
    _show(desk, path)
    return DONE


def erase_picture(desk: Desk, given: argparse.Namespace) -> int:
    """Erase a picture everywhere; it can wait for a second person."""
    asset_id = asset_meant(desk, given.asset)
    told = desk.api.post(f"/v1/assets/{asset_id}/erasure", {}, repeatable=True).body
    if "proposal_id" in told:
        desk.print("erasure_waits", id=short(told["proposal_id"]))
    else:
        _line(desk, told)
    return DONE


def _plan(desk: Desk, path: str, given: argparse.Namespace) -> None:
    shown = {each["asset_id"]: each for each in _pictures(desk, path)}
    wishes = [
        {
            "asset_id": choosing.one(named, list(shown), "error_unknown_planned"),
            "outcome": outcome.value,
        }
        for outcome, names in (
            (PictureOutcome.MASK, given.mask),
            (PictureOutcome.DELETE, given.delete),
        )
        for named in names
    ]
    keep = True if given.keep_proof else False if given.no_proof else None
    for start in range(0, max(1, len(wishes)), _AT_ONCE):
        part = {"pictures": wishes[start : start + _AT_ONCE], "keep_proof": keep}
        if part["pictures"] or keep is not None or not (given.redact or given.leave):
            desk.api.put(f"{path}/plan", part)
    told = _text_wishes(desk, path, given)
    for start in range(0, len(told), _AT_ONCE):
        desk.api.put(f"{path}/plan", {"texts": told[start : start + _AT_ONCE]})


def _proof(desk: Desk, path: str, given: argparse.Namespace) -> None:
    """Write what was signed to files, or say that it waits; nothing is written over."""
    folder = given.output or Path()
    if not folder.is_dir():
        raise NoPlaceError(folder)
    reason = PROOF_REASONS[given.reason].value
    told = desk.api.get(f"{path}/proof", reason=reason).body
    if "proposal_id" in told:
        desk.print("erasure_waits", id=short(told["proposal_id"]))
        return
    for each in told["items"]:
        named, document = short(each["quitclaim_id"]), each["document"]
        if document is None:
            only = {"reason": reason, "quitclaim_id": each["quitclaim_id"]}
            again = desk.api.get(f"{path}/proof", **only).body
            document = again["items"][0]["document"] if "items" in again else None
        if document is None:
            desk.print("erasure_proof_none", id=named)
            continue
        ending = mimetypes.guess_extension(document["media_type"]) or ".bin"
        file = folder / f"{each['quitclaim_id']}{ending}"
        try:
            with file.open("xb") as out:
                out.write(base64.b64decode(document["content"]))
        except FileExistsError as error:
            raise FileThereError(file) from error
        except OSError as error:
            raise NoPlaceError(file) from error
        desk.print("erasure_proof_written", id=named, file=file)


def _text_wishes(
    desk: Desk, path: str, given: argparse.Namespace
) -> list[Mapping[str, Any]]:
    """What is to become of each text that was named, and why."""
    if not (given.redact or given.leave):
        return []
    known = [each["text_id"] for each in desk.api.get(path).body["texts"]]
    because = REASONS[given.because].value if given.because else None
    return [
        {
            "text_id": choosing.one(named, known, "error_unknown_text"),
            "outcome": outcome.value,
            "reason": because if outcome is TextOutcome.LEAVE else None,
        }
        for outcome, names in (
            (TextOutcome.REDACT, given.redact),
            (TextOutcome.LEAVE, given.leave),
        )
        for named in names
    ]


def _meant(desk: Desk, given: str) -> str:
    if choosing.is_id(given):
        return given
    found = islice(desk.api.each(PATH, "items", limit=_PAGE), KNOWN)
    ids = [each["erasure_id"] for each in found]
    return choosing.one(given, ids, "error_unknown_erasure")


def _list(desk: Desk, given: argparse.Namespace) -> None:
    limit = max(1, given.limit)
    asked: dict[str, Any] = {"limit": min(limit, _PAGE)}
    if given.state:
        asked["state"] = STATES[given.state].value
    found = list(islice(desk.api.each(PATH, "items", **asked), limit))
    for each in found:
        _line(desk, each)
    if not found:
        desk.print("no_erasures")


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "erasure_line",
        id=short(each["erasure_id"]),
        who=short(each["person_id"] or each["asset_id"]),
        state=each["state_words"].rstrip("."),
        at=moment(datetime.fromisoformat(each["begun_at"]), desk.language),
    )


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text on one line, with brackets around the name."""
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return " ".join(text.split())


def _pictures(desk: Desk, path: str) -> list[Mapping[str, Any]]:
    return list(desk.api.each(path, "pictures", limit=_PAGE))


def _show(desk: Desk, path: str) -> None:
    told = desk.api.get(path).body
    _line(desk, told)
    if told["keep_proof"] is not None:
        desk.print("erasure_proof" if told["keep_proof"] else "erasure_no_proof")
    for each in _pictures(desk, path):
        desk.print(
            "erasure_picture",
            id=short(each["asset_id"]),
            others=each["others"],
            words=each["outcome_words"],
        )
    for each in told["texts"]:
        desk.print(
            "erasure_text" if each["text"] is None else "erasure_text_now",
            id=short(each["text_id"]),
            what=each["what"],
            words=" ".join(filter(None, (each["outcome_words"], each["reason_words"])))
            or say("erasure_text_undecided", desk.language),
            text=_marked(each["text"] or "", map(tuple, each["spans"])),
        )
    for each in told["receipts"]:
        if each["found"] or each["remains"]:
            desk.print(
                "erasure_receipt",
                what=f"{each['store'].removeprefix('store_')}/{each['what']}",
                found=each["found"],
                removed=each["removed"],
                remains=each["remains"],
                why=each["why_words"],
            )
