"""A detector, an embedder, permits, and portraits of three people."""

from collections.abc import Callable
from pathlib import Path

import pytest

from beeldrecht.domain.permits import Permit
from beeldrecht_recognition.embedding import Embedder
from beeldrecht_recognition.templates import FaceTemplate, PersonTemplate
from beeldrecht_vision.decode import Picture
from beeldrecht_vision.detection import FaceDetector, read_picture
from beeldrecht_vision.faces import DetectedFace
from tests.unit.recognition.people import ASSET, NOW, PEOPLE, permit_to_compare
from tools.photos import PHOTOS

ROOT = Path(__file__).resolve().parents[3]
MODELS = ROOT / "build/models"


@pytest.fixture(scope="session")
def detector() -> FaceDetector:
    assert (MODELS / "yunet.onnx").exists(), (
        "run `python -m layers.vision.prepare_models`"
    )
    return FaceDetector(MODELS / "yunet.onnx")


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return Embedder(MODELS / "sface.onnx", MODELS / "yunet.onnx")


@pytest.fixture(scope="session")
def permit() -> Permit:
    return permit_to_compare(PEOPLE)


@pytest.fixture(scope="session")
def portrait(
    detector: FaceDetector,
) -> Callable[[str], tuple[Picture, DetectedFace]]:
    """A photo of one person with the face on it that the detector finds largest."""

    def read(photo: str) -> tuple[Picture, DetectedFace]:
        picture = read_picture((PHOTOS / photo).read_bytes())
        faces = detector.detect(picture).faces
        return picture, max(faces, key=lambda face: face.size)

    return read


@pytest.fixture(scope="session")
def enrolled(
    embedder: Embedder,
    permit: Permit,
    portrait: Callable[[str], tuple[Picture, DetectedFace]],
) -> Callable[..., PersonTemplate]:
    """Make a person's template of portraits."""

    def enrol(*photos: str) -> PersonTemplate:
        faces: list[FaceTemplate] = []
        for photo in photos:
            picture, face = portrait(photo)
            faces += embedder.embed(permit, picture, [face], NOW, ASSET).faces
        return PersonTemplate.of_photos(faces)

    return enrol
