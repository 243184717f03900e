"""The proof that outlives an erasure: an officer, a reason, and sometimes two."""

import base64
from datetime import timedelta
from hashlib import sha256

import pytest

from beeldrecht.domain.access import Role, User
from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.four_eyes import FourEyes
from beeldrecht.domain.ids import derived_id
from tests.fakes.asked import PDF
from tests.fakes.certificates import ERASURE, erasure
from tests.fakes.samples import NOON
from tests.fakes.staff import Staff, as_

OFFICER = as_(Role.PRIVACY_OFFICER)
SECOND = as_(Role.PRIVACY_OFFICER, user_id=derived_id("another officer"))
PATH = f"/v1/erasures/{ERASURE}/proof"
SIGNED = derived_id("signed")
CLAIM = {"reason": "proof_claim"}


@pytest.fixture
def staff() -> Staff:
    """An erasure that is over, of somebody who had signed."""
    staff = Staff()
    services, over = staff.services, erasure(ErasureState.ERASED)
    services.erasures.put(over)
    services.erasures.keep_proofs(ERASURE, [SIGNED], NOON + timedelta(days=1))
    person_id = over.subject_id
    services.documents.kept[SIGNED] = services.names.proof.seal(person_id, PDF)
    digest = sha256(PDF).hexdigest()
    services.signatures.kept_document(person_id, SIGNED, digest)
    return staff


def test_r11_an_officer_opens_it_for_a_reason_and_that_is_on_record(staff: Staff) -> None:
    assert staff.get(PATH, OFFICER).status == 422  # without a reason
    told = staff.get(PATH, OFFICER, query=CLAIM)
    assert told.status == 200, told.json
    (item,) = told.json["items"]
    assert base64.b64decode(item["document"]["content"]) == PDF
    (entry,) = staff.services.audit.entries(erasure(ErasureState.ERASED).subject_id)
    assert (entry.tag, entry.data["reason"]) == ("api:proof:read", "proof_claim")


@pytest.mark.parametrize(
    "user",
    [
        *(as_(r) for r in Role if r is not Role.PRIVACY_OFFICER),
        User(OFFICER.user_id, OFFICER.roles, NOON - timedelta(hours=2)),
    ],
)
def test_r11_nobody_else_opens_it_and_no_officer_who_signed_in_long_ago(
    user: User, staff: Staff
) -> None:
    told = staff.send("GET", PATH, user, query=CLAIM, fresh=False)
    assert told.status in {401, 403, 404}
    about = erasure(ErasureState.ERASED).subject_id
    assert not list(staff.services.audit.entries(about))


def test_r11_where_it_takes_two_both_read_it_within_the_hour(staff: Staff) -> None:
    staff.services.four_eyes = FourEyes.ALWAYS
    waiting = staff.get(PATH, OFFICER, query=CLAIM)
    assert waiting.status == 202
    assert staff.get(PATH, OFFICER, query=CLAIM).status == 202  # not by oneself
    path = f"/v1/proposals/{waiting.json['proposal_id']}/approve"
    agreed = staff.send("POST", path, SECOND)
    assert agreed.status in {200, 201}, agreed.json
    for each in (OFFICER, SECOND):
        assert staff.get(PATH, each, query=CLAIM).status == 200
    third = as_(Role.PRIVACY_OFFICER, user_id=derived_id("a third officer"))
    assert staff.get(PATH, third, query=CLAIM).status == 202


def test_r11_once_the_key_or_the_term_is_over_there_is_nothing_to_open(
    staff: Staff,
) -> None:
    staff.services.names.proof.destroy(erasure(ErasureState.ERASED).subject_id)
    (item,) = staff.get(PATH, OFFICER, query=CLAIM).json["items"]
    assert item["document"] is None
    staff.services.erasures.kept.clear()
    assert staff.get(PATH, OFFICER, query=CLAIM).status == 404
