"""R2: a template needs a live permit, for this picture; and nothing shows its numbers."""

import ast
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from beeldrecht.domain.permits import Permit, PermitRefusal, PermitRefusedError
from beeldrecht_recognition.embedding import Embedder, computed_templates
from beeldrecht_recognition.quality import LEAST_HEIGHT
from beeldrecht_recognition.templates import MODEL_ID, PersonTemplate
from beeldrecht_vision.decode import Picture
from beeldrecht_vision.faces import Box, DetectedFace, Landmarks, Pass, pose_of
from beeldrecht_vision.yunet import open_session
from tests.unit.recognition.people import ASSET, NOW

Portrait = Callable[[str], tuple[Picture, DetectedFace]]
ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "layers/recognition/python").rglob("*.py"))


@pytest.fixture
def unloaded() -> Embedder:
    """An embedder whose networks do not exist: who loads one, fails."""
    return Embedder(Path("no-such.onnx"), Path("no-such.onnx"))


@pytest.mark.parametrize(
    ("at", "asset_id", "reason"),
    [
        (NOW - timedelta(microseconds=1), ASSET, PermitRefusal.NOT_YET),
        (NOW + timedelta(days=1), ASSET, PermitRefusal.ENDED),
        (NOW, "another asset", PermitRefusal.OTHER_ASSET),
    ],
)
def test_r02_without_a_live_permit_nothing_is_loaded_or_computed(
    unloaded: Embedder,
    permit: Permit,
    portrait: Portrait,
    at: datetime,
    asset_id: str,
    reason: PermitRefusal,
) -> None:
    picture, face = portrait("obama.jpg")
    before = computed_templates()
    with pytest.raises(PermitRefusedError) as refused:
        unloaded.embed(permit, picture, [face], at, asset_id)
    assert refused.value.reason is reason
    assert computed_templates() == before


@dataclass
class LooksLikeAPermit:
    def check(self, at: datetime, asset_id: str | None = None) -> None:
        """Always yes."""


@pytest.mark.parametrize("fake", [LooksLikeAPermit(), None, True])
def test_r02_what_only_looks_like_a_permit_is_none(
    unloaded: Embedder, portrait: Portrait, fake: object
) -> None:
    picture, face = portrait("obama.jpg")
    with pytest.raises(TypeError, match="Permit"):
        unloaded.embed(cast("Permit", fake), picture, [face], NOW, ASSET)


def test_r02_the_last_instant_of_a_permit_still_serves(
    embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    last = NOW + timedelta(days=1) - timedelta(microseconds=1)
    assert len(embedder.embed(permit, picture, [face], last, ASSET)) == 1


def test_every_computed_template_is_counted(
    embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    before = computed_templates()
    templates = embedder.embed(permit, picture, [face, face], NOW, ASSET)
    assert len(templates) == 2
    assert computed_templates() == before + 2


def test_a_picture_without_faces_loads_no_network(
    unloaded: Embedder, permit: Permit
) -> None:
    blank = np.zeros((50, 50, 3), np.uint8)
    assert len(unloaded.embed(permit, blank, [], NOW, ASSET)) == 0


def shrunk(face: DetectedFace, height: float) -> DetectedFace:
    """The same face in numbers, as if it were this tall at the origin."""
    scale = height / face.box.height
    points = [
        ((x - face.box.x) * scale, (y - face.box.y) * scale) for x, y in face.landmarks
    ]
    a, b, c, d, e = points
    landmarks: Landmarks = (a, b, c, d, e)
    box = Box(0, 0, face.box.width * scale, height)
    return DetectedFace(box, landmarks, 0.9, pose_of(landmarks), Pass.FINE)


def test_who_is_too_small_to_be_identified_gets_no_template(
    unloaded: Embedder, embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    below = shrunk(face, np.nextafter(LEAST_HEIGHT, 0))
    assert len(unloaded.embed(permit, picture, [below], NOW, ASSET)) == 0
    at_least = shrunk(face, LEAST_HEIGHT)
    templates = embedder.embed(permit, picture, [below, at_least], NOW, ASSET)
    assert [template.face for template in templates.faces] == [1]


def test_a_face_whose_landmarks_are_one_point_gets_no_template(
    embedder: Embedder, permit: Permit
) -> None:
    nowhere: Landmarks = ((9, 9), (9, 9), (9, 9), (9, 9), (9, 9))
    face = DetectedFace(Box(0, 0, 40, 40), nowhere, 0.9, pose_of(nowhere), Pass.FINE)
    blank = np.zeros((50, 50, 3), np.uint8)
    assert len(embedder.embed(permit, blank, [face], NOW, ASSET)) == 0


def test_a_template_has_length_one_and_names_its_model_and_is_the_same_again(
    embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    (first,) = embedder.embed(permit, picture, [face], NOW, ASSET).faces
    (again,) = embedder.embed(permit, picture, [face], NOW, ASSET).faces
    assert np.array_equal(first.vector, again.vector)
    assert np.linalg.norm(first.vector) == pytest.approx(1, abs=1e-6)
    assert first.vector.shape == (128,)
    assert first.model_id == MODEL_ID
    assert first.norm > 11


def test_the_networks_are_loaded_once_however_many_threads_ask(
    permit: Permit, portrait: Portrait, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def watched(path: Path, threads: int) -> object:
        opened.append(path)
        return open_session(path, threads)

    monkeypatch.setattr("beeldrecht_recognition.embedding.open_session", watched)
    fresh = Embedder(ROOT / "build/models/sface.onnx", ROOT / "build/models/yunet.onnx")
    picture, face = portrait("obama.jpg")
    assert opened == []
    results: list[int] = []

    def work() -> None:
        results.append(len(fresh.embed(permit, picture, [face], NOW, ASSET)))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [1, 1, 1, 1]
    assert len(opened) == 1


def numbers_of(vector: Any) -> list[str]:
    return [f"{abs(value):.4f}"[1:] for value in vector.tolist() if abs(value) > 0.01]


def test_no_representation_shows_a_number_of_a_template(
    embedder: Embedder, permit: Permit, portrait: Portrait
) -> None:
    picture, face = portrait("obama.jpg")
    templates = embedder.embed(permit, picture, [face], NOW, ASSET)
    (template,) = templates.faces
    person = PersonTemplate.of_photos([template])
    for thing in (templates, template, person):
        shown = f"{thing!r} {thing} {[thing]!r}"
        assert not [number for number in numbers_of(template.vector) if number in shown]
        assert "array" not in shown
        assert len(repr(thing)) < 80


def test_nothing_is_logged_or_printed(
    embedder: Embedder,
    permit: Permit,
    portrait: Portrait,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    picture, face = portrait("obama.jpg")
    embedder.embed(permit, picture, [face], NOW, ASSET)
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_recognition_neither_logs_nor_carries_opencv(path: Path) -> None:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"print", "__import__", "exec", "eval"}
    # beeldrecht_vision.detection is the module that carries cv2.
    assert not modules & {"cv2", "logging", "beeldrecht_vision.detection", "pickle"}
