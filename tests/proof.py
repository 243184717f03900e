"""What each test that is named after a promise said last, for `evidence` to read.

A run of some of the tests updates those, and leaves what is known of the others: each
outcome stands with the commit and the instant at which it was found.
"""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beeldrecht.domain.evidence import row_of

FILE = Path(__file__).parents[1] / "build/proof/tests.json"
"""Where the outcomes lie; `PROOF_FILE` names another place."""
_WORST = ("failed", "skipped", "passed")


class Outcomes:
    """Remembers what came of each test, and writes it down when the run ends."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note the worst of what setting up, running and clearing away said."""
        if row_of(report.nodeid) is None:
            return
        told = (self.found.get(report.nodeid, "passed"), report.outcome)
        self.found[report.nodeid] = min(told, key=_WORST.index)

    def pytest_sessionfinish(self) -> None:
        """Write it down, beside what other runs found."""
        if not self.found:
            return
        at, commit = datetime.now(UTC).isoformat(timespec="seconds"), commit_of()
        known = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}
        known |= {
            name: {"outcome": outcome, "commit": commit, "at": at}
            for name, outcome in self.found.items()
        }
        self._file.parent.mkdir(parents=True, exist_ok=True)
        # Written whole and put in place at once: two runs may end at the same moment.
        beside = self._file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
        beside.replace(self._file)


def outcomes_of(config: pytest.Config) -> Outcomes | None:
    """What remembers outcomes; None in a process that only runs a part for another."""
    if hasattr(config, "workerinput"):
        return None
    return Outcomes(Path(os.environ.get("PROOF_FILE", FILE)))


def commit_of() -> str:
    """The commit that is checked out; `unknown` where that cannot be told."""
    try:
        told = subprocess.run(
            ["git", "rev-parse", "HEAD"],
            cwd=FILE.parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return told.stdout.strip()
