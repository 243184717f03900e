"""The detector as deployed, and composed photos with the truth about their faces."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from beeldrecht_vision.decode import Picture
from beeldrecht_vision.detection import FaceDetector
from tools.compose import COMPOSED

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def detector_model() -> Path:
    path = ROOT / "build/models/yunet.onnx"
    assert path.exists(), "run `python -m layers.vision.prepare_models` first"
    return path


@pytest.fixture(scope="session")
def detector(detector_model: Path) -> FaceDetector:
    return FaceDetector(detector_model)


@pytest.fixture(scope="session")
def composed() -> Path:
    assert (COMPOSED / "trio.jpg").exists(), "run `python -m tools.compose` first"
    return COMPOSED


@pytest.fixture(scope="session")
def sample_photo() -> Path:
    """A folder of pictures without people comes with scikit-image."""
    import skimage  # noqa: PLC0415 - half a second that most tests do not need

    return Path(skimage.__file__).parent / "data"


@pytest.fixture(scope="session")
def motorcycle(sample_photo: Path) -> Picture:
    """Spokes and rims, enlarged: what a detector mistakes for faces."""
    picture = cv2.imread(str(sample_photo / "motorcycle_right.png"))
    assert picture is not None
    return np.asarray(cv2.resize(picture, None, fx=3, fy=3), np.uint8)
