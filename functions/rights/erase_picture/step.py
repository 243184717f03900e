"""Take somebody out of a picture, or the picture out of the world."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Asset, Face
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.declarations import declared_place
from beeldrecht.domain.erasure import Erasure, PictureOutcome, PlannedPicture, Trace
from beeldrecht.domain.intake import (
    PICTURED,
    AssetRecord,
    Original,
    RenditionName,
    rendition_key,
)
from beeldrecht.domain.people import Appearance
from beeldrecht.domain.stores import Store
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of, under_way
from beeldrecht.runtime.events import Frozen, OpaqueId

type Picture = tuple[AssetRecord, Asset, tuple[Appearance, ...]]

JPEG = "image/jpeg"


class Event(ErasureEvent):
    """Which erasure, and which picture of it."""

    asset_id: OpaqueId


class Outcome(StrEnum):
    """What became of the picture."""

    MASKED = "masked"
    DELETED = "deleted"
    GONE = "gone"
    """It is not in the plan."""


class Result(Frozen):
    """What became of it."""

    asset_id: OpaqueId
    outcome: Outcome


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan."""

    def picture(self, erasure_id: str, asset_id: str) -> PlannedPicture | None:
        """One picture of a plan."""
        ...

    def picture_done(self, erasure_id: str, asset_id: str) -> None:
        """Record that its part was carried out."""
        ...


class Library(Protocol):
    """Pictures on record."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture with its faces and who they are."""
        ...


class MaskedPictures(Protocol):
    """Where a picture becomes another one."""

    def mask(
        self,
        record: AssetRecord,
        original: Original,
        renditions: frozenset[RenditionName],
        faces: Iterable[str],
        appearances: Iterable[Appearance],
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record that the picture is another one, without these faces."""
        ...


class Files(Protocol):
    """The originals, to read and to put in another's place."""

    def put_masked(self, asset_id: str, jpeg: bytes) -> str:
        """Put a new version of the original; give its id."""
        ...


class Renditions(Protocol):
    """The renditions."""

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """A rendition's bytes."""
        ...

    def write_covered(
        self, asset_id: str, name: RenditionName, jpeg: bytes, by: str
    ) -> None:
        """Put one in its place, with the erasure that covered it."""
        ...

    def covered_by(self, asset_id: str, name: RenditionName) -> str | None:
        """The erasure that covered it; None: none did."""
        ...


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation."""
        ...


class Covers(Protocol):
    """Covers faces in a JPEG."""

    def __call__(
        self, jpeg: bytes, faces: Sequence[Face], width: int, orientation: int
    ) -> bytes:
        """A new upright JPEG; `width` is that of the original, upright."""
        ...


class Traces(Protocol):
    """What is anywhere of a picture."""

    def of_picture(self, asset_id: str) -> Iterator[Trace]:
        """Everything of it, files first and its record last."""
        ...

    def files(self, asset_id: str) -> Iterator[Trace]:
        """Every version of its files, and every upload."""
        ...


class Wiper(Protocol):
    """Removes what was found."""

    def remove(self, traces: Iterable[Trace]) -> int:
        """Remove for good; what is gone already is no failure."""
        ...


class Versions(Protocol):
    """The files of pictures, one after the other."""

    def leave(self, asset_id: str) -> None:
        """Take one that is erased out of its chain."""
        ...


class Clearance(Protocol):
    """The workflow that decides on an asset."""

    def start(self, asset_id: str) -> None:
        """Have it decided on."""
        ...


class Index(Protocol):
    """The index of the library."""

    def purge(self, asset_id: str, erasure_id: str, at: datetime) -> None:
        """Have a picture go from every file of it. Of one erasure it is done once."""
        ...


class Trail(Protocol):
    """The audit trail."""

    def record(self, entry: NewEntry) -> None:
        """Put an entry in its chain; the same again adds nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Workshop:
    """What masking and deleting take."""

    erasures: Erasures
    library: Library
    masked: MaskedPictures
    originals: Files
    renditions: Renditions
    pixels: Pixels
    cover: Covers
    traces: Traces
    wiper: Wiper
    versions: Versions
    index: Index
    clearance: Clearance
    trail: Trail


def erase_picture(event: Event, shop: Workshop, at: datetime) -> Result:
    """Carry out what the plan says of one picture. Safe to repeat, wherever it ended.

    Raises NotBegunError, and what reading and covering raise: then the picture is as it
    was, or already the new one with the old still beside it, and a retry goes on.
    """
    erasure = under_way(shop.erasures, event.erasure_id)
    planned = shop.erasures.picture(event.erasure_id, event.asset_id)
    if planned is None:
        return Result(asset_id=event.asset_id, outcome=Outcome.GONE)
    if planned.outcome is PictureOutcome.DELETE:
        _delete(erasure, planned, shop)
        outcome = Outcome.DELETED
    else:
        _mask(erasure, planned, shop, at)
        outcome = Outcome.MASKED
    # After the rest, so that no file of the index is written of what was still there.
    shop.index.purge(event.asset_id, event.erasure_id, at)
    shop.erasures.picture_done(event.erasure_id, event.asset_id)
    return Result(asset_id=event.asset_id, outcome=outcome)


def _delete(erasure: Erasure, planned: PlannedPicture, shop: Workshop) -> None:
    """Say so, then files, then everything on record: what finds the rest goes last.

    Other files of the same picture are pictures of their own: they are in the plan, or
    stay.
    """
    tag, asset_id = "rights:picture:delete", planned.asset_id
    shop.trail.record(entry_of(erasure, tag, about=asset_id))
    shop.versions.leave(asset_id)
    shop.wiper.remove(shop.traces.of_picture(asset_id))


def _mask(
    erasure: Erasure, planned: PlannedPicture, shop: Workshop, at: datetime
) -> None:
    """Make the new picture and its renditions, record it, then remove what it replaces.

    As long as the old one is on record nothing of it is removed; once the new one is,
    nothing else is left. What was made by a try that ended is removed with the old.
    """
    found = shop.library.picture(planned.asset_id)
    if found is None:
        return  # somebody deleted it meanwhile
    record, asset, appearances = found
    faces = [face for face in asset.faces if face.face_id in planned.face_ids]
    if faces and record.original is not None:
        record = _replaced(erasure, record, faces, appearances, shop, at)
    keep = record.original.version_id if record.original else ""
    shop.wiper.remove(_replaced_files(shop.traces, record, keep))
    shop.clearance.start(planned.asset_id)


def _replaced(
    erasure: Erasure,
    record: AssetRecord,
    faces: Sequence[Face],
    appearances: Iterable[Appearance],
    shop: Workshop,
    at: datetime,
) -> AssetRecord:
    original, asset_id = record.original, record.asset_id
    assert original is not None  # noqa: S101  # whoever calls has looked
    jpeg, orientation = shop.pixels.read(record)
    masked = shop.cover(jpeg, faces, original.width, orientation)
    names = sorted((record.renditions & PICTURED) - {RenditionName.WORKING})
    made = {
        name: shop.cover(shop.renditions.read(asset_id, name), faces, original.width, 1)
        for name in names
        # Covered by a try that ended: another time would make a worse file of it.
        if shop.renditions.covered_by(asset_id, name) != erasure.erasure_id
    }
    version_id = shop.originals.put_masked(asset_id, masked)
    for name, small in made.items():
        shop.renditions.write_covered(asset_id, name, small, erasure.erasure_id)
    new = replace(
        original,
        version_id=version_id,
        size=len(masked),
        media_type=JPEG,
        orientation=1,
        sha256=hashlib.sha256(masked).hexdigest(),
        # What it looked like with them in it; from here on it has no look-alikes.
        perceptual_hash="",
    )
    own = {face.face_id for face in faces}
    # Of a document the masked page is all that is kept: nobody is in a rest of it.
    taken_out = own | {declared_place(asset_id)}
    gone = [
        each
        for each in appearances
        if each.face_id in taken_out or each.person_id == erasure.person_id
    ]
    entry = entry_of(erasure, "rights:picture:mask", {"faces": len(own)}, about=asset_id)
    shop.masked.mask(record, new, frozenset(names), sorted(own), gone, at, entry)
    return replace(record, original=new, renditions=frozenset(names))


def _replaced_files(traces: Traces, record: AssetRecord, keep: str) -> Iterator[Trace]:
    """Every other version and upload, and every file that is made anew when asked for."""
    current = {rendition_key(record.asset_id, name) for name in record.renditions}
    for each in traces.files(record.asset_id):
        if each.store is Store.ORIGINALS and each.part == keep and not each.upload:
            continue
        if each.store is Store.RENDITIONS and each.key in current and not each.upload:
            continue
        yield each
