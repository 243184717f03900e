"""A film as it can be looked through: some frames of it, read by a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.typing import NDArray

from . import frames

type Pixels = NDArray[np.uint8]
"""Rows of pixels, blue, green and red, upright."""

_PROGRAM: Final = Path(frames.__file__)
_WAIT: Final = 90.0
"""Seconds; the process ends itself before, unless it waits for nothing. The function has
thirty more."""
_LONGEST_LINE: Final = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What the decoder says of a film."""

    codec: str
    width: int
    height: int
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class Still:
    """One frame, shrunk to at most `frames.LONGEST_SIDE`."""

    at_ms: int
    pixels: Pixels


class Reel:
    """A film that is being read; goes through its frames once, as they come."""

    def __init__(self, told: Told, out: IO[bytes]) -> None:
        self.told = told
        self.complete = False
        """Whether every frame that was wanted came; known once all were gone through."""
        self._out = out

    def stills(self) -> Iterator[Still]:
        """The frames in the order in which they were looked for.

        What a process that was ended had begun to write is left out.
        """
        came = 0
        while (said := _line(self._out)) is not None:
            if said.get("end") is True:
                self.complete = said.get("wanted") == came
                return
            still = _still(said, self._out)
            if still is None:
                return
            came += 1
            yield still


@contextmanager
def opened(path: Path) -> Iterator[Reel | None]:
    """Open a film; None where the decoder cannot, whatever the reason.

    A retry gives the same frames, unless this machine is so slow that time ends it.
    """
    process = subprocess.Popen(  # noqa: S603  (our own program, no shell)
        [sys.executable, "-P", str(_PROGRAM), str(path)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Nothing of the function's own: above all not its credentials.
        env={
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PATH": os.defpath,
            "OPENBLAS_NUM_THREADS": "1",
        },
    )
    watch = threading.Timer(_WAIT, process.kill)
    watch.start()
    assert process.stdout is not None  # noqa: S101  # asked for above
    try:
        with closing(process.stdout) as out:
            told = _told(_line(out))
            yield None if told is None else Reel(told, out)
    finally:
        watch.cancel()
        process.kill()
        process.wait()


def _line(out: IO[bytes]) -> dict[str, Any] | None:
    line = out.readline(_LONGEST_LINE)
    try:
        said = json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _told(said: dict[str, Any] | None) -> Told | None:
    if said is None:
        return None
    codec, duration = said.get("codec"), said.get("duration_ms")
    width, height = _side(said, "width"), _side(said, "height")
    if codec not in frames.CODECS.values() or not width or not height:
        return None
    if duration is not None and not (isinstance(duration, int) and duration > 0):
        return None
    return Told(str(codec), width, height, duration)


def _still(said: dict[str, Any], out: IO[bytes]) -> Still | None:
    width, height, at_ms = _side(said, "width"), _side(said, "height"), said.get("at_ms")
    longest = frames.LONGEST_SIDE
    if not (0 < width <= longest and 0 < height <= longest and isinstance(at_ms, int)):
        return None
    rows = out.read(width * height * 3)
    if len(rows) < width * height * 3:
        return None
    pixels = np.frombuffer(rows, np.uint8).reshape(height, width, 3)
    return Still(max(0, at_ms), pixels)


def _side(said: dict[str, Any], name: str) -> int:
    side = said.get(name)
    return side if isinstance(side, int) else 0
