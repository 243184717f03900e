"""The command `film`: what a film is, and in which of its frames faces were seen."""

import argparse
from pathlib import Path
from typing import Any

from beeldrecht.domain.intake import RenditionName
from cli import choosing
from cli.api import ProblemError
from cli.desk import DONE, Desk
from cli.fetching import save
from cli.looking import asset_meant
from cli.words import say


def film(desk: Desk, given: argparse.Namespace) -> int:
    """Tell what it is, frame by frame, and save the sheet of its frames."""
    asset_id = asset_meant(desk, given.asset)
    try:
        told: dict[str, Any] = desk.api.get(f"/v1/assets/{asset_id}/film").body
    except ProblemError as error:
        if error.status == 404:
            raise choosing.NotOneError("error_not_a_film", given.asset) from error
        raise
    length = told["duration_ms"]
    desk.print(
        "film_is",
        length=say("film_unknown", desk.language) if length is None else clock(length),
        width=told["width"],
        height=told["height"],
        codec=told["codec"],
        size=f"{told['size'] / 1024**2:.1f}",
    )
    _tell_frames(desk, told)
    if given.sheet is not None:
        path = f"/v1/assets/{asset_id}/renditions/{RenditionName.FRAMES}"
        leave = desk.api.get(path).body
        saved = save(leave["url"], Path(leave["file_name"]).name, given.sheet)
        desk.print("film_sheet", path=saved)
    return DONE


def _tell_frames(desk: Desk, told: dict[str, Any]) -> None:
    if told["frames"] is None:
        desk.print("film_frames_gone")
        return
    for frame in told["frames"]:
        desk.print("film_frame", at=clock(frame["at_ms"]), count=frame["face_count"])
    desk.print("film_between" if told["complete"] else "film_incomplete")


def clock(milliseconds: int) -> str:
    """An instant of a film: minutes and seconds, with the hours where there are any.

    >>> clock(83_400), clock(3_600_000)
    ('1:23', '1:00:00')
    """
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """What can be typed after `film`."""
    made.add_argument("asset", metavar="ASSET", help=say("help_asset", language))
    sheet = say("help_film_sheet", language)
    made.add_argument("--sheet", metavar="PATH", type=Path, help=sheet)
