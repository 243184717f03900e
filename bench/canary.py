"""People by the hundred, each with a marker wherever one can stand; half are erased.

`python -m bench.canary [PEOPLE] [--at-once N]`, in a local cloud of its own. Everybody is
put on record by our own repositories, past the APIs, which would take hours and into half
of whose fields nobody can type; files go to S3, exports are packed by their workflow. The
erasures are what is measured, and they go the whole way: asked for, upheld and confirmed
through the API, carried out by the real state machine, several at once. Half of them keep
the proof, and half keep the pictures with others, masked. Before and after every byte of
every store, version, index, stream, queue, history and log is read.

Prints one table. Exits with 1 where a marker or an identifier of somebody erased is
outside what their certificate declares, or somebody else lost anything.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import simplejpeg
from rich import box
from rich.console import Console
from rich.table import Table

from cli.progress import bar, console
from cli.stack import Deployed
from local.client import LocalCloud
from local.demo.staff import OFFICER, Staff
from local.deployment import deploy
from local.testing import private_cloud
from local.users import ensure_users
from tests.canary import (
    UNPLANTED,
    Reading,
    Wish,
    erase,
    others_pictures,
    staying,
    wanted_kinds,
)
from tests.crawling import Crawl, Piece
from tests.planting import Planted, Planter
from tests.workflows.way import Way
from tools.photos import PHOTOS

PEOPLE: Final = 1000
EXPORTED: Final = 10
"""One in so many has an export: each is made by a workflow, with pictures in hand."""
AT_ONCE: Final = 4
SIDE: Final = 320
"""Pixels: a file is read some ten times for everybody."""
_MANY: Final = 20
"""How much of what is wrong is printed; all of it is counted."""


@dataclass
class Told:
    """What came of it."""

    people: int
    planting: float = 0.0
    """Seconds in all."""
    crawling: float = 0.0
    size: int = 0
    erasing: float = 0.0
    each: list[float] = field(default_factory=list)
    """Seconds from the request to the certificate."""
    kinds: int = 0
    """Fewest kinds of markers that somebody has."""
    markers: int = 0
    unplanted: set[str] = field(default_factory=set)
    missing: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[str]:
        """Everything that should not be."""
        unplanted = sorted(self.unplanted)
        return [*unplanted, *self.missing, *self.left, *self.named, *self.lost]


@dataclass(frozen=True)
class Canary:
    """One run in one deployed local cloud."""

    way: Way
    out: Console
    at_once: int

    def run(self, count: int) -> Told:
        """Plant, read, erase, read again, and compare."""
        told = Told(count)
        start = time.perf_counter()
        people = self._plant(count)
        told.planting = time.perf_counter() - start
        told.kinds = min(len(one.markers) for one in people)
        told.markers = sum(len(one.markers) for one in people)
        before = self._read("reading before", people, told)
        for one in people:
            told.missing += [f"{kind} seen nowhere" for kind in before.missing(one)]
        wishes = dict(wished(people))
        start = time.perf_counter()
        certificates = self._erase(people, wishes, told)
        told.erasing = time.perf_counter() - start
        after = self._read("reading after", people, told)
        # What is on record of an erasure comes with the first one.
        unplanted = wanted_kinds() - before.kinds - after.kinds - UNPLANTED.keys()
        told.unplanted = {f"{store} {kind} is not planted" for store, kind in unplanted}
        compare(people, before, after, certificates, told)
        for one in people:
            if one.person_id in wishes:
                told.lost += others_pictures(
                    self.way.deployed.library, one, wishes[one.person_id]
                )
        return told

    def _plant(self, count: int) -> list[Planted]:
        planter = Planter(self.way.cloud, self.way.deployed, small_photo())
        people: list[Planted] = []
        with bar(self.out, "planting", count) as shown:
            for number in range(count):
                beside = people[-1] if people else None
                exported = number % EXPORTED == 0
                people.append(planter.plant(beside, exported=exported))
                shown.advance(1)
                shown.note(f"{number + 1} of {count}")
            planter.packed(people)
        return people

    def _read(self, label: str, people: Sequence[Planted], told: Told) -> Reading:
        self.way.quiet()
        start = time.perf_counter()
        crawl = Crawl(self.way.cloud, self.way.deployed)
        with bar(self.out, label, len(people)) as shown:

            def noted() -> Iterator[Piece]:
                size = 0
                for piece in crawl.everything():
                    size += len(piece.content)
                    shown.note(f"{piece.store}, {size / 1e6:.0f} MB")
                    yield piece

            reading = Reading.of(noted(), people)
            shown.advance(len(people))
        told.crawling += time.perf_counter() - start
        told.size += reading.size
        return reading

    def _erase(
        self, people: Iterable[Planted], wishes: Mapping[str, Wish], told: Told
    ) -> dict[str, Mapping[str, Any]]:
        officer = self.way.staff[OFFICER]

        def timed(one: Planted) -> tuple[str, Mapping[str, Any], float]:
            start = time.perf_counter()
            certificate = erase(officer, one, wishes[one.person_id])
            return one.person_id, certificate, time.perf_counter() - start

        done: dict[str, Mapping[str, Any]] = {}
        with (
            bar(self.out, "erasing", len(wishes)) as shown,
            ThreadPoolExecutor(self.at_once) as several,
        ):
            begun = [
                several.submit(timed, one) for one in people if one.person_id in wishes
            ]
            for each in as_completed(begun):
                person_id, done[person_id], seconds = each.result()
                told.each.append(seconds)
                shown.advance(1)
                shown.note(f"{len(done)} of {len(wishes)}")
        return done


def wished(people: Sequence[Planted]) -> Iterator[tuple[str, Wish]]:
    """Every second one is erased; in turns with and without proof, masked and deleted."""
    for number, one in enumerate(people[::2]):
        masked = tuple(one.shared) if number // 2 % 2 else ()
        yield one.person_id, Wish(keep_proof=bool(number % 2), masked=masked)


def compare(
    people: Iterable[Planted],
    before: Reading,
    after: Reading,
    certificates: Mapping[str, Mapping[str, Any]],
    told: Told,
) -> None:
    """What is left of the erased, and what is not of the others."""
    for one in people:
        certificate = certificates.get(one.person_id)
        if certificate is None:
            was, stands = before.places(one), after.places(one)
            told.lost += [f"{kind} was lost" for kind in was if was[kind] > stands[kind]]
            continue
        declared = staying(certificate)
        told.left += [
            f"{kind} is left in {place}" for kind, _, place in after.left(one, declared)
        ]
        told.named += [
            f"an identifier is left in {place}" for _, place in after.named(one, declared)
        ]


def small_photo() -> bytes:
    """A real photo, small."""
    pixels = simplejpeg.decode_jpeg((PHOTOS / "biden.jpg").read_bytes(), "RGB")
    height = SIDE * pixels.shape[0] // pixels.shape[1]
    small = cv2.resize(pixels, (SIDE, height), interpolation=cv2.INTER_AREA)
    return bytes(simplejpeg.encode_jpeg(np.asarray(small, np.uint8), 80, "RGB"))


def show(told: Told, out: Console) -> None:
    """The table, and the first of what is wrong."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("the canary")
    table.add_column("", justify="right")
    each = sorted(told.each)
    late = each[max(0, -(-len(each) * 95 // 100) - 1)]
    for what, figure in (
        ("people", f"{told.people:,}"),
        ("kinds of markers of each, at least", f"{told.kinds}"),
        ("markers planted", f"{told.markers:,}"),
        ("planting, s each", f"{told.planting / told.people:.2f}"),
        ("erasures", f"{len(each):,}"),
        ("request to certificate, s, median", f"{statistics.median(each):.1f}"),
        ("request to certificate, s, 95 %", f"{late:.1f}"),
        ("erasing, s in all", f"{told.erasing:.1f}"),
        ("MB crawled, before and after", f"{told.size / 1e6:,.1f}"),
        ("crawling, s in all", f"{told.crawling:.1f}"),
        ("kinds of items not planted", f"{len(told.unplanted)}"),
        ("markers not found before", f"{len(told.missing)}"),
        ("markers of the erased outside the declared", f"{len(told.left)}"),
        ("identifiers of the erased outside the declared", f"{len(told.named)}"),
        ("lost by others", f"{len(told.lost)}"),
    ):
        table.add_row(what, figure)
    out.print(table)
    for line in told.wrong[:_MANY]:
        out.print(line, markup=False)


def main(arguments: Sequence[str]) -> int:
    """Deploy, run, tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.canary")
    parser.add_argument("people", nargs="?", type=int, default=PEOPLE)
    parser.add_argument("--at-once", type=int, default=AT_ONCE)
    given = parser.parse_args(arguments)
    if given.people < 2:  # one to erase, one to leave alone
        parser.error("it takes two people at least")
    out = console()
    with tempfile.TemporaryDirectory() as folder, private_cloud(Path(folder)) as private:
        cloud = LocalCloud(private.port)
        os.environ.update(cloud.env)
        out.print("deploying to a local cloud of its own, about a minute")
        deploy(cloud, output=Path(folder) / "cdk.out")
        ensure_users(cloud)
        way = Way(cloud, Deployed.find(), Staff(cloud, "en"), Path(folder))
        told = Canary(way, out, given.at_once).run(given.people)
    show(told, out)
    return 1 if told.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
