"""Receiving files one by one, each in a process of its own that is measured and bounded.

`Apart` starts one helper; it has imported everything, and forks for each file: the child
shows what that file alone took, and a crash, a hang or a flood of memory ends the child
and nothing else.

with Apart() as apart:
    found = apart.receive(data)
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from tools.sources import ROOT

PIXEL_LIMIT = 200_000_000
HANGS_AFTER = 60
"""Seconds of processor time; only so that a hang is seen as one."""
MOST_MEMORY = 4 * 1024**3
RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a file: `received`, a reason, or how its process ended."""

    outcome: str
    fault: str = ""
    """How it went wrong: a crash, a hang, or a rendition that is not as it should be."""
    megabytes: int = 0
    """The whole process at its peak, interpreter and libraries included."""
    seconds: float = 0.0
    """Of processor time."""


class HelperEndedError(Exception):
    """The helper itself ended: what was measured with it is worth nothing."""


class Apart:
    """A helper that receives files apart from this process."""

    def __init__(self, pixel_limit: int = PIXEL_LIMIT) -> None:
        # The libraries have a lot to say of such files; it matters when the helper ends.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the helper)
        single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self._helper = subprocess.Popen(
            [sys.executable, "-m", "bench.apart", str(pixel_limit)],
            cwd=ROOT,
            env=os.environ | single,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # It reads to the end of what it is sent, and then ends by itself.
        self._helper.communicate()
        self._said.close()

    def receive(self, data: bytes) -> Found:
        """Receive one file in a new process."""
        sent, answered = self._helper.stdin, self._helper.stdout
        if sent is None or answered is None:
            raise BrokenPipeError
        sent.write(struct.pack(">Q", len(data)) + data)
        sent.flush()
        answer = answered.readline()
        if not answer:
            self._said.seek(-min(2000, self._said.tell()), os.SEEK_END)
            said = self._said.read().decode(errors="replace")
            raise HelperEndedError(f"{self._helper.wait()}: {said}")
        return Found(**json.loads(answer))


def _serve(pixel_limit: int) -> None:
    from intake.receive_upload.imaging import (  # noqa: PLC0415  (the helper's alone)
        RejectedFileError,
        receive,
    )

    _warm_up(receive, pixel_limit)

    def judged(data: bytes) -> tuple[str, str]:
        try:
            received = receive(data, pixel_limit=pixel_limit)
        except RejectedFileError as error:
            return error.reason.value, ""
        made = (received.preview, received.thumb, received.working)
        faults = {flaw for jpeg in made if jpeg is not None and (flaw := flaw_of(jpeg))}
        return RECEIVED, ", ".join(sorted(faults))

    source, target = sys.stdin.buffer, sys.stdout
    while head := source.read(8):
        data = source.read(struct.unpack(">Q", head)[0])
        target.write(json.dumps(_in_a_child(judged, data)) + "\n")
        target.flush()


def _warm_up(receive: Callable[..., object], pixel_limit: int) -> None:
    """Import every decoder and the colour engine now, not in each child."""
    from tests.unit.imaging.pictures import (  # noqa: PLC0415  (the helper's alone)
        SAMPLES,
        sample,
    )

    for name in SAMPLES:
        receive(sample(name), pixel_limit=pixel_limit)
    import PIL.ImageCms  # noqa: F401, PLC0415  (the colour engine)


def _in_a_child(
    judged: Callable[[bytes], tuple[str, str]], data: bytes
) -> dict[str, object]:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        resource.setrlimit(resource.RLIMIT_CPU, (HANGS_AFTER, HANGS_AFTER))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        try:
            said = judged(data)
        except BaseException as error:  # noqa: BLE001  (whatever it is, it is the finding)
            said = "crashed", f"{type(error).__name__}: {error}"[:200]
        os.write(writing, json.dumps(said).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = json.loads(pipe.read() or b"null")
    _, status, used = os.wait4(child, 0)
    outcome, fault = said or _ended(status)
    return {
        "outcome": outcome,
        "fault": fault,
        "megabytes": round(used.ru_maxrss / 1024),
        "seconds": round(used.ru_utime + used.ru_stime, 3),
    }


def _ended(status: int) -> tuple[str, str]:
    if os.WIFEXITED(status):
        return "crashed", f"ended with {os.WEXITSTATUS(status)} and said nothing"
    number = os.WTERMSIG(status)
    hung = number in {signal.SIGXCPU, signal.SIGKILL}
    return "hung" if hung else "crashed", signal.Signals(number).name


def flaw_of(jpeg: bytes) -> str:
    """What is in a rendition that is no bare JPEG of ours; empty when nothing is.

    JFIF, tables, one frame and one scan, whose coded data holds no marker but restarts;
    then the end, and nothing behind it: no place for a byte that the file brought.
    """
    if jpeg[:20] != b"\xff\xd8\xff\xe0\0\x10JFIF\0" + jpeg[11:18] + b"\0\0":
        return "no bare JFIF at the beginning"
    at = 20
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1] != 0xDA:
        if jpeg[at + 1] not in {0xDB, 0xC0, 0xC4}:
            return f"segment {jpeg[at + 1]:02x}"
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    coded = jpeg[at + 2 + int.from_bytes(jpeg[at + 2 : at + 4]) :]
    marker = coded.find(b"\xff")
    while marker >= 0 and coded[marker + 1] in {0, *range(0xD0, 0xD8)}:
        marker = coded.find(b"\xff", marker + 2)
    return "" if coded[marker:] == b"\xff\xd9" else "something behind the picture"


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
