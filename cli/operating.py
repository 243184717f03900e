"""The commands of an operator, who holds credentials of the account itself.

They are for whoever runs the system, not for who works with pictures: they go past the
roles of the library, and so past its walls.
"""

import argparse

from rich import box
from rich.table import Table

from cli import failures
from cli.desk import DONE, NOT_DONE, Desk
from cli.names import short
from cli.users import invite_first
from cli.words import moment, say


def list_dead_letters(desk: Desk, _given: argparse.Namespace) -> int:
    """List what failed for good; 1 when there is anything."""
    # Loaded when it is needed: it brings with it what reads queues, a third of a second.
    from cli import dead_letters  # noqa: PLC0415

    deployed = desk.deployed
    letters = [
        letter
        for queue in dead_letters.queues(deployed.outputs)
        for letter in dead_letters.dead_letters(deployed.sqs, queue)
    ]
    if not letters:
        desk.print("no_dead_letters")
        return DONE
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("queue", "about", "since", "reason"):
        table.add_column(say(f"column_{column}", desk.language), overflow="fold")
    for letter in letters:
        worker = dead_letters.WORKERS[letter.queue.name]
        log = failures.log_of(worker, deployed.outputs)
        why = dead_letters.reason(letter, deployed.library)
        table.add_row(
            letter.queue.name,
            short(letter.about or "-"),
            moment(letter.sent_at, desk.language),
            say(why, desk.language, log=log),
        )
    desk.out.print(table, markup=False)
    desk.print("redrive_hint")
    return NOT_DONE


def redrive(desk: Desk, _given: argparse.Namespace) -> int:
    """Put what failed back into its queues."""
    from cli import dead_letters  # noqa: PLC0415

    deployed = desk.deployed
    queues = dead_letters.queues(deployed.outputs)
    count = sum(dead_letters.redrive(deployed.sqs, queue) for queue in queues)
    desk.print("redriven", count=count)
    return DONE


def first_administrator(desk: Desk, given: argparse.Namespace) -> int:
    """Invite the first administrator, who invites everybody else."""
    email = str(given.email).lower()
    invited = invite_first(desk.deployed, email, desk.now())
    key = "administrator_invited" if invited else "administrator_already"
    desk.print(key, email=email)
    return DONE
