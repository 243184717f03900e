"""Make some of a person's pictures for their export: everybody else in them is covered.

What the person gets of a picture is decided here, from what is on record now, and again
by nobody: a face that was found after the record was gathered is covered too.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from beeldrecht.adapters.errors import MissingObjectError
from beeldrecht.domain.assets import Face
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.channels import Place
from beeldrecht.domain.disclosures import Disclosure, DisclosureKind, said_of
from beeldrecht.domain.exports import LeftOut, covered
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.legal_bases import LegalBasis
from beeldrecht.domain.people import Appearance, AppearanceStatus
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.exporting import (
    Json,
    as_json,
    batch_name,
    by_whom,
    entry_name,
    entry_told,
    picture_name,
    restriction_told,
)
from beeldrecht.runtime.facts import ConsentFacts, Picture

LARGEST: Final = (RenditionName.WORKING, RenditionName.PREVIEW)
"""What is given: what staff can fetch too, upright and without the place it was taken."""


class Event(Frozen):
    """Which batch of which export, and whose."""

    export_id: OpaqueId
    person_id: OpaqueId
    batch: int


class Outcome(StrEnum):
    """Whether another batch follows."""

    MORE = "more"
    ALL = "all"


class Result(Frozen):
    """Where to go on."""

    outcome: Outcome
    batch: int


class UncoverableError(Exception):
    """Somebody in the picture cannot be covered, or its pixels cannot be read."""


class Pictures(Protocol):
    """Pictures, their faces, and who is in them."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...


class Renditions(Protocol):
    """The renditions."""

    def read(self, asset_id: str, name: RenditionName) -> bytes:
        """The bytes of a rendition; raises MissingObjectError."""
        ...


class Register(Protocol):
    """What is frozen."""

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about this asset."""
        ...


class Bases(Protocol):
    """What uses of pictures rest on besides consent."""

    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]:
        """Every basis on record for this picture."""
        ...


class Disclosures(Protocol):
    """Who received which copy."""

    def of_asset(self, asset_id: str, at: datetime) -> Iterator[Disclosure]:
        """Every copy that left."""
        ...

    def record(self, disclosure: Disclosure, entry: NewEntry) -> bool:
        """Record one with its entry; False when it is there already."""
        ...


class Trail(Protocol):
    """The audit log."""

    def entries(self, subject: str) -> Iterator[Entry]:
        """What happened to one subject, in order."""
        ...


class Covers(Protocol):
    """Covers heads in a picture."""

    def __call__(self, jpeg: bytes, faces: Sequence[Face], width: int) -> bytes:
        """The picture with these heads covered; raises UncoverableError.

        `width` is that of the original, in whose pixels the faces are.
        """
        ...


class OnlyFaces(Protocol):
    """Covers everything but some heads."""

    def __call__(
        self, jpeg: bytes, own: Sequence[Face], others: Sequence[Face], width: int
    ) -> bytes:
        """The picture with nothing but these heads, less the others'."""
        ...


class Parts(Protocol):
    """Where the parts of an export are kept."""

    def part(self, export_id: str, name: str) -> bytes:
        """A part; raises MissingObjectError."""
        ...

    def put_part(self, export_id: str, name: str, content: bytes) -> None:
        """Keep a part; again, it is written over."""
        ...


class Shelf(Protocol):
    """Where what is told of a picture is read, and what is given of it is recorded."""

    @property
    def library(self) -> Pictures:
        """The pictures."""
        ...

    @property
    def renditions(self) -> Renditions:
        """Their pixels."""
        ...

    @property
    def register(self) -> Register:
        """What is frozen."""
        ...

    @property
    def bases(self) -> Bases:
        """What uses rest on."""
        ...

    @property
    def disclosures(self) -> Disclosures:
        """Who received what."""
        ...

    @property
    def trail(self) -> Trail:
        """What happened."""
        ...

    @property
    def cover(self) -> Covers:
        """What covers heads."""
        ...

    @property
    def only(self) -> OnlyFaces:
        """What covers everything else."""
        ...

    @property
    def parts(self) -> Parts:
        """The parts."""
        ...


def picture_export(event: Event, shelf: Shelf, at: datetime) -> Result:
    """Make the pictures of one batch, and tell of each what is on record about it.

    Safe to repeat: parts are written over, and that the person receives a picture is
    recorded once, before it is kept where it will be packed.
    """
    batch = json.loads(shelf.parts.part(event.export_id, batch_name(event.batch)))
    # As of when it was gathered: a retry records the same disclosure again, and so none.
    gathered_at = datetime.fromisoformat(batch["at"])
    for asset_id in batch["asset_ids"]:
        _picture(event, asset_id, shelf, at, gathered_at)
    if batch["last"]:
        return Result(outcome=Outcome.ALL, batch=event.batch)
    return Result(outcome=Outcome.MORE, batch=event.batch + 1)


def _picture(
    event: Event, asset_id: str, shelf: Shelf, at: datetime, gathered_at: datetime
) -> None:
    found = shelf.library.picture(asset_id)
    own = {event.person_id, event.export_id, asset_id}
    if found is None:
        gone: Json = {"asset_id": asset_id, "file": None, "left_out": LeftOut.GONE}
        _keep(event.export_id, asset_id, gone, own, shelf.parts)
        return
    record, asset, appearances = found
    covers = covered(asset, appearances, event.person_id)
    given: bytes | LeftOut
    if isinstance(covers, LeftOut):
        given, masked = covers, frozenset[str]()
    else:
        given, masked = _made(record, asset.faces, covers, shelf), covers
    told = _told(event, found, shelf, own, at)
    told["file"] = picture_name(asset_id) if isinstance(given, bytes) else None
    told["left_out"] = given if isinstance(given, LeftOut) else None
    told["covered"] = len(masked) if isinstance(given, bytes) else None
    told["cut_to_you"] = isinstance(given, bytes) and not asset.faces_complete
    if isinstance(given, bytes):
        _record(event, record, masked, shelf.disclosures, gathered_at)
        shelf.parts.put_part(event.export_id, picture_name(asset_id), given)
    _keep(event.export_id, asset_id, told, own, shelf.parts)


def _keep(
    export_id: str, asset_id: str, told: Json, own: Collection[str], parts: Parts
) -> None:
    part: Json = {"picture": told, "own": sorted(own)}
    parts.put_part(export_id, entry_name(asset_id), as_json(part))


def _made(
    record: AssetRecord, faces: Sequence[Face], covers: frozenset[str], shelf: Shelf
) -> bytes | LeftOut:
    """The picture as it is given; where not everybody was found, the person alone."""
    name = next((each for each in LARGEST if each in record.renditions), None)
    if name is None or record.original is None or record.refused:
        return LeftOut.GONE
    others = [face for face in faces if face.face_id in covers]
    own = [face for face in faces if face.face_id not in covers]
    width = record.original.width
    try:
        jpeg = shelf.renditions.read(record.asset_id, name)
        if not record.faces_complete:
            return shelf.only(jpeg, own, others, width)
        return shelf.cover(jpeg, others, width) if others else jpeg
    except MissingObjectError:
        return LeftOut.GONE
    except UncoverableError:
        return LeftOut.UNCOVERABLE


def _record(
    event: Event,
    record: AssetRecord,
    masked: frozenset[str],
    disclosures: Disclosures,
    at: datetime,
) -> None:
    """Put on record that the person receives this copy, before there is one."""
    disclosure = Disclosure(
        disclosure_id=_disclosure_id(event, record.asset_id),
        asset_id=record.asset_id,
        kind=DisclosureKind.EXPORT,
        recipient_id=event.person_id,
        channel=None,
        place=Place.WORLD,
        rendition="export",
        masked=masked,
        at=at,
        revision=record.revision,
    )
    entry = NewEntry(
        subject=record.asset_id,
        entry_id=_entry_id(event, record.asset_id),
        tag="rights:picture:export",
        at=at,
        actor="system",
        data={**said_of(disclosure), "export_id": event.export_id},
    )
    disclosures.record(disclosure, entry)


def _disclosure_id(event: Event, asset_id: str) -> str:
    return derived_id("disclosure", event.export_id, asset_id)


def _entry_id(event: Event, asset_id: str) -> str:
    return f"rights:picture:export:{_disclosure_id(event, asset_id)}"


# -- what is told of a picture ---------------------------------------------------------


def _told(
    event: Event, found: Picture, shelf: Shelf, own: set[str], at: datetime
) -> Json:
    """What is on record of a picture; less of one in which nobody confirmed them.

    Nothing of this very export, which a retry finds on record and a first run does not.
    """
    record, asset, appearances = found
    person_id, asset_id = event.person_id, record.asset_id
    theirs = [each for each in appearances if each.person_id == person_id]
    own |= {each.face_id for each in theirs}
    by_id = {face.face_id: face for face in asset.faces}
    faces = {a.face_id for a in theirs if a.status is AppearanceStatus.CONFIRMED}
    told: Json = {
        "asset_id": asset_id,
        "appearances": [_appearance(each, by_id, own) for each in theirs],
        "audit": [
            entry_told(each, own)
            for each in shelf.trail.entries(asset_id)
            if each.entry_id != _entry_id(event, asset_id)
            and _tells(each, person_id, sure=bool(faces))
        ],
    }
    if not faces:
        return told
    alone = asset.examined and asset.faces_complete and len(asset.faces) == 1
    session_id = record.announcement.session_id
    own |= {session_id} if session_id else set()
    frozen = shelf.register.facts([], asset_id).restrictions
    return {
        **told,
        "status": record.status,
        "announced_at": record.announcement.announced_at,
        "captured_at": record.description.captured_at,
        "session_id": session_id,
        "description": _description(record) if alone else None,
        "restrictions": [restriction_told(each, own) for each in frozen],
        "legal_bases": _bases(
            (b for b in shelf.bases.of_asset(asset_id) if b.about(person_id)), own
        ),
        "disclosures": [
            _disclosed(each, person_id, faces)
            for each in shelf.disclosures.of_asset(asset_id, at)
            if each.disclosure_id != _disclosure_id(event, asset_id)
            and (each.kind is not DisclosureKind.EXPORT or each.recipient_id == person_id)
        ],
    }


def _tells(entry: Entry, person_id: str, *, sure: bool) -> bool:
    """Whether an entry about a picture is told: what names somebody else is theirs.

    Of a picture in which nobody confirmed this person, only what names them.
    """
    named = entry.data.get("person_id")
    if named is not None:
        return named == person_id
    return sure or any(person_id in str(each) for each in entry.data.values())


def _description(record: AssetRecord) -> Json:
    """What the file says, of a picture with nobody else in it: words can name people.

    Who took it is somebody else too.
    """
    description = record.description
    return {
        "file_name": record.announcement.file_name,
        "title": description.title,
        "caption": description.caption,
        "keywords": list(description.keywords),
        "credit": description.credit,
        "copyright": description.copyright,
    }


def _appearance(each: Appearance, faces: dict[str, Face], own: set[str]) -> Json:
    face = faces.get(each.face_id)
    return {
        "face_id": each.face_id,
        "status": each.status,
        "settled_at": each.settled_at,
        "settled_by": by_whom(each.settled_by, own),
        "suggested": each.band,
        # Where somebody else may be meant, their place in the picture is not told.
        "face": None
        if face is None or each.status is not AppearanceStatus.CONFIRMED
        else {
            "box": [face.box.x, face.box.y, face.box.width, face.box.height],
            "landmarks": [list(point) for point in face.landmarks],
            "mark": face.mark,
        },
    }


def _bases(bases: Iterable[LegalBasis], own: set[str]) -> list[Json]:
    told: list[Json] = []
    for each in bases:
        own.add(each.basis_id)
        told.append(
            {
                "basis_id": each.basis_id,
                "channel": each.channel,
                "kind": each.kind,
                "reference": each.reference,
                "from": each.period.start,
                "until": each.period.end,
                "assessment_sha256": each.assessment_sha256,
                "recorded_at": each.recorded_at,
            }
        )
    return told


def _disclosed(each: Disclosure, person_id: str, faces: Collection[str]) -> Json:
    """A copy that left: what kind of recipient, for what, and whether they were in sight.

    Another person's own export is theirs, and is not told; in it this one was covered.
    """
    if each.recipient_id == person_id:
        to = "you"
    else:
        to = "staff" if each.kind is DisclosureKind.DOWNLOAD else "outside"
    return {
        "at": each.at,
        "kind": each.kind,
        "to": to,
        "channel": each.channel,
        "place": each.place,
        "rendition": each.rendition,
        "you_were_visible": each.shows(faces),
    }
