"""The command `doctor`: looks at a deployment, and says what to do where it is not well.

For an operator, who holds credentials of the account itself. It reads and changes
nothing; it ends with 1 as soon as one thing is bad.
"""

import argparse
import json
import os
from datetime import UTC, datetime

from cli.desk import DONE, NOT_DONE, Desk
from cli.words import say

_SIGNS = {"ok": "✓", "warn": "!", "bad": "✕"}


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `doctor`."""
    made.add_argument(
        "--json", action="store_true", help=say("help_doctor_json", language)
    )
    made.add_argument("--all", action="store_true", help=say("help_doctor_all", language))


def doctor(desk: Desk, given: argparse.Namespace) -> int:
    """Look at everything; 1 when anything is bad."""
    # Loaded when they are needed: they bring AWS's clients with them.
    from cli import doctor_checks as checks  # noqa: PLC0415
    from cli import proof_live  # noqa: PLC0415

    name = os.environ.get("BEELDRECHT_NAME") or "Beeldrecht"
    account = proof_live.Account(desk.deployed, name)
    at = datetime.now(UTC).replace(microsecond=0)
    settings = proof_live.read_settings(account, at)
    found = [checks.of_setting(each) for each in settings]
    found += [each for check in checks.MORE for each in check(account)]
    bad = sum(each.level is checks.Level.BAD for each in found)
    warned = sum(each.level is checks.Level.WARN for each in found)
    if given.json:
        told = [checks.told(e, say(e.advice, desk.language)) for e in found]
        desk.line(json.dumps({"ok": not bad, "checks": told}, indent=1))
        return NOT_DONE if bad else DONE
    for each in found:
        if each.level is checks.Level.OK and not given.all:
            continue
        well = each.level is checks.Level.OK
        desk.print(
            "doctor_line_well" if well else "doctor_line",
            sign=_SIGNS[each.level],
            what=each.what,
            found=each.found,
            expected=each.expected,
        )
        if not well:
            desk.line(f"    {say(each.advice, desk.language)}")
    desk.print("doctor_summary", count=len(found), bad=bad, warned=warned)
    return NOT_DONE if bad else DONE
