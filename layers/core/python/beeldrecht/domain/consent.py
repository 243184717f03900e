"""What a person has agreed to, taken back, or had frozen: dated facts, never changed.

A quitclaim is the signed document. It carries one or more of three grants that stand
apart: a portrait agreement (a contract that ends as it says), image consent (withdrawable
at any time, GDPR 7(3)) and biometric consent (to be recognised, GDPR 9(2)(a)). Refusing
one changes nothing about the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from .channels import Channel, Place
from .time import Period, instant

CLOCK_SKEW: Final = timedelta(minutes=10)
"""How far the clocks of two functions may be apart: each is right to five minutes."""


class GrantKind(StrEnum):
    """The three things a person can agree to, each by itself."""

    PORTRAIT_AGREEMENT = "portrait_agreement"
    IMAGE_CONSENT = "image_consent"
    BIOMETRIC_CONSENT = "biometric_consent"


class NotWithdrawableError(Exception):
    """A contract ends as it says; it is not withdrawn (objecting remains possible)."""


@dataclass(frozen=True, slots=True)
class Quitclaim:
    """The signed document: who signed which wording, when and how (GDPR 7(1)).

    `wording_sha256` is that of the exact text shown, in its language.
    """

    quitclaim_id: str
    person_id: str
    wording_version: str
    wording_sha256: str
    language: str
    signed_at: datetime
    signed_on: str
    """How: `link`, `qr`, `tablet` or `paper`."""
    guardian: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """One thing agreed to in a quitclaim, for channels, places and a period.

    Empty `channels` or `places` allow nothing (unknown means no). Biometric consent has
    neither: it is about being recognised, not about use.
    """

    grant_id: str
    quitclaim_id: str
    person_id: str
    kind: GrantKind
    period: Period
    channels: frozenset[Channel] = frozenset()
    places: frozenset[Place] = frozenset()
    last_day: date | None = None
    """The last day as it was signed for, to print; `period` is what decides."""
    ends_with_age: bool = False
    """A guardian gave it, and it ends because the person comes of age."""

    def names(self, channel: Channel, place: Place) -> bool:
        """Whether the signed words cover that use, whenever it would be."""
        return (
            self.kind is not GrantKind.BIOMETRIC_CONSENT
            and channel in self.channels
            and any(granted.covers(place) for granted in self.places)
        )


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A grant taken back from an instant on. The grant itself stays as proof (R4)."""

    withdrawal_id: str
    grant_id: str
    person_id: str
    effective_at: datetime

    def __post_init__(self) -> None:
        """Hold the instant in UTC: within one zone, Python compares clocks, not time."""
        object.__setattr__(self, "effective_at", instant(self.effective_at))

    def takes_back(self, grant: Grant) -> bool:
        """Whether it is that grant, and that person's own."""
        return self.grant_id == grant.grant_id and self.person_id == grant.person_id


class GrantState(StrEnum):
    """Where a grant stands at an instant."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class RestrictionKind(StrEnum):
    """Why something is frozen."""

    RESTRICTED = "restricted"
    """Article 18: kept, not used."""
    OBJECTED = "objected"
    """Article 21: kept, not used, until the objection is decided."""


@dataclass(frozen=True, slots=True)
class Restriction:
    """A freeze on a person or an asset; it goes before every grant."""

    restriction_id: str
    subject_id: str
    """A person's or an asset's id."""
    kind: RestrictionKind
    period: Period


def lifted(restriction: Restriction, at: datetime) -> Restriction:
    """A freeze as it is once lifted: that is a fact of its own; the freeze stays."""
    return replace(restriction, period=restriction.period.until(at))


def withdraw(grant: Grant, withdrawal_id: str, at: datetime) -> Withdrawal:
    """Take a consent back; raises NotWithdrawableError for a contract."""
    if grant.kind is GrantKind.PORTRAIT_AGREEMENT:
        raise NotWithdrawableError(grant.grant_id)
    return Withdrawal(withdrawal_id, grant.grant_id, grant.person_id, at)


def in_force(grant: Grant, withdrawals: tuple[Withdrawal, ...], at: datetime) -> bool:
    """Whether the grant is in its period and not withdrawn at that instant."""
    at = instant(at)
    withdrawn = any(w.takes_back(grant) and w.effective_at <= at for w in withdrawals)
    return grant.period.contains(at) and not withdrawn


def state_of(
    grant: Grant, withdrawals: tuple[Withdrawal, ...], at: datetime
) -> GrantState:
    """Where a grant stands: what was withdrawn stays so, though its period ended too."""
    at = instant(at)
    if any(w.takes_back(grant) and w.effective_at <= at for w in withdrawals):
        return GrantState.WITHDRAWN
    if grant.period.contains(at):
        return GrantState.IN_FORCE
    return GrantState.NOT_YET if at < grant.period.start else GrantState.ENDED


def known_by(
    withdrawals: Iterable[Withdrawal], restrictions: Iterable[Restriction], at: datetime
) -> tuple[tuple[Withdrawal, ...], tuple[Restriction, ...]]:
    """Withdrawals and freezes for a decision now: what is on record was said already.

    One that is dated after `at`, but by no more than clocks differ, counts from `at` on:
    effective at the next request (R5), whichever function's clock runs ahead.
    """
    at = instant(at)

    def soon(when: datetime) -> bool:
        return at < when <= at + CLOCK_SKEW

    return (
        tuple(
            replace(w, effective_at=at) if soon(w.effective_at) else w
            for w in withdrawals
        ),
        tuple(
            replace(r, period=replace(r.period, start=at)) if soon(r.period.start) else r
            for r in restrictions
        ),
    )
