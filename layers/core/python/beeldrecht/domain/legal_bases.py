"""On what a use rests where it does not rest on consent (GDPR 6(1)).

Per picture and channel, recorded by a person, with what it refers to. Consent and the
portrait agreement are grants and stand elsewhere (`consent`): they are asked first, and
who withdrew a consent is never used on another basis instead.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .channels import Channel
from .time import Period


class LegalBasisKind(StrEnum):
    """GDPR 6(1)(b) to (f)."""

    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"


OBJECTABLE = frozenset({LegalBasisKind.PUBLIC_TASK, LegalBasisKind.LEGITIMATE_INTEREST})
"""Against these a person may object: the picture is frozen until it is decided (R13)."""


class BasisRefusedError(Exception):
    """A basis that cannot be recorded; `reason` is a word of ours."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
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
    assessment_sha256: str | None = None
    """Of the balancing test on record: without one, there is no legitimate interest."""
