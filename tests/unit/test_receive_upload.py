"""receive_upload: the oldest version is taken in once, whatever is delivered."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import asdict, fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.ids import InvalidIdError
from beeldrecht.domain.intake import (
    KEEP_UNFULFILLED,
    MAX_BYTES,
    PROCESSING_FAILED,
    Announcement,
    Original,
    Rejection,
    RenditionName,
)
from beeldrecht.domain.metadata import LISTS, Metadata, ModelRelease
from beeldrecht.runtime.queues import uploaded_keys
from intake.receive_upload import step
from intake.receive_upload.imaging import (
    RejectedFileError,
    RejectionReason,
    receive,
    take_in,
)
from intake.receive_upload.step import (
    UNANNOUNCED,
    Event,
    Outcome,
    RecordLostError,
    receive_upload,
)
from tests.fakes.disturbed import effects_of, killed_and_retried, overtaken
from tests.fakes.effects import When
from tests.fakes.samples import (
    NOON,
    OTHER,
    PICTURE,
    PIXEL_LIMIT,
    UPLOADER,
    announcement,
    picture_of,
)
from tests.fakes.world import World

SAMPLE = Path(step.__file__).with_name("event.json")


def announced() -> World:
    world = World()
    world.announce()
    world.upload()
    return world


def announced_png() -> World:
    world = World()
    world.announce()
    world.upload(picture_of("PNG"))
    return world


def unreadable() -> World:
    world = World()
    world.announce()
    world.upload(b"not a picture at all")
    return world


def unannounced() -> World:
    world = World()
    world.upload()
    return world


SCENES = (announced, announced_png, unreadable, unannounced)


def test_the_sample_event_names_one_asset_of_ours() -> None:
    (record,) = json.loads(SAMPLE.read_text())["Records"]
    (key,) = uploaded_keys(record["body"])
    assert Event.of_key(key) == Event(asset_id="9b2f6c0d4e8a4f7bb1c2d3e4f5a60718")


def test_a_key_that_is_not_ours_is_no_event() -> None:
    for key in ("originals/holiday.jpg", "originals/", f"originals/{PICTURE}/x", ""):
        with pytest.raises(InvalidIdError):
            Event.of_key(key)


def test_an_announced_picture_is_described_rendered_recorded_and_handed_on() -> None:
    world = announced()
    assert world.receive().outcome is Outcome.RECEIVED
    record = world.record()
    assert record.status is AssetStatus.RECEIVED
    assert record.original is not None
    assert (record.original.width, record.original.height) == (96, 64)
    assert record.original.version_id == "version-1"
    assert record.original.size == len(picture_of())
    assert record.renditions == {RenditionName.PREVIEW, RenditionName.THUMB}
    assert record.pixels_in is None
    assert {name for _, name in world.renditions.stored} == record.renditions
    assert world.detections.sent == [PICTURE]
    (entry,) = world.audit.entries(PICTURE)
    assert (entry.tag, entry.actor) == ("intake:asset:receive", UPLOADER)


def test_what_the_file_says_of_itself_is_kept_and_where_it_was_taken_is_not() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "Zomerfeest"
    exif[0x013B] = "Jo Jansen"
    exif[0x8298] = "Jo Jansen, 2026"
    exif.get_ifd(0x8769)[0x9003] = "2026:06:01 10:00:00"
    exif.get_ifd(0x8825)[2] = (52.0, 22.0, 0.0)
    out = io.BytesIO()
    Image.new("RGB", (96, 64)).save(out, "JPEG", exif=exif)
    world = World()
    world.announce()
    world.upload(out.getvalue())
    world.receive()
    original, description = world.record().original, world.record().description
    taken = receive(out.getvalue(), pixel_limit=PIXEL_LIMIT)
    assert original == Original(
        version_id="version-1",
        size=len(out.getvalue()),
        media_type=taken.format,
        width=64,
        height=96,
        orientation=6,
        sha256=hashlib.sha256(out.getvalue()).hexdigest(),
        perceptual_hash=taken.perceptual_hash,
    )
    assert asdict(description) == asdict(taken.metadata)
    assert description.creator == "Jo Jansen"
    assert description.captured_at is not None


def test_every_field_that_was_read_lands_in_the_field_of_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Files rarely fill them all, so here a reading is made up that does."""
    names = [f.name for f in fields(Metadata)]
    every: dict[str, Any] = {n: (n,) if n in LISTS else n for n in names}
    every |= {"captured_at": "2024-05-04", "model_release": ModelRelease.LIMITED}
    said = Metadata(**every)
    taken = replace(take_in(picture_of(), "", pixel_limit=PIXEL_LIMIT), metadata=said)
    monkeypatch.setattr(step, "take_in", lambda *_, **__: taken)
    world = announced()
    world.receive()
    assert asdict(world.record().description) == asdict(said)


def test_a_received_picture_is_kept_and_no_longer_expires_as_an_announcement() -> None:
    world = announced()
    assert world.library.rows[PICTURE].expires_at is not None
    world.receive()
    assert world.library.rows[PICTURE].expires_at is None


def test_what_is_not_a_plain_jpeg_gets_a_working_rendition_to_look_at() -> None:
    world = announced_png()
    world.receive()
    assert world.record().pixels_in is RenditionName.WORKING
    assert world.renditions.stored[PICTURE, RenditionName.WORKING].startswith(b"\xff\xd8")


def test_a_file_that_is_no_picture_is_rejected_with_its_reason_and_goes_no_further() -> (
    None
):
    world = unreadable()
    result = world.receive()
    assert (result.outcome, result.reason) == (Outcome.REJECTED, "not_an_image")
    record = world.record()
    assert record.status is AssetStatus.REJECTED
    assert record.rejection is not None
    assert record.rejection.reason == "not_an_image"
    assert record.refused
    assert world.detections.sent == []
    (entry,) = world.audit.entries(PICTURE)
    assert entry.tag == "intake:asset:reject"
    assert entry.data == {"reason": "not_an_image"}
    assert entry.actor == record.announcement.uploader_id


def test_a_rejected_file_stays_rejected_though_a_readable_version_comes_after() -> None:
    world = unreadable()
    world.receive()
    world.upload()
    assert world.receive().outcome is Outcome.REJECTED
    assert world.record().rejection == Rejection("not_an_image")


def test_a_picture_that_is_not_the_one_announced_is_rejected_though_it_can_be_read() -> (
    None
):
    for announced_digest, outcome in (
        (hashlib.sha256(picture_of()).hexdigest(), Outcome.RECEIVED),
        (hashlib.sha256(picture_of(shade=200)).hexdigest(), Outcome.REJECTED),
    ):
        world = World()
        said = replace(announcement(), sha256=announced_digest)
        world.library.announce(said, NOON + timedelta(days=7))
        world.upload()
        assert world.receive().outcome is outcome
    rejection = world.record().rejection
    assert rejection == Rejection("not_as_announced", {"bytes": len(picture_of())})
    assert world.renditions.stored == {}


@pytest.mark.parametrize(
    ("uploads", "counts", "listed"),
    [
        ((0,), 0, False),
        ((0, 0), 1, False),  # a form that was used twice: the same bytes
        ((0, 200), 0, True),  # another file came over it: the oldest is looked for
        ((200, 0), 1, False),
        ((200, 201), None, True),
    ],
)
def test_the_bytes_that_were_announced_are_taken_without_a_listing(
    uploads: tuple[int, ...], counts: int | None, listed: bool
) -> None:
    world, data = World(), [picture_of(shade=shade) for shade in uploads]
    size, digest = len(picture_of(shade=0)), hashlib.sha256(picture_of(shade=0))
    padded = [each.ljust(size, b"\0")[:size] for each in data]
    said = replace(announcement(), size=size, sha256=digest.hexdigest())
    world.library.announce(said, NOON + timedelta(days=7))
    versions = [world.originals.put(PICTURE, each) for each in padded]
    bare = world.originals.first_version
    with patch.object(world.originals, "first_version", side_effect=bare) as found:
        outcome = world.receive().outcome
    assert found.called is listed
    original = world.record().original
    if counts is None:
        assert (outcome, original) == (Outcome.REJECTED, None)
    else:
        assert original is not None
        assert original.version_id == versions[counts]
        assert original.sha256 == digest.hexdigest()


class Sized:
    """A bucket whose object has a size of our choosing; reading it is remembered."""

    version_id = "version-1"

    def __init__(self, size: int) -> None:
        self.size = size
        self.read_versions: list[str] = []

    def first_version(self, asset_id: str) -> "Sized":
        return self

    def read(self, asset_id: str, version_id: str) -> bytes:
        self.read_versions.append(version_id)
        return picture_of()

    def newest(self, asset_id: str, size: int) -> None:
        return None


@pytest.mark.parametrize(
    ("size", "outcome", "reads"),
    [
        (MAX_BYTES, Outcome.RECEIVED, ["version-1"]),
        (MAX_BYTES + 1, Outcome.REJECTED, []),
    ],
)
def test_a_file_over_the_limit_is_refused_before_a_byte_of_it_is_fetched(
    size: int, outcome: Outcome, reads: list[str]
) -> None:
    world = announced()
    bucket = Sized(size)
    result = receive_upload(
        Event(asset_id=PICTURE),
        world.library,
        bucket,
        world.renditions,
        world.detections,
        PIXEL_LIMIT,
        world.now,
    )
    assert result.outcome is outcome
    assert bucket.read_versions == reads
    rejection = world.record().rejection
    assert rejection is None or rejection.detail == {"bytes": size}


@pytest.mark.parametrize(
    ("limit", "outcome"),
    [(96 * 64, Outcome.RECEIVED), (96 * 64 - 1, Outcome.REJECTED)],
)
def test_the_pixel_limit_that_is_set_is_the_one_that_counts(
    limit: int, outcome: Outcome
) -> None:
    world = announced()
    result = receive_upload(
        Event(asset_id=PICTURE),
        world.library,
        world.originals,
        world.renditions,
        world.detections,
        limit,
        world.now,
    )
    assert result.outcome is outcome


def test_an_event_whose_object_is_gone_changes_nothing() -> None:
    world = World()
    world.announce()
    before = world.outcome()
    assert world.receive().outcome is Outcome.GONE
    assert world.outcome() == before


def test_an_object_nobody_announced_is_rejected_where_people_see_it() -> None:
    world = unannounced()
    result = world.receive()
    assert (result.outcome, result.reason) == (Outcome.REJECTED, UNANNOUNCED)
    assert [r.asset_id for r in world.library.in_status(AssetStatus.REJECTED)] == [
        PICTURE
    ]
    assert world.record().announcement == Announcement(
        asset_id=PICTURE,
        file_name=UNANNOUNCED,
        media_type="application/octet-stream",
        size=len(picture_of()),
        uploader_id=PICTURE,
        session_id=None,
        announced_at=NOON,
    )
    assert world.library.rows[PICTURE].expires_at is None
    assert world.originals.reads == []
    assert world.detections.sent == []


def test_an_announced_file_that_is_called_unannounced_is_taken_in() -> None:
    world = World()
    said = announcement()
    world.library.announce(
        Announcement(
            asset_id=said.asset_id,
            file_name=UNANNOUNCED,
            media_type=said.media_type,
            size=said.size,
            uploader_id=said.uploader_id,
            session_id=None,
            announced_at=said.announced_at,
        ),
        NOON + timedelta(days=7),
    )
    world.upload()
    assert world.receive().outcome is Outcome.RECEIVED


def test_an_announcement_expires_between_reading_the_bucket_and_rejecting() -> None:
    world = unannounced()
    world.effects.arm(1, When.AFTER, lambda: world.library.forget(PICTURE))
    with pytest.raises(RecordLostError):
        world.receive()
    assert world.receive().outcome is Outcome.REJECTED


def test_what_nobody_announced_is_not_recorded_as_over() -> None:
    world = unannounced()
    seen: list[int | None] = []
    recorded = lambda: seen.append(world.library.rows[PICTURE].expires_at)  # noqa: E731
    world.effects.arm(1, When.AFTER, recorded)
    world.receive()
    assert seen == [int((NOON + KEEP_UNFULFILLED).timestamp())]


# -- at least once ---------------------------------------------------------------------


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_event_again_changes_nothing(scene: Callable[[], World]) -> None:
    world = scene()
    first = world.receive()
    before = world.outcome()
    revision = world.record().revision
    world.at += timedelta(days=1)
    assert world.receive() == first
    assert world.receive() == first
    assert world.outcome() == before
    assert world.record().revision == revision


def test_a_second_upload_with_the_same_form_changes_nothing() -> None:
    world = announced()
    world.receive()
    before = world.outcome()
    world.upload(picture_of(shade=200))
    world.receive()
    assert world.outcome() == before
    assert set(world.originals.reads) == {"version-1"}


def test_of_two_versions_the_older_counts_though_the_newer_is_delivered_first() -> None:
    world = announced()
    world.upload(picture_of(shade=200))
    world.receive()
    undisturbed = announced()
    undisturbed.receive()
    assert world.outcome() == undisturbed.outcome()


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_ended_at_any_write_and_delivered_again_it_comes_to_the_same(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.receive()
    names = effects_of(scene, World.receive)
    for place in range(1, len(names) + 1):
        world = killed_and_retried(scene, World.receive, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("when", When)
def test_two_deliveries_at_the_same_time_come_to_the_same_as_one(
    scene: Callable[[], World], when: When
) -> None:
    undisturbed = scene()
    undisturbed.receive()
    names = effects_of(scene, World.receive)
    for place in range(1, len(names) + 1):
        world = overtaken(scene, World.receive, World.receive, place, when)
        assert world.outcome() == undisturbed.outcome(), (names[place - 1], when)


def test_of_two_deliveries_at_the_same_time_one_is_told_that_what_it_read_is_old() -> (
    None
):
    world = announced()
    names = effects_of(announced, World.receive)
    world.effects.arm(names.index("library.receive") + 1, When.BEFORE, world.receive)
    with pytest.raises(StaleRevisionError):
        world.receive()


def test_renditions_are_there_before_the_record_that_says_so() -> None:
    names = effects_of(announced, World.receive)
    assert max(n for n, name in enumerate(names) if name == "renditions.write") < (
        names.index("library.receive")
    )
    assert names[-2:] == ["library.receive", "detections.send"]


# -- a retry by a person ---------------------------------------------------------------


def test_a_picture_that_we_failed_on_is_taken_in_when_it_is_tried_again() -> None:
    world = announced()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    assert not world.record().refused
    assert world.receive().outcome is Outcome.RECEIVED
    assert world.record().status is AssetStatus.RECEIVED
    assert world.record().rejection is None


def test_a_picture_that_we_failed_on_after_it_was_read_is_handed_on_again() -> None:
    world = announced()
    world.receive()
    world.library.reject(world.record(), Rejection(PROCESSING_FAILED), world.at)
    world.detections.sent.clear()
    assert world.receive().outcome is Outcome.RECEIVED
    assert world.detections.sent == [PICTURE]
    assert len(world.originals.reads) == 1


# -- duplicates ------------------------------------------------------------------------


def test_the_same_bytes_again_are_taken_in_and_point_at_the_first() -> None:
    world = announced()
    world.receive()
    world.announce(OTHER)
    world.upload(asset_id=OTHER)
    world.receive(OTHER)
    assert world.record(OTHER).duplicate_of == PICTURE
    assert world.record(OTHER).near_duplicates == (PICTURE,)
    assert world.record().duplicate_of is None


def test_the_audit_chain_of_a_much_disturbed_upload_holds() -> None:
    names = effects_of(announced, World.receive)
    for place in range(1, len(names) + 1):
        world = killed_and_retried(announced, World.receive, place, When.AFTER)
        assert world.audit.findings() == ()
        assert [e.tag for e in world.audit.entries(PICTURE)] == ["intake:asset:receive"]


def test_a_rejection_says_figures_and_never_what_is_in_the_file() -> None:
    error = RejectedFileError(RejectionReason.TOO_MANY_PIXELS, width=3, limit=2)
    assert str(error) == "too_many_pixels"
