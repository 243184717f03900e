"""From portrait to suggestion, with real photos: the right people, and no strangers."""

import json
from collections.abc import Callable

import cv2
import numpy as np
import pytest

from beeldrecht.domain.permits import Permit
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_recognition.gallery import Band, Gallery, Suggestion
from beeldrecht_recognition.quality import clearness_reasons, enrolment_reasons
from beeldrecht_recognition.templates import PersonTemplate
from beeldrecht_vision.decode import Picture
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.faces import DetectedFace
from tests.unit.recognition.people import ASSET, NOW
from tools.compose import COMPOSED, Recipe, compose

OBAMA, COLLINS, BIDEN = "barack_obama", "eileen_collins", "joe_biden"
Enrol = Callable[..., PersonTemplate]
Portrait = Callable[[str], tuple[Picture, DetectedFace]]
type Recognise = Callable[
    [Picture, dict[str, PersonTemplate]],
    tuple[tuple[DetectedFace, ...], tuple[Suggestion, ...]],
]


@pytest.fixture
def recognise(detector: FaceDetector, embedder: Embedder, permit: Permit) -> Recognise:
    def look(
        picture: Picture, people: dict[str, PersonTemplate]
    ) -> tuple[tuple[DetectedFace, ...], tuple[Suggestion, ...]]:
        faces = detector.detect(picture).faces
        templates = embedder.embed(permit, picture, faces, NOW, ASSET)
        return faces, Gallery(permit, people).suggest(templates)

    return look


def read(name: str) -> Picture:
    return read_picture((COMPOSED / f"{name}.jpg").read_bytes())


def true_person(name: str, face: DetectedFace) -> str:
    """Whose face it is by the composition."""
    x, y = face.box.x + face.box.width / 2, face.box.y + face.box.height / 2
    for entry in json.loads((COMPOSED / f"{name}.json").read_text())["faces"]:
        left, top, width, height = entry["box"]
        if left <= x <= left + width and top <= y <= top + height:
            return str(entry["person"])
    raise AssertionError("a face that nobody composed")


@pytest.mark.parametrize(
    "photos",
    [
        ("obama-standing.jpg",),
        ("obama-speaking.jpg",),
        ("obama-standing.jpg", "obama-speaking.jpg", "obama-right-edge.jpg"),
    ],
)
def test_who_enrolled_is_suggested_in_a_group_and_the_strangers_are_not(
    recognise: Recognise, enrolled: Enrol, photos: tuple[str, ...]
) -> None:
    """The group shows obama.jpg, which is not among the enrolment photos."""
    faces, found = recognise(read("trio"), {OBAMA: enrolled(*photos)})
    assert len(faces) == 3
    assert [(true_person("trio", faces[s.face]), s.band) for s in found] == [
        (OBAMA, Band.LIKELY)
    ]


def test_each_of_two_enrolled_people_is_suggested_for_their_own_face(
    recognise: Recognise, enrolled: Enrol
) -> None:
    people = {OBAMA: enrolled("obama-standing.jpg"), BIDEN: enrolled("biden.jpg")}
    faces, found = recognise(read("trio"), people)
    assert {true_person("trio", faces[s.face]): s.person_id for s in found} == {
        OBAMA: OBAMA,
        BIDEN: BIDEN,
    }


def test_a_picture_of_strangers_gets_no_suggestion(
    recognise: Recognise, enrolled: Enrol, portrait: Portrait
) -> None:
    picture, _face = portrait("biden.jpg")
    faces, found = recognise(picture, {OBAMA: enrolled("obama.jpg")})
    assert len(faces) == 1
    assert found == ()


def test_twelve_faces_of_three_people_give_each_enrolled_person_once(
    recognise: Recognise, enrolled: Enrol
) -> None:
    faces, found = recognise(read("reception"), {OBAMA: enrolled("obama.jpg")})
    assert len(faces) == 12
    assert [true_person("reception", faces[s.face]) for s in found] == [OBAMA]


@pytest.mark.parametrize("degrees", [-45, 45, 90, 180])
@pytest.mark.parametrize("photo", ["obama.jpg", "biden.jpg"])
def test_a_turned_head_is_still_recognised(
    recognise: Recognise, enrolled: Enrol, portrait: Portrait, photo: str, degrees: int
) -> None:
    picture, face = portrait(photo)
    x, y = face.box.x + face.box.width / 2, face.box.y + face.box.height / 2
    matrix = cv2.getRotationMatrix2D((x, y), degrees, 150 / face.size)
    matrix[:, 2] += np.array([300 - x, 300 - y])
    turned = np.asarray(cv2.warpAffine(picture, matrix, (600, 600)), np.uint8)
    _faces, found = recognise(turned, {OBAMA: enrolled(photo)})
    assert [s.band for s in found] == [Band.LIKELY]


@pytest.mark.parametrize(("size", "least"), [(32, 4), (48, 6)])
def test_small_faces_are_mostly_recognised_and_never_as_somebody_else(
    recognise: Recognise, enrolled: Enrol, size: int, least: int
) -> None:
    enrolment = {OBAMA: ("obama-speaking.jpg", "obama-standing.jpg")}
    right = 0
    for seed in range(6):
        recipe = Recipe(
            f"small-{size}-{seed}",
            (OBAMA, BIDEN, COLLINS),
            (1800, 600),
            (float(size), float(size)),
            seed=seed,
        )
        photo = compose(recipe)
        picture = read_picture(photo.path.read_bytes())
        people = {name: enrolled(*photos) for name, photos in enrolment.items()}
        faces, found = recognise(picture, people)
        assert len(faces) == 3
        for suggestion in found:
            assert true_person(recipe.name, faces[suggestion.face]) == OBAMA
            right += 1
    assert right >= least


def test_a_portrait_passes_the_gates_of_enrolment_and_a_group_or_far_face_does_not(
    detector: FaceDetector, embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, _face = portrait("obama.jpg")
    faces = detector.detect(picture).faces
    assert enrolment_reasons(faces) == ()
    (template,) = embedder.embed(permit, picture, faces, NOW, ASSET).faces
    assert clearness_reasons(template.norm) == ()
    group = detector.detect(read("trio")).faces
    assert enrolment_reasons(group) == ("several_faces",)
    far = detector.detect(read("far-away")).faces
    assert all("face_too_small" in enrolment_reasons([face]) for face in far)


def test_blur_makes_a_face_unclear_before_it_makes_it_somebody_else(
    embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    blurred = np.asarray(cv2.GaussianBlur(picture, (0, 0), face.size / 9), np.uint8)
    (sharp,) = embedder.embed(permit, picture, [face], NOW, ASSET).faces
    (soft,) = embedder.embed(permit, blurred, [face], NOW, ASSET).faces
    assert soft.norm < 9 < sharp.norm
