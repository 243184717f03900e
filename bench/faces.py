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

import cv2
import numpy as np

from beeldrecht.domain.consent import Grant, GrantKind
from beeldrecht.domain.permits import (
    Assessment,
    Permit,
    RecognitionMode,
    permit_enrolled,
)
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.time import Period
from beeldrecht.runtime.facts import KnownFacts
from beeldrecht_recognition.align import align
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_vision.decode import Picture, decode_stored, peek_size
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.yunet import YuNet, open_session
from tools.photos import PHOTOS
from tools.sources import ROOT

DETECTOR = ROOT / "build/models/yunet.onnx"
EMBEDDING = ROOT / "build/models/sface.onnx"
PICTURES = {
    "12 MP": PHOTOS / "composed/reception.jpg",
    "24 MP": PHOTOS / "composed/24-megapixel.jpg",
}
ROUNDS = 5
AT = datetime(2026, 6, 1, tzinfo=UTC)

type Work = Callable[[], object]
type Clock = Callable[[], float]
"""Seconds: of the wall, or of the processor, which others that are busy do not slow."""


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
class Relook:
    """How many faces a second one core compares, and how many the bare network could."""

    what: str
    faces: int
    per_second: float
    bare_per_second: float


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a process held, and what it held before the picture."""

    what: str
    megabytes: float
    before: float


def in_turns(
    *works: Work, rounds: int = ROUNDS, clock: Clock = time.perf_counter
) -> list[float]:
    """Return the shortest time of each in milliseconds, measured in turns."""
    for work in works:
        work()
    shortest = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            started = clock()
            work()
            spent = 1000 * (clock() - started)
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


def relook(label: str) -> Relook:
    """Look at a picture again, from stored boxes: decode it, embed every face; drop all.

    In time of the processor, of which others on the machine take less away.
    """
    data = PICTURES[label].read_bytes()
    picture = read_picture(data)
    faces = FaceDetector(DETECTOR).detect(picture).faces
    embedder, permit = Embedder(EMBEDDING, DETECTOR), _permit()
    network = open_session(EMBEDDING, 1)
    empty = {"data": np.zeros((1, 3, 112, 112), np.float32)}
    shortest, floor = float("inf"), float("inf")
    for _ in range(ROUNDS):
        begun = time.thread_time()
        found = embedder.embed(permit, read_picture(data), faces, AT, "asset")
        shortest = min(shortest, time.thread_time() - begun)
        begun = time.thread_time()
        for _ in found.faces:
            network.run(None, empty)
        floor = min(floor, time.thread_time() - begun)
    return Relook(label, len(found), len(found) / shortest, len(found) / floor)


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
    figures += recognition()
    for figure in figures:
        print(
            f"{figure.what:24} {figure.milliseconds:7.1f} ms {figure.ratio:6.2f} x "
            f"{figure.floor} ({figure.floor_milliseconds:.1f} ms)"
        )
    for again in map(relook, PICTURES):
        print(
            f"relook {again.what}: {again.faces} faces, {again.per_second:.1f} a second, "
            f"{again.bare_per_second:.1f} with nothing but the network"
        )
    for peak in map(memory, PICTURES):
        print(f"{peak.what:24} {peak.megabytes:7.0f} MB, {peak.before:.0f} at the start")
    return 0


def _permit() -> Permit:
    """A permit for a made-up person: the way to a template is the same for a bench."""
    day = Period(AT, AT + timedelta(days=1))
    consent = Grant(
        grant_id="bench",
        quitclaim_id="bench",
        person_id="person",
        kind=GrantKind.BIOMETRIC_CONSENT,
        period=day,
    )
    return permit_enrolled(
        subject_ids=frozenset({"person"}),
        asset_ids=frozenset({"asset"}),
        mode=RecognitionMode.ENROLLED,
        article_9_ground_id="bench",
        assessment=Assessment("bench", "bench", day),
        known=KnownFacts((consent,), (), ()),
        at=AT,
        origins=frozenset({Origin.OWN}),
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
