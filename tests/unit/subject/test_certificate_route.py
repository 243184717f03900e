"""Whoever was erased gets the proof of it, and nobody else anything (R11)."""

import base64
import hashlib

import pytest

from beeldrecht.domain.certificates import read
from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.links import LinkPurpose
from tests.fakes.certificates import ERASURE, FakeSigner, erasure, sign
from tests.fakes.samples import ANN
from tests.fakes.subject import Subject

PDF = b"%PDF a certificate"
SIGNER = FakeSigner()
FILE = sign(SIGNER, PDF)


@pytest.fixture
def subject() -> Subject:
    made = Subject()
    made.services.erasures.put(erasure(ErasureState.ERASED))
    digest = hashlib.sha256(PDF).hexdigest()
    made.services.certificates.keep(ERASURE, FILE, PDF, digest)
    return made


def test_r11_who_was_erased_gets_both_files(subject: Subject) -> None:
    token = subject.link(ERASURE, purpose=LinkPurpose.CERTIFICATE)
    answer = subject.ask("certificate", token)
    assert answer.status == 200
    assert base64.b64decode(answer.json["json"]) == FILE
    assert base64.b64decode(answer.json["pdf"]) == PDF
    assert answer.json["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert answer.json["key_sha256"] == read(FILE).key_name
    *_, entry = subject.world.audit.entries(ERASURE)
    assert entry.tag == "api:certificate:read"
    # It stays theirs: nothing is used up.
    assert subject.ask("certificate", token).status == 200


@pytest.mark.parametrize("state", sorted(set(ErasureState) - {ErasureState.ERASED}))
def test_there_is_none_before_the_erasure_is_over(
    subject: Subject, state: ErasureState
) -> None:
    subject.services.erasures.put(erasure(state))
    token = subject.link(ERASURE, purpose=LinkPurpose.CERTIFICATE)
    answer = subject.ask("certificate", token)
    assert (answer.status, answer.json["code"]) == (404, "not_found")


@pytest.mark.parametrize("purpose", sorted(set(LinkPurpose) - {LinkPurpose.CERTIFICATE}))
def test_no_other_link_opens_it(subject: Subject, purpose: LinkPurpose) -> None:
    token = subject.link(ERASURE, purpose=purpose)
    answer = subject.ask("certificate", token)
    assert (answer.status, answer.json["code"]) == (404, "link_not_valid")


def test_it_opens_nothing_else(subject: Subject) -> None:
    token = subject.link(ANN, purpose=LinkPurpose.CERTIFICATE)
    assert subject.page(token).json["code"] == "link_not_valid"
    assert subject.ask("certificate", token).status == 404
