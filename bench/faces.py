"""What finding and comparing faces costs, beside the floor: `python -m bench.faces`.

The floor is the work that no plan can leave out. It is measured turn by turn with the
whole, best of the rounds, one thread: so the ratios carry over to other machines and to
busy ones, the milliseconds do not. Memory is the peak of a process of its own. Nothing
is asserted here.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from beeldrecht.domain.permits import (
    Assessment,
    Permit,
    RecognitionMode,
    permit_enrolled,
)
from beeldrecht.domain.time import Period
from beeldrecht_recognition.align import align
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_recognition.gallery import similarities
from beeldrecht_vision.decode import Picture, decode_stored, peek_size
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.yunet import YuNet, open_session
from tools.photos import PHOTOS
from tools.sources import ROOT

if TYPE_CHECKING:
    from numpy.typing import NDArray

DETECTOR = ROOT / "build/models/yunet.onnx"
EMBEDDING = ROOT / "build/models/sface.onnx"
PICTURES = {
    "12 MP": PHOTOS / "composed/reception.jpg",
    "24 MP": PHOTOS / "composed/24-megapixel.jpg",
}
ROUNDS = 5
AT = datetime(2026, 6, 1, tzinfo=UTC)

type Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its floor, both in milliseconds."""

    what: str
    milliseconds: float
    floor: str
    floor_milliseconds: float

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.milliseconds / self.floor_milliseconds


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a process held, and what it held before the picture."""

    what: str
    megabytes: float
    before: float


def in_turns(*works: Work, rounds: int = ROUNDS) -> list[float]:
    """Return the shortest time of each in milliseconds, measured in turns."""
    for work in works:
        work()
    shortest = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            started = time.perf_counter()
            work()
            spent = 1000 * (time.perf_counter() - started)
            shortest[index] = min(shortest[index], spent)
    return shortest


def decoding(label: str) -> list[Figure]:
    """Decode upright; the floor is decoding as stored, a quarter turn comes on top."""
    data = PICTURES[label].read_bytes()
    floor, upright, turned = in_turns(
        lambda: decode_stored(data),
        lambda: read_picture(data),
        lambda: read_picture(data, 6),
    )
    name = "one decode"
    return [
        Figure(f"decode {label}", upright, name, floor),
        Figure(f"decode and turn {label}", turned, name, floor),
    ]


def detection(label: str) -> list[Figure]:
    """From bytes to faces; the floor is one decode and the two bare looks."""
    data = PICTURES[label].read_bytes()
    size = peek_size(data)
    detector, network = FaceDetector(DETECTOR), YuNet(DETECTOR)
    fine, coarse = (blank(longest, size.height, size.width) for longest in (2000, 640))
    decode, at_fine, at_coarse, whole = in_turns(
        lambda: decode_stored(data),
        lambda: network.find(fine),
        lambda: network.find(coarse),
        lambda: detector.detect(read_picture(data)),
    )
    name, floor = "decode + looks at 2000 and 640", decode + at_fine + at_coarse
    return [
        Figure(f"bare look at 2000, {label}", at_fine, "decode", decode),
        Figure(f"bare look at 640, {label}", at_coarse, "decode", decode),
        Figure(f"decode and detect {label}", whole, name, floor),
    ]


def recognition() -> list[Figure]:
    """Embed one large face under a permit; the floor is the bare network."""
    picture = read_picture((PHOTOS / "obama.jpg").read_bytes())
    faces = FaceDetector(DETECTOR).detect(picture).faces
    landmarks = np.array(faces[0].landmarks)
    session = open_session(EMBEDDING, threads=1)
    pixels = np.zeros((1, 3, 112, 112), np.float32)
    embedder, permit = Embedder(EMBEDDING, DETECTOR), _permit()
    bare, cut, whole = in_turns(
        lambda: session.run(None, {"data": pixels}),
        lambda: align(picture, landmarks),
        lambda: embedder.embed(permit, picture, faces, AT, "asset"),
        rounds=4 * ROUNDS,
    )
    name = "the bare network"
    return [
        Figure("align a face", cut, name, bare),
        Figure("embed a face", whole, name, bare),
    ]


def search(people: int = 100_000) -> list[Figure]:
    """Compare one face with everybody; the floor is reading the vectors once."""
    chance = np.random.default_rng(0)
    gallery: NDArray[np.float32] = chance.normal(size=(people, 128)).astype(np.float32)
    gallery /= np.linalg.norm(gallery, axis=1, keepdims=True)
    probe = gallery[:1].copy()
    floor, found = in_turns(
        gallery.max,
        lambda: similarities(gallery, probe).argmax(axis=1),
        rounds=4 * ROUNDS,
    )
    return [Figure(f"search {people:,} x 128", found, "reading them once", floor)]


def memory(label: str) -> Peak:
    """Detect in a process of its own and return the most memory it held."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.faces", "--memory", label],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, peak = map(float, done.stdout.split())
    return Peak(f"detect {label}", peak, before)


def main(arguments: list[str]) -> int:
    """Print every figure; with `--memory LABEL`, that of one picture in this process."""
    # OpenCV starts its threads when it is first used.
    cv2.setNumThreads(1)
    if arguments[:1] == ["--memory"]:
        before = peak_so_far()
        data = PICTURES[arguments[1]].read_bytes()
        FaceDetector(DETECTOR).detect(read_picture(data))
        print(before, peak_so_far())
        return 0
    figures = [figure for label in PICTURES for figure in decoding(label)]
    figures += [figure for label in PICTURES for figure in detection(label)]
    figures += recognition() + search()
    for figure in figures:
        print(
            f"{figure.what:24} {figure.milliseconds:7.1f} ms {figure.ratio:6.2f} x "
            f"{figure.floor} ({figure.floor_milliseconds:.1f} ms)"
        )
    for peak in map(memory, PICTURES):
        print(f"{peak.what:24} {peak.megabytes:7.0f} MB, {peak.before:.0f} at the start")
    return 0


def _permit() -> Permit:
    """A permit for a made-up person: the way to a template is the same for a bench."""
    return permit_enrolled(
        subject_ids=frozenset({"person"}),
        asset_ids=frozenset({"asset"}),
        mode=RecognitionMode.ENROLLED,
        article_9_ground_id="bench",
        assessment=Assessment("bench", "bench", Period(AT, AT + timedelta(days=1))),
        at=AT,
    )


def blank(longest: int, height: int, width: int) -> Picture:
    """A black picture of these proportions: the network takes as long over it."""
    scale = longest / max(height, width)
    return np.zeros((round(height * scale), round(width * scale), 3), np.uint8)


def peak_so_far() -> float:
    """Of this program: the resource module would also count the one that started it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1000
    raise LookupError("VmHWM")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
