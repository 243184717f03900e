"""Enrolment: asked of the function that may, from pictures that one may see."""

from datetime import timedelta

import pytest

from beeldrecht.adapters.errors import BusyError
from beeldrecht.domain.access import Role, User
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto, PhotoRefusal
from beeldrecht.domain.ids import new_id
from beeldrecht.domain.permits import PermitRefusal, PermitRefusedError
from tests.fakes.http import Answer
from tests.fakes.samples import ANN, NOON, PICTURE
from tests.fakes.staff import Staff, as_
from tests.fakes.world import World

RECOGNISES = as_(Role.EDITOR, Role.RECOGNISER)
FACE = "f" * 32
PHOTO = {"asset_id": PICTURE, "face_id": FACE}


@pytest.fixture
def staff() -> Staff:
    world = World()
    world.know(ANN)
    world.announce()
    world.upload()
    world.receive()
    return Staff(world)


def enrol(
    staff: Staff,
    user: User | None = RECOGNISES,
    person_id: str = ANN,
    photos: object = None,
) -> Answer:
    body = {"photos": [PHOTO] if photos is None else photos}
    return staff.post(f"/v1/people/{person_id}/enrolment", user, body)


def test_what_came_of_it_is_told(staff: Staff) -> None:
    until = NOON + timedelta(days=9)
    photo = EnrolmentPhoto(PICTURE, FACE)
    refused = (PhotoRefusal(photo, ("too_small",)),)
    staff.services.enroller.answer = Enrolment(True, 2, refused, until)
    answer = enrol(staff)
    assert answer.status == 200
    assert answer.json == {
        "person_id": ANN,
        "enrolled": True,
        "accepted": 2,
        "refused": [{**PHOTO, "reasons": ["too_small"]}],
        "valid_until": "2026-06-10T12:00:00Z",
    }
    assert staff.services.enroller.asked == [(ANN, RECOGNISES.user_id, (photo,))]


@pytest.mark.parametrize(
    "user",
    [
        None,
        as_(Role.EDITOR),
        as_(Role.RECOGNISER),
        as_(Role.PRIVACY_OFFICER, Role.RECOGNISER),
        as_(Role.CONTRIBUTOR, Role.RECOGNISER),
        as_(Role.ADMINISTRATOR, Role.RECOGNISER),
    ],
)
def test_r02_others_enrol_nobody_and_cannot_tell_who_is_there(
    staff: Staff, user: User | None
) -> None:
    there, nowhere = enrol(staff, user), enrol(staff, user, person_id=new_id())
    assert (there.status, there.text) == (nowhere.status, nowhere.text)
    assert there.status == (401 if user is None else 404)
    assert staff.services.enroller.asked == []


@pytest.mark.parametrize("refusal", PermitRefusal)
def test_r02_without_a_permit_the_reason_is_told(
    staff: Staff, refusal: PermitRefusal
) -> None:
    staff.services.enroller.fails = PermitRefusedError(refusal)
    answer = enrol(staff)
    assert (answer.status, answer.json["code"]) == (409, "conflict")
    assert answer.json["hindrance"]["id"] == refusal
    assert answer.json["hindrance"]["words"].endswith(".")


def test_when_nobody_can_enrol_now_one_may_try_again(staff: Staff) -> None:
    staff.services.enroller.fails = BusyError("EnrolPerson")
    answer = enrol(staff)
    assert (answer.status, answer.json["code"]) == (503, "busy")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_picture_that_is_not_there_and_one_that_is_closed_are_the_same(
    staff: Staff,
) -> None:
    closed = Collection(new_id(), "Closed", True, {}, 1)
    staff.services.collections.collections[closed.collection_id] = closed
    row = staff.world.record()
    staff.world.library.collect(row, frozenset({closed.collection_id}))
    hidden = enrol(staff)
    missing = enrol(staff, photos=[{**PHOTO, "asset_id": new_id()}])
    nobody = enrol(staff, person_id=new_id())
    assert hidden.status == missing.status == nobody.status == 404
    assert hidden.text == missing.text == nobody.text
    assert staff.services.enroller.asked == []


@pytest.mark.parametrize(
    "photos",
    [
        [],
        [PHOTO] * 6,
        [{"asset_id": "x", "face_id": FACE}],
        [{**PHOTO, "template": "x"}],
        [{"asset_id": PICTURE}],
        "x",
    ],
)
def test_what_is_no_order_is_refused(staff: Staff, photos: object) -> None:
    assert enrol(staff, photos=photos).status == 422
    assert staff.services.enroller.asked == []
