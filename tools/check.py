"""Run the project's checks: `python -m tools.check lint|test`; `make` starts it.

Every stage is run even when an earlier one failed, unless it needs what that one makes,
so that one run tells everything. Stages stand in lanes that run beside one another: one
that waits for a browser or a workflow leaves a core to one that does not. What a stage
says is printed in one piece when it ends; the summary with their times comes last.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(".venv/bin")
NODE_BIN = Path("node_modules/.bin")
STAFF = Path("web/staff")
STAFF_BIN = STAFF / "node_modules/.bin"
ASSEMBLY = Path("build/synth")
OBSERVED = ROOT / "build" / "observed"
OUR_PYTHON = (
    *("layers/core/python", "layers/vision/python"),
    *("layers/recognition/python", "layers/mail/python"),
)
_LEFT = {"LOCAL_OBSERVED": str(OBSERVED)}
_PRINTING = threading.Lock()


@dataclass(frozen=True)
class Stage:
    """One check: a command, and the stage without whose success it makes no sense."""

    name: str
    command: Sequence[str | Path]
    needs: str | None = None
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """How a stage ended: its time, and what it returned (None: it was not run)."""

    name: str
    code: int | None
    seconds: float

    @property
    def line(self) -> str:
        """Return the stage's line of the summary."""
        ended = {0: "ok", None: "not run"}.get(self.code, f"FAILED ({self.code})")
        return f"{self.name:<24} {ended:<12} {self.seconds:6.1f} s"


def lint_stages() -> Iterator[Stage]:
    """Yield the checks that run nothing of ours: code, arrows, workflows, templates."""
    yield Stage("ruff check", [BIN / "ruff", "check", "."])
    yield Stage("ruff format", [BIN / "ruff", "format", "--check", "."])
    yield Stage("mypy", [BIN / "mypy", "."])
    yield from web_stages()
    paths = os.pathsep.join(str(ROOT / path) for path in OUR_PYTHON)
    yield Stage("import-linter", [BIN / "lint-imports"], env={"PYTHONPATH": paths})
    for machine in sorted(ROOT.glob("statemachines/*.asl.json")):
        path = machine.relative_to(ROOT)
        name = machine.name.removesuffix(".asl.json")
        yield Stage(
            f"asl-validator {name}", [NODE_BIN / "asl-validator", "--json-path", path]
        )
        # Placeholders become URIs when deployed, and JSON has one kind of number.
        lenient = "--ignore=URI,FLOAT"
        yield Stage(f"statelint {name}", [BIN / "statelint", lenient, path])
    yield Stage("cdk synth", [NODE_BIN / "cdk", "synth", "--quiet", "--output", ASSEMBLY])
    yield Stage(
        "cfn-lint",
        [
            *(BIN / "cfn-lint", "--regions", "eu-central-1"),
            # CDK says twice that a function waits for its role, so that policies do too.
            *("--ignore-checks", "W3005", "--", ASSEMBLY / "**/*.template.json"),
        ],
        needs="cdk synth",
    )


def web_stages() -> Iterator[Stage]:
    """Yield the checks of the staff app, which set-up built: size, types, code, parts."""
    yield Stage("web budget", [BIN / "python", "-m", "tools.web", "budget"])
    tsc: list[str | Path] = [STAFF_BIN / "tsc", "--noEmit", "--project", STAFF]
    yield Stage("web types", tsc)
    npm: list[str | Path] = ["npm", "--prefix", STAFF, "run", "--silent"]
    yield Stage("web eslint", [*npm, "lint"])
    yield Stage("web vitest", [*npm, "test"])


def test_lanes() -> Iterator[Iterator[Stage]]:
    """Yield what runs beside one another: what needs no cloud, and what shares one."""
    yield _apart()
    yield _together()


def test_end() -> Iterator[Stage]:
    """Yield what comes when all lanes are through: it reads what they left."""
    walls = [BIN / "pytest", Path("tests/walls")]
    yield Stage("pytest what they left", walls, env=_LEFT)
    yield Stage("dependency audit", [BIN / "python", "-m", "tools.audit"])


def _apart() -> Iterator[Stage]:
    yield from lint_stages()
    rooms = [Path("tests") / room for room in ("unit", "adapters", "infra")]
    cores = ("-n", str(os.cpu_count() or 1), "--dist", "loadfile")
    yield Stage("pytest without a cloud", [BIN / "pytest", *cores, *rooms], env=_LEFT)


def _together() -> Iterator[Stage]:
    rooms = [Path("tests") / room for room in ("local", "e2e", "workflows")]
    yield Stage("pytest on a cloud", [BIN / "pytest", *rooms], env=_LEFT)


def run(stages: Sequence[Stage]) -> list[Outcome]:
    """Run the stages in order; return how each ended."""
    outcomes: dict[str, Outcome] = {}
    for stage in stages:
        if stage.needs and outcomes[stage.needs].code != 0:
            outcomes[stage.name] = Outcome(stage.name, None, 0.0)
            continue
        outcomes[stage.name] = _run(stage)
    return list(outcomes.values())


def run_beside(lanes: Sequence[Sequence[Stage]]) -> list[Outcome]:
    """Run the lanes beside one another; return how each of their stages ended."""
    with ThreadPoolExecutor(len(lanes)) as threads:
        return [outcome for ended in threads.map(run, lanes) for outcome in ended]


def _run(stage: Stage) -> Outcome:
    began = time.monotonic()
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [str(part) for part in stage.command],
            cwd=ROOT,
            env={**os.environ, **stage.env},
            stdout=said,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        while (code := _ended(process)) is None:
            minutes = (time.monotonic() - began) / 60
            print(f"… {stage.name}, {minutes:.0f} min", flush=True)
        outcome = Outcome(stage.name, code, time.monotonic() - began)
        said.seek(0)
        with _PRINTING:
            print(f"\n── {stage.name} ──", flush=True)
            shutil.copyfileobj(said, sys.stdout.buffer)
            print(outcome.line, flush=True)
    return outcome


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    """Wait a minute for the process; None when it still runs then."""
    try:
        return process.wait(60)
    except subprocess.TimeoutExpired:
        return None


def main(arguments: Sequence[str]) -> int:
    """Run `lint` or `test` and print the summary; 1 when anything did not succeed."""
    match arguments:
        case ["lint"]:
            lanes, end = [list(lint_stages())], []
        case ["test"]:
            lanes, end = [list(lane) for lane in test_lanes()], list(test_end())
        case _:
            print("check: one of lint, test", file=sys.stderr)
            return 2
    shutil.rmtree(OBSERVED, ignore_errors=True)
    OBSERVED.mkdir(parents=True)
    began = time.monotonic()
    outcomes = run_beside(lanes) + run(end)
    total = time.monotonic() - began
    print("\n── summary ──", *(outcome.line for outcome in outcomes), sep="\n")
    failed = [outcome.name for outcome in outcomes if outcome.code != 0]
    verdict = f"failed: {', '.join(failed)}" if failed else "all ok"
    print(f"{verdict}, {total:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
