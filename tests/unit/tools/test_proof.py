"""A run of tests leaves what each that is named after a promise said."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.proof import Outcomes, commit_of

NAME = "tests/unit/test_x.py::test_r05_it_ends"


def report(outcome: str, name: str = NAME) -> Any:
    return SimpleNamespace(nodeid=name, outcome=outcome)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (("passed", "passed", "passed"), "passed"),
        (("passed", "failed", "passed"), "failed"),
        (("passed", "passed", "failed"), "failed"),
        (("skipped", "passed"), "skipped"),
    ],
)
def test_the_worst_of_a_test_is_what_counts(
    said: tuple[str, ...], outcome: str, tmp_path: Path
) -> None:
    file = tmp_path / "proof/tests.json"
    outcomes = Outcomes(file)
    for each in said:
        outcomes.pytest_runtest_logreport(report(each))
    outcomes.pytest_runtest_logreport(report("failed", "tests/x.py::test_of_no_promise"))
    outcomes.pytest_sessionfinish()
    told = json.loads(file.read_text())
    assert list(told) == [NAME]
    assert told[NAME]["outcome"] == outcome
    assert told[NAME]["commit"] == commit_of()


def test_a_run_of_some_leaves_what_is_known_of_the_others(tmp_path: Path) -> None:
    file = tmp_path / "tests.json"
    for name, outcome in ((NAME, "failed"), (f"{NAME}_too", "passed"), (NAME, "passed")):
        outcomes = Outcomes(file)
        outcomes.pytest_runtest_logreport(report(outcome, name))
        outcomes.pytest_sessionfinish()
    told = {name: each["outcome"] for name, each in json.loads(file.read_text()).items()}
    assert told == {NAME: "passed", f"{NAME}_too": "passed"}
    assert [each.name for each in tmp_path.iterdir()] == ["tests.json"]


def test_a_run_without_any_writes_nothing(tmp_path: Path) -> None:
    Outcomes(tmp_path / "tests.json").pytest_sessionfinish()
    assert list(tmp_path.iterdir()) == []
