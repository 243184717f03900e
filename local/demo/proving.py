"""The evidence as an officer shows it: registers, annex, and the proof of promises."""

import io
import json
from pathlib import Path

from rich.console import Console

from cli.commands import main
from cli.desk import Desk
from cli.progress import bar
from cli.proof_results import RESULTS
from local.demo.rights import written
from local.demo.showing import here
from local.demo.telling import Telling


def show_evidence(telling: Telling, output: Path) -> None:
    """Write the pack as `python -m cli evidence` does, and say how it stands.

    Where no test ran yet (`make test` leaves what each said) it says so of every promise,
    and is red: nothing is taken for shown.
    """
    folder = output / "evidence"
    tests = RESULTS
    if not tests.is_file():
        tests = written(folder / "no-tests.json", b"{}")
    desk = Desk(
        Console(file=io.StringIO()), telling.language, find=lambda: telling.operator
    )
    typed = ("evidence", "--out", str(folder), "--tests", str(tests))
    with bar(telling.out, telling.text("gathering"), 1) as shown:
        main(["--language", telling.language, *typed], desk)
        shown.advance(1)
    report = json.loads((folder / "evidence.json").read_text("utf-8"))
    promises = report["requirements"]
    # One setting can carry several promises.
    settings = {each["what"]: each["ok"] for row in promises for each in row["settings"]}
    telling.say(
        "evidence",
        right=sum(settings.values()),
        settings=len(settings),
        path=here(folder / "evidence.pdf"),
    )
    shown_by_tests = sum(
        any(test["outcome"] == "passed" for test in each["tests"]) for each in promises
    )
    key = "evidence_tested" if tests == RESULTS else "evidence_untested"
    telling.say(key, promises=len(promises), tested=shown_by_tests)
