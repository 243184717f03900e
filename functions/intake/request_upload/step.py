"""Announce a picture and hand out what takes exactly that picture: a form, or parts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated, Literal, Protocol, Self

from pydantic import Field, StringConstraints, model_validator

from beeldrecht.domain.intake import (
    KEEP_UNFULFILLED,
    MAX_BYTES,
    PART_BYTES,
    Announcement,
    AssetRecord,
    Part,
    StoredPart,
    part_sizes,
)
from beeldrecht.domain.metadata import Metadata
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.versions import (
    MOST_VERSIONS,
    VersionRefusal,
    VersionRefusedError,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture

LEAVE_SECONDS = 15 * 60
"""How long a form or the address of a part can be used; longer is asked for again."""

MediaType = Literal[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/tiff",
    "image/heic",
    "image/avif",
    "image/x-raw",
    "application/pdf",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "application/octet-stream",
]
"""What a file can be announced as. The last is for all that is kept as it comes."""
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class UnknownUploadError(Exception):
    """This person announced no such file, or so long ago that it no longer counts."""


class Event(Frozen):
    """What somebody wants to upload."""

    file_name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    media_type: MediaType
    size: Annotated[int, Field(ge=0, le=MAX_BYTES)]
    sha256: Sha256
    part_sha256: tuple[Sha256, ...] = ()
    """One for each PART_BYTES of a file that is larger than that; none otherwise."""
    uploader_id: OpaqueId
    session_id: OpaqueId | None = None
    origin: Origin | None = None
    """Where it came from; unless somebody says, it is nobody's own."""
    replaces: OpaqueId | None = None
    """The picture of which it is a newer file."""

    @model_validator(mode="after")
    def _has_every_part(self) -> Self:
        if len(self.part_sha256) != len(part_sizes(self.size)):
            raise ValueError("part_sha256 does not have one digest for each part")
        return self


class Form(Frozen):
    """Where to post the file, and the fields that go before it."""

    url: str
    fields: dict[str, str]


class PartLeave(Frozen):
    """Where to put one part, and the headers that go with it."""

    number: int
    size: int
    url: str
    headers: dict[str, str]


class ArrivedPart(Frozen):
    """A part that is there, as the completion wants to hear of it."""

    number: int
    etag: str


class Multipart(Frozen):
    """The parts that have not arrived; every part but the last has `part_size` bytes."""

    upload_id: str
    part_size: int
    parts: tuple[PartLeave, ...]
    arrived: tuple[ArrivedPart, ...] = ()
    """What an earlier try sent: whoever was stopped may not know how far it came."""


class Result(Frozen):
    """The asset that will be, and how to send its bytes."""

    asset_id: OpaqueId
    arrived: bool
    """Whether the bytes are there already; then there is nothing to send."""
    form: Form | None = None
    multipart: Multipart | None = None
    expires_at: datetime


class Announcements(Protocol):
    """Where announced pictures are kept."""

    def announce(
        self,
        announcement: Announcement,
        keep_until: datetime,
        said: Metadata | None = None,
        collection_ids: frozenset[str] = frozenset(),
    ) -> None:
        """Record that a file will come, with what is said of it already."""
        ...

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record."""
        ...


class Library(Announcements, Protocol):
    """The same, with the pictures that newer files come of."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, with the files that there are of it."""
        ...


class FormParts(Protocol):
    """A form's address and fields."""

    @property
    def url(self) -> str:
        """Where to post."""
        ...

    @property
    def fields(self) -> dict[str, str]:
        """What to post before the file."""
        ...


class PartAddress(Protocol):
    """Where a part goes."""

    @property
    def url(self) -> str:
        """Where to put it."""
        ...

    @property
    def headers(self) -> dict[str, str]:
        """What to send with it."""
        ...


class UploadStore(Protocol):
    """What makes forms and takes parts."""

    def exists(self, asset_id: str) -> bool:
        """Whether the bytes are there."""
        ...

    def form(
        self, asset_id: str, media_type: str, size: int, sha256: str, seconds: int
    ) -> FormParts:
        """A form for exactly that object."""
        ...

    def begin_parts(self, asset_id: str, media_type: str) -> str:
        """Begin an upload in parts."""
        ...

    def begun_uploads(self, asset_id: str) -> tuple[str, ...]:
        """Those under way."""
        ...

    def part_address(
        self, asset_id: str, upload_id: str, part: Part, seconds: int
    ) -> PartAddress:
        """An address for exactly that part."""
        ...

    def stored_parts(
        self, asset_id: str, upload_id: str
    ) -> tuple[StoredPart, ...] | None:
        """What arrived."""
        ...


def request_upload(
    event: Event,
    library: Library,
    originals: UploadStore,
    new_id: Callable[[], str],
    at: datetime,
) -> Result:
    """Record the announcement, then sign what takes the bytes.

    Each new identifier announces another picture, and one that is never sent disappears
    after a week; with the identifier of an earlier try it goes on where that stopped.
    The record comes first, so that no object can arrive that nobody announced.

    A newer file of a picture is a picture of its own, that stands where the older one
    does, and of which the same is said where a person said so. Nothing that was cleared
    goes with it. The older one keeps its place until this one has arrived. Raises
    VersionRefusedError.
    """
    asset_id = new_id()
    old = _to_replace(event.replaces, library, at) if event.replaces else None
    announcement = Announcement(
        asset_id=asset_id,
        file_name=event.file_name,
        media_type=event.media_type,
        size=event.size,
        uploader_id=event.uploader_id,
        session_id=old.announcement.session_id if old else event.session_id,
        announced_at=at,
        sha256=event.sha256,
        part_sha256=event.part_sha256,
        origin=event.origin,
        replaces=event.replaces,
    )
    library.announce(
        announcement,
        at + KEEP_UNFULFILLED,
        old.description if old and old.edit_id else None,
        old.collection_ids if old else frozenset(),
    )
    return leave_for(announcement, originals, at)


def _to_replace(asset_id: str, library: Library, at: datetime) -> AssetRecord:
    """What there is of the picture that gets a newer file; raises VersionRefusedError."""
    found = library.picture(asset_id)
    if found is None or found[0].over(at):
        raise VersionRefusedError(VersionRefusal.REPLACED_GONE)
    record, asset, _ = found
    if record.original is None or record.refused:
        raise VersionRefusedError(VersionRefusal.NOT_TAKEN_IN)
    if len(asset.versions) >= MOST_VERSIONS:
        raise VersionRefusedError(VersionRefusal.TOO_MANY)
    return record


def resume_upload(
    asset_id: str,
    uploader_id: str,
    library: Announcements,
    originals: UploadStore,
    at: datetime,
) -> Result:
    """Sign anew for what has not arrived: after a fault, or when the time was over.

    Safe to repeat. Raises UnknownUploadError; also for what was announced so long ago
    that its record may go at any moment.
    """
    record = library.record(asset_id)
    if record is None or record.announcement.uploader_id != uploader_id:
        raise UnknownUploadError(asset_id)
    announcement = record.announcement
    if record.original is not None or record.rejection is not None:
        return _arrived(asset_id, at)
    if announcement.sha256 is None or at >= announcement.announced_at + KEEP_UNFULFILLED:
        raise UnknownUploadError(asset_id)
    if originals.exists(asset_id):
        return _arrived(asset_id, at)
    return leave_for(announcement, originals, at)


def leave_for(announcement: Announcement, originals: UploadStore, at: datetime) -> Result:
    """Sign what takes exactly what was announced, and is missing of it."""
    asset_id = announcement.asset_id
    expires_at = at + timedelta(seconds=LEAVE_SECONDS)
    if announcement.parts:
        multipart = _parts(announcement, originals)
        return Result(
            asset_id=asset_id, arrived=False, multipart=multipart, expires_at=expires_at
        )
    made = originals.form(
        asset_id,
        announcement.media_type,
        announcement.size,
        announcement.sha256 or "",
        LEAVE_SECONDS,
    )
    form = Form(url=made.url, fields=made.fields)
    return Result(asset_id=asset_id, arrived=False, form=form, expires_at=expires_at)


def _arrived(asset_id: str, at: datetime) -> Result:
    return Result(asset_id=asset_id, arrived=True, expires_at=at)


def _parts(announcement: Announcement, originals: UploadStore) -> Multipart:
    """Go on with the upload that has begun, or begin one.

    Of two that began at the same time both are whole; the first to be completed counts.
    """
    asset_id = announcement.asset_id
    upload_id, there = "", None
    for upload_id in originals.begun_uploads(asset_id):
        there = originals.stored_parts(asset_id, upload_id)
        if there is not None:  # it was not given up since it was listed
            break
    if there is None:
        upload_id = originals.begin_parts(asset_id, announcement.media_type)
    arrived = {each.part: each.etag for each in there or ()}
    addresses = [
        (part, originals.part_address(asset_id, upload_id, part, LEAVE_SECONDS))
        for part in announcement.parts
        if part not in arrived
    ]
    return Multipart(
        upload_id=upload_id,
        part_size=PART_BYTES,
        parts=tuple(
            PartLeave(number=p.number, size=p.size, url=a.url, headers=a.headers)
            for p, a in addresses
        ),
        arrived=tuple(
            ArrivedPart(number=part.number, etag=arrived[part])
            for part in announcement.parts
            if part in arrived
        ),
    )
