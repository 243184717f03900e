"""What is kept of a person's face: made of photos, written and read back, or refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beeldrecht_recognition.templates import (
    MODEL_ID,
    FaceTemplate,
    NoPhotosError,
    OtherModelError,
    PersonTemplate,
    UnreadableTemplateError,
)


def unit(seed: int) -> NDArray[np.float32]:
    vector = np.random.default_rng(seed).normal(size=128)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def photo(vector: NDArray[np.float32], model_id: str = MODEL_ID) -> FaceTemplate:
    return FaceTemplate(0, 200, 12, vector, model_id)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_template_reads_back_as_it_was_written(seed: int, photos: int) -> None:
    template = PersonTemplate(unit(seed), photos)
    data = template.to_bytes()
    read = PersonTemplate.from_bytes(data)
    assert float(read.vector @ template.vector) > 0.99999
    assert (read.photos, read.model_id) == (photos, MODEL_ID)
    assert read.to_bytes() == data
    assert len(data) < 300


@given(st.integers(0, 500), st.integers(0, 500))
def test_half_precision_hardly_moves_a_similarity(one: int, other: int) -> None:
    first, second = unit(one), unit(other)
    stored = PersonTemplate.from_bytes(PersonTemplate(first, 1).to_bytes())
    assert abs(float(stored.vector @ second) - float(first @ second)) < 0.0005


@given(st.binary(max_size=400))
def test_bytes_that_are_no_template_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableTemplateError):
        PersonTemplate.from_bytes(data)


@pytest.mark.parametrize("cut", [0, 3, 6, 20, 100, -1])
def test_a_template_that_is_cut_short_is_refused(cut: int) -> None:
    data = PersonTemplate(unit(1), 3).to_bytes()
    with pytest.raises(UnreadableTemplateError):
        PersonTemplate.from_bytes(data[:cut])


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf])
def test_a_template_without_a_direction_is_refused(value: float) -> None:
    good = PersonTemplate(unit(1), 3).to_bytes()
    numbers = np.full(128, value, "<f2").tobytes()
    with pytest.raises(UnreadableTemplateError):
        PersonTemplate.from_bytes(good[: -len(numbers)] + numbers)


def test_the_mean_of_photos_is_nearer_to_each_new_photo_than_one_photo_is() -> None:
    person = unit(1)

    def taken(seed: int) -> FaceTemplate:
        vector = person + 0.9 * unit(seed)
        return photo(np.asarray(vector / np.linalg.norm(vector), np.float32))

    three = PersonTemplate.of_photos([taken(2), taken(3), taken(4)])
    new = taken(5).vector
    assert three.photos == 3
    assert np.linalg.norm(three.vector) == pytest.approx(1, abs=1e-6)
    assert all(three.vector @ new > taken(seed).vector @ new for seed in (2, 3, 4))


def test_no_photo_or_mixed_models_make_no_template() -> None:
    with pytest.raises(NoPhotosError):
        PersonTemplate.of_photos([])
    with pytest.raises(OtherModelError):
        PersonTemplate.of_photos([photo(unit(1)), photo(unit(2), "older/align_1")])


def test_the_model_that_made_it_stays_with_a_template() -> None:
    made = PersonTemplate.of_photos([photo(unit(1), "older/align_1")])
    assert PersonTemplate.from_bytes(made.to_bytes()).model_id == "older/align_1"
