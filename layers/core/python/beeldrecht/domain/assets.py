"""The picture, the faces found in it, and what software and people did about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from .channels import Channel, Verdict
from .declarations import Declaration, Sight


class AssetStatus(StrEnum):
    """How far a picture has come. A cache for lists: `decide` says what may leave."""

    EXPECTED = "expected"
    """Announced; its bytes have not arrived."""
    RECEIVED = "received"
    """Read, described and rendered."""
    EXAMINED = "examined"
    """Looked through for faces."""
    EMBARGOED = "embargoed"
    READY = "ready"
    RELEASED = "released"
    REJECTED = "rejected"
    """Unreadable; the reason is on record and the uploader sees it."""


UNDER_WAY = (AssetStatus.EXPECTED, AssetStatus.RECEIVED, AssetStatus.EXAMINED)
"""On its way to a first decision."""
DECIDED = (AssetStatus.EMBARGOED, AssetStatus.READY, AssetStatus.RELEASED)
"""Decided on; the decision may have aged."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in upright pixels: x to the right, y down, from the top left."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class FacePose:
    """How the head is held, judged from five landmarks.

    `roll` in degrees, clockwise positive; `nose_offset` is the nose's distance from the
    eyes' midline over the distance between the eyes (0 is frontal); `eye_mouth` is the
    distance between the eyes over that from eyes to mouth (small is a profile).
    """

    roll: float
    nose_offset: float
    eye_mouth: float


class FaceMark(StrEnum):
    """What a person decided about a face that carries no name."""

    UNMARKED = "unmarked"
    NOT_RECOGNISABLE = "not_recognisable"
    """Nobody could tell who it is: it needs nobody's leave."""
    MASK = "mask"
    """It is always covered."""


Point = tuple[float, float]
Landmarks = tuple[Point, Point, Point, Point, Point]
"""Right eye, left eye, nose, right and left mouth corner, as the person has them."""


@dataclass(frozen=True, slots=True)
class Face:
    """A box around a face: no template, nothing biometric."""

    face_id: str
    box: Box
    landmarks: Landmarks
    score: float
    """How sure the detector was, 0 to 1."""
    pose: FacePose
    mark: FaceMark = FaceMark.UNMARKED


@dataclass(frozen=True, slots=True)
class Release:
    """A person's leave for a picture to be used, per channel, as its faces then stood.

    Software narrows it and never widens it; a face that was not there when the person
    looked makes it void.
    """

    released_by: str
    at: datetime
    channels: Mapping[Channel, Verdict]
    """Clear or masked; a channel that is not named was not released."""
    face_ids: frozenset[str]
    covered: Mapping[Channel, frozenset[str]] = field(default_factory=dict)
    """Of a channel that was released masked: the faces that were covered in what the
    person looked at. These stay covered, whatever is allowed later."""

    def __post_init__(self) -> None:
        """Refuse to be released by nobody (R14)."""
        if not self.released_by:
            raise ValueError("only a person releases")


@dataclass(frozen=True, slots=True)
class Asset:
    """What a decision needs to know of a picture."""

    asset_id: str
    session_id: str | None = None
    examined: bool = False
    """Whether the detector has looked; until then nothing is known, so nothing may."""
    faces_complete: bool = True
    """False when there were more faces than the detector reports."""
    faces: tuple[Face, ...] = field(default=())
    faces_forgotten: bool = False
    """Whether boxes that were found are kept no longer: somebody has to look again."""
    release: Release | None = None
    ends_at: datetime | None = None
    """When the picture's own term ends: from then on it is nobody's to use."""
    sight: Sight = Sight.WHOLE
    """How much of the file can be looked through."""
    declaration: Declaration | None = None
    """What a person said of who is in the rest; None: nobody did."""
    replaced: bool = False
    """Whether another file took its place: then it is kept, and nobody's to use."""
    versions: frozenset[str] = frozenset()
    """Every file of the same picture, where there are several: what freezes one of
    them, or was weighed against it, holds for all."""

    @property
    def subjects(self) -> frozenset[str]:
        """What a freeze of this picture can be on record under."""
        return self.versions | {self.asset_id}

    @property
    def whole_known(self) -> bool:
        """Whether a person said who is in what cannot be looked through, if anything."""
        said = self.declaration
        return self.sight is Sight.WHOLE or (said is not None and not said.rest_stays)
