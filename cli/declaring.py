"""The command `declare`: who is in a file that cannot be looked through, or nobody."""

import argparse
from pathlib import Path
from typing import Any

from beeldrecht.domain.intake import RenditionName
from cli import choosing
from cli.api import ProblemError
from cli.desk import DONE, Desk
from cli.fetching import save
from cli.looking import asset_meant
from cli.people import people_by_id
from cli.words import listed, say


def declare(desk: Desk, given: argparse.Namespace) -> int:
    """Say who is in it, in place of what was said before; or get it to look at first."""
    asset_id = asset_meant(desk, given.asset)
    if given.look:
        return _look(desk, asset_id, given.to)
    people = [_person(desk, each) for each in given.people or ()]
    said = {"people": sorted(set(people)), "rest_stays": given.first_page_only}
    view = declare_file(desk, asset_id, said)
    if given.first_page_only:
        desk.print("declared_first_page", name=view["file_name"])
    elif people:
        names = listed([desk.names[each] for each in said["people"]], desk.language)
        desk.print("declared_people", name=view["file_name"], people=names)
    else:
        desk.print("declared_nobody", name=view["file_name"])
    return DONE


def declare_file(desk: Desk, asset_id: str, said: dict[str, Any]) -> dict[str, Any]:
    """Declare of the version that is there now; give the file as it is shown then."""
    read = desk.api.get(f"/v1/assets/{asset_id}")
    path = f"/v1/assets/{asset_id}/declaration"
    try:
        body: dict[str, Any] = desk.api.put(path, said, if_match=read.etag).body
    except ProblemError as error:
        if error.code == "conflict":
            raise choosing.NotOneError("error_not_declarable", asset_id) from error
        raise
    return body


def _person(desk: Desk, given: str) -> str:
    """The id of whoever is meant; a whole id is taken as it is."""
    if choosing.is_id(given):
        return given
    return choosing.person(given, people_by_id(desk))


def _look(desk: Desk, asset_id: str, to: Path | None) -> int:
    """Save the file itself, which goes on record as a look."""
    path = f"/v1/assets/{asset_id}/renditions/{RenditionName.FILE}"
    leave = desk.api.get(path).body
    saved = save(leave["url"], Path(leave["file_name"]).name, to)
    desk.print("file_to_look_at", path=saved, asset=asset_id)
    return DONE


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `declare`."""

    def text(key: str) -> str:
        return say(f"help_declare_{key}", language)

    made.add_argument("asset", metavar="ASSET", help=say("help_asset", language))
    what = made.add_mutually_exclusive_group(required=True)
    what.add_argument("--nobody", action="store_true", help=text("nobody"))
    what.add_argument("--people", nargs="+", metavar="PERSON", help=text("people"))
    only = ("--first-page-only", "--poster-only")
    what.add_argument(*only, action="store_true", help=text("first_page"))
    what.add_argument("--look", action="store_true", help=text("look"))
    made.add_argument("--to", metavar="PATH", type=Path, help=say("help_to", language))
