"""The command `metadata`: what is said of pictures, changed and taken back."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from beeldrecht.domain.metadata import FIELDS, LISTS
from cli.desk import DONE, USAGE, Desk
from cli.looking import asset_meant
from cli.words import say


def metadata(desk: Desk, given: argparse.Namespace) -> int:
    """Show, change or take back what is said of pictures."""
    act = {"show": _show, "edit": _edit, "undo": _undo}[given.act]
    return act(desk, given)


def _show(desk: Desk, given: argparse.Namespace) -> int:
    asset_id = asset_meant(desk, given.asset)
    desk.line(asset_id)
    _lines(desk, desk.api.get(f"/v1/assets/{asset_id}/metadata")["said"])
    return DONE


def _edit(desk: Desk, given: argparse.Namespace) -> int:
    """Change one picture or many; a preview only shows what would change."""
    order: dict[str, Any] = {
        "asset_ids": [asset_meant(desk, each) for each in given.assets],
        "collection_id": given.collection,
        "values": _values(given.set or ()),
        "add": {"keywords": given.add or []},
        "remove": {"keywords": given.remove or []},
    }
    if order["values"] is None or not (order["asset_ids"] or given.collection):
        desk.print("metadata_how")
        return USAGE
    path = "/v1/metadata/edits" + ("?preview=true" if given.preview else "")
    made = desk.api.post(path, order, key=uuid4().hex)
    for item in made["items"]:
        desk.line(item["asset_id"])
        for name in FIELDS:
            before, after = item["before"][name], item["after"][name]
            if before != after:
                desk.line(f"  {name}: {_text(before)} -> {_text(after)}")
    count = sum(item["changes"] for item in made["items"])
    if given.preview:
        desk.print("metadata_preview", count=count)
    else:
        desk.print("metadata_edited", count=count, edit=made["edit_id"])
    return DONE


def _undo(desk: Desk, given: argparse.Namespace) -> int:
    undone = desk.api.delete(f"/v1/metadata/edits/{given.edit}")
    desk.print("metadata_undone", count=len(undone["items"]))
    return DONE


def _values(given: Sequence[str]) -> dict[str, Any] | None:
    """`title=Fair` as the API takes it, empty for nothing; None when it is not so."""
    values: dict[str, Any] = {}
    for each in given:
        name, equals, value = each.partition("=")
        if name not in FIELDS or not equals:
            return None
        if name in LISTS:
            values[name] = [part.strip() for part in value.split(",") if part.strip()]
        else:
            values[name] = value.strip() or None
    return values


def _lines(desk: Desk, said: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if said[name]:
            desk.line(f"  {name}: {_text(said[name])}")


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return "-" if value is None else str(value)


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `metadata`."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    acts = made.add_subparsers(dest="act", metavar="ACT", required=True)
    show = acts.add_parser("show", help=text("metadata_show"))
    show.add_argument("asset", metavar="ASSET", help=text("asset"))
    edit = acts.add_parser("edit", help=text("metadata_edit"))
    edit.add_argument("assets", nargs="*", metavar="ASSET", help=text("asset"))
    edit.add_argument("--collection", metavar="ID", help=text("metadata_collection"))
    edit.add_argument(
        "--set", action="append", metavar="FIELD=VALUE", help=text("metadata_set")
    )
    edit.add_argument(
        "--add", action="append", metavar="KEYWORD", help=text("metadata_add")
    )
    edit.add_argument(
        "--remove", action="append", metavar="KEYWORD", help=text("metadata_remove")
    )
    edit.add_argument("--preview", action="store_true", help=text("metadata_preview"))
    undo = acts.add_parser("undo", help=text("metadata_undo"))
    undo.add_argument("edit", metavar="EDIT", help=text("metadata_edit_id"))
