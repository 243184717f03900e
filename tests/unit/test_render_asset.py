"""render_asset: made once, of the picture that was decided on, and it says what it is."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from beeldrecht.domain.assets import Box, FaceMark
from beeldrecht.domain.channel_renditions import CropRefusedError, FileFormat, public_id
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import PROCESSING_FAILED, Rejection
from beeldrecht.domain.masking import KEPT_DAYS
from beeldrecht.domain.metadata import Metadata, ModelRelease
from beeldrecht.domain.provenance import Statement, statement_in
from beeldrecht.runtime.pixels import FullSize
from beeldrecht_vision.signing import FileSigner, SigningFailedError, read_signed
from egress.render_asset import step
from egress.render_asset.step import (
    ChangedMeanwhileError,
    Event,
    Outcome,
    UnknownAssetError,
    UnknownFaceError,
    release_of,
    render_asset,
)
from egress.render_asset.writing import Writer
from intake.receive_upload.imaging import receive
from tests.fakes.certificates import FakeSigner
from tests.fakes.renders import FakeRenders
from tests.fakes.samples import NOON, PICTURE, PIXEL_LIMIT, face_id
from tests.fakes.scenes import examined
from tests.fakes.world import World

SAMPLE: dict[str, Any] = json.loads(
    Path(step.__file__).with_name("event.json").read_text()
)
KEY = FakeSigner()
SIGNER = FileSigner(KEY, "Gemeente Vis", lambda: NOON)
WRITER = Writer("https://beeld.example.org", "Gemeente Vis", PIXEL_LIMIT, SIGNER)


def asked(world: World, **changes: Any) -> Event:
    said = {
        **SAMPLE,
        "asset_id": PICTURE,
        "revision": world.record().revision,
        "size": "full_size",
        **changes,
    }
    return Event.model_validate(said)


def made(
    world: World,
    renders: FakeRenders | None = None,
    writer: step.Renders | None = None,
    **changes: Any,
) -> Any:
    pixels = FullSize(world.originals, world.renditions)
    store = renders or world.renders
    event = asked(world, **changes)
    return render_asset(event, world.library, pixels, store, writer or WRITER, world.now)


def test_the_sample_event_is_a_request() -> None:
    assert Event.model_validate(SAMPLE).make.name == "social_square-webp-keep_faces"


def test_it_is_made_once_and_anew_before_it_is_taken_away() -> None:
    world = examined()
    assert made(world).outcome is Outcome.MADE
    assert made(world).outcome is Outcome.FOUND
    world.at += timedelta(days=KEPT_DAYS - 1)
    assert made(world).outcome is Outcome.MADE
    assert len(world.renders.made) == 1


def test_what_comes_out_is_the_picture_with_what_is_said_of_it() -> None:
    world = examined()
    row = world.library.rows[PICTURE]
    said = Metadata(title="Fair", credit="Vis", city="Delft")
    row.record = replace(row.record, description=said)
    result = made(world)
    plan, data = world.renders.made[PICTURE, result.rendition_id]
    with Image.open(BytesIO(data)) as opened:
        assert (opened.format, opened.size) == ("WEBP", (plan.width, plan.height))
    read = receive(data, pixel_limit=PIXEL_LIMIT).metadata
    assert (read.title, read.credit, read.city) == ("Fair", "Vis", "Delft")
    assert read.model_release is ModelRelease.LIMITED
    check = f"https://beeld.example.org/check/{public_id(PICTURE)}"
    assert check.encode() in data
    assert PICTURE.encode() not in data


@pytest.mark.parametrize("written_as", [each.value for each in FileFormat])
def test_every_format_says_signed_what_was_decided_and_names_nobody(
    written_as: str,
) -> None:
    world = examined(2)
    result = made(world, format=written_as, size="medium_size", face_ids=[face_id(0)])
    plan, data = world.renders.made[PICTURE, result.rendition_id]
    media_type = plan.make.format.media_type
    report = read_signed(data, media_type, KEY.public_key())
    assert report["validation_state"] == "Trusted"
    statement, done = statement_in(report)
    assert statement == Statement(
        public_id=public_id(PICTURE),
        check=f"https://beeld.example.org/check/{public_id(PICTURE)}",
        use=Use(Channel.SOCIAL, Place.NETHERLANDS, NOON),
        release="MR-LMR",
        masked=True,
    )
    assert done[:2] == ("opened", "edited (faces covered)")
    assert ("converted" in done) == (written_as != "jpeg")
    for private in (PICTURE, face_id(0), face_id(1)):
        assert private.encode() not in data
    with Image.open(BytesIO(data)) as opened:
        opened.load()
        assert opened.size == (plan.width, plan.height)


def test_a_key_that_does_not_answer_lets_no_file_out() -> None:
    class Silent(FakeSigner):
        def sign(self, message: bytes) -> bytes:
            if self.signed:
                raise TimeoutError("the key is not there")
            return super().sign(message)

    world = examined()
    signer = FileSigner(Silent(), "Gemeente Vis", lambda: NOON)
    world.renders.render = replace(WRITER, signer=signer)
    with pytest.raises(SigningFailedError) as raised:
        made(world, writer=world.renders.render)
    assert isinstance(raised.value.__cause__, TimeoutError)
    assert world.renders.made == {}


def test_what_is_made_for_one_use_is_not_found_for_another() -> None:
    world = examined()
    assert made(world).outcome is Outcome.MADE
    assert made(world, decided_at="2026-06-01T13:00:00Z").outcome is Outcome.FOUND
    assert made(world, channel="print").outcome is Outcome.MADE
    assert made(world, place="world").outcome is Outcome.MADE


def test_what_a_file_says_of_model_releases_follows_who_can_be_seen() -> None:
    world = examined(2)
    for n in range(2):
        made(world, face_ids=[face_id(k) for k in range(n + 1)])
    found = world.library.picture(PICTURE)
    assert found is not None
    record, asset, _ = found
    one, both = (plan for plan, _ in world.renders.made.values())
    assert release_of(record, asset, one) is ModelRelease.LIMITED
    assert release_of(record, asset, both) is ModelRelease.NOT_APPLICABLE
    faces = tuple(replace(f, mark=FaceMark.NOT_RECOGNISABLE) for f in asset.faces)
    crowd = replace(asset, faces=faces)
    plan = replace(one, unseen=frozenset())
    assert release_of(record, crowd, plan) is ModelRelease.NOT_APPLICABLE
    told = replace(record, description=Metadata(model_release=ModelRelease.UNLIMITED))
    assert release_of(told, asset, both) is ModelRelease.UNLIMITED


def test_a_face_without_a_place_lets_nothing_out() -> None:
    world = examined()
    row = world.library.rows[PICTURE]
    face = row.faces[face_id(0)]
    row.faces[face_id(0)] = replace(face, box=Box(9000.0, 9000.0, 10.0, 10.0))
    result = made(world, face_ids=[face_id(0)])
    assert result.outcome is Outcome.UNCOVERABLE
    assert world.renders.made == {}


def test_of_what_is_not_there_or_not_as_it_was_nothing_is_made() -> None:
    world = examined()
    with pytest.raises(UnknownFaceError):
        made(world, face_ids=[derived_id("nobody")])
    with pytest.raises(ChangedMeanwhileError):
        made(world, revision=99)
    with pytest.raises(UnknownAssetError):
        made(world, asset_id=derived_id("nothing"))
    with pytest.raises(CropRefusedError):
        made(world, size="print_a4")
    row = world.library.rows[PICTURE]
    row.record = replace(row.record, rejection=Rejection("truncated"))
    with pytest.raises(UnknownAssetError):
        made(world)
    row.record = replace(row.record, rejection=Rejection(PROCESSING_FAILED))
    assert made(world).outcome is Outcome.MADE
