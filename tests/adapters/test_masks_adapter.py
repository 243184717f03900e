"""Having faces covered by the function that can: what it is asked, what it may answer."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.response import StreamingBody
from botocore.stub import Stubber

from beeldrecht.adapters.errors import BusyError, StaleRevisionError
from beeldrecht.adapters.masks import Masker, MaskingFailedError
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.intake import RenditionName
from beeldrecht.domain.masking import UncoverableError, mask_id
from beeldrecht.runtime.facts import Picture
from egress.mask_asset.step import Event, Outcome
from tests.fakes.runtime import REGION
from tests.fakes.samples import PICTURE, face_id
from tests.fakes.scenes import examined

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

FACES = frozenset({face_id(0), face_id(1)})


@pytest.fixture
def picture() -> Picture:
    found = examined(3).library.picture(PICTURE)
    assert found is not None
    return found


@pytest.fixture
def functions() -> "LambdaClient":
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
    client: LambdaClient = boto3.client("lambda", region_name=REGION, **keys)  # type: ignore[call-overload]
    return client


@pytest.fixture
def stub(functions: "LambdaClient") -> Iterator[Stubber]:
    with Stubber(functions) as stub:
        yield stub
        stub.assert_no_pending_responses()


def asked(picture: Picture) -> dict[str, Any]:
    event = {
        "asset_id": PICTURE,
        "revision": picture[0].revision,
        "rendition": "preview",
        "face_ids": sorted(FACES),
    }
    assert Event.model_validate(event).face_ids == FACES
    return {"FunctionName": "mask", "Payload": json.dumps(event).encode()}


def answers(stub: Stubber, picture: Picture, said: object, **more: str) -> None:
    raw = json.dumps(said).encode()
    body = StreamingBody(io.BytesIO(raw), len(raw))
    response = {"StatusCode": 200, "Payload": body, **more}
    stub.add_response("invoke", response, asked(picture))


def masked(functions: "LambdaClient", picture: Picture) -> str:
    record, asset, _ = picture
    return Masker(functions, "mask").masked(record, asset, RenditionName.PREVIEW, FACES)


def wanted(picture: Picture) -> str:
    record, asset, _ = picture
    faces = [face for face in asset.faces if face.face_id in FACES]
    return mask_id(record, RenditionName.PREVIEW, faces)


@pytest.mark.parametrize("outcome", [Outcome.MADE, Outcome.FOUND])
def test_a_version_that_is_there_is_known_by_its_name(
    functions: "LambdaClient", stub: Stubber, picture: Picture, outcome: Outcome
) -> None:
    answers(stub, picture, {"outcome": outcome, "mask_id": wanted(picture)})
    assert masked(functions, picture) == wanted(picture)


def test_a_face_that_cannot_be_covered_is_an_error(
    functions: "LambdaClient", stub: Stubber, picture: Picture
) -> None:
    said = {"outcome": Outcome.UNCOVERABLE, "mask_id": wanted(picture)}
    answers(stub, picture, said)
    with pytest.raises(UncoverableError):
        masked(functions, picture)


def test_another_version_than_was_asked_for_is_not_taken(
    functions: "LambdaClient", stub: Stubber, picture: Picture
) -> None:
    answers(stub, picture, {"outcome": "made", "mask_id": new_id()})
    with pytest.raises(MaskingFailedError):
        masked(functions, picture)


@pytest.mark.parametrize(
    "error", ["ChangedMeanwhileError", "UnknownAssetError", "UnknownFaceError"]
)
def test_a_picture_that_changed_meanwhile_is_looked_at_again(
    functions: "LambdaClient", stub: Stubber, picture: Picture, error: str
) -> None:
    answers(stub, picture, {"errorType": error}, FunctionError="Unhandled")
    with pytest.raises(StaleRevisionError):
        masked(functions, picture)


@pytest.mark.parametrize("said", [{"errorType": "MemoryError"}, {}, "Task timed out"])
def test_any_other_failure_is_told_by_its_class_alone(
    functions: "LambdaClient", stub: Stubber, picture: Picture, said: object
) -> None:
    answers(stub, picture, said, FunctionError="Unhandled")
    with pytest.raises(MaskingFailedError) as caught:
        masked(functions, picture)
    assert caught.value.error in {"MemoryError", "None", ""}


def test_too_many_at_once_is_for_another_time(
    functions: "LambdaClient", stub: Stubber, picture: Picture
) -> None:
    stub.add_client_error("invoke", "TooManyRequestsException")
    with pytest.raises(BusyError):
        masked(functions, picture)
    stub.add_client_error("invoke", "AccessDeniedException")
    with pytest.raises(ClientError):
        masked(functions, picture)


def test_another_revision_is_asked_for_as_what_it_is(
    functions: "LambdaClient", stub: Stubber, picture: Picture
) -> None:
    record, asset, appearances = picture
    newer = (replace(record, revision=record.revision + 1), asset, appearances)
    answers(stub, newer, {"outcome": "made", "mask_id": wanted(newer)})
    # The same faces in the same picture: what a revision changes beside them is not seen.
    assert masked(functions, newer) == wanted(picture)
