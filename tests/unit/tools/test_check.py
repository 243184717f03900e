"""One command is the whole check, and it tells everything in one run."""

import sys
from pathlib import Path

import pytest

from tools import check
from tools.check import Stage, lint_stages, main, run, run_beside

ROOT = Path(__file__).resolve().parents[3]
PASS = [sys.executable, "-c", ""]
FAIL = [sys.executable, "-c", "raise SystemExit(4)"]


def stages_of_the_suite() -> list[Stage]:
    lanes = [stage for lane in check.test_lanes() for stage in lane]
    return lanes + list(check.test_end())


def test_a_failure_does_not_hide_what_comes_after() -> None:
    codes = [outcome.code for outcome in run([Stage("a", FAIL), Stage("b", PASS)])]
    assert codes == [4, 0]


def test_a_stage_is_not_run_without_what_it_needs() -> None:
    stages = [
        Stage("made", FAIL),
        Stage("looked at", PASS, needs="made"),
        Stage("looked at closer", PASS, needs="looked at"),
    ]
    assert [outcome.code for outcome in run(stages)] == [4, None, None]


def test_a_stage_that_was_not_run_is_not_ok() -> None:
    outcomes = run([Stage("made", FAIL), Stage("looked at", PASS, needs="made")])
    assert "FAILED (4)" in outcomes[0].line
    assert "not run" in outcomes[1].line


def test_every_state_machine_is_validated_twice() -> None:
    machines = {path.name.split(".")[0] for path in ROOT.glob("statemachines/*.json")}
    names = {stage.name for stage in lint_stages()}
    assert machines
    for machine in machines:
        assert {f"asl-validator {machine}", f"statelint {machine}"} <= names


def test_the_suite_holds_lint_tests_and_audit() -> None:
    names = [stage.name for stage in stages_of_the_suite()]
    assert names[:2] == ["ruff check", "ruff format"]
    assert names[-4:] == [
        "pytest without a cloud",
        "pytest on a cloud",
        "pytest what they left",
        "dependency audit",
    ]


def test_lanes_run_beside_one_another_and_each_in_its_order(tmp_path: Path) -> None:
    meets = (
        "import pathlib, sys, time\n"
        "mine, other = map(pathlib.Path, sys.argv[1:])\n"
        "mine.touch()\n"
        "while not other.exists(): time.sleep(0.01)"
    )
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    lanes = [
        [Stage("a", [sys.executable, "-c", meets, one, two]), Stage("b", FAIL)],
        [Stage("c", [sys.executable, "-c", meets, two, one])],
    ]
    ended = [(outcome.name, outcome.code) for outcome in run_beside(lanes)]
    assert ended == [("a", 0), ("b", 4), ("c", 0)]


def test_what_a_stage_says_is_printed_in_one_piece(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    says = [sys.executable, "-c", "import sys; print(1); print(2, file=sys.stderr)"]
    run([Stage("talks", says)])
    out = capfdbinary.readouterr().out
    assert b"talks" in out
    assert b"\n1\n2\n" in out or b"\n2\n1\n" in out


def test_every_room_of_the_tests_is_run_by_one_stage() -> None:
    asked = [
        Path(part).name
        for stage in stages_of_the_suite()
        for part in stage.command
        if str(part).startswith("tests/")
    ]
    rooms = [
        room.name for room in (ROOT / "tests").iterdir() if any(room.rglob("test_*.py"))
    ]
    assert sorted(asked) == sorted(rooms)


def test_a_stage_needs_only_what_comes_before_it() -> None:
    seen: set[str] = set()
    for stage in stages_of_the_suite():
        assert stage.needs is None or stage.needs in seen
        seen.add(stage.name)


def test_an_unknown_suite_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert "one of lint, test" in capsys.readouterr().err


def test_ci_runs_what_a_developer_runs() -> None:
    lines = (ROOT / ".ci/run").read_text().splitlines()
    assert lines[-1] == "exec make test"
