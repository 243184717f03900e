"""The command `versions`: the files of a picture, and which one is current."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cli import choosing
from cli.api import ProblemError
from cli.desk import DONE, Desk
from cli.looking import asset_meant
from cli.words import moment, say


def versions(desk: Desk, given: argparse.Namespace) -> int:
    """List the files of a picture with what differs, or make an older one current."""
    asset_id = asset_meant(desk, given.asset)
    if given.restore:
        return _restore(desk, asset_id)
    found = desk.api.get(f"/v1/assets/{asset_id}/versions")
    for each in found["items"]:
        desk.line(_headed(each, desk.language))
        for line in _differences(each["compared"], desk.language):
            desk.line(f"    {line}")
    return DONE


def _restore(desk: Desk, asset_id: str) -> int:
    """As it is there now: whoever changed it since is asked to look again."""
    read = desk.api.get(f"/v1/assets/{asset_id}")
    path = f"/v1/assets/{asset_id}/restore"
    try:
        made = desk.api.post(path, {}, if_match=read.etag)
    except ProblemError as error:
        if error.code == "conflict":
            raise choosing.NotOneError("error_not_made_current", asset_id) from error
        raise
    key = "version_restored" if made["changed"] else "version_is_current"
    desk.print(key, name=read["file_name"], asset=asset_id)
    return DONE


def _headed(each: Mapping[str, Any], language: str) -> str:
    """One file in a line: its number, whether it is current, and what it is."""
    return say(
        "version_current" if each["current"] else "version_older",
        language,
        number=each["number"],
        asset=each["asset_id"],
        name=each["file_name"],
        width=each["width"],
        height=each["height"],
        since=moment(datetime.fromisoformat(each["since"]), language),
        by=each["by"],
    )


def _differences(found: Mapping[str, Any] | None, language: str) -> list[str]:
    """What is another thing in it than in the picture that was named."""
    if found is None:
        return []
    if found["same_file"]:
        return [say("version_same_file", language)]
    names = ("size", "dimensions", "format")
    lines = [say(f"version_other_{name}", language) for name in names if found[name]]
    if found["bits_apart"] is not None:
        bits = found["bits_apart"]
        lines.append(say("version_bits_apart", language, bits=bits))
    lines += [
        f"{each['field']}: {_text(each['here'])} | {_text(each['there'])}"
        for each in found["said"]
    ]
    return lines


def _text(value: str | list[str] | None) -> str:
    if isinstance(value, list):
        return ", ".join(value) or "-"
    return value or "-"


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `versions`."""
    made.add_argument("asset", metavar="ASSET", help=say("help_asset", language))
    made.add_argument(
        "--restore", action="store_true", help=say("help_versions_restore", language)
    )
