"""The commands that cover faces: mark one, and see a picture as it would leave."""

import argparse
from pathlib import Path

from beeldrecht.domain.assets import FaceMark
from beeldrecht.domain.channels import Channel
from cli import choosing
from cli.desk import DONE, Desk
from cli.fetching import save
from cli.looking import asset_meant, look
from cli.words import say


def mark(desk: Desk, given: argparse.Namespace) -> int:
    """Say what is to be done about a face."""
    asset_id = asset_meant(desk, given.asset)
    face = choosing.face(given.face, look(desk, asset_id))
    read = desk.api.get(f"/v1/assets/{asset_id}")
    value = FaceMark(given.mark)
    desk.api.put(
        f"/v1/assets/{asset_id}/faces/{face.face_id}/mark",
        {"mark": value.value},
        if_match=read.etag,
    )
    desk.print(f"marked_{value}", face=face.number)
    return DONE


def masked(desk: Desk, given: argparse.Namespace) -> int:
    """Save a picture as it would leave for a channel, and say how to release it so."""
    asset_id = asset_meant(desk, given.asset)
    channel = Channel(given.channel)
    path = f"/v1/assets/{asset_id}/masked"
    shown = desk.api.get(path, channel=channel.value).body
    saved = save(shown["url"], f"{asset_id[:8]}-{channel}-masked.jpg", given.to)
    count = len(shown["faces"])
    desk.print("masked_saved", path=saved, faces=faces(count, desk.language))
    desk.print(
        "how_to_release_masked", asset=asset_id, channel=channel, mask=shown["mask_id"]
    )
    return DONE


def faces(count: int, language: str) -> str:
    """So many faces, in words."""
    return say("faces_1" if count == 1 else "faces_more", language, count=count)


def add_arguments(
    marking: argparse.ArgumentParser, seeing: argparse.ArgumentParser, language: str
) -> None:
    """What can be typed after `mark` and `masked`."""

    def text(key: str) -> str:
        return say(f"help_{key}", language)

    for command in (marking, seeing):
        command.add_argument("asset", metavar="ASSET", help=text("asset"))
    marking.add_argument("face", metavar="FACE", help=text("face"))
    marking.add_argument(
        "mark", choices=[each.value for each in FaceMark], help=text("mark_as")
    )
    channels = [each.value for each in Channel]
    seeing.add_argument(
        "--channel", choices=channels, required=True, help=text("for_channel")
    )
    seeing.add_argument("--to", metavar="PATH", type=Path, help=text("to"))
