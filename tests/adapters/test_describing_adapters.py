"""What is said of pictures, over DynamoDB and in memory; what leaves, over S3."""

import io
import json
from typing import Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.channel_renditions import (
    MadeRenditions,
    Renderer,
    RenderingFailedError,
)
from beeldrecht.adapters.descriptions import Descriptions
from beeldrecht.adapters.errors import BusyError, StaleRevisionError
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import MASKED_TAG
from beeldrecht.domain.channel_renditions import (
    CropRefusedError,
    FileFormat,
    Make,
    ReadySize,
    planned,
    rendition_id,
)
from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.masking import UncoverableError
from egress.render_asset.step import Event
from tests.adapters.aws import Aws
from tests.adapters.contracts.descriptions import DescriptionsContract
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.descriptions import FakeDescriptions
from tests.fakes.library import FakeLibrary
from tests.fakes.runtime import REGION
from tests.fakes.samples import NOON, PICTURE, face_id
from tests.fakes.scenes import examined

MAKE = Make(ReadySize.FULL, FileFormat.WEBP)
USE = Use(Channel.PRESS, Place.NETHERLANDS, NOON)


class TestDescriptions(DescriptionsContract):
    @pytest.fixture
    def scene(self, aws: Aws) -> tuple[Any, Any]:
        table = aws.table("library")
        trail = AuditTrail(aws.table("audit"), REGION, wait=lambda _: None)
        return Library(table, REGION, trail), Descriptions(table, REGION, trail)


class TestFakeDescriptions(DescriptionsContract):
    @pytest.fixture
    def scene(self) -> tuple[Any, Any]:
        trail = FakeAuditTrail()
        library = FakeLibrary(trail=trail)
        return library, FakeDescriptions(library, trail)


def test_what_was_made_lies_beside_the_masked_versions_and_goes_with_them(
    aws: Aws,
) -> None:
    bucket = aws.bucket(versioned=False)
    made = MadeRenditions(aws.s3, bucket)
    found = examined(2).library.picture(PICTURE)
    assert found is not None
    plan = planned(found[0], found[1], MAKE, {face_id(1)})
    rendition = rendition_id(found[0], plan, found[1].faces, USE)
    assert made.made_since(PICTURE, rendition, MAKE.format) is None
    made.write_made(PICTURE, rendition, plan, b"RIFF", "C:\\feest\\Zomer 1.HEIC")
    assert made.made_since(PICTURE, rendition, MAKE.format) is not None
    key = f"{PICTURE}/masked/{rendition}.webp"
    head = aws.s3.head_object(Bucket=bucket, Key=key)
    assert head["ContentType"] == "image/webp"
    assert "Zomer 1-full_size-masked.webp" in head["ContentDisposition"]
    (tag,) = aws.s3.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
    assert (tag["Key"], tag["Value"]) == MASKED_TAG
    link = made.made_link(PICTURE, rendition, MAKE.format, 60)
    assert key in link
    for seconds in (0, 61):
        with pytest.raises(ValueError, match="minute"):
            made.made_link(PICTURE, rendition, MAKE.format, seconds)


@pytest.mark.parametrize(
    ("said", "more", "raised"),
    [
        ({"outcome": "made"}, {}, None),
        ({"outcome": "uncoverable"}, {}, UncoverableError),
        ({"outcome": "made", "rendition_id": "0" * 32}, {}, RenderingFailedError),
        (
            {"errorType": "ChangedMeanwhileError"},
            {"FunctionError": "Unhandled"},
            StaleRevisionError,
        ),
        ({"errorType": "MemoryError"}, {"FunctionError": "x"}, RenderingFailedError),
        (None, {}, BusyError),
    ],
)
def test_the_function_is_asked_for_just_what_was_decided_on(
    said: Any, more: dict[str, str], raised: type[Exception] | None
) -> None:
    found = examined(2).library.picture(PICTURE)
    assert found is not None
    record, asset, _ = found
    plan = planned(record, asset, MAKE, {face_id(1)})
    wanted = rendition_id(record, plan, asset.faces, USE)
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    client: Any = boto3.client("lambda", region_name=REGION, **keys)  # type: ignore[call-overload]
    event = {
        "asset_id": PICTURE,
        "revision": record.revision,
        "size": "full_size",
        "format": "webp",
        "crop": "keep_faces",
        "watermark": False,
        "face_ids": [face_id(1)],
        "channel": "press",
        "place": "netherlands",
        "decided_at": NOON.isoformat(),
    }
    parsed = Event.model_validate(event)
    assert (parsed.make, parsed.use) == (MAKE, USE)
    asked = {"FunctionName": "render", "Payload": json.dumps(event).encode()}
    with Stubber(client) as stub:
        if said is None:
            code = "TooManyRequestsException"
            stub.add_client_error("invoke", code, expected_params=asked)
        else:
            raw = json.dumps({"rendition_id": wanted, **said}).encode()
            body = StreamingBody(io.BytesIO(raw), len(raw))
            answer = {"StatusCode": 200, "Payload": body, **more}
            stub.add_response("invoke", answer, asked)
        renderer = Renderer(client, "render", client, "bucket")
        if raised is None:
            assert renderer.rendered(record, asset, MAKE, {face_id(1)}, USE) == wanted
        else:
            with pytest.raises(raised):
                renderer.rendered(record, asset, MAKE, {face_id(1)}, USE)


def test_what_cannot_be_cut_is_not_asked_for() -> None:
    found = examined().library.picture(PICTURE)
    assert found is not None
    client: Any = None
    with pytest.raises(CropRefusedError):
        Renderer(client, "render", client, "bucket").rendered(
            found[0], found[1], Make(ReadySize.PRINT_A4), set(), USE
        )
