"""A program of its own: a film at a path, some of its frames on its output.

It runs beside the function and not in it, so that a film which is made to harm takes a
process with it that has no credentials, little memory and little time, and writes no
file. FFmpeg is given two containers, six codecs, files and one thread; it finds nothing
else, and follows no reference out of the file.

Output: a line of JSON of the film, then for each frame a line of JSON and its rows of
three bytes a pixel (blue, green, red), upright; at last a line that says that it ended.
Whatever ends it before, what came whole is good.
"""

import json
import os
import resource
import sys
import time
from typing import Any, Final

MEMORY: Final = 1_200 * 1024 * 1024
"""A frame of 4K takes 25 MiB, and a decoder holds up to seventeen of half that."""
SECONDS: Final = 50
"""Of processor time; when it is over, the process is."""
ENOUGH: Final = 40.0
"""Of them, after which no other frame is looked for: a busy machine sees as many."""
MOST_PIXELS: Final = 36_000_000
"""8K has 33 million."""
LONGEST_SIDE: Final = 2560
"""Frames are shrunk to this: the detector sees no more, and a poster needs no more."""
CODECS: Final = {
    "h264": "h264",
    "avc1": "h264",
    "hevc": "hevc",
    "hvc1": "hevc",
    "hev1": "hevc",
    "vp80": "vp8",
    "vp90": "vp9",
    "vp09": "vp9",
    "fmp4": "mpeg4",
    "mp4v": "mpeg4",
    "mjpg": "mjpeg",
}
OPTIONS: Final = "|".join(
    (
        "format_whitelist;mov,matroska",
        "codec_whitelist;h264,hevc,vp8,vp9,mpeg4,mjpeg",
        "protocol_whitelist;file",
        "threads;1",
    )
)
_MOST_MS: Final = 24 * 3_600_000
_UNREADABLE: Final = 4


def limit() -> None:
    """Take from this process what a film does not need: memory, time, files."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def duration_of(frames: float, rate: float) -> int | None:
    """Milliseconds, from the number of frames and the rate; None where it is not told."""
    if not (0 < frames < 1e9 and 0 < rate < 1e6):
        return None
    told = round(frames / rate * 1000)
    return told if 0 < told <= _MOST_MS else None


def main(path: str) -> int:
    """Write what is asked for, or say by the exit status that there is nothing."""
    limit()
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = OPTIONS
    os.environ["OPENCV_LOG_LEVEL"] = "OFF"
    import cv2  # noqa: PLC0415  (within the limits)

    from beeldrecht.domain.films import instants  # noqa: PLC0415

    cv2.setNumThreads(1)
    film = cv2.VideoCapture(path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
    if not film.isOpened():
        return _UNREADABLE
    tag = int(film.get(cv2.CAP_PROP_FOURCC)).to_bytes(4, "little", signed=False)
    codec = CODECS.get(tag.decode("latin-1").lower())
    width = int(film.get(cv2.CAP_PROP_FRAME_WIDTH))
    height = int(film.get(cv2.CAP_PROP_FRAME_HEIGHT))
    if codec is None or not 0 < width * height <= MOST_PIXELS:
        return _UNREADABLE
    duration = duration_of(film.get(cv2.CAP_PROP_FRAME_COUNT), film.get(cv2.CAP_PROP_FPS))
    _say({"codec": codec, "width": width, "height": height, "duration_ms": duration})
    wanted = instants(duration)
    for place, at_ms in enumerate(wanted):
        if time.process_time() > ENOUGH:
            break
        film.set(cv2.CAP_PROP_POS_MSEC, at_ms)
        read, pixels = film.read()
        if not read or pixels.shape[:2] != (height, width):
            if duration is None:
                break  # its end, which nobody told
            continue
        _show(cv2, pixels, round(film.get(cv2.CAP_PROP_POS_MSEC)), place)
    _say({"end": True, "wanted": len(wanted)})
    return 0


def _show(cv2: Any, pixels: Any, at_ms: int, place: int) -> None:
    height, width = pixels.shape[:2]
    scale = LONGEST_SIDE / max(height, width)
    if scale < 1:
        size = max(1, round(width * scale)), max(1, round(height * scale))
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    height, width = pixels.shape[:2]
    _say({"at_ms": at_ms, "place": place, "width": width, "height": height})
    sys.stdout.buffer.write(memoryview(pixels).cast("B"))
    sys.stdout.buffer.flush()


def _say(said: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
