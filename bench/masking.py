"""What covering faces costs, beside the floor: `python -m bench.masking`.

The floor is one exact decode, and one encode where a file is made: no masked version
comes about without them. Measured in turns, best of the rounds, one thread, in time of
the processor; so the ratios carry over to other machines, the milliseconds do not. The
shapes alone are timed too, and the memory of a process of its own. Nothing is asserted
here.
"""

import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from time import process_time

import cv2
import numpy as np
import simplejpeg

from beeldrecht_vision.decode import decode_stored, peek_size
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.faces import Box, DetectedFace, Pass, pose_of
from beeldrecht_vision.masking import QUALITY, cover_onto, masked_jpeg
from bench.faces import DETECTOR, PICTURES, Figure, in_turns, peak_so_far
from tools.sources import ROOT

PREVIEW_SIDE = 2048


@cache
def faces_in(label: str) -> Sequence[DetectedFace]:
    """Everybody in a picture, in its own pixels."""
    return FaceDetector(DETECTOR).detect(read_picture(PICTURES[label].read_bytes())).faces


def preview(label: str) -> bytes:
    """The picture as it is served: two thousand pixels wide."""
    picture = read_picture(PICTURES[label].read_bytes())
    scale = PREVIEW_SIDE / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return bytes(simplejpeg.encode_jpeg(np.asarray(small, np.uint8), 85, "BGR", "420"))


def figures(label: str, what: str, data: bytes) -> list[Figure]:
    """One file: the shapes alone, and from bytes to bytes."""
    faces, width = faces_in(label), peek_size(PICTURES[label].read_bytes()).width
    pixels = decode_stored(data, "RGB", fast=False)
    scale = pixels.shape[1] / width
    decode, encode, shapes, whole = in_turns(
        lambda: decode_stored(data, "RGB", fast=False),
        lambda: simplejpeg.encode_jpeg(pixels, QUALITY, "RGB", "420"),
        lambda: cover_onto(pixels, faces, scale),
        lambda: masked_jpeg(data, faces, width),
        clock=process_time,
    )
    name = f"{what}, {len(faces)} faces"
    return [
        Figure(f"cover {name}", shapes, "one decode", decode),
        Figure(f"mask {name}", whole, "decode + encode", decode + encode),
    ]


def memory(label: str) -> tuple[float, float]:
    """Mask in a process of its own; what it held before and at its peak, in MB."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.masking", "--memory", label],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    before, peak = map(float, done.stdout.split())
    return before, peak


def main(arguments: list[str]) -> int:
    """Print every figure; with `--memory LABEL`, that of one picture in this process."""
    cv2.setNumThreads(1)
    if arguments[:1] == ["--memory"]:
        data = PICTURES[arguments[1]].read_bytes()
        width, height = peek_size(data).width, peek_size(data).height
        before = peak_so_far()
        masked_jpeg(data, [_large(width, height)], width)
        print(before, peak_so_far())
        return 0
    for label in PICTURES:
        data = PICTURES[label].read_bytes()
        made = figures(label, f"preview of {label}", preview(label))
        for figure in made + figures(label, label, data):
            print(
                f"{figure.what:36} {figure.milliseconds:7.1f} ms {figure.ratio:6.2f} x "
                f"{figure.floor} ({figure.floor_milliseconds:.1f} ms)"
            )
        before, peak = memory(label)
        print(f"{'mask ' + label:36} {peak:7.0f} MB, {before:.0f} at the start")
    return 0


def _large(width: int, height: int) -> DetectedFace:
    """Somebody who fills the picture: the largest shape there is to work out."""
    x, y, unit = width / 2, height / 2, height / 4
    landmarks = (
        (x - unit / 2, y),
        (x + unit / 2, y),
        (x, y + unit / 2),
        (x - unit / 3, y + unit),
        (x + unit / 3, y + unit),
    )
    box = Box(x - unit, y - unit, 2 * unit, 2.6 * unit)
    return DetectedFace(box, landmarks, 0.95, pose_of(landmarks), Pass.FINE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
