"""Which faces are good enough, for a suggestion and for enrolment; why, not just whether.

The norm of an embedding before it is normalised is the best measure of quality there
is: a blurred, covered or non-existing face gives a short one. It exists only where a
permit allowed an embedding, so everything else is judged before one is computed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class QualityReason(StrEnum):
    """Why a face is not, or not fully, good enough. Stable ids; words are elsewhere."""

    FACE_TOO_SMALL = "face_too_small"
    FACE_SMALL = "face_small"
    FACE_UNCLEAR = "face_unclear"
    FACE_HARDLY_CLEAR = "face_hardly_clear"
    FACE_DOUBTFUL = "face_doubtful"
    """The detector is not sure that it is a face."""
    HEAD_TURNED_ASIDE = "head_turned_aside"
    HEAD_IN_PROFILE = "head_in_profile"
    NO_FACE = "no_face"
    SEVERAL_FACES = "several_faces"


class Use(StrEnum):
    """What a face may serve for."""

    SUGGEST = "suggest"
    REVIEW = "review"
    NONE = "none"
    """Not identifiable: nothing may be said about who it is."""


class _Box(Protocol):
    @property
    def height(self) -> float: ...


class _Pose(Protocol):
    @property
    def nose_offset(self) -> float: ...
    @property
    def eye_mouth(self) -> float: ...


class JudgedFace(Protocol):
    """What a judgement needs of a face: `beeldrecht.domain.assets.Face` has it."""

    @property
    def box(self) -> _Box:
        """Its height is in upright pixels of the picture."""

    @property
    def score(self) -> float:
        """How sure the detector was, 0 to 1."""

    @property
    def pose(self) -> _Pose:
        """How the head is held."""


LEAST_HEIGHT = 24.0
"""Pixels. Below it nobody is identified, so no template is computed either."""

_SUGGEST_HEIGHT = 32.0
_LEAST_NORM = 8.0
_SUGGEST_NORM = 9.0

_ENROL_HEIGHT = 80.0
_ENROL_NORM = 11.0
_ENROL_SCORE = 0.85
_ENROL_NOSE_OFFSET = 0.4
_ENROL_EYE_MOUTH = 0.7


def suggestion_reasons(height: float, norm: float) -> tuple[QualityReason, ...]:
    """Say what speaks against suggesting a name for this face; empty when nothing does.

    `height` in pixels of the full picture, `norm` of the embedding.
    """
    reasons = []
    if height < LEAST_HEIGHT:
        reasons.append(QualityReason.FACE_TOO_SMALL)
    elif height < _SUGGEST_HEIGHT:
        reasons.append(QualityReason.FACE_SMALL)
    # Written so that a norm that is not a number speaks against.
    if not norm >= _LEAST_NORM:
        reasons.append(QualityReason.FACE_UNCLEAR)
    elif norm < _SUGGEST_NORM:
        reasons.append(QualityReason.FACE_HARDLY_CLEAR)
    return tuple(reasons)


def use_despite(reasons: Sequence[QualityReason]) -> Use:
    """Return what a face may serve for when these reasons speak against it."""
    if not reasons:
        return Use.SUGGEST
    mild = {QualityReason.FACE_SMALL, QualityReason.FACE_HARDLY_CLEAR}
    return Use.REVIEW if mild.issuperset(reasons) else Use.NONE


def enrolment_reasons(faces: Sequence[JudgedFace]) -> tuple[QualityReason, ...]:
    """Say what makes a picture with these faces unfit to enrol from; empty when fit.

    Ask this first, and `clearness_reasons` with the norm that the embedding then has.
    """
    if not faces:
        return (QualityReason.NO_FACE,)
    if len(faces) > 1:
        return (QualityReason.SEVERAL_FACES,)
    (face,) = faces
    met = {
        QualityReason.FACE_TOO_SMALL: face.box.height >= _ENROL_HEIGHT,
        QualityReason.FACE_DOUBTFUL: face.score >= _ENROL_SCORE,
        QualityReason.HEAD_TURNED_ASIDE: abs(face.pose.nose_offset) <= _ENROL_NOSE_OFFSET,
        QualityReason.HEAD_IN_PROFILE: face.pose.eye_mouth >= _ENROL_EYE_MOUTH,
    }
    return tuple(reason for reason, fine in met.items() if not fine)


def clearness_reasons(norm: float) -> tuple[QualityReason, ...]:
    """Say whether an embedding of this norm is too unclear to enrol; empty when not."""
    return () if norm >= _ENROL_NORM else (QualityReason.FACE_UNCLEAR,)
