"""R1, from the source and at run time: what detects cannot compute a template."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from beeldrecht_recognition.embedding import computed_templates
from beeldrecht_vision.decode import decode_jpeg
from beeldrecht_vision.detection import FaceDetector

ROOT = Path(__file__).resolve().parents[3]
VISION = ROOT / "layers/vision/python"
SOURCES = sorted((VISION / "beeldrecht_vision").glob("*.py"))
ALLOWED = {
    "__future__", "collections", "dataclasses", "enum", "math", "pathlib", "typing",
    "numpy", "onnxruntime", "simplejpeg", "beeldrecht_vision",
}  # fmt: skip
# What finds faces also shrinks them; what makes a rendition also writes one.
BESIDES = {
    "detection.py": {"cv2"},
    "rendering.py": {"PIL", "functools", "io"},
    "embedded_metadata.py": {"PIL", "xml"},
    "signing.py": {"c2pa", "cryptography", "datetime", "functools", "io", "json"},
}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: relative import"
            names.add((node.module or "").split(".")[0])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"__import__", "exec", "eval"}, path.name
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_r01_the_vision_code_imports_no_recognition(path: Path) -> None:
    assert imported(path) <= ALLOWED | BESIDES.get(path.name, set())


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_r01_the_vision_code_names_no_embedding_network(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    said = {word.lower() for word in (*names, *map(str, strings)) if " " not in word}
    assert not [word for word in said if "sface" in word or "embed" in word]


def test_r01_detecting_in_a_process_of_its_own_loads_no_recognition(
    detector_model: Path, composed: Path
) -> None:
    script = """
import sys
from pathlib import Path
from beeldrecht_vision.detection import FaceDetector, read_picture
model, photo = map(Path, sys.argv[1:])
found = FaceDetector(model).detect(read_picture(photo.read_bytes()))
print(len(found.faces), *sorted(n for n in sys.modules if n.startswith("beeldrecht")))
"""
    trio = composed / "trio.jpg"
    done = subprocess.run(
        [sys.executable, "-c", script, detector_model, trio],
        env={**os.environ, "PYTHONPATH": str(VISION), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    count, *modules = done.stdout.split()
    assert count == "3"
    assert {name.split(".")[0] for name in modules} == {"beeldrecht_vision"}


def test_r01_any_number_of_detected_faces_computes_no_template(
    detector: FaceDetector, composed: Path
) -> None:
    before = computed_templates()
    for name in ("trio", "far-away"):
        picture = decode_jpeg((composed / f"{name}.jpg").read_bytes())
        assert detector.detect(np.ascontiguousarray(picture)).faces
    assert computed_templates() == before
