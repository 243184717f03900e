"""Which faces are good enough, on both sides of every boundary, and why not."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.assets import Box, Face, FacePose
from beeldrecht_recognition.quality import (
    QualityReason,
    Use,
    clearness_reasons,
    enrolment_reasons,
    suggestion_reasons,
    use_despite,
)

R = QualityReason


def below(value: float) -> float:
    return float(np.nextafter(value, -math.inf))


@pytest.mark.parametrize(
    ("height", "norm", "reasons", "use"),
    [
        (32.0, 9.0, (), Use.SUGGEST),
        (below(32.0), 9.0, (R.FACE_SMALL,), Use.REVIEW),
        (24.0, 9.0, (R.FACE_SMALL,), Use.REVIEW),
        (below(24.0), 9.0, (R.FACE_TOO_SMALL,), Use.NONE),
        (32.0, below(9.0), (R.FACE_HARDLY_CLEAR,), Use.REVIEW),
        (32.0, 8.0, (R.FACE_HARDLY_CLEAR,), Use.REVIEW),
        (32.0, below(8.0), (R.FACE_UNCLEAR,), Use.NONE),
        (24.0, 8.0, (R.FACE_SMALL, R.FACE_HARDLY_CLEAR), Use.REVIEW),
        (24.0, below(8.0), (R.FACE_SMALL, R.FACE_UNCLEAR), Use.NONE),
        (500.0, math.nan, (R.FACE_UNCLEAR,), Use.NONE),
    ],
)
def test_a_suggestion_wants_size_and_clearness(
    height: float, norm: float, reasons: tuple[QualityReason, ...], use: Use
) -> None:
    assert suggestion_reasons(height, norm) == reasons
    assert use_despite(reasons) is use


@given(st.floats(1, 200), st.floats(0, 20), st.floats(0, 50), st.floats(0, 5))
def test_a_better_face_never_serves_for_less(
    height: float, norm: float, taller: float, clearer: float
) -> None:
    rank = [Use.NONE, Use.REVIEW, Use.SUGGEST]
    worse = use_despite(suggestion_reasons(height, norm))
    better = use_despite(suggestion_reasons(height + taller, norm + clearer))
    assert rank.index(better) >= rank.index(worse)


FIT = Face(
    face_id="f",
    box=Box(0, 0, 60, 80.0),
    landmarks=((15, 30), (45, 30), (30, 45), (20, 60), (40, 60)),
    score=0.85,
    pose=FacePose(roll=0, nose_offset=0.4, eye_mouth=0.7),
)


def posed(nose_offset: float = 0.0, eye_mouth: float = 1.0) -> Face:
    return replace(FIT, pose=FacePose(0, nose_offset, eye_mouth))


@pytest.mark.parametrize(
    ("faces", "reasons"),
    [
        ([FIT], ()),
        ([], (R.NO_FACE,)),
        ([FIT, FIT], (R.SEVERAL_FACES,)),
        ([replace(FIT, box=Box(0, 0, 60, below(80.0)))], (R.FACE_TOO_SMALL,)),
        ([replace(FIT, score=below(0.85))], (R.FACE_DOUBTFUL,)),
        ([posed(nose_offset=0.41)], (R.HEAD_TURNED_ASIDE,)),
        (
            [posed(nose_offset=math.inf, eye_mouth=0)],
            (R.HEAD_TURNED_ASIDE, R.HEAD_IN_PROFILE),
        ),
        ([posed(eye_mouth=below(0.7))], (R.HEAD_IN_PROFILE,)),
        ([posed(nose_offset=math.nan)], (R.HEAD_TURNED_ASIDE,)),
    ],
)
def test_enrolment_wants_one_large_sure_frontal_face(
    faces: list[Face], reasons: tuple[QualityReason, ...]
) -> None:
    assert enrolment_reasons(faces) == reasons


@pytest.mark.parametrize(
    ("norm", "reasons"),
    [(11.0, ()), (below(11.0), (R.FACE_UNCLEAR,)), (math.nan, (R.FACE_UNCLEAR,))],
)
def test_enrolment_wants_a_clear_face(
    norm: float, reasons: tuple[QualityReason, ...]
) -> None:
    assert clearness_reasons(norm) == reasons


def test_reason_ids_are_stable_snake_case() -> None:
    assert all(reason == reason.name.lower() for reason in QualityReason)
