"""Shapes at the edge: strict, frozen, and silent about what was wrong with the input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beeldrecht.domain.ids import new_id
from beeldrecht.runtime.events import AssetEvent
from intake.request_upload.step import Event as UploadRequest
from tests.fakes.samples import PICTURE


def test_an_event_is_frozen() -> None:
    event = AssetEvent(asset_id=PICTURE)
    with pytest.raises(ValidationError):
        event.asset_id = new_id()


def test_what_we_do_not_know_is_refused() -> None:
    with pytest.raises(ValidationError):
        AssetEvent.model_validate({"asset_id": PICTURE, "more": 1})


@given(value=st.text())
def test_only_an_identifier_is_an_identifier(value: str) -> None:
    is_one = len(value) == 32 and set(value) <= set("0123456789abcdef")
    try:
        AssetEvent(asset_id=value)
    except ValidationError:
        assert not is_one
    else:
        assert is_one


@pytest.mark.parametrize(
    "value", [PICTURE + "\n", PICTURE[:-1], PICTURE.upper(), f" {PICTURE}", PICTURE + "0"]
)
def test_what_is_nearly_an_identifier_is_not(value: str) -> None:
    with pytest.raises(ValidationError):
        AssetEvent(asset_id=value)


def test_what_was_wrong_is_said_without_quoting_what_came() -> None:
    """The Lambda runtime logs the message of an error nobody caught, whatever ours do."""
    planted = {
        "file_name": "Jan de Vries.jpg" * 40,
        "media_type": "jan@example.nl",
        "size": 1,
        "uploader_id": "jan@example.nl",
    }
    with pytest.raises(ValidationError) as caught:
        UploadRequest.model_validate(planted)
    said = str(caught.value)
    assert "uploader_id" in said
    assert "jan@example.nl" not in said
    assert "Jan de Vries" not in said
