"""Run a command and show that it is alive: a spinner on a terminal, else plain lines.

The command's own output goes to a log; its last line is shown beside the spinner, and
the end of the log when it fails.
"""

import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
QUIET_SECONDS = 10.0
"""Without a terminal, how long a command may run before it is mentioned again."""


class CommandFailedError(Exception):
    """A command ended with an error; the message holds the end of what it said."""


@dataclass
class Progress:
    """One step's line: its label, when it began, and what its command said last."""

    label: str
    terminal: bool = field(
        default_factory=lambda: sys.stdout.isatty() and not os.environ.get("CI")
    )
    began: float = field(default_factory=time.monotonic)
    _shown: float = field(default_factory=time.monotonic)
    _last: str = ""
    _frame: int = 0

    def start(self) -> None:
        """Say that the step began."""
        if not self.terminal:
            print(f"{self.label} …", flush=True)

    def beat(self, last: str = "") -> None:
        """Show that the step is alive, and the last line of its command."""
        self._last = last or self._last
        if self.terminal:
            self._frame = (self._frame + 1) % len(FRAMES)
            width = _columns()
            text = (
                f"{FRAMES[self._frame]} {self.label} {self.seconds:.0f} s  {self._last}"
            )
            print(f"\r\x1b[K{text[: width - 1]}", end="", flush=True)
        elif time.monotonic() - self._shown > QUIET_SECONDS:
            self._shown = time.monotonic()
            print(f"{self.label} … {self.seconds:.0f} s  {self._last}", flush=True)

    def done(self, note: str = "") -> None:
        """Close the step's line with its time."""
        start = "\r\x1b[K✓ " if self.terminal else ""
        tail = f"  {note}" if note else ""
        print(f"{start}{self.label} {self.seconds:.1f} s{tail}", flush=True)

    def failed(self) -> None:
        """Close the step's line, leaving room for the reason."""
        print("\r\x1b[K" if self.terminal else "", end="", flush=True)

    @property
    def seconds(self) -> float:
        """Return how long the step has run."""
        return time.monotonic() - self.began


def run(
    command: Sequence[str | Path],
    progress: Progress,
    log: Path,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> None:
    """Run a command to its end under a progress line; its output is added to `log`.

    `env` is added to ours; a variable that is set to "" is taken away.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("ab") as record,
        subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={k: v for k, v in {**os.environ, **(env or {})}.items() if v},
            cwd=cwd,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101  # asked for a pipe just above
        tail = _follow(process.stdout, progress, record)
        code = process.wait()
    if code:
        said = "\n".join(tail[-15:])
        raise CommandFailedError(f"`{command[0]}` ended with {code}:\n{said}")


def _follow(pipe: IO[bytes], progress: Progress, record: IO[bytes]) -> list[str]:
    """Copy the output to the record, beat meanwhile, and return its last lines."""
    tail: list[str] = []
    partial = b""
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        while True:
            if selector.select(timeout=0.1):
                chunk = os.read(pipe.fileno(), 65536)
                if not chunk:
                    return (
                        tail if not partial else [*tail, partial.decode(errors="replace")]
                    )
                record.write(chunk)
                *lines, partial = (partial + chunk).replace(b"\r", b"\n").split(b"\n")
                texts = (line.decode(errors="replace").rstrip() for line in lines)
                tail = [*tail, *filter(None, texts)][-40:]
            progress.beat(tail[-1].strip() if tail else "")


def _columns() -> int:
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        return 80
