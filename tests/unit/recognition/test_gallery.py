"""Who is suggested for which face: once each, in bands, without a number."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beeldrecht.domain.permits import PermitRefusedError
from beeldrecht_recognition.gallery import (
    THRESHOLDS,
    Band,
    Caution,
    Gallery,
    GalleryTooLargeError,
    Suggestion,
    thresholds_for,
)
from beeldrecht_recognition.quality import QualityReason
from beeldrecht_recognition.templates import (
    MODEL_ID,
    FaceTemplate,
    OtherModelError,
    PersonTemplate,
    Templates,
)
from tests.unit.recognition.people import permit_to_compare

Vector = NDArray[np.float32]


def axis(index: int) -> Vector:
    vector = np.zeros(128, np.float32)
    vector[index] = 1
    return vector


def towards(index: int, likeness: float, rest: int = 127) -> Vector:
    """A unit vector of this similarity with an axis."""
    aside = np.float32(np.sqrt(1 - likeness**2))
    return axis(index) * np.float32(likeness) + axis(rest) * aside


def gallery_of(*people: str, model_id: str = MODEL_ID) -> Gallery:
    known = {
        person: PersonTemplate(axis(index), 3, model_id)
        for index, person in enumerate(people)
    }
    return Gallery(permit_to_compare(list(people)), known)


def seen(*vectors: Vector, height: float = 100, norm: float = 12) -> Templates:
    return Templates(
        tuple(FaceTemplate(i, height, norm, vector) for i, vector in enumerate(vectors))
    )


@pytest.mark.parametrize(
    ("likeness", "band"),
    [(0.471, Band.LIKELY), (0.469, Band.REVIEW), (0.401, Band.REVIEW), (0.399, None)],
)
def test_bands_of_a_small_gallery(likeness: float, band: Band | None) -> None:
    found = gallery_of("ann").suggest(seen(towards(0, likeness)))
    assert [suggestion.band for suggestion in found] == ([band] if band else [])


@pytest.mark.parametrize(
    ("people", "likely", "review"),
    [(0, 0.47, 0.40), (50, 0.47, 0.40), (51, 0.50, 0.42), (200, 0.50, 0.42),
     (201, 0.53, 0.45), (1000, 0.53, 0.45), (1001, np.inf, 0.55),
     (10_000, np.inf, 0.55), (10_001, np.inf, 0.60), (100_000, np.inf, 0.60)],
)  # fmt: skip
def test_more_people_raise_the_thresholds(
    people: int, likely: float, review: float
) -> None:
    found = thresholds_for(people)
    assert (found.likely, found.review) == (likely, review)


def test_a_gallery_that_nobody_can_vouch_for_is_refused() -> None:
    with pytest.raises(GalleryTooLargeError, match="100001"):
        thresholds_for(100_001)


def test_among_more_than_a_thousand_people_nobody_is_likely() -> None:
    chance = np.random.default_rng(4)
    others = chance.normal(size=(1000, 128))
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    people = {
        f"p{n:04}": PersonTemplate(v.astype(np.float32), 3) for n, v in enumerate(others)
    }
    people["ann"] = PersonTemplate(axis(0), 3)
    (found,) = Gallery(permit_to_compare(list(people)), people).suggest(
        seen(towards(0, 0.99))
    )
    assert (found.person_id, found.band) == ("ann", Band.REVIEW)
    assert found.reasons == (Caution.WEAK_LIKENESS,)


def test_r02_nobody_outside_the_permit_is_compared_with() -> None:
    people = {name: PersonTemplate(axis(0), 1) for name in ("ann", "bob")}
    with pytest.raises(PermitRefusedError, match="person_outside_permit"):
        Gallery(permit_to_compare(["ann"]), people)


def test_templates_of_another_model_are_not_compared() -> None:
    with pytest.raises(OtherModelError):
        gallery_of("ann", model_id="older/align_1")
    with pytest.raises(OtherModelError):
        gallery_of("ann").suggest(Templates((), model_id="older/align_1"))


def test_the_same_person_is_suggested_for_the_most_alike_face_only() -> None:
    found = gallery_of("ann").suggest(seen(towards(0, 0.6), towards(0, 0.9)))
    assert [(s.face, s.person_id) for s in found] == [(1, "ann")]


def test_a_face_that_resembles_two_gets_the_nearer_one_for_review() -> None:
    between = axis(0) * np.float32(0.72) + axis(1) * np.float32(0.69)
    found = gallery_of("ann", "bob").suggest(seen(between))
    assert [(s.person_id, s.band) for s in found] == [("ann", Band.REVIEW)]
    assert found[0].reasons == (Caution.CLOSE_SECOND,)


@pytest.mark.parametrize(
    ("height", "norm", "reasons"),
    [
        (28, 12, (QualityReason.FACE_SMALL,)),
        (100, 8.5, (QualityReason.FACE_HARDLY_CLEAR,)),
        (28, 8.5, (QualityReason.FACE_SMALL, QualityReason.FACE_HARDLY_CLEAR)),
    ],
)
def test_a_poor_face_is_for_review_however_alike(
    height: float, norm: float, reasons: tuple[QualityReason, ...]
) -> None:
    (found,) = gallery_of("ann").suggest(seen(axis(0), height=height, norm=norm))
    assert found.band is Band.REVIEW
    assert found.reasons == reasons


def test_a_face_that_is_not_identifiable_gets_nobody_and_takes_nobody() -> None:
    unusable = FaceTemplate(0, 100, 7.0, axis(0))
    usable = FaceTemplate(1, 100, 12.0, towards(0, 0.8))
    found = gallery_of("ann").suggest(Templates((unusable, usable)))
    assert [suggestion.face for suggestion in found] == [1]


def test_the_stated_rate_is_that_of_the_band_and_the_size() -> None:
    likely, review = gallery_of("ann", "bob").suggest(
        seen(towards(0, 0.9), towards(1, 0.42))
    )
    assert likely.false_suggestion_rate == THRESHOLDS[0].likely_false_rate == 0.001
    assert review.false_suggestion_rate == THRESHOLDS[0].review_false_rate == 0.02
    assert review.reasons == (Caution.WEAK_LIKENESS,)


def test_no_similarity_leaves() -> None:
    names = {field.name for field in fields(Suggestion)}
    assert names == {"face", "person_id", "band", "reasons", "false_suggestion_rate"}
    gallery = gallery_of("ann", "bob")
    near, nearer = (gallery.suggest(seen(towards(0, s))) for s in (0.71, 0.94))
    assert near == nearer, "a score would tell the two apart"
    assert repr(gallery) == "<Gallery of 2 people>"


def test_nobody_enrolled_or_no_face_means_no_suggestion() -> None:
    assert gallery_of().suggest(seen(axis(0))) == ()
    assert gallery_of("ann").suggest(seen()) == ()


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Gallery, Templates, NDArray[np.float64]]:
    people, faces = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    centre = chance.normal(size=128)
    spread = draw(st.sampled_from([0.3, 1.0, 2.0]))

    def unit_vectors(count: int) -> NDArray[np.float32]:
        vectors = centre + spread * chance.normal(size=(count, 128))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / lengths, np.float32)

    known, probes = unit_vectors(people), unit_vectors(faces)
    names = [f"p{index}" for index in range(people)]
    gallery = Gallery(
        permit_to_compare(names),
        {name: PersonTemplate(row, 1) for name, row in zip(names, known, strict=True)},
    )
    return gallery, seen(*probes), probes.astype(np.float64) @ known.T.astype(np.float64)


@given(scenes())
def test_each_face_and_each_person_at_most_once_and_never_below_the_threshold(
    scene: tuple[Gallery, Templates, NDArray[np.float64]],
) -> None:
    gallery, faces, alike = scene
    found = gallery.suggest(faces)
    assert len({s.face for s in found}) == len({s.person_id for s in found}) == len(found)
    pairs = {(s.face, int(s.person_id[1:])) for s in found}
    assert all(alike[pair] >= THRESHOLDS[0].review for pair in pairs)
    # Greedy: whoever is left out was less alike than somebody who was suggested.
    for face, person in np.argwhere(alike >= THRESHOLDS[0].review):
        rivals = [pair for pair in pairs if pair[0] == face or pair[1] == person]
        assert any(alike[rival] >= alike[face, person] for rival in rivals)
