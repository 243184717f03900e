"""The officer has the proof of each erasure that is over (R11)."""

import base64
import hashlib

import pytest

from beeldrecht.domain.access import Role
from beeldrecht.domain.erasure import ErasureState
from tests.fakes.certificates import ERASURE, FakeSigner, erasure, sign
from tests.fakes.staff import Staff, as_

PDF = b"%PDF a certificate"
FILE = sign(FakeSigner(), PDF)
PATH = f"/v1/erasures/{ERASURE}/certificate"
OFFICER, READER = as_(Role.PRIVACY_OFFICER), as_(Role.CONTRIBUTOR)


@pytest.fixture
def staff() -> Staff:
    made = Staff()
    made.services.erasures.put(erasure(ErasureState.ERASED))
    digest = hashlib.sha256(PDF).hexdigest()
    made.services.certificates.keep(ERASURE, FILE, PDF, digest)
    return made


def test_r11_the_officer_gets_both_files(staff: Staff) -> None:
    answer = staff.get(PATH, OFFICER)
    assert answer.status == 200
    assert base64.b64decode(answer.json["file"]) == FILE
    assert base64.b64decode(answer.json["document"]) == PDF


@pytest.mark.parametrize("state", sorted(set(ErasureState) - {ErasureState.ERASED}))
def test_there_is_none_before_the_erasure_is_over(
    staff: Staff, state: ErasureState
) -> None:
    staff.services.erasures.put(erasure(state))
    missing = staff.get(f"/v1/erasures/{'0' * 32}/certificate", OFFICER)
    assert staff.get(PATH, OFFICER).text == missing.text
    assert missing.status == 404


def test_nobody_else_learns_whether_there_is_one(staff: Staff) -> None:
    there = staff.get(PATH, READER)
    missing = staff.get(f"/v1/erasures/{'0' * 32}/certificate", READER)
    assert (there.status, there.text) == (404, missing.text)
