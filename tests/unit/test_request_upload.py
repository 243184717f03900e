"""request_upload: first the record, then leave for exactly that file, or its parts."""

import hashlib
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
from beeldrecht.domain.intake import (
    KEEP_UNFULFILLED,
    MAX_BYTES,
    PART_BYTES,
    PROCESSING_FAILED,
    Rejection,
    part_sizes,
)
from intake.request_upload import step
from intake.request_upload.step import (
    LEAVE_SECONDS,
    Event,
    UnknownUploadError,
    resume_upload,
)
from tests.fakes.effects import Killed, When
from tests.fakes.samples import NOON, OTHER, PICTURE, UPLOADER, picture_of
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
    assert result.multipart is None
    assert result.form is not None
    assert result.form.fields["key"] == f"originals/{PICTURE}"
    assert result.form.fields["Content-Type"] == "image/jpeg"
    assert result.form.fields["size"] == str(SAMPLE["size"])
    assert result.form.fields["sha256"] == SAMPLE["sha256"]
    assert result.form.fields["seconds"] == str(LEAVE_SECONDS)
    assert result.expires_at == NOON + timedelta(seconds=LEAVE_SECONDS)
    assert not result.arrived


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
    assert (said.sha256, said.parts) == (SAMPLE["sha256"], ())
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
        {"size": PART_BYTES},
        {"size": PART_BYTES + 1, "part_sha256": ["a" * 64] * 2},
        {"size": MAX_BYTES, "part_sha256": ["a" * 64] * 13},
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
        {"size": MAX_BYTES + 1, "part_sha256": ["a" * 64] * 13},
        {"size": MAX_BYTES + 1, "part_sha256": ["a" * 64] * 14},
        {"size": PART_BYTES, "part_sha256": ["a" * 64]},
        {"size": PART_BYTES + 1},
        {"size": PART_BYTES + 1, "part_sha256": ["a" * 64]},
        {"size": PART_BYTES + 1, "part_sha256": ["a" * 64] * 3},
        {"size": PART_BYTES + 1, "part_sha256": ["a" * 64, "A" * 64]},
        {"sha256": None},
        {"sha256": "a" * 63},
        {"sha256": "A" * 64},
        {"sha256": "a" * 64 + "\n"},
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
    assert result.form is not None
    assert result.form.fields["key"] == f"originals/{PICTURE}"


# -- a file in parts -------------------------------------------------------------------

PARTS = (b"a" * PART_BYTES, b"b" * PART_BYTES, b"the end")
DIGESTS = [hashlib.sha256(part).hexdigest() for part in PARTS]
LARGE: dict[str, Any] = {
    "size": sum(map(len, PARTS)),
    "sha256": hashlib.sha256(b"".join(PARTS)).hexdigest(),
    "part_sha256": DIGESTS,
}


def numbers(result: step.Result) -> list[int]:
    assert result.multipart is not None
    return [each.number for each in result.multipart.parts]


def resume(world: World, asset_id: str = PICTURE, user: str = "") -> step.Result:
    return resume_upload(
        asset_id,
        user or str(SAMPLE["uploader_id"]),
        world.library,
        world.originals,
        world.at,
    )


@given(size=st.integers(0, 3 * MAX_BYTES))
def test_parts_make_up_the_file_and_only_the_last_is_smaller(size: int) -> None:
    sizes = part_sizes(size)
    assert sum(sizes) == (size if sizes else 0)
    assert bool(sizes) == (size > PART_BYTES)
    assert set(sizes[:-1]) <= {PART_BYTES}
    assert all(0 < each <= PART_BYTES for each in sizes)


def test_a_large_file_gets_an_address_for_each_part_and_no_form() -> None:
    world = World()
    result = ask(world, **LARGE)
    assert result.form is None
    assert result.multipart is not None
    assert result.multipart.part_size == PART_BYTES
    assert [each.number for each in result.multipart.parts] == [1, 2, 3]
    assert [each.size for each in result.multipart.parts] == [*map(len, PARTS)]
    for each, digest in zip(result.multipart.parts, DIGESTS, strict=True):
        assert each.headers == {"x-amz-checksum-sha256": digest}
        assert each.url.endswith(f"&{each.number}&{LEAVE_SECONDS}")
        assert result.multipart.upload_id in each.url
    parts = world.record().announcement.parts
    assert [part.sha256 for part in parts] == DIGESTS


def test_ended_after_the_upload_began_the_same_request_goes_on_with_it() -> None:
    world = World()
    first = ask(world, **LARGE)
    assert ask(world, **LARGE) == first
    assert len(world.originals.uploads) == 1


def test_what_has_arrived_is_not_asked_for_again() -> None:
    world = World()
    result = ask(world, **LARGE)
    assert result.multipart is not None
    world.originals.put_part(PICTURE, result.multipart.upload_id, 2, PARTS[1])
    resumed = resume(world)
    assert numbers(resumed) == [1, 3]
    assert resumed.multipart is not None
    (there,) = world.originals.stored_parts(PICTURE, resumed.multipart.upload_id) or ()
    assert [(a.number, a.etag) for a in resumed.multipart.arrived] == [(2, there.etag)]


def test_a_part_that_arrived_and_is_another_is_asked_for_again() -> None:
    world = World()
    result = ask(world, **LARGE)
    assert result.multipart is not None
    world.originals.put_part(PICTURE, result.multipart.upload_id, 2, PARTS[0])
    world.originals.put_part(PICTURE, result.multipart.upload_id, 3, PARTS[2][:3])
    assert numbers(resume(world)) == [1, 2, 3]


def test_when_all_parts_are_there_none_is_asked_for_and_completing_is_left() -> None:
    world = World()
    result = ask(world, **LARGE)
    assert result.multipart is not None
    for number, part in enumerate(PARTS, start=1):
        world.originals.put_part(PICTURE, result.multipart.upload_id, number, part)
    resumed = resume(world)
    assert numbers(resumed) == []
    assert not resumed.arrived


def test_an_upload_that_was_given_up_begins_anew() -> None:
    world = World()
    first = ask(world, **LARGE)
    assert first.multipart is not None
    world.originals.abort(PICTURE, first.multipart.upload_id)
    again = resume(world)
    assert again.multipart is not None
    assert again.multipart.upload_id != first.multipart.upload_id
    assert numbers(again) == [1, 2, 3]


# -- going on --------------------------------------------------------------------------


def test_a_form_can_be_had_again_for_as_long_as_the_announcement_holds() -> None:
    world = World()
    ask(world)
    world.at += KEEP_UNFULFILLED - timedelta(seconds=1)
    result = resume(world)
    assert result.form is not None
    assert result.form.fields["key"] == f"originals/{PICTURE}"
    assert result.expires_at == world.at + timedelta(seconds=LEAVE_SECONDS)
    world.at += timedelta(seconds=1)
    with pytest.raises(UnknownUploadError):
        resume(world)


def test_what_has_arrived_needs_nothing_more_whatever_became_of_it() -> None:
    world = World()
    ask(world, sha256=hashlib.sha256(picture_of()).hexdigest())
    world.upload()
    assert resume(world).arrived
    world.receive()
    assert resume(world).arrived
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), NOON)
    result = resume(world)
    assert result.arrived
    assert (result.form, result.multipart) == (None, None)


def test_nobody_goes_on_with_what_somebody_else_announced() -> None:
    world = World()
    ask(world)
    with pytest.raises(UnknownUploadError):
        resume(world, user=OTHER)
    with pytest.raises(UnknownUploadError):
        resume(world, asset_id=OTHER)


def test_what_nobody_announced_cannot_be_gone_on_with() -> None:
    world = World()
    world.upload(b"")
    world.receive()
    with pytest.raises(UnknownUploadError):
        resume(world, user=UPLOADER)
