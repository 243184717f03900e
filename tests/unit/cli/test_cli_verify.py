"""Checking a certificate without an account, and without the network (R11)."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from beeldrecht_mail.certificate import certificate_pdf
from cli import certificates
from tests.fakes.certificates import FakeSigner, certificate, sign
from tests.unit.cli.desks import Office

SIGNER = FakeSigner()
NAME = hashlib.sha256(SIGNER.public_key()).hexdigest()
PDF = certificate_pdf(certificate(), NAME)
FILE = sign(SIGNER, PDF)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "proof.json").write_bytes(FILE)
    (tmp_path / "proof.pdf").write_bytes(PDF)
    (tmp_path / "key.pem").write_bytes(SIGNER.public_pem())
    (tmp_path / "other.pem").write_bytes(FakeSigner().public_pem())
    return tmp_path


type Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(folder: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(*arguments: str, language: str = "en") -> tuple[int, str]:
        office = Office(language=language)
        given = [str(folder / a) if "." in a else a for a in arguments]
        status = office.run("verify", "certificate", *given)
        return status, office.said + capsys.readouterr().err

    return run


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", ["proof.json", "proof.pdf"])
def test_r11_a_whole_certificate_is_told_in_words(
    verify: Verify, name: str, language: str
) -> None:
    status, said = verify(name, "--public-key", "key.pem", language=language)
    assert status == 0
    assert certificate().erasure_id in said
    assert certificate().controller in said
    assert {"en": "every byte", "nl": "elke byte"}[language] in said
    assert NAME not in said


def test_without_a_key_from_elsewhere_its_name_is_told(verify: Verify) -> None:
    status, said = verify("proof.json")
    assert status == 0
    assert NAME in said


def test_without_its_document_that_is_said(folder: Path, verify: Verify) -> None:
    (folder / "proof.pdf").unlink()
    status, said = verify("proof.json")
    assert status == 0
    assert "was not checked" in said


# Every hundredth of it: its length differs by a few bytes from one signature to another.
@pytest.mark.parametrize("part", range(101))
def test_r11_any_changed_byte_of_the_file_is_found(
    folder: Path, verify: Verify, part: int
) -> None:
    place = (len(FILE) - 1) * part // 100
    changed = FILE[:place] + bytes([FILE[place] ^ 1]) + FILE[place + 1 :]
    (folder / "proof.json").write_bytes(changed)
    status, said = verify("proof.json")
    assert status == 1
    assert "not what was signed" in said


@pytest.mark.parametrize("place", range(0, len(PDF), 12_007))
def test_r11_any_changed_byte_of_the_document_is_found(
    folder: Path, verify: Verify, place: int
) -> None:
    changed = PDF[:place] + bytes([PDF[place] ^ 1]) + PDF[place + 1 :]
    (folder / "proof.pdf").write_bytes(changed)
    for name in ("proof.json", "proof.pdf"):
        status, _ = verify(name)
        # A file that no longer begins as a document is taken for a signed one.
        assert status == 1


def test_what_somebody_else_signed_is_found(folder: Path, verify: Verify) -> None:
    (folder / "proof.json").write_bytes(sign(FakeSigner(), PDF))
    # By itself it is whole: that is why the key is to be had from elsewhere.
    assert verify("proof.json")[0] == 0
    assert verify("proof.json", "--public-key", "key.pem")[0] == 1
    (folder / "proof.json").write_bytes(FILE)
    status, said = verify("proof.json", "--public-key", "other.pem")
    assert status == 1
    assert "the key in other.pem did not sign it" in said
    # Of what was changed it is not said that it is whole, whatever the key.
    (folder / "proof.json").write_bytes(FILE.replace(b'"removed":', b'"removed": ', 1))
    assert "not what was signed" in verify("proof.json", "--public-key", "other.pem")[1]


def test_what_is_not_there_is_said(folder: Path, verify: Verify) -> None:
    status, said = verify("nothing.json")
    assert status == 1
    assert "nothing.json" in said
    status, said = verify("proof.json", "--public-key", "proof.json")
    assert status == 1
    assert "no public key" in said
    assert "certificate-key.pem" in said
    (folder / "proof.json").unlink()
    status, said = verify("proof.pdf")
    assert status == 1
    assert "proof.json" in said


def test_the_key_is_taken_along_once(tmp_path: Path) -> None:
    office = Office()
    office.desk.deployed.__dict__["certificate_key"] = SIGNER.public_key()
    to = tmp_path / "key.pem"
    assert office.run("verify", "key", str(to)) == 0
    assert to.read_bytes() == SIGNER.public_pem()
    assert office.run("verify", "key", str(to)) == 1


def test_a_key_is_written_as_everybody_else_writes_it() -> None:
    assert certificates.pem(SIGNER.public_key()).encode() == SIGNER.public_pem()
