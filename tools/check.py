"""Run the project's checks: `python -m tools.check lint|test`; `make` starts it.

Every stage is run even when an earlier one failed, unless it needs what that one makes,
so that one run tells everything. Each stage's time is printed; the summary comes last.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(".venv/bin")
NODE_BIN = Path("node_modules/.bin")
ASSEMBLY = Path("build/synth")
OBSERVED = ROOT / "build" / "observed"
OUR_PYTHON = (
    *("layers/core/python", "layers/vision/python"),
    *("layers/recognition/python", "layers/mail/python"),
)


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


def test_stages() -> Iterator[Stage]:
    """Yield the whole suite: lint, tests, and the audit of what is depended on."""
    yield from lint_stages()
    # What needs no cloud runs on every core; what shares one runs in one process, and
    # its last tests read what both stages left behind.
    left = {"LOCAL_OBSERVED": str(OBSERVED)}
    apart = [Path("tests") / room for room in ("unit", "adapters", "infra")]
    cores = ("-n", str(os.cpu_count() or 1), "--dist", "loadfile")
    yield Stage("pytest without a cloud", [BIN / "pytest", *cores, *apart], env=left)
    together = [Path("tests") / room for room in ("local", "e2e", "workflows")]
    yield Stage("pytest on a cloud", [BIN / "pytest", *together], env=left)
    yield Stage("dependency audit", [BIN / "python", "-m", "tools.audit"])


def run(stages: Sequence[Stage]) -> list[Outcome]:
    """Run the stages in order; return how each ended."""
    outcomes: dict[str, Outcome] = {}
    for stage in stages:
        if stage.needs and outcomes[stage.needs].code != 0:
            outcomes[stage.name] = Outcome(stage.name, None, 0.0)
            continue
        print(f"\n── {stage.name} ──", flush=True)
        began = time.monotonic()
        code = subprocess.run(
            [str(part) for part in stage.command],
            cwd=ROOT,
            env={**os.environ, **stage.env},
            check=False,
        ).returncode
        outcomes[stage.name] = Outcome(stage.name, code, time.monotonic() - began)
    return list(outcomes.values())


def main(arguments: Sequence[str]) -> int:
    """Run `lint` or `test` and print the summary; 1 when anything did not succeed."""
    suites = {"lint": lint_stages, "test": test_stages}
    if len(arguments) != 1 or arguments[0] not in suites:
        print(f"check: one of {', '.join(suites)}", file=sys.stderr)
        return 2
    shutil.rmtree(OBSERVED, ignore_errors=True)
    OBSERVED.mkdir(parents=True)
    outcomes = run(list(suites[arguments[0]]()))
    total = sum(outcome.seconds for outcome in outcomes)
    print("\n── summary ──", *(outcome.line for outcome in outcomes), sep="\n")
    failed = [outcome.name for outcome in outcomes if outcome.code != 0]
    verdict = f"failed: {', '.join(failed)}" if failed else "all ok"
    print(f"{verdict}, {total:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
