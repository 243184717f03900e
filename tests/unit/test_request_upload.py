"""request_upload: first the record, then a form for exactly that file."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.intake import MAX_BYTES
from intake.request_upload import step
from intake.request_upload.step import FORM_SECONDS, KEEP_UNFULFILLED, Event
from tests.fakes.effects import Killed, When
from tests.fakes.samples import NOON, PICTURE, UPLOADER
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)


def ask(world: World, asset_id: str = PICTURE, **changes: object) -> step.Result:
    return step.request_upload(
        Event.model_validate(SAMPLE | changes),
        world.library,
        world.originals,
        lambda: asset_id,
        world.at,
    )


def test_the_sample_event_is_a_request() -> None:
    assert Event.model_validate(SAMPLE).media_type == "image/jpeg"


def test_the_answer_is_a_form_for_that_file_and_how_long_it_holds() -> None:
    world = World()
    result = ask(world)
    assert result.asset_id == PICTURE
    assert result.form.fields["key"] == f"originals/{PICTURE}"
    assert result.form.fields["Content-Type"] == "image/jpeg"
    assert result.form.fields["size"] == str(SAMPLE["size"])
    assert result.form.fields["seconds"] == str(FORM_SECONDS)
    assert result.expires_at == NOON + timedelta(seconds=FORM_SECONDS)


def test_what_was_asked_is_on_record_as_expected_and_kept_for_a_week() -> None:
    world = World()
    ask(world, session_id="5" * 32)
    record = world.record()
    assert record.status is AssetStatus.EXPECTED
    said = record.announcement
    assert (said.file_name, said.media_type, said.size) == (
        "zomerfeest-012.jpg",
        "image/jpeg",
        482113,
    )
    assert (said.uploader_id, said.session_id) == (SAMPLE["uploader_id"], "5" * 32)
    assert said.announced_at == NOON
    assert world.library.rows[PICTURE].expires_at == int(
        (NOON + KEEP_UNFULFILLED).timestamp()
    )


def test_without_a_record_there_is_no_form() -> None:
    world = World()
    world.effects.kill(1, When.BEFORE)
    with pytest.raises(Killed):
        ask(world)
    assert world.library.record(PICTURE) is None


def test_ended_after_the_record_the_next_request_is_another_picture() -> None:
    world = World()
    world.effects.kill(1, When.AFTER)
    with pytest.raises(Killed):
        ask(world)
    other = derived_id("second try")
    assert ask(world, other).asset_id == other
    assert world.record().status is AssetStatus.EXPECTED


def test_each_request_gets_an_identifier_of_its_own() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    for asset_id in ids:
        assert ask(World(), asset_id).asset_id == asset_id


@pytest.mark.parametrize(
    "change",
    [
        {"size": 0},
        {"size": MAX_BYTES},
        {"file_name": "x"},
        {"file_name": "x" * 255},
        {"session_id": "5" * 32},
    ],
)
def test_the_edges_of_what_may_be_asked_are_within(change: dict[str, object]) -> None:
    assert Event.model_validate(SAMPLE | change)


@pytest.mark.parametrize(
    "change",
    [
        {"size": -1},
        {"size": MAX_BYTES + 1},
        {"file_name": ""},
        {"file_name": "x" * 256},
        {"media_type": "image/gif"},
        {"media_type": "text/html"},
        {"uploader_id": "jan@example.nl"},
        {"session_id": "5"},
        {"asset_id": PICTURE},
    ],
)
def test_what_is_over_the_edge_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(SAMPLE | change)


@given(name=st.text(min_size=1, max_size=255))
def test_any_file_name_is_kept_as_it_is_and_never_in_the_key(name: str) -> None:
    world = World()
    result = ask(world, file_name=name, uploader_id=UPLOADER)
    assert world.record().announcement.file_name == name
    assert result.form.fields["key"] == f"originals/{PICTURE}"
