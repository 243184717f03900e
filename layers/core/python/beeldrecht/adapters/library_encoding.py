"""Between the library's items and the domain's values, both ways and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from beeldrecht.domain.assets import (
    Asset,
    AssetStatus,
    Box,
    Face,
    FaceMark,
    FacePose,
    Landmarks,
    Release,
)
from beeldrecht.domain.channels import Channel, Verdict
from beeldrecht.domain.decisions import Decision, Finding
from beeldrecht.domain.declarations import Declaration
from beeldrecht.domain.intake import (
    Announcement,
    AssetRecord,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.metadata import from_plain
from beeldrecht.domain.people import Appearance, AppearanceStatus, SuggestionBand
from beeldrecht.domain.retention import over
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.versions import VersionChain, replaced_in

from .library_items import AppearanceItem, AssetItem, FaceItem

type Json = dict[str, Any]


def record_of(item: AssetItem) -> AssetRecord:
    """The record that an asset's item holds."""
    rejection = item.rejection
    return AssetRecord(
        announcement=Announcement(
            asset_id=item.asset_id,
            file_name=item.file_name,
            media_type=item.declared_type,
            size=int(item.declared_size),
            uploader_id=item.uploader_id,
            session_id=item.session_id,
            announced_at=item.announced_at,
            sha256=item.declared_sha256,
            part_sha256=tuple(item.declared_parts or ()),
            origin=Origin(item.origin) if item.origin else None,
            replaces=item.replaces,
        ),
        status=AssetStatus(item.status),
        revision=item.revision,
        original=Original(**item.original) if item.original else None,
        description=from_plain(item.description or {}),
        edit_id=item.edit_id,
        renditions=frozenset(RenditionName(r) for r in item.renditions or ()),
        notes=tuple(item.notes or ()),
        duplicate_of=item.duplicate_of,
        near_duplicates=tuple(item.near_duplicates or ()),
        rejection=Rejection(rejection["reason"], rejection["detail"])
        if rejection
        else None,
        detector_id=item.detector_id,
        face_count=None if item.face_count is None else int(item.face_count),
        faces_complete=item.faces_complete is not False,
        release=release_of(item.release) if item.release else None,
        decided_revision=None
        if item.decided_revision is None
        else int(item.decided_revision),
        attempts=int(item.attempts or 0),
        collection_ids=frozenset(item.collection_ids or ()),
        ends_at=None
        if item.ends_at is None
        else datetime.fromtimestamp(int(item.ends_at), UTC),
        declaration=Declaration(**item.declaration) if item.declaration else None,
        chain_id=item.chain_id,
        replaced_at=item.replaced_at,
    )


def asset_of(
    record: AssetRecord,
    faces: Iterable[FaceItem],
    at: datetime,
    chain: VersionChain | None = None,
) -> Asset:
    """What a decision needs of the record, and of the faces that are kept at `at`.

    Of one of several files it is current where the chain says so too: where that is lost
    nobody knows, and nothing leaves.
    """
    kept = tuple(face_of(each) for each in faces if not over(each.expires_at, at))
    return Asset(
        asset_id=record.asset_id,
        session_id=record.announcement.session_id,
        examined=record.detector_id is not None,
        faces_complete=record.faces_complete,
        faces=kept,
        faces_forgotten=len(kept) < (record.face_count or 0),
        release=record.release,
        ends_at=record.ends_at,
        sight=record.sight,
        declaration=record.declaration,
        replaced=replaced_in(record, chain),
        versions=chain.asset_ids if chain else frozenset(),
    )


def face_of(item: FaceItem) -> Face:
    """The face that an item holds."""
    geometry: Json = item.geometry
    x, y, width, height = geometry["box"]
    points: Landmarks = tuple((px, py) for px, py in geometry["landmarks"])  # type: ignore[assignment]  # five by construction
    return Face(
        face_id=item.face_id,
        box=Box(x, y, width, height),
        landmarks=points,
        score=geometry["score"],
        pose=FacePose(**geometry["pose"]),
        mark=FaceMark(item.mark),
    )


def geometry_of(face: Face) -> Json:
    """A face's place and pose, to a hundredth of a pixel."""
    box = face.box
    return {
        "box": [round(v, 2) for v in (box.x, box.y, box.width, box.height)],
        "landmarks": [[round(x, 2), round(y, 2)] for x, y in face.landmarks],
        "score": round(face.score, 4),
        "pose": {k: round(v, 3) for k, v in asdict(face.pose).items()},
    }


def appearance_of(item: AppearanceItem) -> Appearance:
    """The appearance that an item holds."""
    return Appearance(
        asset_id=item.asset_id,
        face_id=item.face_id,
        person_id=item.person_id,
        status=AppearanceStatus(item.status),
        settled_by=item.settled_by,
        settled_at=item.settled_at,
        band=SuggestionBand(item.band) if item.band else None,
    )


def release_of(value: Mapping[str, Any]) -> Release:
    """The release that was written by `release_json`."""
    return Release(
        released_by=value["released_by"],
        at=datetime.fromisoformat(value["at"]),
        channels=MappingProxyType(
            {Channel(c): Verdict(v) for c, v in value["channels"].items()}
        ),
        face_ids=frozenset(value["face_ids"]),
        covered=MappingProxyType(
            {Channel(c): frozenset(ids) for c, ids in value.get("covered", {}).items()}
        ),
    )


def release_json(release: Release) -> Json:
    """A release as it is stored."""
    return {
        "released_by": release.released_by,
        "at": release.at.isoformat(),
        "channels": {c.value: v.value for c, v in sorted(release.channels.items())},
        "face_ids": sorted(release.face_ids),
        "covered": {c.value: sorted(ids) for c, ids in sorted(release.covered.items())},
    }


def decision_json(decision: Decision) -> Json:
    """A decision as it is cached for lists and pages."""
    until = decision.valid_until
    return {
        "at": decision.at.isoformat(),
        "valid_until": until.isoformat() if until else None,
        "outcome": decision.outcome.value,
        "per_channel": {c.value: v.value for c, v in decision.per_channel.items()},
        "leaves": {c.value: v.value for c, v in decision.leaves.items()},
        "findings": [_finding_json(f) for f in decision.findings],
    }


def _finding_json(finding: Finding) -> Json:
    return {
        "id": finding.id.value,
        "face_id": finding.face_id,
        "person_id": finding.person_id,
        "channel": finding.channel.value if finding.channel else None,
        "until": finding.until.isoformat() if finding.until else None,
    }
