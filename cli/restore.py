"""The command that restores a table: in two steps, and none of them serves by itself."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from cli import replaying, restoring
from cli.desk import DONE, Desk
from cli.replaying import Table
from cli.restoring import STORES, Copy
from cli.stack import Deployed
from cli.typed import instant_in
from cli.words import moment, say

_LIVE = {"library": "LibraryTable", "consent": "ConsentTable"}


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `restore`."""

    def text(key: str) -> str:
        return say(f"help_restore_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    for name in STORES:
        act = acts.add_parser(name, help=text(name))
        act.add_argument(
            "--at",
            required=True,
            type=instant_in(language),
            metavar="INSTANT",
            help=text("at"),
        )
    for name in ("replay", "serve"):
        act = acts.add_parser(name, help=text(name))
        act.add_argument("table", metavar="TABLE", help=text("table"))


def restore(desk: Desk, given: argparse.Namespace) -> int:
    """Restore a table, replay the ledger on a copy, or put a copy back."""
    if given.act == "serve":
        return serve(desk, given)
    if given.act == "replay":
        copy = restoring.copy_named(desk.deployed.dynamodb, given.table)
        return replay(desk, copy)
    return bring_back(desk, given)


def bring_back(desk: Desk, given: argparse.Namespace) -> int:
    """Restore a table beside the live one, and do to it what was done since."""
    deployed = desk.deployed
    live = deployed[_LIVE[given.act]]
    desk.print("restore_begins", table=live, at=moment(given.at, desk.language))
    copy = restoring.restore(deployed.dynamodb, given.act, live, given.at)
    _record(deployed, copy, "restore", desk.now(), {"since": _said(copy.since)})
    desk.print("restore_there", table=copy.table.name)
    return replay(desk, copy)


def replay(desk: Desk, copy: Copy) -> int:
    """Erase from a copy what was erased, freeze what was narrowed, and look again."""
    deployed, at = desk.deployed, desk.now()
    result = replaying.replay(
        copy.table, copy.store, copy.since, deployed.ledger, deployed.audit_reader, at
    )
    counts = {
        "erasures": result.erasures,
        "removed": result.removed,
        "changed": result.changed,
        "frozen": result.frozen,
    }
    _record(deployed, copy, "replay", at, counts)
    desk.print("restore_replayed", **counts)
    for each in result.to_look_at:
        desk.print("restore_look_at", what=each.what, item=f"{each.pk} {each.sk}")
    desk.print("restore_next", table=copy.table.name)
    return DONE


def serve(desk: Desk, given: argparse.Namespace) -> int:
    """Put back what the live table lacks; refused for a copy that was not replayed."""
    deployed, at = desk.deployed, desk.now()
    copy = restoring.copy_named(deployed.dynamodb, given.table)
    live = Table(deployed.dynamodb, deployed[_LIVE[copy.of]])
    result = restoring.put_back(copy, live, deployed.ledger, deployed.audit_reader, at)
    counts = {
        "added": result.added,
        "there": result.there,
        "left_out": result.left_out,
    }
    _record(deployed, copy, "serve", at, counts)
    desk.print("restore_served", **counts)
    return DONE


def _record(
    deployed: Deployed, copy: Copy, act: str, at: datetime, data: Mapping[str, str | int]
) -> None:
    """Say in the audit log what an operator did: past every wall of the library."""
    tag = f"operator:table:{act}"
    deployed.audit.record(
        NewEntry(
            subject=derived_id("table", copy.table.name),
            entry_id=f"{tag}:{_said(at)}",
            tag=tag,
            at=at,
            actor=deployed.actor_id,
            data={"of": copy.of, **data},
        )
    )


def _said(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
