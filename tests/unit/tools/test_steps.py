"""A set-up does what is due, once, and can be killed at any point."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tools import steps
from tools.progress import CommandFailedError
from tools.steps import Step

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own for the steps, with one input file."""
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(steps, "STAMPS", tmp_path / ".cache/stamps")
    monkeypatch.setattr(steps, "LOGS", tmp_path / ".cache/logs")
    (tmp_path / "pins.lock").write_text("one\n")
    return tmp_path


def copying(machine: Path, name: str = "copy", fact: str = "") -> Step:
    made = machine / f"{name}.out"
    script = f"open({str(made)!r}, 'a').write('made\\n')"
    return Step(
        name,
        f"make {name}",
        inputs=("*.lock",),
        outputs=(made.name,),
        commands=lambda: [[sys.executable, "-c", script]],
        facts=lambda: [fact],
    )


def failing(machine: Path) -> Step:
    script = "print('what went wrong'); raise SystemExit(3)"
    return Step("bad", "fail", (), (), lambda: [[sys.executable, "-c", script]])


def times_made(machine: Path, name: str = "copy") -> int:
    made = machine / f"{name}.out"
    return made.read_text().count("made") if made.exists() else 0


def test_a_step_runs_once_while_nothing_changes(machine: Path) -> None:
    assert steps.carry_out([copying(machine)]) == 1
    assert steps.carry_out([copying(machine)]) == 0
    assert times_made(machine) == 1


def test_a_changed_input_makes_a_step_due(machine: Path) -> None:
    steps.carry_out([copying(machine)])
    (machine / "pins.lock").write_text("two\n")
    assert steps.carry_out([copying(machine)]) == 1


def test_a_touched_but_equal_input_does_not(machine: Path) -> None:
    steps.carry_out([copying(machine)])
    os.utime(machine / "pins.lock", (1, 1))
    assert steps.carry_out([copying(machine)]) == 0


def test_another_interpreter_makes_a_step_due(machine: Path) -> None:
    steps.carry_out([copying(machine, fact="3.12")])
    assert not copying(machine, fact="3.13").is_done()


def test_a_missing_output_makes_a_step_due(machine: Path) -> None:
    steps.carry_out([copying(machine)])
    (machine / "copy.out").unlink()
    assert steps.carry_out([copying(machine)]) == 1


def test_a_failed_step_is_due_again_and_what_came_before_is_not(machine: Path) -> None:
    wanted = [copying(machine), failing(machine), copying(machine, "later")]
    for _ in range(2):
        with pytest.raises(CommandFailedError, match="ended with 3:\nwhat went wrong"):
            steps.carry_out(wanted)
    assert times_made(machine) == 1
    assert times_made(machine, "later") == 0


def test_without_a_terminal_progress_is_plain_lines(
    machine: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps.carry_out([copying(machine)])
    said = capsys.readouterr().out
    assert "[1/1] make copy …\n" in said
    assert "\x1b" not in said
    assert "\r" not in said


def test_the_output_of_a_command_is_kept_in_a_log(machine: Path) -> None:
    with pytest.raises(CommandFailedError):
        steps.carry_out([failing(machine)])
    assert (machine / ".cache/logs/bad.log").read_text() == "what went wrong\n"


HOLD = """
import sys
from pathlib import Path
from tools import steps
steps.CACHE = Path(sys.argv[1])
with steps.alone():
    print("mine", flush=True)
    sys.stdin.readline()
"""


def hold(folder: Path) -> subprocess.Popen[str]:
    """A set-up that runs until it is told to end."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert said(first) == "mine"
        with hold(tmp_path) as second:
            assert said(second) == "setup: another one is running here; waiting for it"
            first.communicate("\n")
            assert said(second) == "mine"
            second.communicate("\n")
        assert first.returncode == second.returncode == 0


def test_a_killed_set_up_leaves_no_lock_behind(tmp_path: Path) -> None:
    with hold(tmp_path) as first:
        assert said(first) == "mine"
        first.send_signal(signal.SIGKILL)
        first.wait()
    with hold(tmp_path) as second:
        assert said(second) == "mine"
