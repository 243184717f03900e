"""Where people appear, who enrols them, and a person put on record with an entry."""

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.response import StreamingBody
from botocore.stub import Stubber

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.enrolment import Enroller, EnrolmentFailedError
from beeldrecht.adapters.errors import BusyError, UnwiredTrailError
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto, PhotoRefusal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.people import Appearance, AppearanceStatus, Person
from beeldrecht.domain.permits import PermitRefusal, PermitRefusedError
from tests.adapters.aws import Aws
from tests.adapters.contracts.library import face
from tests.fakes.runtime import REGION
from tests.fakes.samples import ANN, EDITOR, NOON, announcement

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

PHOTO = EnrolmentPhoto(new_id(), new_id())
EVENT = {
    "person_id": ANN,
    "actor_id": EDITOR,
    "photos": [{"asset_id": PHOTO.asset_id, "face_id": PHOTO.face_id}],
}


# -- enrolling -------------------------------------------------------------------------


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


def answers(stub: Stubber, said: object, **more: str) -> None:
    raw = json.dumps(said).encode()
    body = StreamingBody(io.BytesIO(raw), len(raw))
    expected: dict[str, Any] = {
        "FunctionName": "enrol",
        "Payload": json.dumps(EVENT).encode(),
    }
    stub.add_response("invoke", {"StatusCode": 200, "Payload": body, **more}, expected)


def enrol(functions: "LambdaClient") -> Enrolment:
    return Enroller(functions, "enrol").enrol(ANN, EDITOR, [PHOTO])


def test_what_the_function_says_comes_back(
    functions: "LambdaClient", stub: Stubber
) -> None:
    refused = {"asset_id": PHOTO.asset_id, "face_id": PHOTO.face_id, "reasons": ["x"]}
    answers(
        stub,
        {
            "person_id": ANN,
            "enrolled": True,
            "accepted": 1,
            "refused": [refused],
            "valid_until": "2026-06-01T12:00:00Z",
        },
    )
    assert enrol(functions) == Enrolment(
        True, 1, (PhotoRefusal(PHOTO, ("x",)),), datetime(2026, 6, 1, 12, tzinfo=UTC)
    )


@pytest.mark.parametrize("refusal", PermitRefusal)
def test_r02_a_refused_permit_keeps_its_reason(
    functions: "LambdaClient", stub: Stubber, refusal: PermitRefusal
) -> None:
    raised = {"errorType": "PermitRefusedError", "errorMessage": refusal.value}
    answers(stub, raised, FunctionError="Unhandled")
    with pytest.raises(PermitRefusedError) as caught:
        enrol(functions)
    assert caught.value.reason is refusal


@pytest.mark.parametrize(
    ("error", "message"),
    [("PermitRefusedError", "something else"), ("KeyError", "empty_roster"), ("", "")],
)
def test_any_other_failure_is_told_by_its_class_alone(
    functions: "LambdaClient", stub: Stubber, error: str, message: str
) -> None:
    raised = {"errorType": error, "errorMessage": message}
    answers(stub, raised, FunctionError="Unhandled")
    with pytest.raises(EnrolmentFailedError) as caught:
        enrol(functions)
    assert str(caught.value) == error


def test_a_function_that_cannot_begin_is_busy(
    functions: "LambdaClient", stub: Stubber
) -> None:
    stub.add_client_error("invoke", "TooManyRequestsException", http_status_code=429)
    with pytest.raises(BusyError):
        enrol(functions)


# -- appearing -------------------------------------------------------------------------


def test_confirmed_pictures_are_counted_once_and_only_those(aws: Aws) -> None:
    table = aws.table("library")
    library, appearances = Library(table, REGION), Appearances(table, REGION)
    pictures = [new_id() for _ in range(3)]
    for asset_id in pictures:
        library.announce(announcement(asset_id), keep_until=NOON)
    twice, once, rejected = pictures
    for asset_id, status in (
        (twice, AppearanceStatus.CONFIRMED),
        (twice, AppearanceStatus.CONFIRMED),
        (once, AppearanceStatus.CONFIRMED),
        (rejected, AppearanceStatus.REJECTED),
    ):
        seen = face(new_id())
        record = library.record(asset_id)
        assert record is not None
        library.examine(record, [seen], True, "detector", NOON)
        record = library.record(asset_id)
        assert record is not None
        said = Appearance(asset_id, seen.face_id, ANN, status, EDITOR, NOON)
        library.settle(record, said)
    assert appearances.confirmed_in(ANN) == {twice, once}
    assert appearances.confirmed_in(new_id()) == frozenset()


# -- on record -------------------------------------------------------------------------


def entry_of(person_id: str) -> NewEntry:
    tag = "api:person:create"
    return NewEntry(person_id, tag, tag, NOON, EDITOR)


def test_r16_a_person_and_the_entry_stand_together_and_once(aws: Aws) -> None:
    trail = AuditTrail(aws.table("audit"), REGION)
    register = ConsentRegister(aws.table("consent"), REGION, trail)
    ring = KeyRing(aws.table("keys"), REGION, aws.kms, aws.key(), KeyPurpose.CONTACT)
    person = Person(new_id(), "Zoë")
    entry = entry_of(person.person_id)
    assert register.add_person(person, ring, NOON, entry)
    assert not register.add_person(person, ring, NOON, entry)
    assert [each.tag for each in trail.entries(person.person_id)] == [entry.tag]
    assert register.person(person.person_id, ring) == person


def test_an_entry_without_a_trail_is_a_fault_and_nothing_is_recorded(aws: Aws) -> None:
    register = ConsentRegister(aws.table("consent"), REGION)
    ring = KeyRing(aws.table("keys"), REGION, aws.kms, aws.key(), KeyPurpose.CONTACT)
    person = Person(new_id(), "Zoë")
    with pytest.raises(UnwiredTrailError):
        register.add_person(person, ring, NOON, entry_of(person.person_id))
    assert not register.knows(person.person_id)
