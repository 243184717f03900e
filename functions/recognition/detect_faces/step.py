"""Look a picture through for faces: boxes, landmarks, pose. Nothing biometric."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.declarations import Sight
from beeldrecht.domain.films import Film, is_film
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord, Original
from beeldrecht.runtime.events import AssetEvent, Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.ports import Clearance
from beeldrecht_vision.faces import DetectedFace

NOT_LOOKED = "none"
"""Stands for the detector of a file that none looks through."""
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


class Looked(Protocol):
    """A film that was looked through."""

    @property
    def film(self) -> Film:
        """What it is."""
        ...

    @property
    def poster_size(self) -> tuple[int, int]:
        """Pixels of its picture, width and height."""
        ...


class Films[L: Looked](Protocol):
    """The films, and what is known of them."""

    def look_through(self, record: AssetRecord) -> L | None:
        """Some frames of a film; None where the decoder cannot read one."""
        ...

    def keep(
        self,
        record: AssetRecord,
        poster: Original,
        looked: L,
        at: datetime,
        entry: NewEntry,
    ) -> None:
        """Store what was made of it, then record that, and what the film is."""
        ...


class Pixels(Protocol):
    """The full-size pixels."""

    def read(self, record: AssetRecord) -> tuple[bytes, int]:
        """A JPEG and its EXIF orientation; raises NotReceivedError."""
        ...


def detect_faces[L: Looked](
    event: AssetEvent,
    library: Pictures,
    pixels: Pixels,
    look: Callable[[bytes, int], Found],
    detector_id: str,
    clearance: Clearance,
    now: Callable[[], datetime],
    films: Films[L],
) -> Result:
    """Record every face, then that there are no others known, then have it decided on.

    A film is opened first: a poster becomes its picture, and where faces were seen in
    other frames goes on record for whoever declares who is in it. A file that nobody can
    look through is passed on, with that on record: a person declares who is in it.

    Safe to repeat: a picture that this detector has examined is not looked at again,
    unless boxes of it are kept no longer; face ids follow from picture, version, detector
    and place in the order, and starting the decision twice decides the same thing twice.
    A message that comes before the picture is on record raises NotReceivedError, and
    comes again.
    """
    known = library.picture(event.asset_id)
    if known is None or known[0].refused:
        return Result(asset_id=event.asset_id, outcome=Outcome.GONE)
    if _opened(known[0], films, now):
        known = library.picture(event.asset_id)
        if known is None:
            return Result(asset_id=event.asset_id, outcome=Outcome.GONE)
    record, asset, _ = known
    count = record.face_count or 0
    if record.original is not None and asset.sight is Sight.NOTHING:
        if not asset.examined:
            _pass(record, library, now())
    elif record.detector_id != detector_id or asset.faces_forgotten:
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


def _opened[L: Looked](
    record: AssetRecord, films: Films[L], now: Callable[[], datetime]
) -> bool:
    """Open a film that nothing looked at yet; whether it has a picture from now on.

    Of two tries at once one gets StaleRevisionError, and finds it open when it comes
    back.
    """
    original = record.original
    if original is None or not is_film(original.media_type) or record.pixels_in:
        return False
    if record.detector_id is not None:
        return False
    looked = films.look_through(record)
    if looked is None:
        return False
    (width, height), at = looked.poster_size, now()
    entry = NewEntry(
        subject=record.asset_id,
        entry_id=f"recognition:film:open:{record.revision}",
        tag="recognition:film:open",
        at=at,
        actor="system",
        data={"frames": looked.film.frame_count, "codec": looked.film.codec},
    )
    poster = replace(original, width=width, height=height)
    films.keep(record, poster, looked, at, entry)
    return True


def _pass(record: AssetRecord, library: Pictures, at: datetime) -> None:
    entry = NewEntry(
        subject=record.asset_id,
        entry_id=f"recognition:file:pass:{record.revision}",
        tag="recognition:file:pass",
        at=at,
        actor="system",
        data={},
    )
    library.examine(record, (), True, NOT_LOOKED, at, entry)


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
