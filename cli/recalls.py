"""Commands `disclosures` and `recalls`: who received a picture, and who removes it."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from beeldrecht.domain.channels import Channel
from beeldrecht.domain.recalls import RecallState
from cli import choosing
from cli.desk import DONE, Desk
from cli.looking import asset_meant
from cli.names import short
from cli.people import KNOWN
from cli.words import channel_name, moment, say

PATH = "/v1/recalls"
_PAGE = 100
_PREFIX = "recall_"
STATES = tuple(state.value.removeprefix(_PREFIX) for state in RecallState)
"""As they are typed: `open`, `unreachable`, `removed`, `lifted`."""


def add_arguments(
    disclosing: argparse.ArgumentParser,
    recalling: argparse.ArgumentParser,
    language: str,
) -> None:
    """Explain what can be typed behind `disclosures` and `recalls`."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    disclosing.add_argument("asset", metavar="ASSET", help=text("asset"))
    disclosing.add_argument("--limit", type=int, default=50, help=text("limit"))
    recalling.add_argument(
        "--state", choices=STATES, default=STATES[0], help=text("recalls_state")
    )
    recalling.add_argument("--limit", type=int, default=50, help=text("limit"))
    recalling.set_defaults(act=None)
    acts = recalling.add_subparsers(dest="act", metavar="ACT")
    for name in ("show", "removed"):
        act = acts.add_parser(name, help=text(f"recalls_{name}"))
        act.add_argument("recall", metavar="RECALL", help=text("recalls_recall"))


def disclosures(desk: Desk, given: argparse.Namespace) -> int:
    """List who received a picture, the last one first."""
    asset_id = asset_meant(desk, given.asset)
    limit = max(1, min(given.limit, _PAGE))
    told = desk.api.get(f"/v1/assets/{asset_id}/disclosures?limit={limit}").body
    for each in told["items"]:
        desk.print(
            "disclosure_line",
            at=moment(datetime.fromisoformat(each["at"]), desk.language),
            who=short(each["recipient_id"]),
            channel=_channel(desk, each["channel"]),
            what=each["kind_words"].rstrip("."),
        )
        if each["covered"]:
            desk.print("disclosure_covered", count=len(each["covered"]))
        if each["recall_id"]:
            state = each["recall_state_words"].rstrip(".")
            desk.print("disclosure_recall", id=short(each["recall_id"]), state=state)
    if not told["items"]:
        desk.print("no_disclosures")
    if told["more"]:
        desk.print("disclosures_more", count=told["more"])
    return DONE


def recalls(desk: Desk, given: argparse.Namespace) -> int:
    """List who is asked to remove a picture, show one, or say that it is removed."""
    if given.act is None:
        _list(desk, f"{_PREFIX}{given.state}", given.limit)
        return DONE
    path = f"{PATH}/{_meant(desk, given.recall)}"
    if given.act == "removed":
        _show(desk, desk.api.post(f"{path}/acknowledgement", repeatable=True).body)
        return DONE
    _show(desk, desk.api.get(path).body)
    return DONE


def _meant(desk: Desk, given: str) -> str:
    """The recall whose id begins so, of those that somebody has to do with."""
    if choosing.is_id(given):
        return given
    ids = [
        each["recall_id"]
        for state in STATES
        for each in islice(
            desk.api.each(PATH, "items", limit=_PAGE, state=f"{_PREFIX}{state}"), KNOWN
        )
    ]
    return choosing.one(given, ids, "error_unknown_recall")


def _list(desk: Desk, state: str, limit: int) -> None:
    found = list(
        islice(desk.api.each(PATH, "items", limit=min(limit, _PAGE), state=state), limit)
    )
    for each in found:
        _line(desk, each)
    if not found:
        desk.print("no_recalls")


def _line(desk: Desk, each: Mapping[str, Any]) -> None:
    desk.print(
        "recall_line",
        id=short(each["recall_id"]),
        who=short(each["recipient_id"]),
        asset=short(each["asset_id"]),
        channels=", ".join(_channel(desk, channel) for channel in each["channels"]),
        state=each["state_words"].rstrip("."),
    )


def _show(desk: Desk, each: Mapping[str, Any]) -> None:
    _line(desk, each)
    desk.print(
        "recall_opened",
        at=moment(datetime.fromisoformat(each["opened_at"]), desk.language),
        asset=each["asset_id"],
    )
    if each["reason_words"]:
        desk.line(f"  {each['reason_words']}")
    if each["told_at"]:
        at = moment(datetime.fromisoformat(each["told_at"]), desk.language)
        desk.print("recall_told", at=at, count=each["reminders"])
    if each["acknowledged_at"]:
        at = moment(datetime.fromisoformat(each["acknowledged_at"]), desk.language)
        by = each["acknowledged_by"]
        if by:
            desk.print("recall_removed_by", at=at, by=short(by))
        else:
            desk.print("recall_removed", at=at)


def _channel(desk: Desk, channel: str | None) -> str:
    if channel is None:
        return say("any_channel", desk.language)
    return channel_name(Channel(channel), desk.language)
