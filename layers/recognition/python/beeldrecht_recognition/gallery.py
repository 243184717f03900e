"""Comparing the faces of a picture with a small set of enrolled people, exactly.

Relatives look alike to any such network (siblings reach similarities above every
threshold here), so what comes out is a suggestion that a person must confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from beeldrecht_recognition.quality import Use, suggestion_reasons, use_despite
from beeldrecht_recognition.templates import LENGTH, MODEL_ID, OtherModelError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from beeldrecht.domain.permits import Permit
    from beeldrecht_recognition.quality import QualityReason
    from beeldrecht_recognition.templates import PersonTemplate, Templates


class GalleryTooLargeError(Exception):
    """More people than the thresholds were measured for."""


class Band(StrEnum):
    """How far a suggestion goes. There is no number: scores let a face be rebuilt."""

    LIKELY = "likely"
    REVIEW = "review"


class Caution(StrEnum):
    """Why a suggestion is for review although the face is good."""

    WEAK_LIKENESS = "weak_likeness"
    CLOSE_SECOND = "close_second"
    """Another enrolled person is almost as alike: a relative, perhaps."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The similarities at which a gallery of at most this size suggests.

    The rates say how often somebody who is not enrolled is suggested as somebody:
    measured on LFW's impostor pairs with three photos a person, rounded up
    (docs/model-card.md).
    """

    most_people: int
    likely: float
    review: float
    likely_false_rate: float
    review_false_rate: float


THRESHOLDS = (
    Thresholds(
        50, likely=0.47, review=0.40, likely_false_rate=0.001, review_false_rate=0.02
    ),
    Thresholds(
        200, likely=0.50, review=0.42, likely_false_rate=0.001, review_false_rate=0.04
    ),
    Thresholds(
        1000, likely=0.53, review=0.45, likely_false_rate=0.001, review_false_rate=0.05
    ),
)
"""The more people are compared with, the likelier one of them looks like a stranger."""

_CLOSE = 0.05  # of similarity


@dataclass(frozen=True, slots=True)
class Suggestion:
    """It may be this person: at most one a face, and one face a person and picture."""

    face: int
    """Index of the face among those handed to `Embedder.embed`."""
    person_id: str
    band: Band
    reasons: tuple[QualityReason | Caution, ...]
    """Why it is for review; empty when likely."""
    false_suggestion_rate: float
    """How often a stranger gets a suggestion of this band, as a share."""


class Gallery:
    """The enrolled people that the faces of one picture may be compared with."""

    def __init__(self, permit: Permit, people: Mapping[str, PersonTemplate]) -> None:
        """Hold the templates of people by id: of people whom the permit names.

        Raises PermitRefusedError for anybody else, GalleryTooLargeError above 1000
        people, OtherModelError for a template that has to be made anew.
        """
        for person_id in people:
            permit.check_subject(person_id)
        self._thresholds = thresholds_for(len(people))
        if any(template.model_id != MODEL_ID for template in people.values()):
            raise OtherModelError("A template in the gallery is of another model.")
        self._ids = tuple(sorted(people))
        rows = [people[person_id].vector for person_id in self._ids]
        self._matrix = np.array(rows, np.float32).reshape(-1, LENGTH)

    def __repr__(self) -> str:
        return f"<Gallery of {len(self._ids)} people>"

    def suggest(self, templates: Templates) -> tuple[Suggestion, ...]:
        """Suggest people for faces, the most alike pair first, in the order of the faces.

        Nothing is stored, and no similarity leaves this method.
        """
        if templates.model_id != MODEL_ID:
            raise OtherModelError("The faces were embedded by another model.")
        if not self._ids or not templates.faces:
            return ()
        probes = np.stack([template.vector for template in templates.faces])
        alike = similarities(self._matrix, probes)
        weak = [suggestion_reasons(face.height, face.norm) for face in templates.faces]
        # Before the pairing: an unusable face must not take a person from a usable one.
        alike[[use_despite(reasons) is Use.NONE for reasons in weak]] = -1
        suggestions = []
        for row, column in _pairs(alike, self._thresholds.review):
            template = templates.faces[row]
            cautions = self._cautions(alike[row], column)
            reasons: tuple[QualityReason | Caution, ...] = (*weak[row], *cautions)
            suggestions.append(self._suggestion(template.face, column, reasons))
        return tuple(sorted(suggestions, key=lambda suggestion: suggestion.face))

    def _cautions(self, alike: NDArray[np.float32], column: int) -> tuple[Caution, ...]:
        found = []
        if alike[column] < self._thresholds.likely:
            found.append(Caution.WEAK_LIKENESS)
        others = np.delete(alike, column)
        if others.size and others.max() > alike[column] - _CLOSE:
            found.append(Caution.CLOSE_SECOND)
        return tuple(found)

    def _suggestion(
        self, face: int, column: int, reasons: tuple[QualityReason | Caution, ...]
    ) -> Suggestion:
        band = Band.REVIEW if reasons else Band.LIKELY
        rate = (
            self._thresholds.review_false_rate
            if reasons
            else self._thresholds.likely_false_rate
        )
        return Suggestion(
            face=face,
            person_id=self._ids[column],
            band=band,
            reasons=reasons,
            false_suggestion_rate=rate,
        )


def thresholds_for(people: int) -> Thresholds:
    """Return the thresholds for a gallery of this many people."""
    for thresholds in THRESHOLDS:
        if people <= thresholds.most_people:
            return thresholds
    raise GalleryTooLargeError(
        f"{people} people; at most {THRESHOLDS[-1].most_people} may be compared with."
    )


def similarities(
    gallery: NDArray[np.float32], probes: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the cosine of every probe (rows) with every gallery vector (columns).

    Exact: one product of unit vectors, as fast as reading the gallery from memory.
    """
    result: NDArray[np.float32] = probes @ gallery.T
    return result


def _pairs(alike: NDArray[np.float32], least: float) -> list[tuple[int, int]]:
    """Pair faces (rows) and people (columns), most alike first, each at most once.

    Equal similarities go to the lower indices, so that the result never varies.
    """
    rows, columns = np.nonzero(alike >= least)
    order = np.argsort(-alike[rows, columns], kind="stable")
    taken_rows: set[int] = set()
    taken_columns: set[int] = set()
    pairs = []
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row in taken_rows or column in taken_columns:
            continue
        taken_rows.add(row)
        taken_columns.add(column)
        pairs.append((row, column))
    return pairs
