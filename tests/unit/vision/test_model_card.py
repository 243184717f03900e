"""The model card says what the code does: hashes, ids, thresholds, gates."""

import math
from pathlib import Path

import pytest

from beeldrecht_recognition.gallery import THRESHOLDS, Thresholds
from beeldrecht_recognition.templates import MODEL_ID
from beeldrecht_vision.detection import DETECTOR_ID, MOST_FACES
from layers.vision.model_lock import LockedModel, read_lock
from layers.vision.prepare_models import LOCK

CARD = (Path(__file__).resolve().parents[3] / "docs/model-card.md").read_text("utf-8")


@pytest.mark.parametrize("model", read_lock(LOCK).values(), ids=lambda model: model.name)
def test_the_card_names_the_locked_files(model: LockedModel) -> None:
    assert model.sha256 in CARD
    assert model.licence in CARD
    assert f"{model.size:,} bytes" in CARD


def test_the_card_names_the_ids_and_the_cap() -> None:
    assert f"`{DETECTOR_ID}`" in CARD
    assert f"`{MODEL_ID}`" in CARD
    assert f"reported ({MOST_FACES})" in CARD


@pytest.mark.parametrize("band", THRESHOLDS, ids=lambda band: str(band.most_people))
def test_the_card_names_the_thresholds_and_their_rates(band: Thresholds) -> None:
    likely = ("never", "-")
    if math.isfinite(band.likely):
        rate = f"at most 1 in {1 / band.likely_false_rate:,.0f}"
        likely = (f"{band.likely:.2f}".lstrip("0"), rate)
    cells = (
        f"up to {band.most_people:,}",
        likely[0],
        f"{band.review:.2f}".lstrip("0"),
        likely[1],
        f"1 in {1 / band.review_false_rate:,.0f}",
    )
    assert f"| {' | '.join(cells)} |" in CARD
