"""The audit log: how fast it verifies, whether forgeries are found, whether writers fork.

Verifying stands beside the bare SHA-256 of the same texts, measured in turns, best of
many rounds, in the time of one core. Exits with 1 where a forgery was not found or
wrongly named, or where writers left a gap or a fork.
"""

import json
import logging
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import boto3
from pynamodb.transactions import TransactWrite

from beeldrecht.adapters import keys
from beeldrecht.adapters.audit import AuditTrail, wait_a_little
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.binding import bind
from beeldrecht.adapters.errors import ChainBusyError
from beeldrecht.adapters.library_items import BandItem, LibraryItem
from beeldrecht.domain.audit import SHARDS, Entry, NewEntry, parsed
from beeldrecht.domain.audit_check import verify
from beeldrecht.domain.audit_findings import Chain, Mark
from beeldrecht.domain.ids import derived_id
from local.testing import private_cloud
from tests.adapters.aws import Aws
from tests.fakes.forged_beginnings import BegunForger, begun_log
from tests.fakes.forgery import Forger, chance, sound_log

ENTRIES, CHECKPOINTS, ROUNDS = 50_000, 24, 20
FORGERIES, FORGED_ENTRIES = 10_000, 1_000
WRITERS, PROCESSES, SECONDS, HOT_SECONDS = 50, 5, 60, 10
SUBJECTS = 500
REGION = "eu-central-1"


def verifying() -> None:
    """How many entries a second one core verifies, beside the digests alone."""
    log = sound_log(ENTRIES, CHECKPOINTS, chance(1))
    chains = [_as_read(log.chains[s], log.marks[s]) for s in SHARDS]
    texts = [e.line.encode() for chain in chains for e in chain.entries]

    def whole() -> None:
        if verify(chains, log.checkpoints).findings:
            raise AssertionError("a log that nobody touched is whole")

    def bare() -> None:
        for text in texts:
            sha256(text).hexdigest()

    ours, floor = float("inf"), float("inf")
    for _ in range(ROUNDS):
        ours, floor = min(ours, _core(whole)), min(floor, _core(bare))
    size = sum(map(len, texts)) / len(texts)
    print(
        f"{ENTRIES:,} entries of {size:.0f} bytes, their marks and {CHECKPOINTS} "
        f"checkpoints: {ENTRIES / ours:,.0f} entries/s on one core, "
        f"{ours / floor:.2f} x of bare SHA-256 ({ENTRIES / floor:,.0f}/s)"
    )


def _as_read(entries: list[Entry], marks: frozenset[Mark]) -> Chain:
    """A chain as it is after reading: its entries made one behind the other."""
    made = [parsed(json.loads(json.dumps(entry.fields))) for entry in entries]
    said = [json.loads(json.dumps(mark)) for mark in sorted(marks)]
    return Chain(
        entries[0].shard,
        [entry for entry in made if entry is not None],
        frozenset(Mark(*mark) for mark in said),
    )


def _core(work: Callable[[], None]) -> float:
    """Seconds of one core that it takes; what else the machine does is not counted."""
    start = time.process_time()
    work()
    return time.process_time() - start


def forging(count: int = FORGERIES, seed: int = 2026) -> int:
    """How many forgeries of a log were not found, or named somebody innocent."""
    begun = begun_log(FORGED_ENTRIES, chance(seed + 2))
    forgers = (
        Forger(sound_log(FORGED_ENTRIES, 12, chance(seed)), chance(seed + 1)),
        BegunForger(begun, chance(seed + 3)),
    )
    ways: Counter[str] = Counter()
    missed: list[str] = []
    start = time.perf_counter()
    for n in range(count):
        forged = forgers[n % len(forgers)].forge()
        ways[forged.how] += 1
        wrong = forged.judged()
        if wrong is not None:
            missed.append(wrong)
    print(
        f"{count:,} forgeries in {len(ways)} ways, seed {seed}: {count - len(missed):,} "
        f"found and named ({time.perf_counter() - start:.0f} s)"
    )
    for each in missed[:5]:
        print(f"       {each}")
    return len(missed)


@dataclass(frozen=True, slots=True)
class Work:
    """What one process of writers is to do."""

    audit: str
    library: str
    process: int
    seconds: float
    subjects: int
    threads: int = WRITERS // PROCESSES


def write(work: Work) -> tuple[list[str], Counter[str]]:
    """Acts with their entries until the time is up: their ids, and how many waited."""
    logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
    waits = Counter[str]()

    def wait(attempt: int) -> None:
        waits["all"] += 1
        wait_a_little(attempt)

    trail = AuditTrail(work.audit, REGION, wait)
    bind(LibraryItem, work.library, REGION)
    done: list[str] = []
    end = time.monotonic() + work.seconds

    def one(thread: int) -> None:
        number = 0
        while time.monotonic() < end:
            number += 1
            name = f"e:{work.process}:{thread}:{number}"
            subject = derived_id("subject", str(number % work.subjects))

            def act(together: TransactWrite, name: str = name) -> None:
                item = BandItem(keys.band(name), name, asset_id=name, perceptual_hash="0")
                together.save(item, condition=BandItem.pk.does_not_exist())

            entry = NewEntry(
                subject, name, "a:b:c", datetime.now(UTC), "system", {"n": number}
            )
            try:
                trail.record(entry, act)
            except ChainBusyError:
                waits["in vain"] += 1  # nothing was written: whoever asked asks again
            else:
                done.append(name)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(work.threads)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done, waits


def writing() -> int:
    """How many findings many writers at once left behind; 0 is none."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, private_cloud(Path(folder)) as cloud:
        os.environ.update(cloud.env)
        aws = Aws("local cloud")
        for what, subjects, seconds in (
            (f"on {SUBJECTS} subjects", SUBJECTS, SECONDS),
            ("on one subject, so in one chain", 1, HOT_SECONDS),
        ):
            audit, library = aws.new_table("audit"), aws.new_table("library")
            works = [Work(audit, library, n, seconds, subjects) for n in range(PROCESSES)]
            with ProcessPoolExecutor(PROCESSES) as pool:
                results = list(pool.map(write, works))
            done = [name for names, _ in results for name in names]
            waits = sum((counted for _, counted in results), Counter[str]())
            wrong += judge(aws, audit, library, done)
            print(
                f"{WRITERS} writers for {seconds} s {what}: {len(done):,} acts with "
                f"their entries, {len(done) / seconds:.0f}/s, "
                f"{waits['all'] / max(1, len(done)):.2f} collisions each, "
                f"{waits['in vain']} given up"
            )
    return wrong


def judge(aws: "Aws", audit: str, library: str, done: list[str]) -> int:
    """What is wrong: gaps, forks, acts without their entry, entries without their act."""
    reader = AuditReader(boto3.client("dynamodb", region_name=REGION), audit)
    chains = list(reader.chains())
    findings = verify(chains).findings
    entries = Counter(e.entry_id for chain in chains for e in chain.entries)
    acts = Counter(str(item["sk"]["S"]) for item in aws.items(library))
    for finding in findings[:5]:
        print(f"       {finding}")
    told = Counter(done)
    if not entries == acts == told or (told and max(told.values()) > 1):
        print(f"       {len(entries)} entries, {len(acts)} acts, {len(told)} told")
        return len(findings) + 1
    return len(findings)


def main(arguments: list[str] | None = None) -> int:
    """Verify, forge, and, unless `--quick`, have many write at once."""
    given = sys.argv[1:] if arguments is None else arguments
    verifying()
    wrong = forging()
    if "--quick" not in given:
        wrong += writing()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
