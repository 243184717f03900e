"""Checking a certificate of erasure: with the file alone, and nothing of ours."""

import base64
import hashlib
import textwrap
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
    load_pem_public_key,
)

from beeldrecht.domain.certificates import (
    Certificate,
    ForgedCertificateError,
    read,
    to_sign,
)

DOCUMENT = b"%PDF"


class NoCertificateError(Exception):
    """There is no file to check, or not the one that belongs to a document."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class NoKeyError(Exception):
    """The file that should hold the public key holds none that certificates have."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self.path = path


class AnotherKeyError(ForgedCertificateError):
    """It is whole, and the key that signed it is not the one that was given."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A certificate that is, byte for byte, what was signed."""

    certificate: Certificate
    key_name: str
    document: bool
    """Whether its document was there, and is the one that it names."""
    known_key: bool
    """Whether it was checked with a key from elsewhere, and not with its own."""


def check(path: Path, public_key: Path | None = None) -> Checked:
    """Check a certificate, and the document beside it, of whichever the path is.

    Raises NoCertificateError, NoKeyError, and ForgedCertificateError where one byte of
    either is another one, or another key signed it.
    """
    data = _bytes(path)
    if data.startswith(DOCUMENT):
        document = data
        data = _bytes(path.with_suffix(".json"))
    else:
        beside = path.with_suffix(".pdf")
        document = beside.read_bytes() if beside.is_file() else b""
    signed = read(data)
    key = _key(signed.public_key)
    known = None if public_key is None else named(public_key)
    try:
        key.verify(signed.signature, to_sign(signed), ec.ECDSA(SHA256()))
    except InvalidSignature as error:
        raise ForgedCertificateError("the signature is another one's") from error
    if document and hashlib.sha256(document).hexdigest() != signed.pdf_sha256:
        raise ForgedCertificateError("the document is another one")
    # Last: only of what is whole does it say anything that another key signed it.
    if known is not None and known != signed.public_key:
        raise AnotherKeyError("another key signed it")
    return Checked(
        signed.certificate, signed.key_name, bool(document), public_key is not None
    )


def pem(der: bytes) -> str:
    """A public key as text (RFC 7468)."""
    body = "\n".join(textwrap.wrap(base64.b64encode(der).decode(), 64))
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise NoCertificateError(path) from error


def _key(der: bytes) -> ec.EllipticCurvePublicKey:
    """The key in a certificate: of the one kind that signs them, said in one way."""
    try:
        key = load_der_public_key(der)
    except ValueError as error:
        raise ForgedCertificateError("it holds no key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ForgedCertificateError("it holds a key of another kind")
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != der:
        raise ForgedCertificateError("its key is written in another way")
    return key


def named(path: Path) -> bytes:
    """The public key in a file, in DER; raises NoKeyError."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise NoKeyError(path) from error
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
