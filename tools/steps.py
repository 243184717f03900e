"""Steps that run only when an input changed, one set-up at a time.

A step's stamp is a digest of its inputs and is written after it succeeded, so a step that
was killed runs again. The lock is the file's own, held by the process: a killed set-up
leaves no lock behind.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.progress import CommandFailedError, Progress, run

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
STAMPS = CACHE / "stamps"
LOGS = CACHE / "logs"

type Command = Sequence[str | Path]


@dataclass(frozen=True)
class Step:
    """Something this machine needs: what it depends on, what it leaves, how to do it."""

    name: str
    title: str
    inputs: tuple[str, ...]
    """Globs below the repository; their content decides whether the step runs."""
    outputs: tuple[str, ...]
    """Paths below the repository; the step runs when one of them is gone."""
    commands: Callable[[], Sequence[Command]]
    facts: Callable[[], Sequence[str]] = tuple
    """What else decides, such as the interpreter; asked again once the step is done."""
    env: Mapping[str, str] | None = None

    def digest(self) -> str:
        """Digest the inputs: names and content, and the facts."""
        total = hashlib.sha256("\n".join((self.name, *self.facts())).encode())
        for path in sorted({path for glob in self.inputs for path in ROOT.glob(glob)}):
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(f"\n{path.relative_to(ROOT)}\n".encode())
                total.update(hashlib.sha256(path.read_bytes()).digest())
        return total.hexdigest()

    def is_done(self) -> bool:
        """Return whether the outputs are there and were made from these inputs."""
        stamp = STAMPS / self.name
        return (
            stamp.is_file()
            and stamp.read_text() == self.digest()
            and all((ROOT / output).exists() for output in self.outputs)
        )

    def carry_out(self, number: int, total: int) -> None:
        """Run the commands under a progress line, then write the stamp."""
        progress = Progress(f"[{number}/{total}] {self.title}")
        log = LOGS / f"{self.name}.log"
        log.unlink(missing_ok=True)
        progress.start()
        try:
            for command in self.commands():
                run(command, progress, log, self.env)
        except CommandFailedError:
            progress.failed()
            raise
        # Taken anew: a step may complete its own inputs (the models, for the layers).
        write(STAMPS / self.name, self.digest())
        progress.done()


def carry_out(steps: Sequence[Step]) -> int:
    """Carry out the steps that are due, in order; return how many that were."""
    due = 0
    for number, step in enumerate(steps, 1):
        if not step.is_done():
            step.carry_out(number, len(steps))
            due += 1
    return due


def write(path: Path, text: str) -> None:
    """Write a file so that a reader sees all of it or none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_text(text)
    scratch.rename(path)


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up runs, then keep others waiting."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("setup: another one is running here; waiting for it", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
