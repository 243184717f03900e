"""Certificates over S3 and KMS: kept once, read whole, signed by a key that stays."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from beeldrecht.adapters.certificates import Certificates, Signer
from beeldrecht.domain.certificates import ForgedCertificateError, lower
from tests.adapters.aws import Aws
from tests.fakes.certificates import ERASURE, FakeSigner, sign

PDF, OTHER_PDF = b"%PDF one", b"%PDF another"
SIGNER = FakeSigner()
FILE, OTHER = sign(SIGNER, PDF), sign(SIGNER, OTHER_PDF)


def digest(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()


@pytest.fixture
def bucket(aws: Aws) -> str:
    return aws.bucket(versioned=False)


@pytest.fixture
def certificates(aws: Aws, bucket: str) -> Certificates:
    return Certificates(aws.s3, bucket)


def test_a_certificate_comes_back_with_its_document(certificates: Certificates) -> None:
    assert certificates.keep(ERASURE, FILE, PDF, digest(PDF)) == FILE
    kept = certificates.read(ERASURE)
    assert (kept.file, kept.pdf) == (FILE, PDF)


def test_the_first_certificate_of_an_erasure_stands(certificates: Certificates) -> None:
    certificates.keep(ERASURE, FILE, PDF, digest(PDF))
    for _ in range(2):
        assert certificates.keep(ERASURE, OTHER, OTHER_PDF, digest(OTHER_PDF)) == FILE
    kept = certificates.read(ERASURE)
    assert (kept.file, kept.pdf) == (FILE, PDF)


def test_a_document_that_was_changed_where_it_lies_is_not_handed_on(
    aws: Aws, bucket: str, certificates: Certificates
) -> None:
    certificates.keep(ERASURE, FILE, PDF, digest(PDF))
    key = f"certificates/{ERASURE}.{digest(PDF)}.pdf"
    aws.s3.put_object(Bucket=bucket, Key=key, Body=OTHER_PDF)
    with pytest.raises(ForgedCertificateError):
        certificates.read(ERASURE)


def test_what_kms_signs_its_public_key_verifies(aws: Aws) -> None:
    if aws.name == "moto":
        pytest.skip("moto signs a digest as if it were the message")
    made = aws.kms.create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")
    signer = Signer(aws.kms, made["KeyMetadata"]["Arn"])
    key = load_der_public_key(signer.public_key())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    # Longer than what KMS takes of a message.
    message = b"a certificate" * 1000
    signature = signer.sign(message)
    key.verify(signature, message, ec.ECDSA(SHA256()))
    key.verify(lower(signature), message, ec.ECDSA(SHA256()))
