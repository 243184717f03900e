"""Announce some files of an archive, and say of each where it stands."""

from datetime import datetime, timedelta
from typing import Annotated, Protocol

from pydantic import Field, StringConstraints

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.imports import (
    BATCH,
    ArchiveImport,
    ImportRefusal,
    ImportRefusedError,
    ImportState,
)
from beeldrecht.domain.intake import (
    KEEP_UNFULFILLED,
    MAX_BYTES,
    Announcement,
    AssetRecord,
    part_sizes,
)
from beeldrecht.domain.metadata import Metadata, MetadataRefusedError, from_plain
from beeldrecht.runtime.events import Frozen, OpaqueId
from intake.request_upload.step import (
    Form,
    MediaType,
    Multipart,
    Result,
    Sha256,
    UnknownUploadError,
    UploadStore,
    leave_for,
    resume_upload,
)

_LAST_DAY = timedelta(days=1)
"""An announcement this close to its end is not sent for: it could go meanwhile."""

Words = Annotated[str, StringConstraints(max_length=4000)]
SaidValue = Words | tuple[Words, ...]


class ImportedFile(Frozen):
    """One file of the archive, as whoever brings it in knows it."""

    path: Annotated[str, StringConstraints(min_length=1, max_length=1024)] = Field(
        description="Where it is in the archive; it is kept nowhere."
    )
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    media_type: MediaType
    size: Annotated[int, Field(ge=1, le=MAX_BYTES)]
    sha256: Sha256
    part_sha256: tuple[Sha256, ...] = ()
    said: dict[str, SaidValue] = Field(
        default={},
        description="What a sidecar says of it, by the names of the metadata's fields.",
    )


class Event(Frozen):
    """Which files, of which import, by whom."""

    import_id: OpaqueId
    uploader_id: OpaqueId
    files: Annotated[tuple[ImportedFile, ...], Field(min_length=1, max_length=BATCH)]


class FileAnswer(Frozen):
    """Where one file stands, in the place of the file in the request."""

    asset_id: OpaqueId
    status: AssetStatus | None = None
    """None: the file is not taken in; `refusal` says why."""
    arrived: bool = False
    form: Form | None = None
    multipart: Multipart | None = None
    refusal: ImportRefusal | None = None
    rejection: str | None = None
    """Why the intake rejected the bytes."""


class Answer(Frozen):
    """Where the files stand."""

    files: tuple[FileAnswer, ...]


class Announcements(Protocol):
    """Where announced pictures are kept."""

    def announce(
        self,
        announcement: Announcement,
        keep_until: datetime,
        said: Metadata | None = None,
        collection_ids: frozenset[str] = frozenset(),
        import_id: str | None = None,
    ) -> None:
        """Record that a file will come."""
        ...

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...


class Receipts(Protocol):
    """What an import announced."""

    def note(self, found: ArchiveImport, asset_id: str, at: datetime) -> bool:
        """Record that it announced a picture; whether that was not on record yet."""
        ...

    def count(self, found: ArchiveImport, count: int, at: datetime) -> None:
        """Add so many to those that it announced."""
        ...


class Past(Protocol):
    """What was, whether or not it still is."""

    def was_here(self, asset_id: str) -> bool:
        """Whether a picture of that identifier was ever taken in."""
        ...


def import_files(
    event: Event,
    found: ArchiveImport,
    library: Announcements,
    receipts: Receipts,
    past: Past,
    originals: UploadStore,
    at: datetime,
) -> Answer:
    """Announce what is not announced, and sign what takes the bytes that are missing.

    Safe to repeat, by two at once and after being killed anywhere: a picture's identifier
    follows from the import, the path and the content, the first announcement of it
    stands, and what was erased since is not taken in again. Raises ImportRefusedError.
    """
    if found.state is ImportState.STOPPED:
        raise ImportRefusedError(ImportRefusal.STOPPED)
    noting = _Noting(receipts)
    house = (library, noting, past, originals)
    answer = Answer(
        files=tuple(_one(file, event, found, house, at) for file in event.files)
    )
    if noting.new:
        receipts.count(found, noting.new, at)
    return answer


class _Noting:
    """Notes pictures, and remembers how many were new."""

    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts
        self.new = 0

    def note(self, found: ArchiveImport, asset_id: str, at: datetime) -> None:
        self.new += self._receipts.note(found, asset_id, at)


type _House = tuple[Announcements, _Noting, Past, UploadStore]


def _one(
    file: ImportedFile, event: Event, found: ArchiveImport, house: _House, at: datetime
) -> FileAnswer:
    library, receipts, past, originals = house
    asset_id = found.asset_id(file.path, file.sha256)
    record = library.record(asset_id)
    if record is not None:
        receipts.note(found, asset_id, at)
        return _there(record, event.uploader_id, library, originals, at)
    if len(file.part_sha256) != len(part_sizes(file.size)):
        return _refused(asset_id, ImportRefusal.PARTS_NOT_SAID)
    if past.was_here(asset_id):
        return _refused(asset_id, ImportRefusal.ERASED)
    try:
        said = from_plain(file.said)
    except (MetadataRefusedError, ValueError, TypeError):
        return _refused(asset_id, ImportRefusal.WORDS_REFUSED)
    collection_id = found.terms.collection_id
    announcement = Announcement(
        asset_id=asset_id,
        file_name=file.file_name,
        media_type=file.media_type,
        size=file.size,
        uploader_id=event.uploader_id,
        session_id=found.terms.session_id,
        announced_at=at,
        sha256=file.sha256,
        part_sha256=file.part_sha256,
        origin=found.origin,
    )
    library.announce(
        announcement,
        at + KEEP_UNFULFILLED,
        said,
        frozenset({collection_id} if collection_id else ()),
        found.import_id,
    )
    receipts.note(found, asset_id, at)
    return _answer(leave_for(announcement, originals, at), AssetStatus.EXPECTED)


def _there(
    record: AssetRecord,
    uploader_id: str,
    library: Announcements,
    originals: UploadStore,
    at: datetime,
) -> FileAnswer:
    """Of a picture that is on record: how far it came, and what is missing of it."""
    if record.rejection is not None:
        return FileAnswer(
            asset_id=record.asset_id,
            status=record.status,
            arrived=True,
            rejection=record.rejection.reason,
        )
    ends = record.announcement.announced_at + KEEP_UNFULFILLED
    if record.original is None and at >= ends - _LAST_DAY:
        if not originals.exists(record.asset_id):
            return _refused(record.asset_id, ImportRefusal.WAITED_TOO_LONG)
        return FileAnswer(asset_id=record.asset_id, status=record.status, arrived=True)
    try:
        result = resume_upload(record.asset_id, uploader_id, library, originals, at)
    except UnknownUploadError:
        return _refused(record.asset_id, ImportRefusal.WAITED_TOO_LONG)
    return _answer(result, record.status)


def _answer(result: Result, status: AssetStatus) -> FileAnswer:
    return FileAnswer(
        asset_id=result.asset_id,
        status=status,
        arrived=result.arrived,
        form=result.form,
        multipart=result.multipart,
    )


def _refused(asset_id: str, refusal: ImportRefusal) -> FileAnswer:
    return FileAnswer(asset_id=asset_id, refusal=refusal)
