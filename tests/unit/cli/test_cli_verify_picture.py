"""Checking what a picture says of itself: without an account, and without the network."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from beeldrecht.domain.channels import Channel, Place, Use
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.provenance import Statement, manifest
from beeldrecht_vision.signing import FileSigner, read_signed
from tests.fakes.certificates import FakeSigner
from tests.fakes.samples import NOON
from tests.unit.cli.desks import Office

SIGNER = FakeSigner()
NAME = derived_id("public", "of a picture")
CHECK = f"https://beeld.example.org/check/{NAME}"
ACTIONS: Final = (
    {"action": "c2pa.opened", "parameters": {"ingredientIds": ["stored"]}},
    {"action": "c2pa.edited", "description": "faces covered"},
)
MADE = manifest(
    Statement(NAME, CHECK, Use(Channel.PRESS, Place.NETHERLANDS, NOON), "MR-LMR", True),
    ACTIONS,
)


def plain(noise: int = 0) -> bytes:
    out = BytesIO()
    Image.new("RGB", (160, 120), (90, noise, 30)).save(out, "JPEG")
    return out.getvalue()


def signed(key: FakeSigner, organisation: str = "Gemeente Vis") -> bytes:
    return FileSigner(key, organisation, lambda: NOON).signed(plain(), "image/jpeg", MADE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    file = signed(SIGNER)
    (tmp_path / "fair.jpg").write_bytes(file)
    changed = bytearray(file)
    changed[-20] ^= 0x10
    (tmp_path / "changed.jpg").write_bytes(changed)
    (tmp_path / "plain.jpg").write_bytes(plain())
    (tmp_path / "notes.txt").write_bytes(b"nothing of ours")
    (tmp_path / "other.jpg").write_bytes(signed(FakeSigner()))
    (tmp_path / "key.pem").write_bytes(SIGNER.public_pem())
    return tmp_path


type Verify = Callable[..., tuple[int, str]]


@pytest.fixture
def verify(folder: Path, capsys: pytest.CaptureFixture[str]) -> Verify:
    def run(*arguments: str, language: str = "en") -> tuple[int, str]:
        office = Office(language=language)
        given = [str(folder / a) if "." in a else a for a in arguments]
        status = office.run("verify", "picture", *given)
        return status, office.said + capsys.readouterr().err

    return run


@pytest.mark.parametrize("language", ["en", "nl"])
def test_what_a_whole_picture_says_is_told_in_words(
    verify: Verify, language: str
) -> None:
    status, said = verify("fair.jpg", "--public-key", "key.pem", language=language)
    assert status == 0
    for each in (NAME, CHECK, "MR-LMR", "opened, edited (faces covered)"):
        assert each in said.replace("\n", "")
    assert {"en": "every byte", "nl": "elke byte"}[language] in said
    assert {"en": "press", "nl": "pers"}[language] in said
    assert "picture-key.pem" not in said


def test_without_a_key_it_is_said_that_nobody_is_known_to_have_signed(
    verify: Verify,
) -> None:
    for name in ("fair.jpg", "other.jpg"):
        status, said = verify(name)
        assert status == 0
        assert "picture-key.pem" in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("changed.jpg", "was changed"),
        ("other.jpg", "did not sign it"),
        ("plain.jpg", "says nothing"),
        ("notes.txt", "says nothing"),
        ("gone.jpg", "no file"),
    ],
)
def test_whatever_is_not_as_it_was_signed_fails(
    verify: Verify, name: str, words: str
) -> None:
    status, said = verify(name, "--public-key", "key.pem")
    assert status == 1
    assert words in said
    assert NAME not in said


def test_the_key_of_pictures_is_taken_along(tmp_path: Path) -> None:
    office = Office()
    office.desk.deployed.__dict__["picture_key"] = SIGNER.public_key()
    to = tmp_path / "key.pem"
    assert office.run("verify", "key", str(to), "--pictures") == 0
    assert to.read_bytes() == SIGNER.public_pem()


def test_what_another_key_names_after_ours_is_not_ours() -> None:
    """Same names, same organisation, another key: the anchor is of the key alone."""
    forged = signed(FakeSigner())
    report = read_signed(forged, "image/jpeg", SIGNER.public_key())
    assert report["validation_state"] == "Valid"
    own = read_signed(signed(SIGNER, "x" * 200), "image/jpeg", SIGNER.public_key())
    assert own["validation_state"] == "Trusted"


def test_a_process_certifies_its_key_once_and_no_thumbnail_goes_along() -> None:
    key = FakeSigner()
    signer = FileSigner(key, "Gemeente Vis", lambda: NOON)
    first = signer.signed(plain(), "image/jpeg", MADE)
    signer.signed(plain(9), "image/jpeg", MADE)
    assert len(key.signed) == 3
    assert first.count(b"\xff\xd8\xff") == 1
    assert len(first) - len(plain()) < 20_000
