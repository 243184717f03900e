"""Find what got stuck: objects without progress, and records without objects."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import UNDER_WAY, AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.intake import PROCESSING_FAILED, AssetRecord, Rejection
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.ports import AssetQueue, Clearance

PATIENCE = timedelta(minutes=20)
"""Longer than a message's retries take, so that nothing under way is pushed twice."""
ATTEMPTS = 3
ORIGINAL_LOST = "original_lost"


class Result(Frozen):
    """How many pictures were found in each condition."""

    unrecorded: int = 0
    """Objects that no record knows: sent to be received, which puts them on record."""
    pushed: int = 0
    """Pictures that stood still and were sent on again."""
    given_up: int = 0
    """Pictures that stood still too often: rejected, visibly, to be retried by hand."""
    lost: int = 0
    """Records whose original is gone."""


class Records(Protocol):
    """The records of pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...

    def due(self, statuses: Iterable[AssetStatus], before: datetime) -> Iterator[str]:
        """Assets in these statuses that waited since before that instant."""
        ...

    def count_attempt(self, record: AssetRecord, at: datetime) -> None:
        """Record that it was pushed on; raises StaleRevisionError."""
        ...

    def reject(
        self, record: AssetRecord, rejection: Rejection, at: datetime, entry: NewEntry
    ) -> None:
        """Record why it goes no further, and that it does not."""
        ...


class StoredOriginals(Protocol):
    """The bucket of originals."""

    def asset_ids(self) -> Iterator[str]:
        """Every asset that has an object, in the order of their keys."""
        ...

    def exists(self, asset_id: str) -> bool:
        """Whether the asset has an object."""
        ...


class Uploads(Protocol):
    """The queue that S3's own events arrive in."""

    def send_upload(self, asset_id: str) -> None:
        """Say again that an object was written."""
        ...


def reconcile_uploads(
    library: Records,
    originals: StoredOriginals,
    uploads: Uploads,
    detections: AssetQueue,
    clearance: Clearance,
    at: datetime,
) -> Result:
    """Compare the bucket with the records, both ways, and push on what stands still.

    Safe to repeat: a picture that is pushed waits anew, and what it is pushed to does
    each thing once. An object that a stopped delivery left behind is announced to the
    intake as S3 would; the intake puts unknown ones on record as rejected.
    """
    unrecorded = 0
    for asset_id in originals.asset_ids():
        if library.record(asset_id) is None:
            uploads.send_upload(asset_id)
            unrecorded += 1
    pushed = given_up = lost = 0
    for asset_id in list(library.due(UNDER_WAY, at - PATIENCE)):
        record = library.record(asset_id)
        if record is None or record.status not in UNDER_WAY:
            continue
        if not originals.exists(asset_id):
            # Announced and not sent yet is nothing to act on; it expires by itself.
            if record.status is not AssetStatus.EXPECTED:
                _give_up(record, ORIGINAL_LOST, library, at)
                lost += 1
            continue
        if record.attempts >= ATTEMPTS:
            _give_up(record, PROCESSING_FAILED, library, at)
            given_up += 1
            continue
        # In this order: who was counted and not pushed would wait for the next hour, with
        # an attempt less. What it is pushed to does each thing once.
        _push(record, uploads, detections, clearance)
        with suppress(StaleRevisionError):  # it moved on by itself: nothing stands still
            library.count_attempt(record, at)
        pushed += 1
    return Result(unrecorded=unrecorded, pushed=pushed, given_up=given_up, lost=lost)


def _push(
    record: AssetRecord, uploads: Uploads, detections: AssetQueue, clearance: Clearance
) -> None:
    if record.status is AssetStatus.EXPECTED:
        uploads.send_upload(record.asset_id)
    elif record.status is AssetStatus.RECEIVED:
        detections.send(record.asset_id)
    else:
        clearance.start(record.asset_id)


def _give_up(record: AssetRecord, reason: str, library: Records, at: datetime) -> None:
    tag = "intake:asset:reject"
    entry = NewEntry(
        subject=record.asset_id,
        entry_id=f"{tag}:{record.revision}",
        tag=tag,
        at=at,
        actor="system",
        data={"reason": reason},
    )
    library.reject(record, Rejection(reason), at, entry)
