"""On what a use rests where it does not rest on consent (GDPR 6(1)).

Per picture and channel, recorded by a person, with what it refers to. Consent and the
portrait agreement are grants and stand elsewhere (`consent`): they are asked first, and
who withdrew a consent is never used on another basis instead.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NotRequired, TypedDict, Unpack

from .channels import Channel
from .governance import GovernanceRecord, RegisterKind, holding, holds
from .ids import derived_id
from .time import Period, instant


class LegalBasisKind(StrEnum):
    """GDPR 6(1)(b) to (f)."""

    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


OBJECTABLE = frozenset({LegalBasisKind.PUBLIC_TASK, LegalBasisKind.LEGITIMATE_INTEREST})
"""Against these a person may object: the picture is frozen until it is decided (R13)."""


class BasisRefusal(StrEnum):
    """Why a basis cannot be recorded."""

    PUBLIC_BODY = "public_body_has_no_interest"
    """GDPR 6(1), last sentence."""
    ASSESSMENT_MISSING = "assessment_not_attached"
    ASSESSMENT_NOT_VALID = "assessment_not_valid"
    REFERENCE_NOT_VALID = "reference_not_valid"
    PERIOD_OVER = "basis_period_over"


class BasisRefusedError(Exception):
    """A basis that cannot be recorded; `reason` says why."""

    def __init__(self, reason: BasisRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One basis for one picture in one channel."""

    basis_id: str
    asset_id: str
    channel: Channel
    kind: LegalBasisKind
    reference: str
    """What it rests on: a contract, a law, a decision, an assessment, by its number or
    title; at most 200 characters, without anybody's name."""
    period: Period
    recorded_by: str
    recorded_at: datetime
    assessment_id: str | None = None
    """The record in which interests were weighed: without one there is no legitimate
    interest, and it carries no use that the register no longer carries."""
    assessment_sha256: str | None = None
    """Of the version that was signed when the basis was recorded."""


LONGEST_REFERENCE: Final = 200


class NewBasis(TypedDict):
    """What a basis is recorded with."""

    asset_id: str
    channel: Channel
    reference: str
    period: Period
    recorded_by: str
    recorded_at: datetime
    assessment: NotRequired[GovernanceRecord | None]


def record(
    kind: LegalBasisKind, *, public_body: bool, **new: Unpack[NewBasis]
) -> LegalBasis:
    """A basis to put on record; raises BasisRefusedError when there can be none such.

    A public body does not rest what it does on a legitimate interest, and nobody does so
    without an assessment of the register that is signed and in force. The id follows
    from what is recorded, so that a retry with the same instant records it once.
    """
    at = instant(new["recorded_at"])
    reference = " ".join(unicodedata.normalize("NFC", new["reference"]).split())
    assessment = new.get("assessment")
    hidden = any(unicodedata.category(c)[0] == "C" for c in reference)
    if hidden or not 0 < len(reference) <= LONGEST_REFERENCE:
        raise BasisRefusedError(BasisRefusal.REFERENCE_NOT_VALID)
    if kind is LegalBasisKind.LEGITIMATE_INTEREST and public_body:
        raise BasisRefusedError(BasisRefusal.PUBLIC_BODY)
    if kind is LegalBasisKind.LEGITIMATE_INTEREST and assessment is None:
        raise BasisRefusedError(BasisRefusal.ASSESSMENT_MISSING)
    if assessment and not holds(assessment, RegisterKind.INTEREST_ASSESSMENT, at):
        raise BasisRefusedError(BasisRefusal.ASSESSMENT_NOT_VALID)
    end = new["period"].end
    if end is not None and end <= at:
        raise BasisRefusedError(BasisRefusal.PERIOD_OVER)
    signature = assessment.signature if assessment else None
    about = (new["asset_id"], new["channel"].value, kind.value, reference, at.isoformat())
    return LegalBasis(
        basis_id=derived_id("basis", *about),
        asset_id=new["asset_id"],
        channel=new["channel"],
        kind=kind,
        reference=reference,
        period=new["period"],
        recorded_by=new["recorded_by"],
        recorded_at=at,
        assessment_id=assessment.record_id if assessment else None,
        assessment_sha256=signature.sha256 if signature else None,
    )


def ended(basis: LegalBasis, at: datetime) -> LegalBasis:
    """A basis that was ended at an instant: a fact of its own, the basis stays."""
    return replace(basis, period=basis.period.until(at))


def as_weighed(basis: LegalBasis, assessment: GovernanceRecord | None) -> LegalBasis:
    """A basis as far as the register carries it now.

    A legitimate interest ends with its assessment: when that lapses or is revoked, and at
    once when the register knows of none. A later signature carries it on.
    """
    if basis.kind is not LegalBasisKind.LEGITIMATE_INTEREST:
        return basis
    weighed = assessment and assessment.kind is RegisterKind.INTEREST_ASSESSMENT
    period = holding(assessment) if weighed else None
    if period is None:
        return replace(basis, period=basis.period.until(basis.period.start))
    return basis if period.end is None else ended(basis, period.end)


def in_force(basis: LegalBasis, asset_id: str, channel: Channel, at: datetime) -> bool:
    """Whether a use of this picture in this channel rests on it at that instant."""
    about = basis.asset_id == asset_id and basis.channel is channel
    return about and basis.period.contains(at)
