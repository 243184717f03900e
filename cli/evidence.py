"""The command `evidence`: registers, annex, sub-processors, and each promise's proof.

For an operator, who holds credentials of the account itself: it reads what is deployed.
It is red, and ends with 1, as soon as one promise is not shown to be kept.
"""

import argparse
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beeldrecht.domain.evidence import gathered
from cli.desk import DONE, NOT_DONE, Desk
from cli.proof_results import RESULTS, results_of
from cli.words import say


def add_arguments(made: argparse.ArgumentParser, language: str) -> None:
    """Explain what can be typed behind `evidence`."""

    def text(key: str) -> str:
        return say(f"help_evidence_{key}", language)

    made.add_argument("--out", type=Path, metavar="DIR", help=text("out"))
    made.add_argument("--json", action="store_true", help=text("json"))
    made.add_argument(
        "--tests", type=Path, default=RESULTS, metavar="FILE", help=text("tests")
    )


def evidence(desk: Desk, given: argparse.Namespace) -> int:
    """Gather it, write it, say what is wrong; 1 when anything is."""
    # Loaded when they are needed: they bring AWS's clients and the typesetter with them.
    from beeldrecht.adapters.governance import Governance  # noqa: PLC0415
    from beeldrecht.adapters.trail import NoTrail  # noqa: PLC0415
    from cli import proof_live, proof_pages  # noqa: PLC0415

    deployed, at = desk.deployed, datetime.now(UTC).replace(microsecond=0)
    account = proof_live.Account(
        deployed, os.environ.get("BEELDRECHT_NAME") or "Beeldrecht"
    )
    settings = proof_live.read_settings(account, at)
    governance = Governance(deployed["LibraryTable"], deployed.region, NoTrail())
    found = gathered(results_of(given.tests), settings, at)
    report = proof_pages.report_of(
        found,
        list(governance.every()),
        [each.kind for each in account.resources],
        controller=proof_live.controller(account),
        region=deployed.region,
        language=desk.language,
    )
    if given.out is not None:
        given.out.mkdir(parents=True, exist_ok=True)
        (given.out / "evidence.json").write_bytes(proof_pages.json_of(report))
        pdf = proof_pages.pdf_of(report, desk.language)
        (given.out / "evidence.pdf").write_bytes(pdf)
    if given.json:
        desk.line(proof_pages.json_of(report).decode().rstrip())
    else:
        _tell(desk, report, given.out)
    return DONE if report["ok"] else NOT_DONE


def _tell(desk: Desk, report: Mapping[str, Any], out: Path | None) -> None:
    for each in report["requirements"]:
        passed = sum(test["outcome"] == "passed" for test in each["tests"])
        right = sum(setting["ok"] for setting in each["settings"])
        desk.print(
            "evidence_line",
            sign="✓" if each["ok"] else "✕",
            row=each["row"],
            promise=each["promise"],
            tests=f"{passed}/{len(each['tests'])}",
            settings=f"{right}/{len(each['settings'])}",
        )
        for fault in each["faults"]:
            desk.line(f"      {fault}")
    for record_id in report["lapsed"]:
        desk.print("evidence_lapsed", record=record_id)
    desk.print("evidence_green" if report["ok"] else "evidence_red")
    if out is not None:
        desk.print("evidence_written", path=out)
