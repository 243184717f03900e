"""Ask the public advisory services about every lock: `python -m tools.audit`.

A known vulnerability fails. A service that cannot be reached does not: many machines see
the package registries alone. It is said aloud instead, so that a silent pass is never
mistaken for a clean one. Every lock is asked about: what runs in functions, what builds
and tests, and what the local cloud is made of.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = ROOT / ".cache/tools/uv/bin/uv"
PIP_AUDIT = ROOT / ".venv/bin/pip-audit"
SERVICES = ("pypi", "osv")
NOT_OURS = ("build", "cdk.out", "node_modules")
TIMEOUT = 15  # seconds a service may take for one answer


@dataclass(frozen=True)
class Answer:
    """What a service said: how many packages it knew, and what it found."""

    known: int
    asked: int
    findings: tuple[str, ...]

    @property
    def reached(self) -> bool:
        """Whether the service answered at all."""
        return self.known > 0


class AuditError(Exception):
    """A lock could not be read: nothing can be asked about it."""


NO_ANSWER = Answer(0, 0, ())


def read_pip_audit(text: str) -> Answer:
    """Read pip-audit's JSON; no answer when it holds none.

    A package that the service did not know has a `skip_reason`, and so has every package
    when the service could not be reached.
    """
    try:
        packages = json.loads(text)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return NO_ANSWER
    known = [package for package in packages if "skip_reason" not in package]
    findings = tuple(
        f"{package['name']} {package['version']}: {found['id']}"
        + (
            f", mended in {', '.join(found['fix_versions'])}"
            * bool(found["fix_versions"])
        )
        for package in known
        for found in package["vulns"]
    )
    return Answer(len(known), len(packages), findings)


def read_npm_audit(text: str) -> Answer:
    """Read npm's JSON; no answer when it holds an error instead of a report."""
    try:
        report = json.loads(text)
        total = int(report["metadata"]["dependencies"]["total"])
        vulnerable = report["vulnerabilities"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return NO_ANSWER
    findings = (
        f"{name} {entry['range']}: {entry['severity']}"
        for name, entry in sorted(vulnerable.items())
    )
    return Answer(total, total, tuple(findings))


def ask_about_python(project: Path) -> Answer:
    """Ask the services in turn about a project's lock; return the first real answer."""
    exported = _say(
        *(UV, "export", "--locked", "--quiet", "--project", project),
        *("--all-groups", "--no-emit-project", "--no-header", "--no-annotate"),
        *("--python", sys.executable),  # else uv may want to download another
    )
    if not exported:
        raise AuditError(f"{project.name or project}: its uv.lock cannot be read")
    for service in SERVICES:
        said = _say(
            *(PIP_AUDIT, "--requirement", "/dev/stdin", "--disable-pip"),
            *("--require-hashes", "--format", "json", "--progress-spinner", "off"),
            *("--vulnerability-service", service, "--timeout", str(TIMEOUT)),
            given=exported,
        )
        if (answer := read_pip_audit(said)).reached:
            return answer
    return NO_ANSWER


def ask_about_node(lock: Path) -> Answer:
    """Ask npm's registry about one package-lock.json."""
    return read_npm_audit(
        _say("npm", "audit", "--package-lock-only", "--json", folder=lock.parent)
    )


def _say(
    *command: str | Path, given: str | None = None, folder: Path | None = None
) -> str:
    """Return what a command prints; both tools exit with 1 when they found something."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder or ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def report(answers: Sequence[tuple[str, Answer]]) -> int:
    """Print what was found, or that nobody answered; 1 when something was found."""
    found = 0
    for lock, answer in answers:
        if not answer.reached:
            print(f"audit: no advisory service reachable for {lock}: NOT checked")
            continue
        print(
            f"audit: {lock}: {answer.known} of {answer.asked} packages known,"
            f" {len(answer.findings)} findings"
        )
        for finding in answer.findings:
            print(f"audit:   {finding}")
        found += len(answer.findings)
    return 1 if found else 0


def locks() -> tuple[list[str], list[str]]:
    """Name every lock of the repository, Python's and Node's, the small ones first."""
    python, node = (
        sorted(_ours(name), key=lambda lock: lock.stat().st_size)
        for name in ("uv.lock", "package-lock.json")
    )
    return [str(each.relative_to(ROOT)) for each in python], [
        str(each.relative_to(ROOT)) for each in node
    ]


def _ours(name: str) -> Iterator[Path]:
    """Yield the files of that name, less those of what was built or downloaded."""
    for depth in ("", "*/", "*/*/"):
        for file in ROOT.glob(f"{depth}{name}"):
            folders = file.relative_to(ROOT).parts[:-1]
            if not any(part[0] == "." or part in NOT_OURS for part in folders):
                yield file


def main() -> int:
    """Ask about every lock; no answer for a small one spares asking for a large one."""
    answers: list[tuple[str, Answer]] = []
    reachable = True
    python, node = locks()
    try:
        for lock in python:
            answer = ask_about_python((ROOT / lock).parent) if reachable else NO_ANSWER
            reachable = answer.reached
            answers.append((lock, answer))
    except AuditError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 1
    answers += [(lock, ask_about_node(ROOT / lock)) for lock in node]
    return report(answers)


if __name__ == "__main__":
    sys.exit(main())
