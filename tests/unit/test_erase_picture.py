"""Colours stay, words go; what is not in the plan or the ledger is left alone.

Masking and deleting over real stores, and ended after every change, is asked in
`tests/adapters/test_erasing_over_aws.py`.
"""

import io
import json
from pathlib import Path

import numpy as np
import pytest
import simplejpeg
from PIL import Image, ImageCms

from beeldrecht.domain.ids import derived_id
from rights.erase_picture import step
from rights.erase_picture.covering import Cover, profile_of
from rights.erase_picture.step import Event
from tests.adapters.erasing_house import a_face, gray_share

SAMPLE = Path(step.__file__).with_name("event.json")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def photo(mode: str = "RGB", profile: bytes = b"", **more: object) -> bytes:
    shade = np.random.default_rng(4).integers(0, 80, (320, 480, 3), np.uint8)
    made, image = io.BytesIO(), Image.fromarray(shade).convert(mode)
    image.save(made, "JPEG", icc_profile=profile, **more)
    return made.getvalue()


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(json.loads(SAMPLE.read_text()))


def test_the_head_is_covered_and_the_rest_stays() -> None:
    face = a_face("hers", 90.0)
    made = Cover(10**6)(photo(), [face], 480, 1)
    assert gray_share(made, face, 1) == 1
    pixels = simplejpeg.decode_jpeg(made, "RGB").astype(int)
    before = simplejpeg.decode_jpeg(photo(), "RGB").astype(int)
    assert np.abs(pixels[:, 300:] - before[:, 300:]).mean() < 12


def test_its_colours_mean_what_they_meant_and_nothing_else_comes_along() -> None:
    exif = Image.Exif()
    exif[0x9C9B], exif[0x010E] = "Anna".encode("utf-16le"), "Anna at the fair"
    whole = photo(profile=PROFILE, comment=b"Anna", exif=exif)
    made = Cover(10**6)(whole, [a_face("hers", 90.0)], 480, 1)
    assert Image.open(io.BytesIO(made)).info["icc_profile"] == PROFILE
    assert b"Anna" not in made
    assert b"A\0n\0n\0a" not in made


def test_a_gray_profile_does_not_stay_on_three_colours() -> None:
    made = Cover(10**6)(photo("L", profile=PROFILE), [a_face("hers", 90.0)], 480, 1)
    assert "icc_profile" not in Image.open(io.BytesIO(made)).info


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 10, 200])
def test_a_file_that_is_cut_short_has_the_profile_that_is_there_or_none(
    cut: int,
) -> None:
    for segment in profile_of(photo(profile=PROFILE)[:cut]):
        assert segment.startswith(b"\xff\xe2")


def test_ids_name_the_erasure_and_the_picture() -> None:
    event = Event(erasure_id=derived_id("one"), asset_id=derived_id("two"))
    assert set(event.model_dump()) == {"erasure_id", "asset_id"}
