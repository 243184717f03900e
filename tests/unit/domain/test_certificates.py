"""Certificates: what they say, and that any change of them shows (R11)."""

import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from beeldrecht.domain.certificates import (
    Certificate,
    ForgedCertificateError,
    SignedCertificate,
    UnfinishedErasureError,
    file_of,
    lower,
    read,
    to_sign,
)
from beeldrecht.domain.erasure import Receipt
from beeldrecht.domain.stores import Erasing, Store
from tests.fakes.certificates import LEFT, FakeSigner, certificate

SIGNER = FakeSigner()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def signed(about: Certificate) -> SignedCertificate:
    bare = SignedCertificate(about, "ab" * 32, SIGNER.public_key())
    return replace(bare, signature=lower(SIGNER.sign(to_sign(bare))))


FILE = file_of(signed(certificate()))


def test_a_certificate_comes_back_as_it_was_signed() -> None:
    about = signed(certificate())
    assert read(file_of(about)) == about


def test_the_signature_covers_everything_but_itself() -> None:
    found = read(FILE)
    key = load_der_public_key(found.public_key)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(found.signature, to_sign(found), ec.ECDSA(SHA256()))
    said, kept = json.loads(to_sign(found)), json.loads(FILE)
    assert kept.pop("signature")
    assert said == kept


@pytest.mark.parametrize("why", [Erasing.DELETED, Erasing.KEY_DESTROYED])
def test_r11_nothing_is_certified_while_something_is_left(why: Erasing) -> None:
    with pytest.raises(UnfinishedErasureError):
        certificate(replace(LEFT, why=why))
    certificate(replace(LEFT, why=why, remains=0))


def test_proof_may_stay_only_where_it_has_an_end() -> None:
    with pytest.raises(UnfinishedErasureError):
        replace(certificate(), proof_until=None)


@pytest.mark.parametrize("counts", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_no_store_holds_less_than_nothing(counts: tuple[int, int, int]) -> None:
    odd = Receipt(Store.AUDIT, "x", *counts, Erasing.PSEUDONYM)
    with pytest.raises(UnfinishedErasureError):
        certificate(odd)


def test_a_certificate_without_receipts_says_nothing() -> None:
    with pytest.raises(UnfinishedErasureError):
        replace(certificate(), receipts=())


def test_what_must_stay_is_named_with_its_reason() -> None:
    remaining = certificate().remaining
    assert {each.why for each in remaining} >= {Erasing.PROOF, Erasing.PSEUDONYM}
    assert all(each.remains for each in remaining)


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_another_certificate_or_none(place: int, by: int) -> None:
    changed = FILE[:place] + bytes([FILE[place] ^ by]) + FILE[place + 1 :]
    try:
        found = read(changed)
    except ForgedCertificateError:
        return
    assert (to_sign(found), found.signature) != (
        to_sign(read(FILE)),
        read(FILE).signature,
    )


@pytest.mark.parametrize(
    "changed",
    [
        b"",
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"\xff" * 9,
        FILE[:-1],
        FILE + b"\n",
        b" " + FILE,
        FILE.replace(b'","', b'", "', 1),
        json.dumps(json.loads(FILE)).encode(),
        json.dumps({**json.loads(FILE), "more": 1}).encode(),
        FILE.replace(b'"remains":41', b'"remains":41.0', 1),
        FILE.replace(b'"of":"person"', b'"of":"nobody"'),
        b"[" * 100_000,
    ],
    ids=range(14),
)
def test_what_is_written_in_another_way_is_refused(changed: bytes) -> None:
    with pytest.raises(ForgedCertificateError):
        read(changed)


def test_the_last_letter_of_a_signature_cannot_be_another_one() -> None:
    # Base64 has several spellings of the same bytes; only one of them is the file's.
    at = FILE.index(b'"signature":"') + len(b'"signature":"')
    end = FILE.index(b'"', at)
    text = FILE[at:end]
    body = text.rstrip(b"=")
    others = [
        FILE[:at] + body[:-1] + bytes([letter]) + text[len(body) :] + FILE[end:]
        for letter in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        if letter != body[-1]
    ]
    for other in others:
        try:
            assert read(other).signature != read(FILE).signature
        except ForgedCertificateError:
            continue


def test_the_other_half_of_a_signature_is_refused() -> None:
    found = read(FILE)
    r, s = decode_dss_signature(found.signature)
    other = replace(found, signature=encode_dss_signature(r, ORDER - s))
    key = load_der_public_key(found.public_key)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    key.verify(other.signature, to_sign(other), ec.ECDSA(SHA256()))
    assert lower(other.signature) == found.signature
    with pytest.raises(ForgedCertificateError):
        read(file_of(other))


@given(st.integers(1, ORDER - 1), st.integers(1, ORDER - 1))
def test_a_signature_has_one_form(r: int, s: int) -> None:
    one = lower(encode_dss_signature(r, s))
    assert one == lower(encode_dss_signature(r, ORDER - s)) == lower(one)
    assert decode_dss_signature(one) == (r, min(s, ORDER - s))


ZERO = b"\x30\x06\x02\x01\x00\x02\x01\x01"


@pytest.mark.parametrize("odd", [b"", b"0", b"\x30\x00", ZERO])
def test_what_is_no_signature_has_none(odd: bytes) -> None:
    with pytest.raises(ValueError, match="no"):
        lower(odd)
