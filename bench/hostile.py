"""Hostile files: ten thousand mutated from real photos, and every family of made ones.

`python -m bench.hostile` prints what became of them, how much memory and time the worst
took, and ends with 1 when one crashed, hung, made a rendition that is not bare, or took
more than SECONDS or MEGABYTES. `--count 500` takes fewer; `--seed 7` takes others.

Each file is received in a process of its own, one thread wide. Time is processor time;
memory is the whole process, interpreter and libraries included.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from bench.apart import RECEIVED, Apart, Found
from bench.imaging import heic_of, saved
from bench.mutations import mutated
from tests.unit.imaging.hostile import FAMILIES, boundaries
from tests.unit.imaging.pictures import SAMPLES, sample
from tools.photos import PHOTOS

COUNT = 10_000
SEED = 20_261_123
SECONDS = 2.0
MEGABYTES = 512
SIDE_BY_SIDE = 2
_AT_ONCE = 200


@dataclass
class Table:
    """What became of a group of files, and the worst of them."""

    outcomes: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    megabytes: list[int] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)

    def add(self, name: str, found: Found, expected: frozenset[str] | None) -> None:
        """Count one file."""
        self.outcomes[found.outcome] += 1
        self.seconds.append(found.seconds)
        self.megabytes.append(found.megabytes)
        over = found.seconds > SECONDS or found.megabytes > MEGABYTES
        strange = expected is not None and found.outcome not in expected
        if found.fault or over or strange:
            self.bad.append(f"{name}: {found}")

    def line(self, name: str) -> str:
        """One row: how many, received, and the spread of time and memory."""
        seconds, megabytes = sorted(self.seconds), sorted(self.megabytes)

        def at(values: Sequence[float], share: float) -> float:
            return values[min(len(values) - 1, int(share * len(values)))]

        return (
            f"{name:34}{len(seconds):7}{self.outcomes[RECEIVED]:10}"
            f"{at(seconds, 0.5):8.2f}{at(seconds, 0.99):7.2f}{seconds[-1]:7.2f}"
            f"{at(megabytes, 0.5):7.0f}{at(megabytes, 0.99):6.0f}{megabytes[-1]:6}"
            f"{len(self.bad):6}"
        )


HEADING = (
    f"{'':34}{'files':>7}{'received':>10}{'s: half':>8}{'99%':>7}{'worst':>7}"
    f"{'MB:half':>7}{'99%':>6}{'worst':>6}{'bad':>6}"
)


# -- real photos, in every format ------------------------------------------------------


def _opened(path: Path, longest: int | None = None) -> Image.Image:
    with Image.open(path) as photo:
        image = photo.convert("RGB")
    if longest:
        image.thumbnail((longest, longest))
    return image


def _described(image: Image.Image) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x013B] = 6, "Zomerfeest", "Jo Jansen"
    exif.get_ifd(0x8769)[0x9003] = "2026:06:01 10:00:00"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, float(image.width % 60))
    return exif


def _sources() -> dict[str, list[bytes]]:
    """Real photographs by format: as they came, and converted where none came so."""
    photos = [path.read_bytes() for path in sorted(PHOTOS.glob("*.jpg"))]
    large = sorted((PHOTOS / "composed").glob("*.jpg"))
    photos += [path.read_bytes() for path in large if path.stat().st_size > 700_000]
    one = _opened(PHOTOS / "obama-standing.jpg")
    two = _opened(PHOTOS / "biden.jpg")
    small = _opened(PHOTOS / "obama.jpg", 700)
    twelve = _opened(PHOTOS / "composed/reception.jpg")
    exif = _described(one).tobytes()
    encoded: dict[str, list[Callable[[], bytes]]] = {
        "JPEG, other kinds": [
            lambda: saved(one, "JPEG", quality=85, progressive=True, exif=exif),
            lambda: saved(twelve, "JPEG", quality=85, progressive=True),
            lambda: saved(two.convert("CMYK"), "JPEG", quality=85),
            lambda: saved(two.convert("L"), "JPEG", quality=85),
            lambda: saved(one, "JPEG", quality=85, subsampling=0, restart_marker_rows=4),
            lambda: saved(one, "MPO", quality=85, save_all=True, append_images=[two]),
        ],
        "PNG": [
            lambda: saved(one, "PNG", compress_level=1, exif=exif),
            lambda: saved(two.convert("RGBA"), "PNG", compress_level=1),
            lambda: saved(two.quantize(200), "PNG"),
            lambda: saved(small.convert("LA"), "PNG"),
            lambda: saved(small, "PNG", save_all=True, append_images=[small.rotate(9)]),
        ],
        "WebP": [
            lambda: saved(one, "WEBP", quality=85, method=0, exif=exif),
            lambda: saved(small, "WEBP", lossless=True, method=0),
            lambda: saved(small.convert("RGBA"), "WEBP", quality=80, method=0),
            lambda: saved(small, "WEBP", save_all=True, append_images=[small.rotate(9)]),
        ],
        "TIFF": [
            lambda: saved(one, "TIFF", exif=_described(one)),
            lambda: saved(two, "TIFF", compression="tiff_lzw"),
            lambda: saved(two.convert("CMYK"), "TIFF", compression="tiff_adobe_deflate"),
            lambda: saved(two, "TIFF", compression="jpeg", quality=85),
            lambda: saved(small, "TIFF", save_all=True, append_images=[small.rotate(9)]),
        ],
        "HEIC": [
            lambda: heic_of(one, exif=exif),
            lambda: heic_of(small.convert("RGBA")),
            lambda: heic_of(two),
        ],
        "AVIF": [
            lambda: saved(one, "AVIF", quality=60, speed=10, exif=exif),
            lambda: saved(small.convert("RGBA"), "AVIF", quality=60, speed=10),
            lambda: saved(two, "AVIF", quality=60, speed=10),
        ],
    }
    made = {kind: [make() for make in makers] for kind, makers in encoded.items()}
    return {"JPEG, as they came": photos, **made}


def _mutants(
    sources: Sequence[bytes], kind: str, count: int, seed: int
) -> Iterator[tuple[str, bytes, None]]:
    for number in range(count):
        name = f"{seed}:{kind}:{number}"
        chance = random.Random(name)  # noqa: S311  (to be the same again, not secret)
        yield name, mutated(sources, chance), None


def _made(family: str) -> Iterator[tuple[str, bytes, frozenset[str]]]:
    for name, (make, expected) in FAMILIES[family].items():
        yield name, make(), expected


def _cut() -> Iterator[tuple[str, bytes, None]]:
    for name in SAMPLES:
        data = sample(name)
        for at in boundaries(data):
            yield f"{name} cut at {at}", data[:at], None


# -- running ---------------------------------------------------------------------------


def _run(name: str, files: Iterator[tuple[str, bytes, frozenset[str] | None]]) -> Table:
    table = Table()
    with (
        ThreadPoolExecutor(SIDE_BY_SIDE) as pool,
        Apart() as one,
        Apart() as other,
    ):
        apart = (one, other)

        def share(number: int) -> list[tuple[str, Found, frozenset[str] | None]]:
            return [
                (each, apart[number].receive(data), expected)
                for each, data, expected in batch[number::SIDE_BY_SIDE]
            ]

        while batch := [each for each, _ in zip(files, range(_AT_ONCE), strict=False)]:
            for found in pool.map(share, range(SIDE_BY_SIDE)):
                for each in found:
                    table.add(*each)
    print(table.line(name), flush=True)
    return table


def main(arguments: Sequence[str]) -> int:
    """Print the tables; 1 when anything was not as it has to be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    sources = _sources()
    print(HEADING)
    each = -(-given.count // len(sources))
    tables = [
        _run(kind, _mutants(files, kind, each, given.seed))
        for kind, files in sources.items()
    ]
    tables.append(_run("cut where it hurts", _cut()))
    tables += [_run(family, _made(family)) for family in FAMILIES]
    together = Table()
    for table in tables:
        together.outcomes += table.outcomes
        together.seconds += table.seconds
        together.megabytes += table.megabytes
        together.bad += table.bad
    print(together.line("all"))
    print("\n" + ", ".join(f"{n} {what}" for what, n in together.outcomes.most_common()))
    print("\n".join(together.bad))
    return 1 if together.bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
