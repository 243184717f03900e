"""Faces are found where they are; too many is said, none is none."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from beeldrecht.domain.assets import Box as DomainBox
from beeldrecht.domain.assets import Face, FacePose
from beeldrecht_vision.decode import Picture
from beeldrecht_vision.detection import DETECTOR_ID, FaceDetector, read_picture
from beeldrecht_vision.faces import Box, DetectedFace, Pass
from beeldrecht_vision.tiles import TILE, tiles
from beeldrecht_vision.yunet import overlaps
from tools.compose import COMPOSED, Recipe, compose, crowd


def truth_of(name: str) -> list[list[float]]:
    text = (COMPOSED / f"{name}.json").read_text()
    return [face["box"] for face in json.loads(text)["faces"]]


def corners(box: Box) -> list[float]:
    return [box.x, box.y, box.x + box.width, box.y + box.height]


def missed(faces: tuple[DetectedFace, ...], truth: list[list[float]]) -> int:
    found = np.array([corners(face.box) for face in faces], np.float32).reshape(-1, 4)
    boxes = [np.array([x, y, x + w, y + h], np.float32) for x, y, w, h in truth]
    return sum(not (overlaps(box, found) > 0.4).any() for box in boxes)


def read(name: str, orientation: int = 1) -> Picture:
    return read_picture((COMPOSED / f"{name}.jpg").read_bytes(), orientation)


@pytest.mark.parametrize(
    "name", ["alone", "trio", "reception", "far-away", "24-megapixel"]
)
@pytest.mark.usefixtures("composed")
def test_every_face_of_the_group_is_found_and_nothing_else(
    detector: FaceDetector, name: str
) -> None:
    found = detector.detect(read(name))
    truth = truth_of(name)
    assert truth
    assert missed(found.faces, truth) == 0
    assert len(found.faces) == len(truth)
    assert not found.truncated
    assert found.detector_id == DETECTOR_ID


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.usefixtures("composed")
def test_faces_are_in_upright_pixels_however_the_file_lies(
    detector: FaceDetector, orientation: int
) -> None:
    found = detector.detect(read(f"turned-{orientation}", orientation))
    assert len(found.faces) == 2
    assert missed(found.faces, truth_of(f"turned-{orientation}")) == 0


@pytest.mark.usefixtures("composed")
def test_a_picture_without_people_has_no_faces(detector: FaceDetector) -> None:
    assert detector.detect(read("nobody")).faces == ()


@pytest.mark.parametrize(
    "shape", [(1, 1), (1, 3000), (3000, 2), (700, 900), (2600, 2700)]
)
@pytest.mark.parametrize("level", [0, 255])
def test_a_blank_picture_of_any_shape_has_no_faces(
    detector: FaceDetector, shape: tuple[int, int], level: int
) -> None:
    assert detector.detect(np.full((*shape, 3), level, np.uint8)).faces == ()


@pytest.mark.usefixtures("composed")
def test_a_picture_lying_on_its_side_unsaid_still_shows_its_faces(
    detector: FaceDetector,
) -> None:
    upright = read("trio")
    lying = np.ascontiguousarray(np.rot90(upright))
    found = detector.detect(lying)
    width = upright.shape[1]
    turned = [[y, width - x - w, h, w] for x, y, w, h in truth_of("trio")]
    assert missed(found.faces, turned) == 0
    turned_faces = [face for face in found.faces if face.found_by is Pass.TURNED]
    assert turned_faces
    assert all(abs(abs(face.pose.roll) - 90) < 25 for face in turned_faces)


@pytest.mark.usefixtures("composed")
def test_no_upright_face_gets_the_landmarks_of_one_upside_down(
    detector: FaceDetector,
) -> None:
    found = detector.detect(read("trio")).faces
    assert Pass.TURNED not in {face.found_by for face in found}
    assert all(abs(face.pose.roll) < 25 for face in found)


@pytest.mark.usefixtures("composed")
def test_somebody_who_hangs_upside_down_among_others_is_found(
    detector: FaceDetector,
) -> None:
    picture = read("trio").copy()
    x, y, width, height = (int(n) for n in truth_of("trio")[1])
    around = np.s_[y - 80 : y + height + 80, x - 60 : x + width + 60]
    picture[around] = picture[around][::-1, ::-1]
    assert missed(detector.detect(picture).faces, truth_of("trio")) == 0


@pytest.mark.usefixtures("composed")
def test_the_same_picture_gives_the_same_faces_in_reading_order(
    detector: FaceDetector, detector_model: Path
) -> None:
    picture = read("reception")
    first = detector.detect(picture)
    assert FaceDetector(detector_model).detect(picture) == first
    tops = [round(face.box.y) for face in first.faces]
    assert tops == sorted(tops)
    # A view of other strides is the same picture.
    assert detector.detect(picture[:, ::-1][:, ::-1]) == first


@pytest.mark.usefixtures("composed")
def test_more_faces_than_the_cap_are_flagged_and_the_largest_reported(
    detector: FaceDetector,
) -> None:
    picture = read("reception")
    everyone = detector.detect(picture)
    exactly = detector.detect(picture, most_faces=len(everyone.faces))
    assert not exactly.truncated
    capped = detector.detect(picture, most_faces=5)
    assert capped.truncated
    assert len(capped.faces) == 5
    smallest = min(face.size for face in capped.faces)
    left_out = set(everyone.faces) - set(capped.faces)
    assert all(face.size <= smallest for face in left_out)


@pytest.mark.usefixtures("composed")
def test_a_crowd_is_looked_through_in_tiles_and_a_group_is_not(
    detector: FaceDetector,
) -> None:
    few = detector.detect(read("reception"))
    assert not few.crowd
    recipe = Recipe("crowd-for-tiles", crowd(30), (4000, 3000), (34.0, 60.0), seed=5)
    photo = compose(recipe)
    many = detector.detect(read_picture(photo.path.read_bytes()))
    assert many.crowd
    assert missed(many.faces, [list(face.box) for face in photo.faces]) == 0
    assert Pass.TILES in {face.found_by for face in many.faces}


def test_what_is_no_face_when_seen_closer_is_dropped(
    detector: FaceDetector, detector_model: Path, motorcycle: Picture
) -> None:
    # Without this, the next line would prove nothing.
    from beeldrecht_vision.yunet import YuNet  # noqa: PLC0415 - for this contrast only

    assert len(YuNet(detector_model).find_distinct(motorcycle)) > 0
    assert detector.detect(motorcycle).faces == ()


@pytest.mark.usefixtures("composed")
@pytest.mark.parametrize("size", [32, 48])
def test_small_faces_survive_the_confirmation(detector: FaceDetector, size: int) -> None:
    recipe = Recipe(
        f"small-{size}", crowd(6), (3000, 2000), (float(size), float(size)), seed=size
    )
    photo = compose(recipe)
    found = detector.detect(read_picture(photo.path.read_bytes()))
    assert missed(found.faces, [list(face.box) for face in photo.faces]) == 0
    assert len(found.faces) == 6


@pytest.mark.usefixtures("composed")
def test_a_face_as_large_as_the_picture_is_found(detector: FaceDetector) -> None:
    close = read("alone")
    x, y, width, height = (int(n) for n in truth_of("alone")[0])
    cut = close[max(0, y - 60) : y + height + 60, max(0, x - 60) : x + width + 60]
    large = np.asarray(cv2.resize(cut, (3000, 3000 * cut.shape[0] // cut.shape[1])))
    found = detector.detect(large.astype(np.uint8))
    assert len(found.faces) == 1
    assert found.faces[0].size > 1500


@pytest.mark.usefixtures("composed")
def test_boxes_end_where_the_picture_ends(detector: FaceDetector) -> None:
    picture = read("alone")
    x, _y, width, _height = truth_of("alone")[0]
    cut = np.ascontiguousarray(picture[:, int(x + width * 0.3) :])
    faces = detector.detect(cut).faces
    assert faces
    for face in faces:
        left, top, right, bottom = corners(face.box)
        assert 0 <= left < right <= cut.shape[1]
        assert 0 <= top < bottom <= cut.shape[0]


@pytest.mark.usefixtures("composed")
def test_a_find_says_what_the_domain_keeps_of_a_face(detector: FaceDetector) -> None:
    found = detector.detect(read("alone")).faces[0]
    kept = Face(
        face_id="f",
        box=DomainBox(found.box.x, found.box.y, found.box.width, found.box.height),
        landmarks=found.landmarks,
        score=found.score,
        pose=FacePose(found.pose.roll, found.pose.nose_offset, found.pose.eye_mouth),
    )
    assert kept.landmarks[0][0] < kept.landmarks[1][0]
    assert all(type(value) is float for point in kept.landmarks for value in point)


@pytest.mark.parametrize("size", [(1024, 1024), (1025, 3000), (4000, 6000), (500, 2000)])
def test_tiles_cover_every_pixel_and_share_their_inner_edges(
    size: tuple[int, int],
) -> None:
    picture = np.zeros((*size, 3), np.uint8)
    covered = np.zeros(size, np.uint8)
    for left, top in tiles(picture):
        tile = covered[top : top + TILE, left : left + TILE]
        assert tile.shape == (min(TILE, size[0]), min(TILE, size[1]))
        tile += 1
    assert covered.min() >= 1
    for length, line in ((size[0], covered[:, 0]), (size[1], covered[0])):
        edges = np.flatnonzero(np.diff(line.astype(int)))
        if length > TILE:
            assert (np.diff(edges)[::2] >= 96).all()
