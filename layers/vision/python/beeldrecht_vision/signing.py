"""Signing what a file says of itself: C2PA manifests, by a key that never leaves KMS.

The certificate that C2PA asks for is made by each process for itself, of the key alone,
and kept nowhere: who checks a file trusts the key, whose public half everybody can fetch,
and builds the anchor of the chain from that (`anchor`). Nothing is ever fetched. Needs
the layers `formats` and `sealing`.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NoReturn, Protocol

from c2pa import (
    Builder,
    C2paError,
    C2paSigningAlg,
    Context,
    Reader,
    Settings,
    Signer,
)
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMATS: Final = ("image/jpeg", "image/png", "image/webp", "image/avif", "image/tiff")
_ISSUER: Final = "Beeldrecht: key of pictures"
_GIVEN: Final = "Beeldrecht: pictures"
_NAME_LENGTH: Final = 64
"""What X.520 allows for the name of an organisation."""
_NEVER: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
"""No well-defined end (RFC 5280, 4.1.2.5): no clock of others dates our signatures."""
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_OFFLINE: Final = {"remote_manifest_fetch": False, "ocsp_fetch": False}


class SigningFailedError(Exception):
    """The file could not be signed; nothing of it may be used."""


class UnsignedFileError(Exception):
    """A file that carries no manifest, or none that can be read."""


class Key(Protocol):
    """A key of the curve P-256."""

    def public_key(self) -> bytes:
        """The public half, in DER."""
        ...

    def sign(self, message: bytes) -> bytes:
        """An ECDSA signature in DER, of the SHA-256 of the message."""
        ...


class FileSigner:
    """Signs files in the name of an organisation."""

    def __init__(self, key: Key, organisation: str, now: Callable[[], datetime]) -> None:
        self._key = key
        self._organisation = organisation[:_NAME_LENGTH]
        self._now = now

    def signed(self, data: bytes, media_type: str, manifest: Mapping[str, Any]) -> bytes:
        """The same file with a manifest; raises SigningFailedError.

        No picture of the picture goes into it. Two signatures of one file differ.
        """
        out = BytesIO()
        refused: list[Exception] = []

        def raw(claim: bytes) -> bytes:
            # The library turns whatever is raised here into a signature that is wrong.
            try:
                return _raw(self._key.sign(claim))
            except Exception as error:
                refused.append(error)
                raise

        builder = {"thumbnail": {"enabled": False}}
        settings = Settings.from_dict({"builder": builder, "verify": _OFFLINE})
        try:
            with (
                Signer.from_callback(raw, C2paSigningAlg.ES256, self._chain) as signer,
                Context(settings) as context,
                Builder(dict(manifest), context=context) as built,
            ):
                built.sign(signer, media_type, BytesIO(data), out)
        except C2paError as error:
            raise SigningFailedError(media_type) from (refused[0] if refused else error)
        return out.getvalue()

    @cached_property
    def _chain(self) -> str:
        """A certificate that the key gives itself, under another name: PEM."""
        public = _public(self._key.public_key())
        made = (
            _certificate(_name(_ISSUER), _name(_GIVEN, self._organisation), public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(self._now())
            .add_extension(
                x509.BasicConstraints(ca=False, path_length=None), critical=True
            )
            .add_extension(_usage(signs_files=True), critical=True)
            .add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False
            )
            .sign(_AtKms(self._key, public), SHA256())
        )
        return made.public_bytes(Encoding.PEM).decode()


def read_signed(data: bytes, media_type: str, public_key: bytes | None) -> dict[str, Any]:
    """What a file says of itself, with `validation_state`: nothing is fetched.

    `Trusted`: whole, and signed by this key (DER); `Valid`: whole, whoever signed it;
    `Invalid`: something in it is another than what was signed. Raises UnsignedFileError.
    """
    settings: dict[str, Any] = {"verify": dict(_OFFLINE)}
    if public_key is not None:
        settings["verify"]["verify_trust"] = True
        settings["trust"] = {"trust_anchors": anchor(public_key)}
    try:
        with (
            Context(Settings.from_dict(settings)) as context,
            Reader(media_type, BytesIO(data), context=context) as reader,
        ):
            report: dict[str, Any] = json.loads(reader.json())
    except C2paError as error:
        raise UnsignedFileError(media_type) from error
    return report


def anchor(public_key: bytes) -> str:
    """The anchor of trust of a key (DER), as PEM: its name and the key, and no more.

    What signs it is a key that is thrown away: an anchor is believed for where it comes
    from, and its own signature is looked at by nobody (RFC 5280, 6.1.1).
    """
    public = _public(public_key)
    made = (
        _certificate(_name(_ISSUER), _name(_ISSUER), public)
        .serial_number(1)
        .not_valid_before(_EPOCH)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_files=False), critical=True)
        .sign(ec.generate_private_key(ec.SECP256R1()), SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


class _AtKms(ec.EllipticCurvePrivateKey):
    """The key as what makes certificates takes it: it signs, and does nothing else."""

    def __init__(self, key: Key, public: ec.EllipticCurvePublicKey) -> None:
        self._key = key
        self._public = public

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self._public

    @property
    def curve(self) -> ec.EllipticCurve:
        return self._public.curve

    @property
    def key_size(self) -> int:
        return self._public.key_size

    def sign(self, data: Any, _algorithm: object) -> bytes:
        return self._key.sign(bytes(data))

    def exchange(self, *_: object) -> NoReturn:
        raise NotImplementedError

    def private_numbers(self) -> NoReturn:
        raise NotImplementedError

    def private_bytes(self, *_: object) -> NoReturn:
        raise NotImplementedError

    def __copy__(self) -> _AtKms:
        return self

    def __deepcopy__(self, _memo: object) -> _AtKms:
        return self


def _certificate(
    issuer: x509.Name, subject: x509.Name, public: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    identifier = x509.SubjectKeyIdentifier.from_public_key(public)
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(public)
        .not_valid_after(_NEVER)
        .add_extension(identifier, critical=False)
    )


def _name(name: str, organisation: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        parts.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parts)


def _usage(*, signs_files: bool) -> x509.KeyUsage:
    """For files, or for certificates: never for both."""
    return x509.KeyUsage(
        digital_signature=signs_files,
        key_cert_sign=not signs_files,
        crl_sign=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _public(der: bytes) -> ec.EllipticCurvePublicKey:
    key = load_der_public_key(der)
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise ValueError("it is no key of the curve P-256")
    return key


def _raw(signature: bytes) -> bytes:
    """The two numbers of a signature, side by side (RFC 9053, 2.1)."""
    r, s = decode_dss_signature(signature)
    return r.to_bytes(32) + s.to_bytes(32)
