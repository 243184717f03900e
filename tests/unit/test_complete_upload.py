"""complete_upload: every part there, none another, and nothing is written over."""

import hashlib
import json
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from beeldrecht.adapters.objects import StoredVersion
from beeldrecht.domain import intake
from beeldrecht.domain.assets import AssetStatus
from intake.complete_upload import step
from intake.complete_upload.step import (
    Event,
    PartsMissingError,
    UnknownUploadError,
    abort_upload,
    complete_upload,
)
from intake.request_upload import step as request_upload
from tests.fakes.samples import EDITOR, OTHER, PICTURE, UPLOADER, picture_of
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
PART_BYTES = 50_000
# A real picture, and after its end enough to make it large.
LARGE = picture_of() + bytes(2 * PART_BYTES)
PARTS = tuple(LARGE[at : at + PART_BYTES] for at in range(0, len(LARGE), PART_BYTES))
ETAGS = {
    number: hashlib.md5(part, usedforsecurity=False).hexdigest()
    for number, part in enumerate(PARTS, start=1)
}


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As large as they are they take a second a test, and the rule is the same."""
    monkeypatch.setattr(intake, "PART_BYTES", PART_BYTES)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def begun(data: bytes = LARGE, sent: tuple[bytes, ...] = PARTS) -> tuple[World, str]:
    """A large file that was announced, with these parts sent; and its upload's id."""
    world = World()
    parts = [data[at : at + PART_BYTES] for at in range(0, len(data), PART_BYTES)]
    result = request_upload.request_upload(
        request_upload.Event(
            file_name="zomerfeest.jpg",
            media_type="image/jpeg",
            size=len(data),
            sha256=sha256(data),
            part_sha256=tuple(map(sha256, parts)),
            uploader_id=UPLOADER,
        ),
        world.library,
        world.originals,
        lambda: PICTURE,
        world.at,
    )
    assert result.multipart is not None
    for number, part in enumerate(sent, start=1):
        world.originals.put_part(PICTURE, result.multipart.upload_id, number, part)
    return world, result.multipart.upload_id


def complete(
    world: World,
    upload_id: str,
    etags: dict[int, str] = ETAGS,
    asset_id: str = PICTURE,
    uploader_id: str = UPLOADER,
) -> step.Result:
    said = {
        "asset_id": asset_id,
        "upload_id": upload_id,
        "parts": [{"number": n, "etag": etag} for n, etag in etags.items()],
        "uploader_id": uploader_id,
    }
    return complete_upload(Event.model_validate(said), world.library, world.originals)


def missing(world: World, upload_id: str, etags: dict[int, str] = ETAGS) -> list[int]:
    with pytest.raises(PartsMissingError) as caught:
        complete(world, upload_id, etags)
    assert not world.originals.exists(PICTURE)
    return [*caught.value.numbers]


def test_the_sample_event_is_a_completion() -> None:
    assert len(Event.model_validate(SAMPLE).parts) == 2


def test_parts_that_are_all_there_become_the_picture() -> None:
    world, upload_id = begun()
    assert complete(world, upload_id).asset_id == PICTURE
    version = world.originals.first_version(PICTURE)
    assert version is not None
    assert world.originals.read(PICTURE, version.version_id) == LARGE
    assert world.originals.uploads == {}
    world.receive()
    record = world.record()
    assert record.status is AssetStatus.RECEIVED
    assert record.original is not None
    assert record.original.sha256 == sha256(LARGE)


def test_entity_tags_are_taken_with_their_quotes_too() -> None:
    world, upload_id = begun()
    complete(world, upload_id, {n: f'"{etag}"' for n, etag in ETAGS.items()})
    assert world.originals.exists(PICTURE)


def test_completing_again_changes_nothing_and_says_the_same() -> None:
    world, upload_id = begun()
    first = complete(world, upload_id)
    version = world.originals.first_version(PICTURE)
    assert complete(world, upload_id) == first
    assert complete(world, "another-upload") == first
    assert world.originals.first_version(PICTURE) == version


def test_a_missing_part_is_named_and_can_be_sent_after_all() -> None:
    world, upload_id = begun(sent=PARTS[:1])
    assert missing(world, upload_id) == [2, 3]
    world.originals.put_part(PICTURE, upload_id, 2, PARTS[1])
    assert missing(world, upload_id) == [3]
    world.originals.put_part(PICTURE, upload_id, 3, PARTS[2])
    complete(world, upload_id)
    assert world.originals.exists(PICTURE)


def test_a_part_that_is_another_than_announced_is_named() -> None:
    world, upload_id = begun(sent=(PARTS[0], PARTS[1], PARTS[2][:-1]))
    tags = ETAGS | {3: hashlib.md5(PARTS[2][:-1], usedforsecurity=False).hexdigest()}
    assert missing(world, upload_id, tags) == [3]


def test_a_part_with_another_tag_than_the_stores_is_named() -> None:
    world, upload_id = begun()
    assert missing(world, upload_id, ETAGS | {2: ETAGS[1]}) == [2]


def test_a_part_that_the_sender_does_not_name_is_missing() -> None:
    world, upload_id = begun()
    assert missing(world, upload_id, {1: ETAGS[1], 3: ETAGS[3]}) == [2]


def test_a_part_too_many_completes_nothing() -> None:
    world, upload_id = begun()
    world.originals.put_part(PICTURE, upload_id, 4, b"more")
    assert missing(world, upload_id, ETAGS | {4: "0" * 32}) == []


def test_what_was_given_up_misses_every_part() -> None:
    world, upload_id = begun()
    world.originals.abort(PICTURE, upload_id)
    assert missing(world, upload_id) == [1, 2, 3]
    assert missing(world, "never-begun") == [1, 2, 3]


@pytest.mark.parametrize("order", [*permutations((1, 2, 3))][1:])
def test_parts_in_another_order_are_no_event(order: tuple[int, ...]) -> None:
    world, upload_id = begun()
    with pytest.raises(ValidationError):
        complete(world, upload_id, {n: ETAGS[n] for n in order})


@pytest.mark.parametrize(
    "change",
    [
        {"parts": []},
        {"parts": [{"number": 1, "etag": "0" * 32}] * 2},
        {"parts": [{"number": 0, "etag": "0" * 32}]},
        {"parts": [{"number": 10_001, "etag": "0" * 32}]},
        {"parts": [{"number": 1, "etag": "a b"}]},
        {"upload_id": ""},
        {"upload_id": "a/../b"},
        {"upload_id": "a&uploadId=b"},
        {"uploader_id": "jan@example.nl"},
        {"asset_id": "x"},
    ],
)
def test_what_is_over_the_edge_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Event.model_validate(SAMPLE | change)


# -- whose it is -----------------------------------------------------------------------


def test_nobody_completes_what_somebody_else_announced() -> None:
    world, upload_id = begun()
    for stranger in (OTHER, EDITOR):
        with pytest.raises(UnknownUploadError):
            complete(world, upload_id, uploader_id=stranger)
    with pytest.raises(UnknownUploadError):
        complete(world, upload_id, asset_id=OTHER)
    assert not world.originals.exists(PICTURE)
    assert world.originals.begun_uploads(PICTURE) == (upload_id,)


def test_an_upload_of_another_asset_completes_nothing_and_stays() -> None:
    world, upload_id = begun()
    other = world.originals.begin_parts(OTHER, "image/jpeg")
    for number, part in enumerate(PARTS, start=1):
        world.originals.put_part(OTHER, other, number, part)
    assert missing(world, other) == [1, 2, 3]
    assert world.originals.begun_uploads(OTHER) == (other,)
    assert world.originals.begun_uploads(PICTURE) == (upload_id,)


def test_what_comes_by_a_form_is_not_completed() -> None:
    world = World()
    world.announce()
    with pytest.raises(UnknownUploadError):
        complete(world, "any")


# -- a form besides, and races ---------------------------------------------------------


def test_parts_change_nothing_where_a_form_was_first() -> None:
    world, upload_id = begun()
    first = world.originals.put(PICTURE, picture_of(shade=200))
    complete(world, upload_id)
    assert world.originals.first_version(PICTURE) == StoredVersion(
        first, len(picture_of(shade=200))
    )
    assert world.originals.uploads == {}
    # It is not what was announced, and that is what becomes of it.
    world.receive()
    rejection = world.record().rejection
    assert rejection is not None
    assert rejection.reason == "not_as_announced"


def test_a_form_changes_nothing_where_parts_were_first() -> None:
    world, upload_id = begun()
    complete(world, upload_id)
    version = world.originals.first_version(PICTURE)
    world.originals.put(PICTURE, picture_of(shade=200))
    assert world.originals.first_version(PICTURE) == version
    world.receive()
    assert world.record().status is AssetStatus.RECEIVED


class Overtaken:
    """A store in which something happens between looking and completing."""

    def __init__(self, world: World, meanwhile: Any) -> None:
        self._inner = world.originals
        self._meanwhile = meanwhile

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def complete(self, asset_id: str, upload_id: str, parts: Any) -> bool:
        self._meanwhile()
        return self._inner.complete(asset_id, upload_id, parts)


def overtaken(world: World, upload_id: str, meanwhile: Any) -> step.Result:
    said = SAMPLE | {
        "asset_id": PICTURE,
        "upload_id": upload_id,
        "uploader_id": UPLOADER,
        "parts": [{"number": n, "etag": etag} for n, etag in ETAGS.items()],
    }
    store: Any = Overtaken(world, meanwhile)
    return complete_upload(Event.model_validate(said), world.library, store)


def test_overtaken_by_another_completion_it_is_complete() -> None:
    world, upload_id = begun()
    overtaken(world, upload_id, lambda: complete(world, upload_id))
    version = world.originals.first_version(PICTURE)
    assert version is not None
    assert version.size == len(LARGE)


def test_overtaken_by_a_form_the_form_counts() -> None:
    world, upload_id = begun()
    overtaken(world, upload_id, world.upload)
    version = world.originals.first_version(PICTURE)
    assert version is not None
    assert version.size == len(picture_of())
    assert world.originals.uploads == {}


def test_overtaken_by_somebody_who_gives_it_up_every_part_is_missing() -> None:
    world, upload_id = begun()
    with pytest.raises(PartsMissingError) as caught:
        overtaken(world, upload_id, lambda: world.originals.abort(PICTURE, upload_id))
    assert caught.value.numbers == (1, 2, 3)


# -- giving up -------------------------------------------------------------------------


def test_who_announced_a_file_can_give_up_what_was_sent_of_it() -> None:
    world, upload_id = begun()
    for stranger in (OTHER, EDITOR):
        with pytest.raises(UnknownUploadError):
            abort_upload(PICTURE, upload_id, stranger, world.library, world.originals)
    abort_upload(PICTURE, upload_id, UPLOADER, world.library, world.originals)
    abort_upload(PICTURE, upload_id, UPLOADER, world.library, world.originals)
    assert world.originals.uploads == {}
    assert world.record().status is AssetStatus.EXPECTED
