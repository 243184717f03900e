"""The command `show`: pictures, who is in them, and what the answer is right now."""

import argparse
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any

from cli import choosing
from cli.api import ProblemError
from cli.desk import DONE, Desk
from cli.pictures import Seen, seen_of
from cli.tables import print_rows, row

AT_ONCE = 4
"""Pictures that are asked for side by side."""
LISTED = 1000
"""Pictures in a list of which the newest are looked for, and typed ids are."""
PAGE = 100


def show(desk: Desk, given: argparse.Namespace) -> int:
    """Print pictures as a table: those that are named, or the newest."""
    listed = summaries(desk, given.status)
    files = {each["asset_id"]: each["file_name"] for each in listed}
    chosen = (
        [choosing.asset(text, files) for text in given.assets]
        if given.assets
        else list(files)[: given.limit]
    )
    pictures = [seen for seen in several(desk, chosen, given.assets) if seen]
    rows = [row(seen, desk.names, files, desk.language) for seen in pictures]
    if rows:
        print_rows(rows, desk.out, desk.language)
    else:
        desk.print("nothing_here")
    if not given.assets and len(files) > len(chosen):
        more = len(files) - len(chosen)
        desk.print("and_more", count=more, total=len(files))
    if len(listed) >= LISTED:
        desk.print("only_so_many", count=LISTED)
    return DONE


def summaries(desk: Desk, status: str | None = None) -> list[dict[str, Any]]:
    """The pictures that the caller may read, the newest first."""
    found = desk.api.each("/v1/assets", "items", limit=PAGE, status=status)
    newest = sorted(islice(found, LISTED), key=lambda each: str(each["asset_id"]))
    newest.sort(key=lambda each: str(each["announced_at"]), reverse=True)
    return newest


def several(
    desk: Desk, asset_ids: Iterable[str], named: Iterable[str] = ()
) -> list[Seen | None]:
    """Pictures as they stand; None for one that went since it was listed.

    One that was named by whoever typed it has to be there.
    """
    insisting = bool(list(named))

    def one(asset_id: str) -> Seen | None:
        try:
            return look(desk, asset_id)
        except choosing.NotOneError:
            if insisting:
                raise
            return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, asset_ids))


def look(desk: Desk, asset_id: str) -> Seen:
    """One picture as it stands now; raises NotOneError when it is not for us."""
    return seen_of(read(desk, asset_id))


def read(desk: Desk, asset_id: str) -> Mapping[str, Any]:
    """What the library shows of one picture."""
    try:
        view: Mapping[str, Any] = desk.api.get(f"/v1/assets/{asset_id}").body
    except ProblemError as error:
        if error.status == 404:
            raise choosing.NotOneError("error_unknown_asset", asset_id) from error
        raise
    return view


def asset_meant(desk: Desk, given: str) -> str:
    """The id of the picture that somebody means by a few characters."""
    if choosing.is_id(given):
        return given
    return choosing.asset(given, [each["asset_id"] for each in summaries(desk)])
