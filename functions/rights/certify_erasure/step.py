"""Certify an erasure: note that it is over, and sign what every store says of it."""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.certificates import (
    Certificate,
    SignedCertificate,
    certified_texts,
    file_of,
    lower,
    to_sign,
)
from beeldrecht.domain.erasure import Erasure, ErasureState, Plan, Receipt
from beeldrecht.domain.erasure_texts import PlannedText
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.stores import Erasing
from beeldrecht.domain.time import day_of
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, NotBegunError
from beeldrecht.runtime.events import Frozen


class Outcome(StrEnum):
    """What came of it."""

    CERTIFIED = "certified"


class Result(Frozen):
    """What came of it, and the digest of the file that says so."""

    outcome: Outcome
    sha256: str


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with its plan and receipts."""

    def plan(self, erasure_id: str) -> Plan | None:
        """The plan."""
        ...

    def receipts(self, erasure_id: str) -> tuple[Receipt, ...]:
        """What the last look found in each place."""
        ...

    def texts(self, erasure_id: str) -> tuple[PlannedText, ...]:
        """Every place where a text named them."""
        ...

    def finish(self, erasure: Erasure, at: datetime, entry: NewEntry) -> bool:
        """Record that it is done; False when that was recorded before."""
        ...


class Ledger(Protocol):
    """The erasure ledger."""

    def number_of(self, erasure_id: str) -> int | None:
        """Under which number an erasure stands."""
        ...

    def mark(self, number: int, at: datetime) -> None:
        """Mark an erasure in every table that can be restored."""
        ...

    def done(self, number: int, at: datetime) -> None:
        """Note that an erasure is over."""
        ...


class Retention(Protocol):
    """How long things are kept."""

    def policy(self) -> RetentionPolicy:
        """What is on record about it."""
        ...


class Signer(Protocol):
    """The key that certificates are signed with."""

    def public_key(self) -> bytes:
        """The public half, in DER."""
        ...

    def sign(self, message: bytes) -> bytes:
        """A signature of a message, in DER."""
        ...


class Certificates(Protocol):
    """Where certificates are kept."""

    def keep(self, erasure_id: str, file: bytes, pdf: bytes, pdf_sha256: str) -> bytes:
        """Keep a certificate with its document; give the file that is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Office:
    """What a certificate is made with."""

    controller: str
    """Who answers for it."""
    signer: Signer
    certificates: Certificates
    typeset: Callable[[Certificate, str], bytes]
    """Sets a certificate as a document, with the name of the key."""


def certify_erasure(
    event: ErasureEvent,
    erasures: Erasures,
    ledger: Ledger,
    retention: Retention,
    office: Office,
    at: datetime,
) -> Result:
    """Mark the tables, note the end in the ledger, sign, keep, and end the erasure.

    In this order: an erasure is on record as done only where its certificate can be
    read, and no table may serve without it by then. Safe to repeat: the first
    certificate of an erasure stands, whatever a retry would have signed. Raises
    NotBegunError, and UnfinishedErasureError when something is left that may not be.
    """
    erasure = erasures.get(event.erasure_id)
    plan = erasures.plan(event.erasure_id)
    number = ledger.number_of(event.erasure_id)
    begun = {ErasureState.ERASING, ErasureState.ERASED}
    if erasure is None or plan is None or number is None or erasure.state not in begun:
        raise NotBegunError(event.erasure_id)
    certificate = Certificate(
        erasure_id=erasure.erasure_id,
        of_picture=erasure.person_id is None,
        controller=office.controller,
        confirmed_at=erasure.confirmed_at or erasure.begun_at,
        issued_at=at,
        entry=number,
        receipts=erasures.receipts(erasure.erasure_id),
        pictures=Counter(each.outcome for each in plan.pictures),
        proof_until=_proof_until(erasure, plan, erasures, retention),
        texts=certified_texts(erasures.texts(erasure.erasure_id)),
    )
    ledger.mark(number, at)
    ledger.done(number, at)
    file = _kept(certificate, office)
    sha256 = hashlib.sha256(file).hexdigest()
    erasures.finish(erasure, at, _entry(erasure, sha256, number, at))
    return Result(outcome=Outcome.CERTIFIED, sha256=sha256)


def _kept(certificate: Certificate, office: Office) -> bytes:
    """Sign the certificate together with the digest of its document, and keep both."""
    public_key = office.signer.public_key()
    pdf = office.typeset(certificate, hashlib.sha256(public_key).hexdigest())
    pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    unsigned = SignedCertificate(certificate, pdf_sha256, public_key)
    signature = lower(office.signer.sign(to_sign(unsigned)))
    signed = SignedCertificate(certificate, pdf_sha256, public_key, signature)
    return office.certificates.keep(
        certificate.erasure_id, file_of(signed), pdf, pdf_sha256
    )


def _proof_until(
    erasure: Erasure, plan: Plan, erasures: Erasures, retention: Retention
) -> date | None:
    """The last day of the proof, as the key of it was dated; None where none is left."""
    left = any(
        each.remains and each.why is Erasing.PROOF
        for each in erasures.receipts(erasure.erasure_id)
    )
    if not plan.keep_proof or not left:
        return None
    begins = erasure.confirmed_at or erasure.begun_at
    ends = retention.policy().ends(RetentionKind.PROOF, begins)
    return None if ends is None else day_of(ends - timedelta(microseconds=1))


def _entry(erasure: Erasure, sha256: str, number: int, at: datetime) -> NewEntry:
    return NewEntry(
        subject=erasure.subject_id,
        entry_id=f"rights:erasure:certify:{erasure.erasure_id}",
        tag="rights:erasure:certify",
        at=at,
        actor="system",
        data={"erasure_id": erasure.erasure_id, "number": number, "digest": sha256},
    )
