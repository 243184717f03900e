"""The certificate of an erasure: what every store held, and what is left, and why.

It names nobody: who holds it has the number of their erasure, and nothing else leads
from it to a person. The signed file is canonical JSON. All of it is signed but the
signature itself, and it is read back only when its bytes are exactly those that would be
written again, so that a change of any byte shows.
"""

import base64
import binascii
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from .erasure import PictureOutcome, Receipt, goes
from .erasure_texts import LeavingReason, PlannedText, TextOutcome
from .ids import check_id
from .stores import Erasing, Store

FORM: Final = "beeldrecht-certificate-1"
ALGORITHM: Final = "ECDSA_SHA_256"


_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve P-256 (FIPS 186-5, SEC 2)."""
_INTEGER, _SEQUENCE = 0x02, 0x30


class UnfinishedErasureError(Exception):
    """Something is left that may not be: there is nothing to certify."""


class ForgedCertificateError(Exception):
    """It is not, byte for byte, what was signed."""


def clean(receipt: Receipt, proof_kept: bool) -> bool:
    """Whether nothing is left in a place that may not be: counted, not subtracted."""
    counts = (receipt.found, receipt.removed, receipt.remains)
    if min(counts) < 0:
        return False
    return receipt.remains == 0 or not goes(receipt.why, proof_kept)


@dataclass(frozen=True, slots=True)
class CertifiedText:
    """What became of the texts of one kind that named the person, and why."""

    what: str
    """The kind of text: `asset.description.title`."""
    outcome: TextOutcome
    reason: LeavingReason | None
    count: int

    def __post_init__(self) -> None:
        """Leave nothing without a reason."""
        if (self.outcome is TextOutcome.LEAVE) != (self.reason is not None):
            raise UnfinishedErasureError(self.what)


def certified_texts(texts: Iterable[PlannedText]) -> tuple[CertifiedText, ...]:
    """The places of an erasure as its certificate lists them.

    One that nobody decided was written about a picture that was deleted: it went too.
    """
    counts = Counter[tuple[str, TextOutcome, LeavingReason | None]]()
    for each in texts:
        outcome = each.outcome or TextOutcome.GONE
        reason = each.reason if outcome is TextOutcome.LEAVE else None
        counts[each.place.what, outcome, reason] += 1
    listed = [
        CertifiedText(what, outcome, reason, count)
        for (what, outcome, reason), count in counts.items()
    ]
    return tuple(sorted(listed, key=lambda t: (t.what, t.outcome, t.reason or "")))


@dataclass(frozen=True, slots=True)
class Certificate:
    """That an erasure is over, store by store."""

    erasure_id: str
    of_picture: bool
    """Whether one picture was erased, and not a person."""
    controller: str
    """Who answers for it, as the notices name them."""
    confirmed_at: datetime
    issued_at: datetime
    entry: int
    """Its number in the erasure ledger."""
    receipts: tuple[Receipt, ...]
    pictures: Mapping[PictureOutcome, int]
    proof_until: date | None = None
    """Until which day the proof of consent stays, sealed; None: there is none left."""
    texts: tuple[CertifiedText, ...] = ()
    """Where the person was named in what people typed."""

    def __post_init__(self) -> None:
        """Certify nothing that is not over."""
        check_id(self.erasure_id)
        kept = self.proof_until is not None
        if not self.receipts or not all(clean(each, kept) for each in self.receipts):
            raise UnfinishedErasureError(self.erasure_id)

    @property
    def remaining(self) -> tuple[Receipt, ...]:
        """What must stay, with its reason."""
        return tuple(each for each in self.receipts if each.remains)


@dataclass(frozen=True, slots=True)
class SignedCertificate:
    """A certificate, the digest of its document, by which key, and the signature."""

    certificate: Certificate
    pdf_sha256: str
    public_key: bytes
    """In DER, as SubjectPublicKeyInfo."""
    signature: bytes = b""

    @property
    def key_name(self) -> str:
        """What the key is called: the SHA-256 of it, to compare by eye."""
        return hashlib.sha256(self.public_key).hexdigest()


def lower(signature: bytes) -> bytes:
    """The one form of a signature: of the two that verify, the one with the lower half.

    Whoever has a signature (r, s) can make (r, n - s) of it, which verifies as well.
    Raises ValueError for what is none in DER.
    """
    r, rest = _integer(signature[2:])
    s, after = _integer(rest)
    again = _der(r, s)
    if after or again != signature or not 0 < r < _ORDER or not 0 < s < _ORDER:
        raise ValueError("it is no signature")
    return _der(r, min(s, _ORDER - s))


def canonical(value: object) -> bytes:
    """JSON that has one form: sorted, without blanks, in UTF-8, with a line end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode() + b"\n"


def body_of(certificate: Certificate) -> dict[str, Any]:
    """What a certificate says, as JSON says it."""
    return {
        "erasure_id": certificate.erasure_id,
        "of": "picture" if certificate.of_picture else "person",
        "controller": certificate.controller,
        "confirmed_at": _said(certificate.confirmed_at),
        "issued_at": _said(certificate.issued_at),
        "ledger_entry": certificate.entry,
        "pictures": {
            each.value: certificate.pictures.get(each, 0) for each in PictureOutcome
        },
        "proof_until": (
            None
            if certificate.proof_until is None
            else certificate.proof_until.isoformat()
        ),
        "receipts": [
            {
                "store": each.store.value,
                "what": each.what,
                "found": each.found,
                "removed": each.removed,
                "remains": each.remains,
                "why": each.why.value,
            }
            for each in certificate.receipts
        ],
    } | _texts_of(certificate)


def _texts_of(certificate: Certificate) -> dict[str, Any]:
    """Nothing where there were none: so read certificates from before they were told."""
    told = [
        {
            "what": each.what,
            "outcome": each.outcome.value,
            "why": None if each.reason is None else each.reason.value,
            "count": each.count,
        }
        for each in certificate.texts
    ]
    return {"texts": told} if told else {}


def to_sign(signed: SignedCertificate) -> bytes:
    """The bytes that the key signs: everything in the file but the signature."""
    return canonical(_unsigned(signed))


def file_of(signed: SignedCertificate) -> bytes:
    """The file."""
    signature = base64.b64encode(signed.signature).decode()
    return canonical({**_unsigned(signed), "signature": signature})


def read(data: bytes) -> SignedCertificate:
    """The certificate in a file; raises ForgedCertificateError.

    The signature is not verified here, only that the file says one thing in one way.
    """
    try:
        found = json.loads(data)
        signed = SignedCertificate(
            certificate=_certificate_of(found["certificate"]),
            pdf_sha256=str(found["pdf_sha256"]),
            public_key=base64.b64decode(found["public_key"], validate=True),
            signature=base64.b64decode(found["signature"], validate=True),
        )
        again = file_of(signed)
        lowest = lower(signed.signature)
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
        binascii.Error,
        UnfinishedErasureError,
    ) as error:
        raise ForgedCertificateError("it is no certificate") from error
    if again != data or lowest != signed.signature:
        raise ForgedCertificateError("it was written in another way")
    return signed


def _unsigned(signed: SignedCertificate) -> dict[str, Any]:
    return {
        "form": FORM,
        "algorithm": ALGORITHM,
        "certificate": body_of(signed.certificate),
        "pdf_sha256": signed.pdf_sha256,
        "public_key": base64.b64encode(signed.public_key).decode(),
    }


def _certificate_of(said: Mapping[str, Any]) -> Certificate:
    until = said["proof_until"]
    return Certificate(
        erasure_id=said["erasure_id"],
        of_picture=said["of"] == "picture",
        controller=said["controller"],
        confirmed_at=datetime.fromisoformat(said["confirmed_at"]),
        issued_at=datetime.fromisoformat(said["issued_at"]),
        entry=_whole(said["ledger_entry"]),
        receipts=tuple(
            Receipt(
                store=Store(each["store"]),
                what=each["what"],
                found=_whole(each["found"]),
                removed=_whole(each["removed"]),
                remains=_whole(each["remains"]),
                why=Erasing(each["why"]),
            )
            for each in said["receipts"]
        ),
        pictures={PictureOutcome(k): _whole(n) for k, n in said["pictures"].items()},
        proof_until=None if until is None else date.fromisoformat(until),
        texts=tuple(
            CertifiedText(
                what=str(each["what"]),
                outcome=TextOutcome(each["outcome"]),
                reason=None if each["why"] is None else LeavingReason(each["why"]),
                count=_whole(each["count"]),
            )
            for each in said.get("texts", ())
        ),
    )


def _integer(der: bytes) -> tuple[int, bytes]:
    """The number at the beginning of some DER, and what follows it."""
    if len(der) < 2 or der[0] != _INTEGER or len(der) < 2 + der[1]:
        raise ValueError("no number in DER")
    return int.from_bytes(der[2 : 2 + der[1]]), der[2 + der[1] :]


def _der(r: int, s: int) -> bytes:
    numbers = b"".join(
        bytes([_INTEGER, length]) + number.to_bytes(length)
        for number in (r, s)
        for length in [number.bit_length() // 8 + 1]
    )
    return bytes([_SEQUENCE, len(numbers)]) + numbers


def _whole(value: object) -> int:
    """A number as we write it: 1.0 would read as the same one, and is another byte."""
    if type(value) is not int:
        raise TypeError("no whole number")
    return value


def _said(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
