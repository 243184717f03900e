"""mask_asset: the faces that may not be seen are gone from the file, made once."""

import io
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg
from PIL import Image
from pydantic import ValidationError

from beeldrecht.domain.assets import Face
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection, RenditionName
from beeldrecht.domain.masking import KEPT_DAYS
from beeldrecht_vision.masking import FILL, HeadShape, head_shape, masked_jpeg
from egress.mask_asset import step
from egress.mask_asset.step import (
    ChangedMeanwhileError,
    Event,
    Outcome,
    UnknownAssetError,
    UnknownFaceError,
    mask_asset,
)
from tests.fakes.disturbed import killed_and_retried
from tests.fakes.effects import When
from tests.fakes.samples import ANN, OTHER, PICTURE, Sight, face_id, seen
from tests.fakes.scenes import examined, received
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
PREVIEW = RenditionName.PREVIEW


def mask(world: World, *places: int, **changes: object) -> step.Result:
    said = {
        "asset_id": PICTURE,
        "revision": world.record().revision,
        "rendition": "preview",
        "face_ids": [face_id(place) for place in places],
    } | changes
    return mask_asset(
        Event.model_validate(said),
        world.library,
        world.renditions,
        masked_jpeg,
        world.now,
    )


def made(world: World, result: step.Result) -> np.ndarray:
    """The pixels of a masked version."""
    jpeg, _ = world.renditions.masked[PICTURE, result.mask_id]
    return np.asarray(simplejpeg.decode_jpeg(jpeg, "RGB"))


def faces_of(world: World) -> tuple[Face, ...]:
    found = world.library.picture(PICTURE)
    assert found is not None
    return found[1].faces


def test_the_sample_event_is_a_request() -> None:
    event = Event.model_validate(SAMPLE)
    assert (event.rendition, len(event.face_ids)) == (PREVIEW, 1)


def test_nobody_asks_for_nothing_to_be_covered() -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(SAMPLE | {"face_ids": []})


def test_r09_no_pixel_of_a_covered_face_is_in_the_file() -> None:
    world = examined(2)
    result = mask(world, 0)
    assert (result.outcome, result.faces) == (Outcome.MADE, 1)
    pixels = made(world, result)
    box = faces_of(world)[0].box
    rows = slice(int(box.y), int(box.y + box.height))
    columns = slice(int(box.x), int(box.x + box.width))
    # A JPEG mixes a little of what is around the shape into its blocks; the picture's own
    # colours are 30 and more from the fill.
    assert np.abs(pixels[rows, columns].astype(int) - FILL).max() <= 8


def test_the_file_is_the_same_whatever_the_face_looked_like() -> None:
    world = examined()
    others = []
    shape = head_shape(faces_of(world)[0]).larger(4)
    for shade in (0, 255):
        pixels = np.full((64, 96, 3), 60, np.uint8)
        pixels[_within(shape)] = shade
        data = bytes(simplejpeg.encode_jpeg(pixels, 100, "RGB", "444"))
        world.renditions.stored[PICTURE, PREVIEW] = data
        world.renditions.masked_at.clear()
        result = mask(world, 0)
        others.append(made(world, result)[_within(shape.larger(-6))])
    assert (others[0] == others[1]).all()


def _within(shape: HeadShape) -> np.ndarray:
    return np.array(
        [[shape.reach((x + 0.5, y + 0.5)) <= 1 for x in range(96)] for y in range(64)]
    )


def test_the_rest_of_the_picture_is_as_it_was() -> None:
    world = examined()
    before = simplejpeg.decode_jpeg(world.renditions.stored[PICTURE, PREVIEW], "RGB")
    after = made(world, mask(world, 0)).astype(int)
    away = (slice(None), slice(64, 96))
    assert np.abs(after[away] - before[away].astype(int)).mean() < 3


def test_a_masked_file_carries_no_metadata_and_a_name_that_says_so() -> None:
    world = examined()
    result = mask(world, 0)
    jpeg, name = world.renditions.masked[PICTURE, result.mask_id]
    assert name == "zomerfeest-012-preview-masked.jpg"
    assert not Image.open(io.BytesIO(jpeg)).getexif()
    assert Image.open(io.BytesIO(jpeg)).info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
    }


def test_it_is_made_once_and_found_again() -> None:
    world = examined(2)
    first = mask(world, 0, 1)
    covered: list[bytes] = []

    def never(jpeg: bytes, _faces: Sequence[Face], _width: int) -> bytes:
        covered.append(jpeg)
        return jpeg

    event = Event(
        asset_id=PICTURE,
        revision=world.record().revision,
        rendition=PREVIEW,
        face_ids=frozenset({face_id(1), face_id(0)}),
    )
    again = mask_asset(event, world.library, world.renditions, never, world.now)
    assert (again.mask_id, again.outcome) == (first.mask_id, Outcome.FOUND)
    assert not covered


def test_one_that_is_about_to_be_taken_away_is_made_anew() -> None:
    world = examined()
    mask(world, 0)
    world.at += timedelta(days=KEPT_DAYS - 1) - timedelta(seconds=1)
    assert mask(world, 0).outcome is Outcome.FOUND
    world.at += timedelta(seconds=1)
    assert mask(world, 0).outcome is Outcome.MADE


def test_other_faces_are_another_version() -> None:
    world = examined(2)
    names = {mask(world, *places).mask_id for places in ((0,), (1,), (0, 1))}
    assert len(names) == 3


@pytest.mark.parametrize("when", When)
def test_ended_while_it_is_stored_it_is_stored_the_next_time(when: When) -> None:
    world = killed_and_retried(examined, lambda world: mask(world, 0), 1, when)
    assert len(world.renditions.masked) == 1


def test_a_face_that_is_nowhere_in_the_picture_gives_no_version() -> None:
    world = received()
    world.sight = Sight((seen(0), seen(30)))
    world.detect()
    assert mask(world, 0, 1).outcome is Outcome.UNCOVERABLE
    assert not world.renditions.masked


def test_a_picture_that_changed_since_it_was_decided_on_is_not_covered() -> None:
    world = examined()
    revision = world.record().revision
    world.answer(face_id(0), ANN)
    with pytest.raises(ChangedMeanwhileError):
        mask(world, 0, revision=revision)


def test_a_face_of_another_picture_is_not_covered() -> None:
    world = examined()
    with pytest.raises(UnknownFaceError):
        mask(world, 0, 1)


def test_a_picture_that_is_gone_refused_or_has_no_such_rendition_is_unknown() -> None:
    world = examined()
    with pytest.raises(UnknownAssetError):
        mask(world, 0, asset_id=OTHER)
    with pytest.raises(UnknownAssetError):
        mask(world, 0, rendition="working")
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert mask(world, 0).outcome is Outcome.MADE
    world.library.reject(world.record(), Rejection("original_lost"), world.at)
    with pytest.raises(UnknownAssetError):
        mask(world, 0)
