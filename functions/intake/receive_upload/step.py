"""Take a file in: check it, describe it, render it, and hand it on to be examined."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import Data, NewEntry
from beeldrecht.domain.ids import check_id
from beeldrecht.domain.intake import (
    KEEP_UNFULFILLED,
    MAX_BYTES,
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
    original_key,
)
from beeldrecht.domain.metadata import Metadata, joined
from beeldrecht.domain.versions import VersionRefusedError
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.ports import AssetQueue

from .imaging import RejectedFileError, RejectionReason, Taken, take_in

UNANNOUNCED = "unannounced"
_PREFIX = original_key("")


class RecordLostError(Exception):
    """What was recorded a moment ago is not there: the file cannot be judged yet."""


class Outcome(StrEnum):
    """What became of the event."""

    RECEIVED = "received"
    REJECTED = "rejected"
    GONE = "gone"


class Event(Frozen):
    """An object was written under the prefix of originals."""

    asset_id: OpaqueId

    @classmethod
    def of_key(cls, key: str) -> "Event":
        """The event for an object's key; raises InvalidIdError when it is not ours."""
        return cls(asset_id=check_id(key.removeprefix(_PREFIX)))


class Result(Frozen):
    """What became of it."""

    asset_id: OpaqueId
    outcome: Outcome
    reason: str | None = None


class StoredVersion(Protocol):
    """A version of an object."""

    @property
    def version_id(self) -> str:
        """Which."""
        ...

    @property
    def size(self) -> int:
        """Bytes."""
        ...


class OriginalBytes(Protocol):
    """Where the uploaded bytes are."""

    def first_version(self, asset_id: str) -> StoredVersion | None:
        """The oldest version."""
        ...

    def read(self, asset_id: str, version_id: str) -> bytes:
        """Its bytes."""
        ...

    def newest(self, asset_id: str, size: int) -> tuple[StoredVersion, bytes] | None:
        """What lies there now, where it has so many bytes."""
        ...


class RenditionStore(Protocol):
    """Where renditions go."""

    def write(
        self, asset_id: str, name: RenditionName, jpeg: bytes, file_name: str
    ) -> None:
        """Store one, with the name of the file that it was made from."""
        ...


class Intake(Protocol):
    """The records of files on their way in."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...

    def announce(self, announcement: Announcement, keep_until: datetime) -> None:
        """Record that a file came."""
        ...

    def receive(
        self,
        record: AssetRecord,
        original: Original,
        description: Metadata,
        renditions: frozenset[RenditionName],
        notes: tuple[str, ...],
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record what it is, and that it came."""
        ...

    def reject(
        self, record: AssetRecord, rejection: Rejection, at: datetime, entry: NewEntry
    ) -> None:
        """Record why it was not taken in, and that it was not."""
        ...


def receive_upload(
    event: Event,
    library: Intake,
    originals: OriginalBytes,
    renditions: RenditionStore,
    detections: AssetQueue,
    pixel_limit: int,
    now: Callable[[], datetime],
) -> Result:
    """Take the first version of the object in, or record why not.

    Safe to repeat, late and out of order: whichever event comes, it is the oldest version
    that counts, or one with the very bytes that were announced, the record is written
    with its audit entry under the revision that was read, and handing it on again does no
    harm.
    """
    asset_id = event.asset_id
    record = library.record(asset_id)
    there = _as_announced(record, originals)
    version = there[0] if there else originals.first_version(asset_id)
    if version is None:
        return Result(asset_id=asset_id, outcome=Outcome.GONE)
    record = record or _put_on_record(event, version, library, now())
    if record.refused and record.rejection is not None:
        return _rejected(record, record.rejection)
    if _nobody_announced(record):
        return _reject(record, Rejection(UNANNOUNCED), library, now())
    if record.original is None:
        try:
            data = there[1] if there else None
            taken = _read(record, version, originals, pixel_limit, data)
        except RejectedFileError as error:
            rejection = Rejection(error.reason.value, error.detail)
            return _reject(record, rejection, library, now())
        try:
            _store(record, version, taken, library, renditions, now())
        except VersionRefusedError as error:
            return _reject(record, Rejection(error.reason.value), library, now())
    detections.send(asset_id)
    return Result(asset_id=asset_id, outcome=Outcome.RECEIVED)


def _as_announced(
    record: AssetRecord | None, originals: OriginalBytes
) -> tuple[StoredVersion, bytes] | None:
    """What lies there now, where it is byte for byte what was announced.

    Then it does not matter which version it is, and nothing has to be listed. Where it is
    anything else, the oldest version is looked for and judged.
    """
    if record is None or record.original is not None or record.rejection is not None:
        return None
    said = record.announcement
    if said.sha256 is None or not 0 < said.size <= MAX_BYTES:
        return None
    found = originals.newest(record.asset_id, said.size)
    if found is None or hashlib.sha256(found[1]).hexdigest() != said.sha256:
        return None
    return found


def _read(
    record: AssetRecord,
    version: StoredVersion,
    originals: OriginalBytes,
    pixel_limit: int,
    data: bytes | None,
) -> Taken:
    """A file over the limit is refused by its size alone, before a byte is fetched.

    S3 has compared the digest of what came by a form; here it is compared however it
    came, whole or in parts.
    """
    if version.size > MAX_BYTES:
        raise RejectedFileError(RejectionReason.TOO_LARGE_FILE, bytes=version.size)
    if data is None:
        data = originals.read(record.asset_id, version.version_id)
    announced = record.announcement.media_type
    taken = take_in(data, announced, pixel_limit=pixel_limit)
    if record.announcement.sha256 not in {None, taken.sha256}:
        raise RejectedFileError(RejectionReason.NOT_AS_ANNOUNCED, bytes=version.size)
    return taken


def _store(
    record: AssetRecord,
    version: StoredVersion,
    taken: Taken,
    library: Intake,
    renditions: RenditionStore,
    at: datetime,
) -> None:
    """The renditions land before the record that says they are there.

    What it replaces loses its place, and its release, in the act that records it: from
    that instant on nothing of the older file leaves.
    """
    for name, made in taken.files.items():
        renditions.write(record.asset_id, name, made, record.announcement.file_name)
    library.receive(
        record,
        Original(
            version_id=version.version_id,
            size=version.size,
            media_type=taken.format,
            width=taken.width,
            height=taken.height,
            orientation=taken.orientation,
            sha256=taken.sha256,
            perceptual_hash=taken.perceptual_hash,
        ),
        joined(taken.metadata, record.description),
        frozenset(taken.files),
        taken.notes,
        at,
        _entry(record, "intake:asset:receive", _replacing(record), at),
    )


def _replacing(record: AssetRecord) -> Data:
    replaces = record.announcement.replaces
    return {} if replaces is None else {"replaces": replaces}


def _put_on_record(
    event: Event, version: StoredVersion, library: Intake, at: datetime
) -> AssetRecord:
    """An object that nobody announced goes on record, to be rejected where it is seen.

    Raises RecordLostError when it is gone again: the event has to come once more.
    """
    library.announce(
        Announcement(
            asset_id=event.asset_id,
            file_name=UNANNOUNCED,
            media_type="application/octet-stream",
            size=version.size,
            uploader_id=event.asset_id,
            session_id=None,
            announced_at=at,
        ),
        # Long enough to be rejected: what is recorded as over may be gone at once.
        keep_until=at + KEEP_UNFULFILLED,
    )
    record = library.record(event.asset_id)
    if record is None:
        raise RecordLostError(event.asset_id)
    return record


def _nobody_announced(record: AssetRecord) -> bool:
    """Told by the uploader, who is nobody but the asset itself, and not by the absence
    of a record: a delivery that ended before the rejection left one.
    """
    return record.announcement.uploader_id == record.asset_id


def _reject(
    record: AssetRecord, rejection: Rejection, library: Intake, at: datetime
) -> Result:
    entry = _entry(record, "intake:asset:reject", {"reason": rejection.reason}, at)
    library.reject(record, rejection, at, entry)
    return _rejected(record, rejection)


def _rejected(record: AssetRecord, rejection: Rejection) -> Result:
    return Result(
        asset_id=record.asset_id, outcome=Outcome.REJECTED, reason=rejection.reason
    )


def _entry(record: AssetRecord, tag: str, data: Data, at: datetime) -> NewEntry:
    return NewEntry(
        subject=record.asset_id,
        entry_id=f"{tag}:{record.revision}",
        tag=tag,
        at=at,
        actor=record.announcement.uploader_id,
        data=data,
    )
