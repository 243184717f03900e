"""What receiving one picture costs: `python -m bench.imaging` prints a table.

Each case runs in its own process, one thread wide, so that its peak memory is its own.
The same process also decodes a plain JPEG with simplejpeg and its fastest flags (the
file itself, or one of 12 megapixels when the file is no such JPEG), turn by turn with
the measured call: on a shared machine only the ratio of the two says something. Times
are processor time, the best of the rounds, in milliseconds; memory is the growth of the
process at its peak, without the file itself, in megabytes.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import simplejpeg
from PIL import Image

from intake.receive_upload.imaging import inspect, receive
from tests.unit.imaging.profiles import DISPLAY_P3, matrix_profile
from tools.sources import ROOT

PIXEL_LIMIT = 100_000_000
ROUNDS = 5
TWELVE = (4032, 3024)
TWENTY_FOUR = (6000, 4000)


@dataclass(frozen=True, slots=True)
class Figures:
    """The cost of receiving one file."""

    case: str
    file_kilobytes: int
    inspect_ms: float
    decode_ms: float
    receive_ms: float
    ratio: float
    peak_megabytes: int


def photo(size: tuple[int, int]) -> Image.Image:
    """A picture with the grain of a real one: smooth shapes, edges and sensor noise."""
    width, height = size
    random = np.random.default_rng(7)
    coarse = random.integers(0, 255, (height // 200, width // 200, 3), dtype=np.uint8)
    large = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    pixels = np.asarray(large).astype(np.int16)
    pixels += random.normal(0, 4, (height, width, 1)).astype(np.int16)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def jpeg(size: tuple[int, int], **options: object) -> bytes:
    """A camera-like JPEG: quality 90, 4:2:0."""
    return saved(photo(size), "JPEG", quality=90, subsampling=2, **options)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Encode an image with Pillow."""
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def heic(size: tuple[int, int]) -> bytes:
    """A HEIC picture, as phones make them but in one piece."""
    return heic_of(photo(size))


def heic_of(image: Image.Image, **options: object) -> bytes:
    """Encode an image as HEIC."""
    import pillow_heif  # noqa: PLC0415  (26 MB that other cases must not count)

    target = BytesIO()
    pillow_heif.from_pillow(image).save(target, quality=60, **options)
    return target.getvalue()


def wide(size: tuple[int, int]) -> bytes:
    """A JPEG with a colour profile that has to be converted."""
    return jpeg(size, icc_profile=matrix_profile(DISPLAY_P3))


CASES: dict[str, Callable[[], bytes]] = {
    "JPEG 12 MP": lambda: jpeg(TWELVE),
    "JPEG 24 MP": lambda: jpeg(TWENTY_FOUR),
    "JPEG 24 MP progressive": lambda: jpeg(TWENTY_FOUR, progressive=True),
    "JPEG 24 MP Display P3": lambda: wide(TWENTY_FOUR),
    "JPEG 12 MP CMYK": lambda: saved(photo(TWELVE).convert("CMYK"), "JPEG", quality=90),
    "PNG 12 MP": lambda: saved(photo(TWELVE), "PNG", compress_level=1),
    "WebP 12 MP": lambda: saved(photo(TWELVE), "WEBP", quality=85, method=0),
    "TIFF 12 MP": lambda: saved(photo(TWELVE), "TIFF"),
    "AVIF 12 MP": lambda: saved(photo(TWELVE), "AVIF", quality=60, speed=10),
    "HEIC 12 MP": lambda: heic(TWELVE),
}


def spent(call: Callable[[], object]) -> float:
    """Return the processor milliseconds of one call, all threads together."""
    started = time.process_time()
    call()
    return 1000 * (time.process_time() - started)


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    raise LookupError(name)


def measure(case: str, path: Path) -> Figures:
    """Receive the file at `path` and its yardstick in turns; run in a fresh process."""
    data = path.read_bytes()
    yardstick = data if case.startswith("JPEG") and "CMYK" not in case else None
    before = _status("VmRSS")
    receive(data, pixel_limit=PIXEL_LIMIT)
    peak = _status("VmHWM") - before
    yardstick = yardstick or jpeg(TWELVE)
    decoded, received, inspected = [], [], []
    for _ in range(ROUNDS):
        decoded.append(
            spent(
                lambda: simplejpeg.decode_jpeg(yardstick, fastdct=True, fastupsample=True)
            )
        )
        received.append(spent(lambda: receive(data, pixel_limit=PIXEL_LIMIT)))
        inspected.append(spent(lambda: inspect(data, pixel_limit=PIXEL_LIMIT)))
    return Figures(
        case=case,
        file_kilobytes=len(data) // 1000,
        inspect_ms=round(min(inspected), 2),
        decode_ms=round(min(decoded), 1),
        receive_ms=round(min(received), 1),
        ratio=round(min(received) / min(decoded), 2),
        peak_megabytes=round(peak / 1024),
    )


def figures(case: str, directory: Path) -> Figures:
    """Make the case's file, then measure it in a process of its own."""
    path = directory / f"{case.lower().replace(' ', '-')}.bin"
    if not path.exists():
        path.write_bytes(CASES[case]())
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    process = subprocess.run(
        [sys.executable, "-m", "bench.imaging", case, str(path)],
        cwd=ROOT,
        env=os.environ | single,
        capture_output=True,
        check=True,
        text=True,
    )
    return Figures(**json.loads(process.stdout))


def main() -> None:
    """Print the table, or with a case and a file the figures of that one as JSON."""
    if len(sys.argv) == 3:
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        print(json.dumps(asdict(measure(sys.argv[1], Path(sys.argv[2])))))
        return
    directory = ROOT / ".cache" / "bench-imaging"
    directory.mkdir(parents=True, exist_ok=True)
    print(f"{'case':24}{'kB':>8}{'inspect':>9}{'bare':>8}{'receive':>9}{'x':>7}{'MB':>6}")
    for case in CASES:
        it = figures(case, directory)
        print(
            f"{it.case:24}{it.file_kilobytes:8}{it.inspect_ms:9.2f}{it.decode_ms:8.1f}"
            f"{it.receive_ms:9.1f}{it.ratio:7.2f}{it.peak_megabytes:6}"
        )
    print("bare: a full simplejpeg decode of the same JPEG, or of a 12 MP JPEG")


if __name__ == "__main__":
    main()
