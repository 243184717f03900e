"""The detector network's numbers, and the geometry around it."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from beeldrecht_vision.decode import decode_jpeg
from beeldrecht_vision.faces import Point, pose_of
from beeldrecht_vision.yunet import Candidates, YuNet, overlaps, suppress
from tools.photos import PHOTOS

Boxes = NDArray[np.float32]
CACHE = Path(__file__).resolve().parents[3] / ".cache/models"
PUBLISHED_SIZE = 232_589


@st.composite
def scored_boxes(draw: st.DrawFn) -> tuple[Boxes, NDArray[np.float32]]:
    coordinate = st.integers(0, 60)
    rows = draw(st.lists(st.tuples(*[coordinate] * 4, st.integers(0, 10)), max_size=25))
    values = np.array(rows, np.float32).reshape(-1, 5)
    boxes = np.concatenate([values[:, :2], values[:, :2] + values[:, 2:4] + 1], axis=1)
    return boxes, values[:, 4] / np.float32(10)


@given(scored_boxes(), st.sampled_from([0.0, 0.3, 0.5, 0.9]))
def test_of_overlapping_boxes_the_best_is_kept_and_only_that(
    scored: tuple[Boxes, NDArray[np.float32]], most: float
) -> None:
    boxes, scores = scored
    kept = suppress(boxes, scores, most)
    assert len(set(kept.tolist())) == len(kept)
    assert (np.diff(scores[kept]) <= 0).all()
    for position, index in enumerate(kept):
        assert (overlaps(boxes[index], boxes[kept[position + 1 :]]) <= most).all()
    for dropped in set(range(len(boxes))) - set(kept.tolist()):
        better = [k for k in kept if scores[k] >= scores[dropped]]
        assert max(overlaps(boxes[dropped], boxes[better])) > most


@given(scored_boxes())
def test_overlap_is_a_share_and_the_same_both_ways(
    scored: tuple[Boxes, NDArray[np.float32]],
) -> None:
    boxes, _scores = scored
    for box in boxes:
        shares = overlaps(box, boxes)
        assert ((shares >= 0) & (shares <= 1 + 1e-6)).all()
        for other, share in zip(boxes, shares, strict=True):
            assert overlaps(other, box[None])[0] == pytest.approx(share)


def test_boxes_without_area_overlap_nothing() -> None:
    point = np.array([[5, 5, 5, 5]], np.float32)
    assert overlaps(point[0], point)[0] == 0


def test_candidates_scale_and_move_together() -> None:
    faces = Candidates(
        np.array([[1, 2, 3, 6]], np.float32),
        np.ones((1, 5, 2), np.float32),
        np.array([0.9], np.float32),
    )
    placed = faces.placed(2, left=10, top=20)
    assert placed.boxes.tolist() == [[12, 24, 16, 32]]
    assert placed.landmarks[0, 0].tolist() == [12, 22]
    assert placed.heights.tolist() == [8]


@pytest.mark.parametrize("photo", ["obama.jpg", "biden.jpg", "obama-standing.jpg"])
def test_the_detector_gives_the_faces_of_opencvs_own(
    detector_model: Path, photo: str
) -> None:
    """OpenCV's FaceDetectorYN on the published file, which knows nothing of ours."""
    published = next(
        path for path in CACHE.glob("*.onnx") if path.stat().st_size == PUBLISHED_SIZE
    )
    picture = decode_jpeg((PHOTOS / photo).read_bytes())
    height, width = picture.shape[:2]
    reference = cv2.FaceDetectorYN.create(str(published), "", (width, height), 0.6, 0.3)
    _count, rows = reference.detect(picture)
    found = YuNet(detector_model).find_distinct(picture)
    assert len(found) == len(rows) == 1
    left, top, wide, tall = rows[0, :4]
    box = [left, top, left + wide, top + tall]
    assert np.allclose(found.boxes[0], box, atol=0.5)
    assert np.allclose(found.landmarks[0].ravel(), rows[0, 4:14], atol=0.5)
    assert found.scores[0] == pytest.approx(rows[0, 14], abs=0.002)


@pytest.mark.parametrize(("height", "width"), [(32, 32), (1, 1), (31, 65), (200, 97)])
def test_any_size_is_accepted_and_an_empty_picture_is_empty(
    detector_model: Path, height: int, width: int
) -> None:
    blank = np.full((height, width, 3), 127, np.uint8)
    assert len(YuNet(detector_model).find(blank)) == 0


FRONTAL: tuple[Point, ...] = ((40, 50), (80, 50), (60, 70), (45, 95), (75, 95))


@given(st.floats(-179, 179), st.floats(0.1, 50), st.floats(-500, 500))
def test_pose_follows_the_head_and_not_its_place_or_size(
    degrees: float, scale: float, shift: float
) -> None:
    turn = np.radians(degrees)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    moved = (np.array(FRONTAL) @ rotation.T * scale + shift).tolist()
    a, b, c, d, e = ((x, y) for x, y in moved)
    pose = pose_of((a, b, c, d, e))
    assert pose.roll == pytest.approx(degrees, abs=1e-3)
    assert pose.nose_offset == pytest.approx(0, abs=1e-3)
    assert pose.eye_mouth == pytest.approx(40 / 45, abs=1e-3)


def test_a_nose_aside_and_points_that_coincide_show() -> None:
    eye, other, _nose, mouth, corner = FRONTAL
    assert pose_of((eye, other, (80, 70), mouth, corner)).nose_offset == 0.5
    assert pose_of((eye, other, (40, 70), mouth, corner)).nose_offset == 0.5
    coinciding = pose_of((eye, eye, eye, eye, eye))
    assert coinciding.eye_mouth == 0
    assert coinciding.nose_offset == np.inf
