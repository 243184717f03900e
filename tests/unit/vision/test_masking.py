"""A covered head leaves nothing of itself, whatever it looked like beneath."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from hypothesis import given, settings
from hypothesis import strategies as st

from beeldrecht_vision.decode import Picture
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.faces import Box, DetectedFace, Landmarks, Pass, pose_of
from beeldrecht_vision.masking import (
    FILL,
    MARGIN,
    HeadShape,
    UncoverableFaceError,
    cover,
    cover_onto,
    head_shape,
    masked_jpeg,
)

HEIGHT, WIDTH = 240, 320


def face_at(
    x: float = 160,
    y: float = 110,
    unit: float = 20,
    roll: float = 0.0,
    nose: float = 0.0,
    score: float = 0.93,
) -> DetectedFace:
    """A face whose eyes' middle is there; `unit` is the distance from eyes to mouth."""
    turn = math.radians(roll)

    def at(aside: float, down: float) -> tuple[float, float]:
        return (
            x + unit * (aside * math.cos(turn) - down * math.sin(turn)),
            y + unit * (aside * math.sin(turn) + down * math.cos(turn)),
        )

    landmarks: Landmarks = (
        at(-0.5, 0),
        at(0.5, 0),
        at(nose, 0.5),
        at(-0.35, 1),
        at(0.35, 1),
    )
    middle = at(0, 0.4)
    size = (2.1 * unit, 2.8 * unit)
    wide, high = size if abs(math.cos(turn)) > 0.7 else (size[1], size[0])
    box = Box(middle[0] - wide / 2, middle[1] - high / 2, wide, high)
    return DetectedFace(box, landmarks, score, pose_of(landmarks), Pass.FINE)


def noise(seed: int, height: int = HEIGHT, width: int = WIDTH) -> Picture:
    """Pixels without the fill's own value: what has it, was covered."""
    picture = np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)
    picture[picture == FILL] = FILL + 1
    return picture


def inside(shape: HeadShape, height: int = HEIGHT, width: int = WIDTH) -> np.ndarray:
    """The pixels whose middle is in the shape, told by the rule for a single point."""
    return np.array(
        [
            [shape.reach((x + 0.5, y + 0.5)) <= 1 for x in range(width)]
            for y in range(height)
        ]
    )


def jpeg(picture: Picture) -> bytes:
    return bytes(simplejpeg.encode_jpeg(np.ascontiguousarray(picture), 85, "BGR", "420"))


faces = st.builds(
    face_at,
    x=st.floats(0, WIDTH),
    y=st.floats(0, HEIGHT),
    unit=st.floats(1, 60),
    roll=st.floats(-180, 180),
    nose=st.floats(-1.2, 1.2),
    score=st.floats(0.6, 1),
)
groups = st.lists(faces, min_size=1, max_size=3)


@settings(max_examples=15, deadline=None)
@given(face=faces)
def test_r11_every_pixel_of_the_padded_shape_is_the_fill(face: DetectedFace) -> None:
    covered = cover(noise(1), [face])
    padded = inside(head_shape(face).larger(MARGIN))
    assert (covered[padded] == FILL).all()


@settings(max_examples=15, deadline=None)
@given(face=faces)
def test_what_is_outside_the_padded_shape_is_untouched(face: DetectedFace) -> None:
    before = noise(2)
    covered = cover(before, [face])
    # The outline is drawn with straight lines, a little further out.
    outside = ~inside(head_shape(face).larger(MARGIN + 1))
    assert (covered[outside] == before[outside]).all()


@given(group=groups, seed=st.integers(0, 1000))
def test_r11_what_was_beneath_makes_no_difference_to_one_byte(
    group: list[DetectedFace], seed: int
) -> None:
    one = noise(3)
    other = one.copy()
    beneath = (cover(one, group) == FILL).all(axis=2)
    other[beneath] = noise(seed)[beneath]
    assert jpeg(cover(other, group)) == jpeg(cover(one, group))


@given(face=faces)
def test_the_box_and_the_landmarks_are_always_covered(face: DetectedFace) -> None:
    covered = cover(noise(4), [face])
    box = face.box
    top, left = max(0, math.floor(box.y)), max(0, math.floor(box.x))
    bottom, right = math.ceil(box.y + box.height), math.ceil(box.x + box.width)
    assert (covered[top:bottom, left:right] == FILL).all()
    for x, y in face.landmarks:
        if 0 <= x < WIDTH and 0 <= y < HEIGHT:
            assert (covered[int(y), int(x)] == FILL).all()


@given(group=groups, scale=st.floats(0.05, 0.9))
def test_a_face_is_covered_at_every_size_of_the_picture(
    group: list[DetectedFace], scale: float
) -> None:
    covered = cover(noise(5), group, scale)
    for face in group:
        for x, y in face.landmarks:
            column, row = int(x * scale), int(y * scale)
            if min(x, y) >= 0 and column < WIDTH and row < HEIGHT:
                assert (covered[row, column] == FILL).all()


@given(group=groups)
def test_covering_twice_is_covering_once_in_whatever_order(
    group: list[DetectedFace],
) -> None:
    once = cover(noise(6), group)
    assert (cover(once, group) == once).all()
    assert (cover(noise(6), group[::-1]) == once).all()


@given(face=faces)
def test_more_doubt_covers_no_less_of_the_face(face: DetectedFace) -> None:
    doubtful = head_shape(replace(face, score=0.65))
    assert all(doubtful.reach(point) <= 1.000001 for point in face.landmarks)
    # Upside down it is the same head: what was taken for the chin may be the crown.
    half_turn = replace(face, landmarks=face.landmarks[::-1], score=0.65)
    again = head_shape(half_turn)
    assert (again.x, again.y) == (doubtful.x, doubtful.y)


def test_the_shape_holds_hair_chin_and_ears_of_a_head_from_the_front() -> None:
    shape = head_shape(face_at(x=160, y=110, unit=20))
    # A head is some 23 cm high and 18 wide with its ears; eyes to mouth is about 7.
    for aside, down in ((0, -2.2), (0, 1.8), (-1.3, 0), (1.3, 0), (-0.8, 1.3)):
        assert shape.reach((160 + 20 * aside, 110 + 20 * down)) <= 1
    assert shape.reach((160, 110 - 20 * 3.2)) > 1
    assert shape.reach((160 + 20 * 2.6, 110)) > 1


@pytest.mark.parametrize("roll", [-90, -40, 25, 90, 180])
def test_the_shape_turns_with_the_head(roll: float) -> None:
    turn = math.radians(roll)
    shape = head_shape(face_at(x=0, y=0, unit=20, roll=roll))
    crown = (44 * math.sin(turn), -44 * math.cos(turn))
    beyond_the_chin = (-80 * math.sin(turn), 80 * math.cos(turn))
    assert shape.reach(crown) <= 1
    assert shape.reach(beyond_the_chin) > 1


@pytest.mark.parametrize("side", [-1, 1])
def test_of_a_profile_the_back_of_the_head_is_covered_too(side: int) -> None:
    shape = head_shape(face_at(x=0, y=0, unit=20, nose=side * 0.9))
    assert shape.reach((-side * 20 * 2.7, 0)) <= 1
    assert shape.reach((side * 20 * 2.7, 0)) > 1


def test_a_head_at_the_edge_is_covered_as_far_as_the_picture_goes() -> None:
    covered = cover(noise(7), [face_at(x=2, y=3, unit=30)])
    assert (covered[:40, :40] == FILL).all()
    assert not (covered[-40:, -40:] == FILL).all()


@pytest.mark.parametrize(
    "box",
    [
        Box(10, 10, 0, 20),
        Box(10, 10, 20, -1),
        Box(math.nan, 10, 20, 20),
        Box(10, math.inf, 20, 20),
    ],
)
def test_a_face_that_is_nowhere_lets_nothing_through(box: Box) -> None:
    with pytest.raises(UncoverableFaceError):
        cover(noise(8), [face_at(), replace(face_at(), box=box)])


def test_a_face_outside_the_picture_lets_nothing_through_and_covers_nothing() -> None:
    before = noise(9)
    pixels = before.copy()
    with pytest.raises(UncoverableFaceError):
        cover_onto(pixels, [face_at(), face_at(x=-300, y=-300)])
    with pytest.raises(UncoverableFaceError):
        cover_onto(pixels, [face_at(), face_at(x=900, y=100)])
    assert (pixels == before).all()


@pytest.mark.parametrize("scale", [0, -1, math.nan, math.inf])
def test_a_scale_that_is_none_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="positive"):
        cover(noise(10), [face_at()], scale)


@pytest.mark.parametrize(
    "landmarks",
    [
        ((0.0, 0.0),) * 5,
        ((math.nan, 0.0),) * 5,
        ((9e9, 9e9), (9e9, 8e9), (9e9, 9e9), (7e9, 9e9), (9e9, 9e9)),
    ],
)
def test_without_landmarks_that_can_be_the_box_is_covered_all_around(
    landmarks: Landmarks,
) -> None:
    face = replace(face_at(), landmarks=landmarks)
    shape = head_shape(face)
    box = face.box
    assert shape.across == shape.along < 3 * box.height
    assert (cover(noise(11), [face])[70:150, 140:180] == FILL).all()


def test_the_argument_stays_as_it_was_even_when_it_is_a_view() -> None:
    picture = noise(12)
    before = picture.copy()
    covered = cover(picture[::-1, ::-1], [face_at()])
    assert (picture == before).all()
    assert covered.flags.c_contiguous
    assert (covered[110, 160] == FILL).all()


def test_the_fill_is_itself_after_a_jpeg() -> None:
    face = face_at(unit=30)
    back = simplejpeg.decode_jpeg(jpeg(cover(noise(13), [face])), "BGR")
    shape = head_shape(face)
    # Colour is in blocks of 16: those at the edge hold something of the surroundings.
    deep = inside(shape.larger(-24))
    assert (back[deep] == FILL).all()


@given(face=faces)
def test_r11_a_masked_file_is_the_same_whatever_was_beneath(face: DetectedFace) -> None:
    # Plain around the head, so that the files that come in differ beneath it alone.
    mask = inside_box(face)
    one, other = (np.full((HEIGHT, WIDTH, 3), 60, np.uint8) for _ in "12")
    one[mask], other[mask] = noise(14)[mask], 200
    made = [masked_jpeg(lossless(each), [face], WIDTH) for each in (one, other)]
    assert made[0] == made[1]


def inside_box(face: DetectedFace) -> np.ndarray:
    """The blocks of 8 pixels that lie in the face's padded shape as a whole."""
    covered = (cover(noise(15), [face]) == FILL).all(axis=2)
    blocks = covered.reshape(HEIGHT // 8, 8, WIDTH // 8, 8).all(axis=(1, 3))
    return np.asarray(blocks.repeat(8, axis=0).repeat(8, axis=1))


def lossless(picture: Picture) -> bytes:
    """A JPEG in which no pixel is mixed with those of another block."""
    return bytes(simplejpeg.encode_jpeg(picture, 100, "RGB", "444"))


def test_a_masked_file_carries_nothing_but_its_pixels() -> None:
    picture = lossless(noise(16))
    marker = b"Canary, Amsterdam"
    note = b"\xff\xfe" + (len(marker) + 2).to_bytes(2) + marker
    made = masked_jpeg(picture[:2] + note + picture[2:], [face_at()], WIDTH)
    assert marker not in made
    assert made[:2] == b"\xff\xd8"
    assert b"Exif" not in made


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_masked_file_is_upright_and_covers_the_upright_face(orientation: int) -> None:
    stored = np.full(
        (WIDTH, HEIGHT, 3) if orientation in {6, 8} else (HEIGHT, WIDTH, 3), 60
    )
    data = lossless(np.ascontiguousarray(stored, np.uint8))
    made = masked_jpeg(data, [face_at(x=40, y=50)], WIDTH, orientation)
    back = simplejpeg.decode_jpeg(made, "RGB")
    assert back.shape == (HEIGHT, WIDTH, 3)
    assert (back[50, 40] == FILL).all()
    assert abs(int(back[200, 280, 0]) - 60) <= 2


def test_a_smaller_rendition_is_covered_where_the_face_is_in_it() -> None:
    small = lossless(np.full((HEIGHT, WIDTH, 3), 60, np.uint8))
    made = masked_jpeg(small, [face_at(x=1600, y=1100, unit=200)], 3200)
    back = simplejpeg.decode_jpeg(made, "RGB")
    assert (back[110, 160] == FILL).all()
    assert abs(int(back[20, 20, 0]) - 60) <= 2


@pytest.mark.parametrize("name", ["trio", "alone", "turned-1", "turned-3", "turned-6"])
def test_r11_no_detector_finds_a_face_where_one_was_covered(
    detector: FaceDetector, composed: Path, name: str
) -> None:
    picture = read_picture((composed / f"{name}.jpg").read_bytes())
    found = detector.detect(picture).faces
    assert found
    covered = read_picture(jpeg(cover(picture, found)))
    assert not detector.detect(covered).faces
