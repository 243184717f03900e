"""Turning templates: likeness stays, what is stored says nothing, and can be renewed."""

import numpy as np
import pytest

from beeldrecht_recognition.rotation import SECRET, _matrix, turned, turned_back
from beeldrecht_recognition.templates import PersonTemplate, normalised

KNOWN = [-0.002854191502718, 0.102768214377875, -0.051479476747553]
KNOWN_LAST = 0.15353084097026
ONE, OTHER = bytes(range(SECRET)), bytes(range(1, SECRET + 1))


def people(count: int) -> list[PersonTemplate]:
    chance = np.random.default_rng(5)
    rows = chance.normal(size=(count, 128))
    return [PersonTemplate(normalised(row.astype(np.float32)), 3) for row in rows]


def stored(each: PersonTemplate, secret: bytes) -> PersonTemplate:
    return PersonTemplate.from_bytes(turned(each.to_bytes(), secret))


def test_it_is_a_rotation_and_the_same_each_time() -> None:
    matrix = _matrix(ONE)
    assert np.allclose(matrix @ matrix.T, np.eye(128), rtol=0, atol=1e-12)
    assert np.linalg.det(matrix) == pytest.approx(1)
    # What is stored has to be read after years, by another numpy on another machine.
    assert matrix[0, :3].tolist() == pytest.approx(KNOWN, abs=1e-12)
    assert matrix[127, 127] == pytest.approx(KNOWN_LAST, abs=1e-12)


def test_turned_by_one_secret_all_are_as_alike_as_before() -> None:
    plain = people(20)
    vectors = np.stack([each.vector for each in plain])
    kept = np.stack([stored(each, ONE).vector for each in plain])
    assert np.allclose(vectors @ vectors.T, kept @ kept.T, rtol=0, atol=1e-3)


def test_there_and_back_is_the_same_person() -> None:
    for each in people(5):
        back = PersonTemplate.from_bytes(turned_back(turned(each.to_bytes(), ONE), ONE))
        assert float(back.vector @ each.vector) > 0.9999
        assert (back.photos, back.model_id) == (3, each.model_id)


def test_what_two_deployments_store_of_one_person_cannot_be_linked() -> None:
    """As alike as strangers: of 128 random numbers, seldom more than a third."""
    found = [
        abs(float(stored(each, ONE).vector @ stored(each, OTHER).vector))
        for each in people(50)
    ]
    plain = [float(each.vector @ stored(each, ONE).vector) for each in people(50)]
    assert max(found) < 0.4
    assert max(map(abs, plain)) < 0.4


def test_a_secret_is_whole() -> None:
    with pytest.raises(ValueError, match="32"):
        turned(people(1)[0].to_bytes(), b"short")
