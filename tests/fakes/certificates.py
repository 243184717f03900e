"""Certificates to test with, a key that signs them, and where they are kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from beeldrecht.adapters.certificates import KeptCertificate
from beeldrecht.domain.certificates import (
    Certificate,
    SignedCertificate,
    file_of,
    lower,
    to_sign,
)
from beeldrecht.domain.erasure import (
    Erasure,
    ErasureReason,
    ErasureState,
    PictureOutcome,
    Receipt,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.store_registry import STORES
from beeldrecht.domain.stores import Erasing, Store
from tests.fakes.effects import Effects

ERASURE = derived_id("erasure", "of a test")
AT = datetime(2026, 6, 1, 12, tzinfo=UTC)
STAYS = {Erasing.PROOF: 2, Erasing.PSEUDONYM: 41, Erasing.REPLAYED: 1}


def receipts() -> tuple[Receipt, ...]:
    """One of every entry of the registry: some held something, and some still do."""
    found = []
    for place, entry in enumerate(STORES):
        remains = STAYS.get(entry.erasing, 0)
        gone = place % 3 if entry.erasing is Erasing.DELETED else 0
        found.append(
            Receipt(entry.store, entry.what, gone + remains, gone, remains, entry.erasing)
        )
    return tuple(found)


def certificate(
    *more: Receipt, of_picture: bool = False, controller: str = "Gemeente Voorbeeld"
) -> Certificate:
    """A certificate of an erasure that is over."""
    return Certificate(
        erasure_id=ERASURE,
        of_picture=of_picture,
        controller=controller,
        confirmed_at=AT,
        issued_at=AT.replace(hour=13),
        entry=7,
        receipts=(*receipts(), *more),
        pictures={PictureOutcome.MASK: 3, PictureOutcome.DELETE: 2},
        proof_until=date(2031, 6, 1),
    )


LEFT = Receipt(Store.CONSENT, "person", 1, 0, 1, Erasing.DELETED)


class FakeSigner:
    """A key of the same kind as the one in KMS."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.signed: list[bytes] = []

    def public_key(self) -> bytes:
        form = PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(Encoding.DER, form)

    def public_pem(self) -> bytes:
        form = PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(Encoding.PEM, form)

    def sign(self, message: bytes) -> bytes:
        self.signed.append(message)
        return self._key.sign(message, ec.ECDSA(SHA256()))


class FakeCertificates:
    """Where certificates are kept: the first of an erasure stands."""

    def __init__(self, effects: Effects | None = None) -> None:
        self._effects = effects or Effects()
        self.files: dict[str, bytes] = {}
        self.documents: dict[tuple[str, str], bytes] = {}

    def keep(self, erasure_id: str, file: bytes, pdf: bytes, pdf_sha256: str) -> bytes:
        with self._effects.effect("certificates.document"):
            self.documents.setdefault((erasure_id, pdf_sha256), pdf)
        with self._effects.effect("certificates.file"):
            return self.files.setdefault(erasure_id, file)

    def read(self, erasure_id: str) -> KeptCertificate:
        file = self.files[erasure_id]
        [pdf] = [d for (i, _), d in self.documents.items() if i == erasure_id]
        return KeptCertificate(file, pdf)


class FakeErasureStates:
    """Erasures on record, as far as whoever asks for a certificate reads them."""

    def __init__(self) -> None:
        self.there: dict[str, Erasure] = {}

    def get(self, erasure_id: str) -> Erasure | None:
        return self.there.get(erasure_id)

    def put(self, erasure: Erasure) -> None:
        """As if it had come so far."""
        self.there[erasure.erasure_id] = erasure


def erasure(state: ErasureState) -> Erasure:
    """The erasure of somebody, in that state."""
    return Erasure(
        erasure_id=ERASURE,
        person_id=derived_id("erased", ERASURE),
        asset_id=None,
        reason=ErasureReason.REQUEST,
        begun_by=derived_id("officer"),
        begun_at=AT,
        state=state,
        confirmed_at=AT,
    )


def sign(signer: FakeSigner, pdf: bytes, about: Certificate | None = None) -> bytes:
    """The signed file of a certificate, with the digest of that document."""
    bare = SignedCertificate(
        about or certificate(), sha256(pdf).hexdigest(), signer.public_key()
    )
    return file_of(replace(bare, signature=lower(signer.sign(to_sign(bare)))))
