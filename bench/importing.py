"""What bringing in an archive costs: `python -m bench.importing [COUNT] [--crowds]`.

Real photographs, encoded anew so that no two are alike, go through the functions' own
steps and adapters against moto in this process: announced in batches, received, looked
through for faces, decided on. Every call that leaves a client is counted by service and
operation at botocore; of each DynamoDB write the size of the item after it, and its
places in indexes, give the units (a transaction's count double). Time is the processor's,
in one thread. Counts and times are priced with `bench/prices`.

Not counted at botocore are what AWS does by itself and what is only assumed: S3's notice
to the queue, the receipt of messages, the index's upkeep, the waiting of a function for
each call (`WAITS`), and the logs.
"""

import hashlib
import json
import os
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from botocore.endpoint import Endpoint
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends
from PIL import Image

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_search import AuditSearch, Search
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.imports import Imports
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import AssetQueue
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.imports import BATCH, ArchiveImport, ImportTerms, import_id_of
from beeldrecht.domain.intake import AssetRecord, Original, original_key
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.pixels import FullSize
from beeldrecht_vision.detection import DETECTOR_ID, FaceDetector, read_picture
from bench.faces import DETECTOR
from clearance.check_consent.step import check_consent
from clearance.check_permit.step import check_permit
from intake.import_files.step import Event, ImportedFile, import_files
from intake.receive_upload.step import Event as Arrived
from intake.receive_upload.step import receive_upload
from recognition.detect_faces.step import Looked, detect_faces
from tests.adapters.aws import REGION, Aws
from tests.fakes.runtime import ENVIRONMENT
from tools.photos import PHOTOS

PRICES: Final = Path(__file__).parent / "prices/eu-central-1-2026-11-23.toml"
COUNT: Final = 16
LONGEST: Final = 4000
"""Pixels: some twelve megapixels, as cameras and phones have made them for years."""
MIXED: Final = (
    *("composed/demo-empty.jpg", "obama-standing.jpg", "composed/demo-pair.jpg"),
    *("composed/nobody.jpg", "composed/alone.jpg", "composed/trio.jpg"),
    *("composed/demo-farewell.jpg", "composed/reception.jpg"),
)
"""From nobody to a dozen in one."""
CROWDS: Final = ("composed/reception.jpg", "composed/24-megapixel.jpg")
"""A dozen and forty."""
OF: Final = 100_000
MEMORY_GB: Final = {
    "announce": 1769 / 1024,
    "receive": 3008 / 1024,
    "detect": 2048 / 1024,
    "decide": 512 / 1024,
}
"""As the functions are deployed."""
WAITS: Final = {"dynamodb": 0.006, "s3": 0.030, "sqs": 0.008, "states": 0.015}
"""Seconds that a function waits for one call within the Region: assumed, not measured."""
BESIDE: Final[Mapping[str, float]] = {
    "sqs_request": 5,
    "lambda_request": 4.2,
    "states_express_start": 1,
}
"""A picture: notice, receipt and removal in two queues, less the notice that is counted;
four functions, a workflow."""
INDEX: Final[Mapping[str, float]] = {"dynamodb_write": 9, "dynamodb_read": 3}
"""A picture's three changes, each noted, followed and cleared for the search index."""
LOG_KB: Final = 3.0
PIXEL_LIMIT: Final = 200_000_000


@dataclass
class Meter:
    """What was called, and what it takes of DynamoDB."""

    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    waits: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    step: str = ""

    @contextmanager
    def measured(self, step: str) -> Iterator[None]:
        """Count what happens within as this step's."""
        self.step = step
        began = time.thread_time()
        try:
            yield
        finally:
            self.seconds[step] += time.thread_time() - began
            self.step = ""

    def called(self, service: str, operation: str, told: Mapping[str, Any]) -> None:
        """One call left a client, and was answered."""
        if not self.step:
            return
        self.calls[service, operation] += 1
        self.waits[self.step] += WAITS.get(service, 0.01)
        if service == "dynamodb":
            self.units += _units(operation, told)
        elif service == "s3":
            self.units["s3_put" if operation[0] in "PL" else "s3_get"] += 1
        elif service == "sqs":
            self.units["sqs_request"] += 1


def _units(operation: str, told: Mapping[str, Any]) -> Counter[str]:
    """Write and read units of one call; a read of less than 4 KiB is one at most."""
    if operation == "TransactWriteItems":
        total: Counter[str] = Counter()
        for act in told["TransactItems"]:
            ((_, one),) = act.items()
            total["dynamodb_write"] += 2 * _writes(one)
        return total
    if operation in {"PutItem", "UpdateItem", "DeleteItem"}:
        return Counter({"dynamodb_write": _writes(told)})
    return Counter({"dynamodb_read": 1})


def _writes(one: Mapping[str, Any]) -> int:
    key = one.get("Key") or one.get("Item") or {}
    table = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables[one["TableName"]]
    item = table.items.get(key["pk"]["S"], {}).get(key["sk"]["S"])
    if item is None:
        return 1
    places = sum(f"gsi{n}pk" in item.attrs for n in (1, 2))
    places += 2 * ("day" in item.attrs)  # an entry of the log stands in both its indexes
    return -(-int(item.size()) // 1024) + places


@contextmanager
def counting(meter: Meter) -> Iterator[None]:
    """Count every call that leaves any client of botocore."""
    bare = Endpoint.make_request

    def counted(self: Any, model: Any, request: Any) -> Any:
        began = time.thread_time()
        answer = bare(self, model, request)
        # What moto takes to answer is not the function's.
        meter.seconds[meter.step] -= time.thread_time() - began
        service = model.service_model.service_id.hyphenize()
        body = request["body"]
        dynamo = service == "dynamodb"
        told = json.loads(body) if dynamo else {}
        meter.called({"sfn": "states"}.get(service, service), model.name, told)
        return answer

    with patch.object(Endpoint, "make_request", counted):
        yield


def photos(count: int, which: Sequence[str]) -> Iterator[bytes]:
    """Photographs at a camera's size, each encoded anew so that no two are alike."""
    opened = []
    for name in which:
        with Image.open(PHOTOS / name) as image:
            times = LONGEST / max(image.size)
            size = (round(image.width * times), round(image.height * times))
            opened.append(image.convert("RGB").resize(size, Image.Resampling.LANCZOS))
    for number in range(count):
        target = BytesIO()
        photo = opened[number % len(opened)]
        cut = number // len(opened)
        photo.crop((cut, 0, photo.width, photo.height)).save(
            target, "JPEG", quality=88, subsampling=2
        )
        yield target.getvalue()


class _NoFilms:
    """No photograph is a film: nothing is asked of these."""

    def look_through(self, record: AssetRecord) -> Looked | None:  # noqa: ARG002
        """It is none."""
        return None

    def keep(
        self,
        record: AssetRecord,
        poster: Original,
        looked: Looked,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """There is nothing to keep."""


class Chain:
    """The functions' steps over tables and buckets in this process."""

    def __init__(self) -> None:
        aws = Aws("bench")
        library, audit, consent = (
            aws.table(each) for each in ("library", "audit", "consent")
        )
        self.trail = AuditTrail(audit, REGION)
        self.library = Library(library, REGION, self.trail)
        self.imports = Imports(library, REGION, self.trail)
        self.log = AuditSearch(audit, REGION)
        self.register = ConsentRegister(consent, REGION)
        self.bases = LegalBases(library, REGION, self.trail)
        self.s3, self.bucket = aws.s3, aws.bucket(versioned=True)
        self.originals = Originals(aws.s3, self.bucket)
        self.renditions = Renditions(aws.s3, aws.bucket(versioned=False))
        self.queue = AssetQueue(aws._sqs, aws.queue())
        self.detector = FaceDetector(DETECTOR)
        self.faces = 0
        self.tables = {"library": library, "audit": audit}
        at = datetime.now(UTC)
        self.found = ArchiveImport(
            import_id_of("e" * 32, "bench"), "bench", OF, ImportTerms(), "e" * 32, at
        )
        entry = NewEntry(self.found.import_id, "begin", "api:import:begin", at, "e" * 32)
        self.imports.begin(self.found, entry)

    def was_here(self, asset_id: str) -> bool:
        """As the API asks it."""
        return bool(self.log.page(Search(subject=asset_id), 1).entries)

    def start(self, asset_id: str) -> None:
        """The workflow is run by hand."""

    def run(self, data: list[bytes], meter: Meter) -> None:
        """Bring some photographs in, from their announcement to their decision."""
        files = tuple(
            ImportedFile(
                path=f"2009/{hashlib.sha256(each).hexdigest()}.jpg",
                file_name="photo.jpg",
                media_type="image/jpeg",
                size=len(each),
                sha256=hashlib.sha256(each).hexdigest(),
            )
            for each in data
        )
        event = Event(import_id=self.found.import_id, uploader_id="e" * 32, files=files)
        with meter.measured("announce"):
            answer = import_files(
                event,
                self.found,
                self.library,
                self.imports,
                self,
                self.originals,
                datetime.now(UTC),
            )
        for each, there in zip(data, answer.files, strict=True):
            self._one(there.asset_id, each, meter)

    def _one(self, asset_id: str, data: bytes, meter: Meter) -> None:
        self.s3.put_object(Bucket=self.bucket, Key=original_key(asset_id), Body=data)
        meter.units["s3_put"] += 1  # what the form does
        with meter.measured("receive"):
            receive_upload(
                Arrived(asset_id=asset_id),
                self.library,
                self.originals,
                self.renditions,
                self.queue,
                PIXEL_LIMIT,
                lambda: datetime.now(UTC),
            )
        asset = AssetEvent(asset_id=asset_id)
        with meter.measured("detect"):
            detect_faces(
                asset,
                self.library,
                FullSize(self.originals, self.renditions),
                lambda jpeg, turn: self.detector.detect(
                    read_picture(jpeg, turn, PIXEL_LIMIT)
                ),
                DETECTOR_ID,
                self,
                lambda: datetime.now(UTC),
                _NoFilms(),
            )
        found = self.library.record(asset_id)
        self.faces += (found.face_count if found else 0) or 0
        with meter.measured("decide"):
            at = datetime.now(UTC)
            check_permit(asset, self.library, self.register, at)
            check_consent(asset, self.library, self.register, self.bases, at)


def priced(meter: Meter, count: int, usd: Mapping[str, float]) -> dict[str, float]:
    """USD of a hundred thousand photographs, by what it is paid for."""
    names = {*meter.units, *BESIDE, *INDEX}
    every = {
        name: meter.units[name] / count + BESIDE.get(name, 0) + INDEX.get(name, 0)
        for name in names
    }
    cost = {name: n * OF * usd[name] for name, n in every.items()}
    gb_seconds = sum(
        MEMORY_GB[step] * (meter.seconds[step] + meter.waits[step]) / count
        for step in MEMORY_GB
    )
    cost["lambda_gb_second"] = gb_seconds * OF * usd["lambda_gb_second"]
    waited = (meter.seconds["decide"] + meter.waits["decide"]) / count
    cost["states_express_gb_second"] = (
        waited * 64 / 1024 * OF * usd["states_express_gb_second"]
    )
    cost["http_api_request"] = OF / BATCH * usd["http_api_request"]
    cost["log_gb"] = LOG_KB * OF / 1e6 * usd["log_gb"]
    return cost


def stored(chain: Chain, count: int, sizes: list[int]) -> dict[str, float]:
    """Gigabytes at rest of a hundred thousand photographs."""
    tables = dynamodb_backends[DEFAULT_ACCOUNT_ID][REGION].tables
    bytes_of = sum(
        item.size()
        for name in chain.tables.values()
        for row in tables[name].items.values()
        for item in (row.values() if isinstance(row, dict) else [row])
    )
    made = sum(
        each["Size"]
        for page in chain.s3.get_paginator("list_objects_v2").paginate(
            Bucket=chain.renditions._bucket
        )
        for each in page.get("Contents", [])
    )
    times = OF / count / 1e9
    return {
        "originals": sum(sizes) * times,
        "renditions": made * times,
        "tables": float(bytes_of) * times,
    }


def main(arguments: list[str]) -> None:
    """Print calls, units, dollars and gigabytes."""
    crowds = "--crowds" in arguments
    counts = [int(each) for each in arguments if each.isdigit()]
    count, which = (*counts, COUNT)[0], CROWDS if crowds else MIXED
    prices = tomllib.loads(PRICES.read_text(encoding="utf-8"))
    meter, sizes = Meter(), []
    with patch.dict(os.environ, ENVIRONMENT), mock_aws():
        chain = Chain()
        warm = Meter()
        with counting(warm):
            chain.run([next(photos(1, which)) + b"\0"], warm)  # what is made once is made
        chain.faces = 0
        with counting(meter):
            began, batch = time.perf_counter(), []
            for data in photos(count, which):
                sizes.append(len(data))
                batch.append(data)
                if len(batch) == BATCH:
                    chain.run(batch, meter)
                    batch = []
            if batch:
                chain.run(batch, meter)
            wall = time.perf_counter() - began
        gigabytes = stored(chain, count + 1, sizes)
        faces = chain.faces
    print(f"{count} photographs, {sum(sizes) / count / 1e6:.1f} MB each on average")
    print(f"{faces / count:.1f} faces each on average")
    print(f"{count / wall:.2f} a second through every step here, moto's own time in it")
    for step in MEMORY_GB:
        print(
            f"  {step}: {1000 * meter.seconds[step] / count:.0f} ms of processor, "
            f"{1000 * meter.waits[step] / count:.0f} ms assumed to wait"
        )
    print("calls a photograph")
    for (service, operation), n in sorted(meter.calls.items()):
        print(f"  {service} {operation}: {n / count:.2f}")
    cost = priced(meter, count, prices["usd"])
    print(f"USD of {OF:,} photographs, first import ({PRICES.name})")
    for name, usd in sorted(cost.items(), key=lambda each: -each[1]):
        print(f"  {name}: {usd:.2f}")
    print(f"  in all: {sum(cost.values()):.2f}")
    month = prices["usd_month"]
    kept = month["dynamodb_gb"] + month["dynamodb_backup_gb"]
    rest = {
        "originals": gigabytes["originals"] * month["s3_gb"],
        "renditions": gigabytes["renditions"] * month["s3_gb"],
        "tables": gigabytes["tables"] * kept,
    }
    print(f"USD a month at rest of {OF:,} photographs")
    for name, usd in rest.items():
        print(f"  {name}: {gigabytes[name]:.1f} GB, {usd:.2f}")
    print(f"  in all: {sum(rest.values()):.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
