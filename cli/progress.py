"""A bar on a terminal, plain lines anywhere else."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

QUIET = 5.0
"""Seconds between two plain lines of one thing that goes on."""


def console(environment: Mapping[str, str] = os.environ) -> Console:
    """Where to print; in CI it is no terminal, whatever it pretends to be."""
    ci = bool(environment.get("CI"))
    return Console(force_terminal=False if ci else None, highlight=False)


class Bar:
    """Something that goes on, and how far it is."""

    def __init__(self, out: Console, label: str, total: float) -> None:
        self._out = out
        self._label = label
        self._total = total
        self._done = 0.0
        self._began = self._shown = time.monotonic()
        self._progress: Progress | None = None
        if out.is_terminal:
            self._progress = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeElapsedColumn(),
                TextColumn("[dim]{task.fields[note]}"),
                console=out,
            )
            self._task = self._progress.add_task(label, total=total, note="")

    def advance(self, by: float) -> None:
        """So much more is done; less than nothing when it has to be done again."""
        self._done += by
        if self._progress:
            self._progress.advance(self._task, by)

    def note(self, text: str) -> None:
        """What is going on right now."""
        if self._progress:
            self._progress.update(self._task, note=text)
        elif time.monotonic() - self._shown > QUIET:
            self._shown = time.monotonic()
            self._out.print(f"{self._label} … {text}", markup=False)

    def start(self) -> None:
        """Begin to show it."""
        if self._progress:
            self._progress.start()

    def stop(self) -> None:
        """Leave the bar as it is, or say how long it took."""
        if self._progress:
            self._progress.update(self._task, note="")
            self._progress.stop()
        else:
            seconds = time.monotonic() - self._began
            self._out.print(f"{self._label}: {seconds:.1f} s", markup=False)


@contextmanager
def bar(out: Console, label: str, total: float) -> Iterator[Bar]:
    """Show something that goes on until the block ends."""
    shown = Bar(out, label, total)
    shown.start()
    try:
        yield shown
    finally:
        shown.stop()
