"""What is known of a file from its announcement on, before anyone decides on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .assets import DECIDED, AssetStatus, Release
from .declarations import Declaration, Sight, sight_of
from .films import is_film
from .metadata import Metadata
from .sessions import Origin


class RenditionName(StrEnum):
    """The versions of a picture made on arrival, all upright and in sRGB."""

    PREVIEW = "preview"
    THUMB = "thumb"
    WORKING = "working"
    """Full size; made only where the original is not a JPEG that is read directly."""
    FILE = "file"
    """The file as it came, where it is no picture: to be saved, never to be shown."""
    FRAMES = "frames"
    """Of a film: the frames that were looked at, on one sheet. It never leaves: nobody is
    covered in it, and it is for those who say who is in the film."""


PICTURED: Final = frozenset(RenditionName) - {RenditionName.FILE, RenditionName.FRAMES}
"""The renditions of one picture, each a JPEG."""


def original_key(asset_id: str) -> str:
    """Where the original of an asset lies in its bucket."""
    return f"originals/{asset_id}"


def rendition_key(asset_id: str, name: RenditionName) -> str:
    """Where a rendition of an asset lies in its bucket."""
    return f"{asset_id}/{name}.{'bin' if name is RenditionName.FILE else 'jpg'}"


MAX_BYTES = 200 * 1024 * 1024
"""The largest file taken in: it has to fit a function's memory beside its pixels."""

PART_BYTES = 16 * 1024 * 1024
"""How much of a larger file is sent at a time; a file that fits in one goes whole.

Nearly every photo fits. Of a larger file no more than this is sent again after a fault.
"""

KEEP_UNFULFILLED = timedelta(days=7)
"""How long an announcement stays on record of which nothing came of it yet."""

PROCESSING_FAILED = "processing_failed"
"""The one rejection that is ours, not the file's: a retry may succeed."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What an uploader said would come."""

    asset_id: str
    file_name: str
    media_type: str
    size: int
    uploader_id: str
    session_id: str | None
    announced_at: datetime
    sha256: str | None = None
    """Of the whole file, in hexadecimal; None only for what nobody announced."""
    part_sha256: tuple[str, ...] = ()
    """Of each part, for a file that is sent in parts."""
    origin: Origin | None = None
    """None: nobody said, and then it is looked through for nobody outside a session in
    which everybody agreed."""
    replaces: str | None = None
    """The picture whose file it is to take the place of, once it has arrived."""

    @property
    def parts(self) -> tuple["Part", ...]:
        """The parts in which the file comes, first to last; none when it comes whole."""
        sizes = part_sizes(self.size)
        digests = zip(sizes, self.part_sha256, strict=True)
        return tuple(Part(n, size, sha) for n, (size, sha) in enumerate(digests, start=1))


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a file that is too large to send whole."""

    number: int
    """From 1 on."""
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class StoredPart:
    """A part that arrived, as the store measured it, and the store's own tag for it."""

    part: Part
    etag: str


def part_sizes(size: int) -> tuple[int, ...]:
    """The sizes of the parts of a file of that many bytes; none when it goes whole."""
    if size <= PART_BYTES:
        return ()
    whole, rest = divmod(size, PART_BYTES)
    return (PART_BYTES,) * whole + ((rest,) if rest else ())


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that came: the first version of the object, whatever came after."""

    version_id: str
    size: int
    media_type: str
    width: int
    """Upright pixels."""
    height: int
    orientation: int
    """The EXIF orientation that was found, 1 to 8."""
    sha256: str
    perceptual_hash: str
    """64 bits as 16 hexadecimal digits; near pictures differ in few of them. Empty once
    somebody was covered in it for good: then it is like no other picture."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why a file was not taken in; `detail` holds numbers, nothing personal."""

    reason: str
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssetRecord:
    """Everything on record about a file, less its faces."""

    announcement: Announcement
    status: AssetStatus
    revision: int
    """Counts every change of a fact; a writer that read an older one is refused."""
    original: Original | None = None
    description: Metadata = field(default_factory=Metadata)
    """What is said of it now: what the file said, until a person said otherwise."""
    edit_id: str | None = None
    """The edit that said so; None: it is as the file said."""
    renditions: frozenset[RenditionName] = frozenset()
    notes: tuple[str, ...] = ()
    duplicate_of: str | None = None
    near_duplicates: tuple[str, ...] = ()
    rejection: Rejection | None = None
    detector_id: str | None = None
    face_count: int | None = None
    faces_complete: bool = True
    release: Release | None = None
    decided_revision: int | None = None
    attempts: int = 0
    """How often the reconciler has had to push it on."""
    collection_ids: frozenset[str] = frozenset()
    """In which collections it is."""
    ends_at: datetime | None = None
    """When its term of keeping ends; None: it has none."""
    declaration: Declaration | None = None
    """What a person said of who is in what cannot be looked through."""
    chain_id: str | None = None
    """The chain of files that it is one of; None: there is one file."""
    replaced_at: datetime | None = None
    """Since when another file has its place; None: it is current."""

    @property
    def sight(self) -> Sight:
        """How much of it can be looked through; nothing of what has not arrived.

        Of a film there is a picture once it was opened, and never if it cannot be.
        """
        if self.original is None:
            return Sight.NOTHING
        if is_film(self.original.media_type) and RenditionName.WORKING in self.renditions:
            return Sight.PART
        return sight_of(self.original.media_type)

    def over(self, at: datetime) -> bool:
        """Whether its term has ended: it is erased, and nobody's to see meanwhile."""
        return self.ends_at is not None and self.ends_at <= at

    @property
    def asset_id(self) -> str:
        """The identifier of the asset."""
        return self.announcement.asset_id

    @property
    def refused(self) -> bool:
        """Whether it was rejected for the file's own sake; our failures are retried."""
        return self.rejection is not None and self.rejection.reason != PROCESSING_FAILED

    @property
    def settled(self) -> bool:
        """Whether nothing is under way: refused, or decided on since its last change.

        A decision counts as a change too, so it stands one revision after what it read.
        """
        if self.refused:
            return True
        decided = self.status in DECIDED and self.decided_revision is not None
        return decided and self.decided_revision == self.revision - 1

    @property
    def pixels_in(self) -> RenditionName | None:
        """The rendition that holds its full-size pixels; None: the original itself."""
        has_working = RenditionName.WORKING in self.renditions
        return RenditionName.WORKING if has_working else None


_BANDS = 4


def near_bands(perceptual_hash: str) -> tuple[str, ...]:
    """Four quarters of a hash: hashes up to 3 bits apart share at least one.

    None of an empty one.
    """
    if not perceptual_hash:
        return ()
    width = len(perceptual_hash) // _BANDS
    return tuple(
        f"{n}:{perceptual_hash[n * width : (n + 1) * width]}" for n in range(_BANDS)
    )


def bits_apart(one: str, other: str) -> int:
    """How many of the 64 bits of two perceptual hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


NEAR_BITS = 10
"""Pictures whose hashes are at most this far apart are shown as near duplicates.

Measured: the same picture resized, saved again or a little brighter is mostly 0 to 4 bits
apart, different ones 20 and more. Sharing a band finds all up to 3 and most up to 10.
"""
