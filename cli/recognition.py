"""The command `recognition`: how far it goes, and switching it."""

import argparse
from datetime import date, datetime
from typing import Any

from cli import governance
from cli.desk import DONE, Desk
from cli.words import day, moment, say

PATH = "/v1/recognition"


def recognition(desk: Desk, given: argparse.Namespace) -> int:
    """Say how far recognition goes, or switch it."""
    if given.mode is None:
        _show(desk, desk.api.get(PATH).body)
        return DONE
    read = desk.api.get(PATH)
    wanted: dict[str, Any] = {"mode": given.mode}
    if given.assessment:
        wanted["assessment_id"] = governance.find(desk, "dpia", given.assessment)
    answer = desk.api.put(PATH, wanted, if_match=read.etag)
    if answer.status == 202:
        waits(desk, answer.body)
    else:
        _show(desk, answer.body)
    return DONE


def _show(desk: Desk, view: dict[str, Any]) -> None:
    desk.print("recognition_is", mode=say(f"mode_{view['mode']}", desk.language))
    if view["mode"] != view["recorded_mode"]:
        recorded = say(f"mode_{view['recorded_mode']}", desk.language)
        desk.print("recognition_lapsed", mode=recorded)
    assessment = view["assessment"]
    if assessment:
        last = day(date.fromisoformat(assessment["last_day"]), desk.language)
        desk.print(
            "recognition_carried", assessment=assessment["assessment_id"], day=last
        )


def waits(desk: Desk, view: dict[str, Any]) -> None:
    """Say that something waits for a second person, and how that person agrees."""
    until = moment(datetime.fromisoformat(view["expires_at"]), desk.language)
    desk.print("waits_for_second", until=until)
    desk.print("how_to_second", proposal=view["proposal_id"][:8])
