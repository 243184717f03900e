"""The certificate as a document: both languages, whole, and the same ever after."""

import io
import json

import pikepdf
import pytest

from beeldrecht.domain.certificates import body_of
from beeldrecht.domain.erasure import Receipt
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import Erasing, Store
from beeldrecht_mail.certificate import certificate_pdf
from beeldrecht_mail.certificate_words import DUTCH, ENGLISH
from tests.fakes.certificates import certificate

KEY = "ab" * 32


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def test_the_same_certificate_makes_the_same_bytes() -> None:
    assert certificate_pdf(certificate(), KEY) == certificate_pdf(certificate(), KEY)
    assert certificate_pdf(certificate(), KEY) != certificate_pdf(certificate(), "c" * 64)


def test_it_is_an_archives_document_for_everybody() -> None:
    with opened(certificate_pdf(certificate(), KEY)) as pdf:
        about = pdf.open_metadata()
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")
        assert about["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "nl"


def test_what_it_says_lies_inside_as_it_is_signed() -> None:
    with opened(certificate_pdf(certificate(), KEY)) as pdf:
        inside = pdf.attachments["certificate.json"].get_file().read_bytes()
        assert json.loads(inside) == body_of(certificate())


def test_both_languages_say_all_of_it() -> None:
    assert (DUTCH.code, ENGLISH.code) == ("nl", "en")
    for field in DUTCH.__dataclass_fields__:
        ours, theirs = getattr(DUTCH, field), getattr(ENGLISH, field)
        assert ours
        assert theirs
        assert type(ours) is type(theirs)


@pytest.mark.parametrize("of_picture", [False, True])
def test_a_picture_and_odd_names_can_be_set(of_picture: bool) -> None:
    made = certificate(
        Receipt(Store.LIBRARY, "#let x = 1 *bold*", 1, 1, 0, Erasing.DELETED),
        of_picture=of_picture,
        controller="Stichting 中 \u202e «x» #panic",
    )
    with opened(certificate_pdf(made, KEY)) as pdf:
        assert len(pdf.pages) > 1
    assert len(made.receipts) == len(STORES) + 1
