"""The command `proposals`: what waits for a second person, and being that person."""

import argparse
from datetime import datetime
from typing import Any

from beeldrecht.domain.access import Operation
from beeldrecht.domain.messages import words
from cli import choosing
from cli.desk import DONE, Desk
from cli.names import short
from cli.words import moment

PATH = "/v1/proposals"


def proposals(desk: Desk, given: argparse.Namespace) -> int:
    """List what waits, or approve or reject one of them."""
    waiting = {each["proposal_id"]: each for each in desk.api.each(PATH, "items")}
    if given.act is None:
        _list(desk, list(waiting.values()))
        return DONE
    proposal_id = given.proposal
    if not choosing.is_id(proposal_id):
        proposal_id = choosing.one(proposal_id, waiting, "error_unknown_proposal")
    desk.api.post(f"{PATH}/{proposal_id}/{given.act}", repeatable=True)
    desk.print("proposal_approved" if given.act == "approve" else "proposal_rejected")
    return DONE


def _list(desk: Desk, waiting: list[dict[str, Any]]) -> None:
    if not waiting:
        desk.print("no_proposals")
    for each in waiting:
        desk.print(
            "proposal_line",
            id=short(each["proposal_id"]),
            what=words(Operation(each["operation"]), desk.language).rstrip("."),
            who=short(each["proposed_by"]),
            until=moment(datetime.fromisoformat(each["expires_at"]), desk.language),
        )
        about = ", ".join(f"{name} {value}" for name, value in each["what"].items())
        desk.line(f"    {about}")
