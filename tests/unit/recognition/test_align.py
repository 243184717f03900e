"""The turn, the scale and the pixels of a face, with OpenCV as the measure."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beeldrecht_recognition.align import (
    CHIP,
    REFERENCE,
    DegenerateLandmarksError,
    align,
    inverted,
    similarity,
    transformed,
    warp,
)
from beeldrecht_vision.decode import Picture
from beeldrecht_vision.faces import DetectedFace

MODEL = Path(__file__).resolve().parents[3] / "build/models/sface.onnx"


def textured(height: int = 90, width: int = 120) -> Picture:
    rows, columns = np.mgrid[0:height, 0:width] / 9.0
    planes = [np.sin(rows) + np.cos(columns), np.sin(columns + rows), np.cos(rows * 1.3)]
    return (np.stack(planes, axis=-1) * 60 + 127).astype(np.uint8)


turns = st.floats(-180, 180)
scales = st.floats(0.05, 20)
shifts = st.floats(-2000, 2000)


@given(turns, scales, shifts, shifts)
def test_any_turn_scale_and_shift_is_recovered(
    degrees: float, scale: float, x: float, y: float
) -> None:
    angle = np.radians(degrees)
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    moved = REFERENCE @ (scale * rotation).T + (x, y)
    matrix = similarity(moved, REFERENCE)
    assert np.allclose(transformed(matrix, moved), REFERENCE, atol=1e-6)
    assert np.allclose(transformed(inverted(matrix), REFERENCE), moved, atol=1e-6)


@given(st.lists(st.floats(-40, 40), min_size=10, max_size=10), scales)
def test_the_fit_is_never_a_mirror_and_none_nearby_is_better(
    noise: list[float], scale: float
) -> None:
    source = REFERENCE[:, ::-1] * scale + np.array(noise).reshape(5, 2)
    matrix = similarity(source, REFERENCE)
    linear = matrix[:, :2]
    assert np.linalg.det(linear) >= 0
    size = np.sqrt(max(np.linalg.det(linear), 1e-30))
    assert np.allclose(linear @ linear.T, size**2 * np.eye(2), atol=1e-6 * (1 + size**2))

    def misfit(candidate: NDArray[np.float64]) -> float:
        return float(((transformed(candidate, source) - REFERENCE) ** 2).sum())

    best = misfit(matrix)
    for nudge in (0.01, -0.01):
        shifted = matrix + np.array([[0, 0, nudge], [0, 0, -nudge]])
        turned = np.array([[1, -nudge], [nudge, 1]]) @ matrix
        assert misfit(shifted) >= best - 1e-6
        assert misfit(turned) >= best - 1e-6


def test_landmarks_in_one_point_are_no_face() -> None:
    with pytest.raises(DegenerateLandmarksError):
        similarity(np.full((5, 2), 7.0), REFERENCE)


@given(turns, st.floats(0.51, 1.0), st.floats(-30, 30))
def test_a_warp_is_opencvs_linear_warp_where_nothing_is_smoothed(
    degrees: float, scale: float, shift: float
) -> None:
    picture = textured()
    angle = np.radians(degrees)
    linear = scale * np.array(
        [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    )
    matrix = np.column_stack([linear, (40 + shift, 30)])
    expected = cv2.warpAffine(picture, matrix, (64, 48), flags=cv2.INTER_LINEAR)
    found = warp(picture, matrix, 48, 64)
    assert np.abs(found.astype(int) - expected).mean() < 1.0


@pytest.mark.parametrize("factor", [2, 3, 5, 11])
def test_enlarging_by_a_whole_factor_is_opencvs_cubic(factor: int) -> None:
    picture = textured(20, 24)
    half = (factor - 1) / 2
    matrix = np.array([[factor, 0, half], [0, factor, half]], np.float64)
    found = warp(picture, matrix, 20 * factor, 24 * factor)
    expected = cv2.resize(
        picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_CUBIC
    )
    inner = np.s_[3 * factor : -3 * factor, 3 * factor : -3 * factor]
    assert np.abs(found[inner].astype(int) - expected[inner]).max() <= 1


@pytest.mark.parametrize("factor", [2, 4, 7])
def test_shrinking_averages_all_pixels_it_swallows(factor: int) -> None:
    noisy = np.random.default_rng(3).integers(0, 256, (140, 140, 3), np.uint8)
    half = (1 / factor - 1) / 2
    matrix = np.array([[1 / factor, 0, half], [0, 1 / factor, half]])
    found = warp(noisy, matrix, 140 // factor, 140 // factor)
    assert found[3:-3, 3:-3].std() < 1.3 * noisy.std() / factor
    assert abs(float(found[3:-3, 3:-3].mean()) - float(noisy.mean())) < 3


@pytest.mark.parametrize("where", [(-5000.0, 40.0), (40.0, 9000.0), (1e7, -1e7)])
def test_far_outside_of_the_picture_all_is_black_and_cheap(
    where: tuple[float, float],
) -> None:
    landmarks = REFERENCE + where
    assert align(textured(), landmarks).max() == 0
    assert align(textured(), REFERENCE * 1e5).shape == (CHIP, CHIP, 3)


def test_a_face_at_the_edge_is_continued_in_black() -> None:
    chip = align(np.full((112, 112, 3), 200, np.uint8), REFERENCE - (56, 0))
    assert chip[:, :50].max() == 0
    assert chip[5:-5, 60:].min() > 195


def test_a_picture_of_other_strides_gives_the_same_face() -> None:
    picture = textured()
    landmarks = REFERENCE * 0.5 + 10
    mirrored_twice = np.ascontiguousarray(picture[::-1, ::-1])[::-1, ::-1]
    assert np.array_equal(align(picture, landmarks), align(mirrored_twice, landmarks))


def opencv_chip(picture: Picture, landmarks: NDArray[np.float64], size: float) -> Picture:
    """The face as OpenCV cuts it: enlarged or averaged first, then warped."""
    scale = float(np.hypot(*similarity(landmarks, REFERENCE)[:, 0]))
    factor = max(1.0, 112 / size) if scale >= 0.5 else 2 * scale
    how = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    resized = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=how)
    matrix = similarity((landmarks + 0.5) * factor - 0.5, REFERENCE)
    return np.asarray(cv2.warpAffine(resized, matrix, (CHIP, CHIP)), np.uint8)


@pytest.mark.parametrize("photo", ["biden.jpg", "obama.jpg", "obama-speaking.jpg"])
@pytest.mark.parametrize("shrink", [1, 0.5, 0.3, 0.2])
def test_on_portraits_the_embedding_is_that_of_opencvs_alignment(
    portrait: Callable[[str], tuple[Picture, DetectedFace]], photo: str, shrink: float
) -> None:
    original, face = portrait(photo)
    picture = np.asarray(
        cv2.resize(original, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    ).astype(np.uint8)
    landmarks = (np.array(face.landmarks) + 0.5) * shrink - 0.5
    session = onnxruntime.InferenceSession(str(MODEL), providers=["CPUExecutionProvider"])

    def embedding(chip: Picture) -> NDArray[np.float32]:
        pixels = chip[None, :, :, ::-1].transpose(0, 3, 1, 2).astype(np.float32)
        (vectors,) = session.run(None, {"data": np.ascontiguousarray(pixels)})
        return np.asarray(vectors[0] / np.linalg.norm(vectors[0]), np.float32)

    ours = embedding(align(picture, landmarks))
    theirs = embedding(opencv_chip(picture, landmarks, face.size * shrink))
    assert ours @ theirs >= 0.99
