"""Comparing the faces of a picture with the enrolled people a permit names, exactly.

Relatives look alike to any such network (siblings reach similarities above every
threshold here), so what comes out is a suggestion that a person must confirm.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from beeldrecht_recognition.exact_search import ExactSearch, Found
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


_NEVER = float("inf")

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
    Thresholds(
        10_000, likely=_NEVER, review=0.55, likely_false_rate=0, review_false_rate=0.02
    ),
    Thresholds(
        100_000, likely=_NEVER, review=0.60, likely_false_rate=0, review_false_rate=0.02
    ),
)
"""The more people are compared with, the likelier one of them looks like a stranger.

Beyond a thousand people nothing is likely, all is for review: no false rate was measured
there, so what one pair has is taken as often as there are people, which is too much
rather than too little.
"""

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

        Raises PermitRefusedError for anybody else, GalleryTooLargeError above
        100,000 people, OtherModelError for a template that has to be made anew.
        """
        for person_id in people:
            permit.check_subject(person_id)
        self._thresholds = thresholds_for(len(people))
        if any(template.model_id != MODEL_ID for template in people.values()):
            raise OtherModelError("A template in the gallery is of another model.")
        self._ids = tuple(sorted(people))
        rows = [people[person_id].vector for person_id in self._ids]
        self._search = ExactSearch(np.array(rows, np.float32).reshape(-1, LENGTH))

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
        weak = [suggestion_reasons(face.height, face.norm) for face in templates.faces]
        # Before the pairing: an unusable face must not take a person from a usable one.
        usable = np.array([use_despite(reasons) is not Use.NONE for reasons in weak])
        found = self._search.at_least(probes, self._thresholds.review - _CLOSE)
        found = _only(found, usable[found.probes])
        suggestions = []
        for row, column, alike in _pairs(found, self._thresholds.review):
            template = templates.faces[row]
            cautions = self._cautions(found, row, column, alike)
            reasons: tuple[QualityReason | Caution, ...] = (*weak[row], *cautions)
            suggestions.append(self._suggestion(template.face, column, reasons))
        return tuple(sorted(suggestions, key=lambda suggestion: suggestion.face))

    def _cautions(
        self, found: Found, row: int, column: int, alike: float
    ) -> tuple[Caution, ...]:
        cautions = []
        if alike < self._thresholds.likely:
            cautions.append(Caution.WEAK_LIKENESS)
        others = found.alike[(found.probes == row) & (found.rows != column)]
        if others.size and others.max() > alike - _CLOSE:
            cautions.append(Caution.CLOSE_SECOND)
        return tuple(cautions)

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


def _only(found: Found, wanted: NDArray[np.bool_]) -> Found:
    return Found(found.probes[wanted], found.rows[wanted], found.alike[wanted])


def _pairs(found: Found, least: float) -> list[tuple[int, int, float]]:
    """Pair faces and people, most alike first, each at most once.

    Equal similarities go to the lower indices, so that the result never varies.
    """
    enough = _only(found, found.alike >= least)
    order = np.argsort(-enough.alike, kind="stable")
    sorted_pairs = zip(*(each[order].tolist() for each in enough), strict=True)
    taken_rows: set[int] = set()
    taken_columns: set[int] = set()
    pairs = []
    for row, column, alike in sorted_pairs:
        if row in taken_rows or column in taken_columns:
            continue
        taken_rows.add(row)
        taken_columns.add(column)
        pairs.append((row, column, alike))
    return pairs
