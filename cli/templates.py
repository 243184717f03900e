"""The command `templates renew`, of an operator: another secret that turns templates."""

import argparse
from collections.abc import Callable
from datetime import datetime

from cli.desk import DONE, NOT_DONE, Desk
from cli.words import moment, say

type Text = Callable[[str], str]


def add_arguments(made: argparse.ArgumentParser, text: Text) -> None:
    """What the command takes."""
    made.add_argument("what", choices=["renew"], help=text("templates_what"))


def templates(desk: Desk, _given: argparse.Namespace) -> int:
    """Renew until there is no other secret, or until it takes waiting for.

    Killed anywhere, the same words go on: each row says by which secret it is turned.
    0: the old secret is destroyed. 1: to be repeated from the moment that is printed.
    """
    deployed = desk.deployed
    asked = {"actor_id": deployed.actor_id, "walk": None}
    while True:
        answer = deployed.invoke("RenewTemplates", asked)
        match answer["outcome"]:
            case "more":
                desk.print("templates_more", count=answer["renewed"])
            case "again":
                desk.print("templates_turned", count=answer["renewed"])
                whole_from = datetime.fromisoformat(answer["whole_from"])
                if desk.now() < whole_from:
                    when = moment(whole_from, desk.language)
                    desk.print("templates_again", when=when)
                    return NOT_DONE
            case "done":
                desk.print("templates_done")
                return DONE
            case other:
                raise ValueError(say("templates_unknown", desk.language, outcome=other))
        asked = {**asked, "walk": answer["walk"]}
