"""What came of the tests that are named after promises, as the last runs left it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from beeldrecht.domain.evidence import TestRun, row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

RESULTS = Path("build/proof/tests.json")
"""What the last test runs said, as `tests/proof.py` writes it."""


class NoResultsError(Exception):
    """No test run left its results at that path."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def results_of(path: Path) -> list[TestRun]:
    """What each test that is named after a promise said last; raises NoResultsError."""
    try:
        told: Mapping[str, Mapping[str, str]] = json.loads(path.read_text("utf-8"))
        return [
            TestRun(name, each["outcome"], each["commit"], each["at"])
            for name, each in sorted(told.items())
            if row_of(name)
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoResultsError(path) from error
