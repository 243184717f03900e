"""On what a use rests where it does not rest on consent (GDPR 6(1)).

Per picture and channel, recorded by a person, with what it refers to. Consent and the
portrait agreement are grants and stand elsewhere (`consent`): they are asked first, and
who withdrew a consent is never used on another basis instead.
"""

import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NotRequired, TypedDict, Unpack

from .channels import Channel
from .governance import GovernanceRecord, RegisterKind, holding, holds
from .ids import derived_id
from .time import Period, day_of, instant, midnight, months_later


class LegalBasisKind(StrEnum):
    """GDPR 6(1)(b) to (f), and what was weighed of a portrait (Auteurswet 21)."""

    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTEREST = "vital_interest"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTEREST = "legitimate_interest"
    PORTRAIT_WEIGHED = "portrait_weighed"
    """Nobody commissioned the portrait, and no reasonable interest of who is portrayed is
    against this use: noted with who weighed it. By itself it carries no use."""
    PORTRAIT_REFUSED = "portrait_refused"
    """A reasonable interest is against it: the picture is not used there, on no basis."""
    RELATIVES_AGREED = "relatives_agreed"
    """Somebody who is portrayed has died, and their relatives agree to this use."""
    RELATIVES_REFUSED = "relatives_refused"
    """Their relatives do not: the picture is not used there, on no basis."""
    PORTRAIT_RIGHT_OVER = "portrait_right_over"
    """Somebody who is portrayed died so long ago that their relatives decide no more."""


WEIGHINGS = frozenset(
    {
        LegalBasisKind.PORTRAIT_WEIGHED,
        LegalBasisKind.PORTRAIT_REFUSED,
        LegalBasisKind.RELATIVES_REFUSED,
    }
)
"""These carry no use: they are notes of what was weighed or said; two of them forbid."""

FORBIDDING = frozenset(
    {LegalBasisKind.PORTRAIT_REFUSED, LegalBasisKind.RELATIVES_REFUSED}
)
"""These go before every consent and basis."""

OF_THE_DEAD = frozenset(
    {
        LegalBasisKind.RELATIVES_AGREED,
        LegalBasisKind.RELATIVES_REFUSED,
        LegalBasisKind.PORTRAIT_RIGHT_OVER,
    }
)
"""These are about one person who is portrayed, and about nobody else in the picture."""

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
    DEAD_NOT_NAMED = "deceased_not_named"
    DEAD_NAMED = "deceased_named_for_nothing"
    DIED_LATER = "died_in_the_future"
    RELATIVES_NO_MORE = "relatives_decide_no_more"
    RELATIVES_STILL = "relatives_decide_still"
    NOT_PORTRAYED = "deceased_not_portrayed"


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
    person_id: str | None = None
    """Who has died, of those `OF_THE_DEAD`: it carries that person's face alone."""
    died_on: date | None = None

    def about(self, person_id: str) -> bool:
        """Whether it can carry the face of that person."""
        return self.person_id is None or self.person_id == person_id


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
    person_id: NotRequired[str | None]
    died_on: NotRequired[date | None]


RELATIVES_MONTHS: Final = 120
"""For ten years after a death the relatives decide (Auteurswet 20 and 21)."""


def relatives_until(died_on: date) -> datetime:
    """The instant from which relatives decide no more: after the tenth anniversary."""
    return midnight(months_later(died_on, RELATIVES_MONTHS) + timedelta(days=1))


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
    person_id, died_on = new.get("person_id"), new.get("died_on")
    period = _within_the_term(kind, new["period"], person_id, died_on, at)
    if period.end is not None and period.end <= at:
        raise BasisRefusedError(BasisRefusal.PERIOD_OVER)
    signature = assessment.signature if assessment else None
    about = [new["asset_id"], new["channel"].value, kind.value, reference, at.isoformat()]
    about += [person_id] if person_id else []
    return LegalBasis(
        basis_id=derived_id("basis", *about),
        asset_id=new["asset_id"],
        channel=new["channel"],
        kind=kind,
        reference=reference,
        period=period,
        recorded_by=new["recorded_by"],
        recorded_at=at,
        assessment_id=assessment.record_id if assessment else None,
        assessment_sha256=signature.sha256 if signature else None,
        person_id=person_id,
        died_on=died_on,
    )


def _within_the_term(
    kind: LegalBasisKind,
    period: Period,
    person_id: str | None,
    died_on: date | None,
    at: datetime,
) -> Period:
    """The period, where relatives decide until their term is over; or why there is none.

    Nobody decides for somebody who lives, and no day is guessed: the person and the day
    of the death are named, or nothing is recorded.
    """
    if kind not in OF_THE_DEAD:
        if person_id is not None or died_on is not None:
            raise BasisRefusedError(BasisRefusal.DEAD_NAMED)
        return period
    if person_id is None or died_on is None:
        raise BasisRefusedError(BasisRefusal.DEAD_NOT_NAMED)
    if died_on > day_of(at):
        raise BasisRefusedError(BasisRefusal.DIED_LATER)
    until = relatives_until(died_on)
    if kind is LegalBasisKind.PORTRAIT_RIGHT_OVER:
        if at < until:
            raise BasisRefusedError(BasisRefusal.RELATIVES_STILL)
        return period
    if until <= at:
        raise BasisRefusedError(BasisRefusal.RELATIVES_NO_MORE)
    return period.until(until)


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
    return basis.kind not in WEIGHINGS and _applies(basis, asset_id, channel, at)


def forbids(basis: LegalBasis, asset_id: str, channel: Channel, at: datetime) -> bool:
    """Whether an interest was found against this use, or relatives said no, until now."""
    return basis.kind in FORBIDDING and _applies(basis, asset_id, channel, at)


def _applies(basis: LegalBasis, asset_id: str, channel: Channel, at: datetime) -> bool:
    about = basis.asset_id == asset_id and basis.channel is channel
    return about and basis.period.contains(at)
