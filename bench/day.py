"""A picture's first day on one core: receive and detect, and a process's first face.

The floor of both steps together is one full decode and the two bare looks of the network,
measured in the same run. They run as two functions, so the decode is paid twice; the
ratio says what that and everything else costs.
"""

import json
import os
import subprocess
import sys

from beeldrecht_vision.decode import decode_jpeg, decode_stored
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.yunet import YuNet
from bench.faces import DETECTOR, PICTURES, blank, in_turns, peak_so_far
from intake.receive_upload.imaging import receive
from tools.sources import ROOT

_LAYERS = ("core", "deps", "vision", "opencv")
_PIXEL_LIMIT = 200_000_000

FIRST_FACE = """
import time
start = time.perf_counter()
import sys
from pathlib import Path
from beeldrecht_vision.detection import FaceDetector, read_picture
imported = time.perf_counter()
detector = FaceDetector(Path(sys.argv[1]))
loaded = time.perf_counter()
found = detector.detect(read_picture(Path(sys.argv[2]).read_bytes()))
print(imported - start, loaded - imported, time.perf_counter() - loaded, len(found.faces))
"""


def measure(label: str) -> dict[str, float]:
    """Receive and detect one picture in this process; milliseconds, MB at the peak."""
    data = PICTURES[label].read_bytes()
    height, width = decode_jpeg(data).shape[:2]
    network, detector = YuNet(DETECTOR), FaceDetector(DETECTOR)
    fine, coarse = (blank(longest, height, width) for longest in (2000, 640))
    decode, look, glance, received, detected = in_turns(
        lambda: decode_stored(data),
        lambda: network.find(fine),
        lambda: network.find(coarse),
        lambda: receive(data, pixel_limit=_PIXEL_LIMIT),
        lambda: detector.detect(read_picture(data)),
    )
    return {
        "floor": decode + look + glance,
        "receive": received,
        "detect": detected,
        "peak": peak_so_far(),
    }


def first_face(label: str) -> list[float]:
    """A fresh process on the built layers alone: seconds to import, load and find."""
    layers = [ROOT / "build/layers" / name / "python" for name in _LAYERS]
    done = subprocess.run(
        [sys.executable, "-S", "-c", FIRST_FACE, str(DETECTOR), str(PICTURES[label])],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, layers)),
            "OMP_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return [float(figure) for figure in done.stdout.split()]


def main() -> None:
    """Print both tables; each picture in a process of its own, on one core."""
    if len(sys.argv) == 2:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        print(json.dumps(measure(sys.argv[1])))
        return
    print("receive + detect, one core       receive   detect    floor   ratio    peak")
    for label in PICTURES:
        done = subprocess.run(
            [sys.executable, "-m", "bench.day", label],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        it = json.loads(done.stdout)
        ratio = (it["receive"] + it["detect"]) / it["floor"]
        steps = "".join(f"{it[step]:6.0f} ms" for step in ("receive", "detect", "floor"))
        print(f"{label:32}{steps}{ratio:6.2f} x{it['peak']:5.0f} MB")
    print("fresh process to first face      imports     load     find    in all")
    for label in PICTURES:
        first_face(label)
        runs = sorted((first_face(label) for _ in range(5)), key=lambda run: sum(run[:3]))
        imports, load, find, _ = runs[len(runs) // 2]
        parts = (imports, load, find, imports + load + find)
        print(f"{label:32}" + "".join(f"{part * 1000:6.0f} ms" for part in parts))


if __name__ == "__main__":
    main()
