"""Look a picture through for faces: boxes, landmarks, pose. Nothing biometric."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.ports import Clearance
from beeldrecht_vision.faces import DetectedFace

_STEEPEST = 99.0
"""A face seen exactly from the side has no finite nose offset."""


class Outcome(StrEnum):
    """What became of the message."""

    EXAMINED = "examined"
    GONE = "gone"


class Result(Frozen):
    """How many faces there are."""

    asset_id: OpaqueId
    outcome: Outcome
    faces: int = 0


class Found(Protocol):
    """What the detector says of a picture."""

    @property
    def faces(self) -> Sequence[DetectedFace]:
        """The faces, in a stable order."""
        ...

    @property
    def truncated(self) -> bool:
        """Whether there were more than are reported."""
        ...


class Pictures(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """What is on record, with the faces that are kept."""
        ...

    def examine(
        self,
        record: AssetRecord,
        faces: Sequence[Face],
        complete: bool,
        detector_id: str,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Record the faces, then that the picture was looked through, and by what."""
        ...


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation; raises NotReceivedError."""
        ...


def detect_faces(
    event: AssetEvent,
    library: Pictures,
    pixels: Pixels,
    look: Callable[[bytes, int], Found],
    detector_id: str,
    clearance: Clearance,
    now: Callable[[], datetime],
) -> Result:
    """Record every face, then that there are no others known, then have it decided on.

    Safe to repeat: a picture that this detector has examined is not looked at again,
    unless boxes of it are kept no longer; face ids follow from picture, version, detector
    and place in the order, and starting the decision twice decides the same thing twice.
    A message that comes before the picture is on record raises NotReceivedError, and
    comes again.
    """
    known = library.picture(event.asset_id)
    if known is None or known[0].refused:
        return Result(asset_id=event.asset_id, outcome=Outcome.GONE)
    record, asset, _ = known
    count = record.face_count or 0
    if record.detector_id != detector_id or asset.faces_forgotten:
        found = look(*pixels.read(record))
        faces = _faces(record, found.faces, detector_id)
        count, at = len(faces), now()
        entry = NewEntry(
            subject=record.asset_id,
            entry_id=f"recognition:faces:detect:{record.revision}",
            tag="recognition:faces:detect",
            at=at,
            actor="system",
            data={"detector_id": detector_id, "faces": count},
        )
        library.examine(record, faces, not found.truncated, detector_id, at, entry)
    clearance.start(record.asset_id)
    return Result(asset_id=record.asset_id, outcome=Outcome.EXAMINED, faces=count)


def _faces(
    record: AssetRecord, found: Sequence[DetectedFace], detector_id: str
) -> tuple[Face, ...]:
    version = record.original.version_id if record.original else ""
    return tuple(
        Face(
            face_id=derived_id(record.asset_id, version, detector_id, str(place)),
            box=Box(face.box.x, face.box.y, face.box.width, face.box.height),
            landmarks=face.landmarks,
            score=face.score,
            pose=FacePose(
                roll=face.pose.roll,
                nose_offset=min(face.pose.nose_offset, _STEEPEST),
                eye_mouth=face.pose.eye_mouth,
            ),
        )
        for place, face in enumerate(found)
    )
