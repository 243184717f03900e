"""The commands `restrict` and `unrestrict`: a picture that is kept and not used."""

import argparse

from beeldrecht.domain.freezing import FreezeGround
from cli.desk import DONE, Desk
from cli.looking import asset_meant
from cli.names import short
from cli.words import say

_GROUNDS = {
    "disputed": FreezeGround.DISPUTED,
    "unlawful": FreezeGround.UNLAWFUL,
    "claim": FreezeGround.CLAIM,
    "weighed": FreezeGround.WEIGHED,
    "caution": FreezeGround.CAUTION,
}


def add_arguments(
    freeze: argparse.ArgumentParser, thaw: argparse.ArgumentParser, language: str
) -> None:
    """Explain what can be typed behind `restrict` and `unrestrict`."""
    for made in (freeze, thaw):
        words = say("help_restrict_asset", language)
        made.add_argument("asset", metavar="ASSET", help=words)
    words = say("help_restrict_ground", language)
    freeze.add_argument("ground", choices=_GROUNDS, help=words)


def restrict(desk: Desk, given: argparse.Namespace) -> int:
    """Freeze a picture from now on."""
    asset_id = asset_meant(desk, given.asset)
    order = {"ground": _GROUNDS[given.ground].value}
    desk.api.post(f"/v1/assets/{asset_id}/restriction", order, repeatable=True)
    desk.print("restricted", asset=short(asset_id))
    return DONE


def unrestrict(desk: Desk, given: argparse.Namespace) -> int:
    """End that freeze from now on."""
    asset_id = asset_meant(desk, given.asset)
    desk.api.delete(f"/v1/assets/{asset_id}/restriction")
    desk.print("unrestricted", asset=short(asset_id))
    return DONE
