"""The registers of who is responsible: what was assessed, agreed, and is processed.

A record is written in versions, and a privacy officer signs one until a day. It holds
from that signature on; a later signature replaces it, a revocation ends it at once, and
nothing holds past its day. What is written is never changed: each is a fact of its own.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .ids import check_id
from .permits import Assessment
from .time import Period, day_of, instant, midnight


class RegisterKind(StrEnum):
    """What a record is; each kind has its own form."""

    DPIA = "dpia"
    """A data-protection impact assessment, GDPR 35."""
    INTEREST_ASSESSMENT = "interest_assessment"
    """Why an interest of ours outweighs theirs, GDPR 6(1)(f)."""
    PROCESSING_AGREEMENT = "processing_agreement"
    """GDPR 28(3)."""
    SUB_PROCESSOR = "sub_processor"
    """GDPR 28(2)."""
    PROCESSING_ACTIVITY = "processing_activity"
    """One entry of the record of processing activities, GDPR 30(1)."""


class FormField(StrEnum):
    """A question of a form."""

    DESCRIPTION = "form_description"
    PURPOSES = "form_purposes"
    NECESSITY = "form_necessity"
    RISKS = "form_risks"
    MEASURES = "form_measures"
    CONSULTED = "form_consulted"
    ARTICLE_9 = "form_article_9"
    INTEREST = "form_interest"
    BALANCE = "form_balance"
    PARTY = "form_party"
    SERVICE = "form_service"
    WHERE = "form_where"
    INSTRUCTIONS = "form_instructions"
    FURTHER_PARTIES = "form_further_parties"
    ASSISTANCE = "form_assistance"
    AT_THE_END = "form_at_the_end"
    PEOPLE = "form_people"
    DATA = "form_data"
    RECIPIENTS = "form_recipients"
    TRANSFERS = "form_transfers"
    TERMS = "form_terms"
    BASIS = "form_basis"


_F = FormField
FORMS: Final[Mapping[RegisterKind, tuple[FormField, ...]]] = MappingProxyType(
    {
        # GDPR 35(7)(a)-(d), 35(2) and 35(9); what Article 9 ground there is.
        RegisterKind.DPIA: (
            *(_F.DESCRIPTION, _F.PURPOSES, _F.NECESSITY, _F.RISKS),
            *(_F.MEASURES, _F.CONSULTED, _F.ARTICLE_9),
        ),
        RegisterKind.INTEREST_ASSESSMENT: (
            *(_F.INTEREST, _F.NECESSITY, _F.BALANCE, _F.MEASURES),
        ),
        # GDPR 28(3), its first sentence and (a)-(h).
        RegisterKind.PROCESSING_AGREEMENT: (
            *(_F.PARTY, _F.SERVICE, _F.PURPOSES, _F.PEOPLE, _F.DATA, _F.INSTRUCTIONS),
            *(_F.MEASURES, _F.FURTHER_PARTIES, _F.ASSISTANCE, _F.AT_THE_END),
        ),
        RegisterKind.SUB_PROCESSOR: (
            *(_F.PARTY, _F.SERVICE, _F.WHERE, _F.DATA, _F.TRANSFERS, _F.MEASURES),
        ),
        # GDPR 30(1)(b)-(g), with the basis that everybody asks for.
        RegisterKind.PROCESSING_ACTIVITY: (
            *(_F.PURPOSES, _F.BASIS, _F.PEOPLE, _F.DATA, _F.RECIPIENTS),
            *(_F.TRANSFERS, _F.TERMS, _F.MEASURES),
        ),
    }
)
"""The questions of each form, all of which are answered before it is signed."""

LONGEST: Final[Mapping[RegisterKind, timedelta]] = MappingProxyType(
    {
        # GDPR 35(11) asks for a review when the risk changes; the regulators' advice
        # (WP 248) is every three years at the latest.
        RegisterKind.DPIA: timedelta(days=3 * 366),
        RegisterKind.INTEREST_ASSESSMENT: timedelta(days=3 * 366),
        RegisterKind.PROCESSING_AGREEMENT: timedelta(days=5 * 366),
        RegisterKind.SUB_PROCESSOR: timedelta(days=5 * 366),
        RegisterKind.PROCESSING_ACTIVITY: timedelta(days=2 * 366),
    }
)
"""How far ahead the last day of a signature may lie."""
LONGEST_TITLE: Final = 120
LONGEST_ANSWER: Final = 4000
ENDS_SOON: Final = timedelta(days=30)
"""How long before its end a record is one that somebody should look at."""


class RecordState(StrEnum):
    """How a record stands at an instant."""

    DRAFT = "record_draft"
    SIGNED = "record_signed"
    LAPSED = "record_lapsed"
    REVOKED = "record_revoked"


class GovernanceRefusal(StrEnum):
    """Why a record was not written, signed or revoked."""

    FORM_NOT_COMPLETE = "form_not_complete"
    FORM_OTHER_QUESTION = "form_other_question"
    NOT_THE_LATEST = "record_not_the_latest"
    SIGNED_BEFORE = "record_signed_before"
    DAY_OVER = "record_day_over"
    DAY_TOO_FAR = "record_day_too_far"
    RECORD_REVOKED = "record_was_revoked"
    NEVER_SIGNED = "record_never_signed"


class GovernanceRefusedError(Exception):
    """The register stays as it was; `reason` says why."""

    def __init__(self, reason: GovernanceRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One version of a record, as it was written."""

    record_id: str
    kind: RegisterKind
    version: int
    title: str
    answers: Mapping[FormField, str]
    written_by: str
    written_at: datetime

    def __post_init__(self) -> None:
        """Freeze the answers, and refuse a version that nobody could find again."""
        check_id(self.record_id)
        object.__setattr__(self, "answers", MappingProxyType(dict(self.answers)))
        object.__setattr__(self, "written_at", instant(self.written_at))
        if self.version < 0:
            raise ValueError("versions are counted from 1; 0 is one as it is shipped")


@dataclass(frozen=True, slots=True)
class OfficerSignature:
    """That a privacy officer signed a version, and through which day it holds."""

    version: int
    sha256: str
    """Of what was signed (`digest`)."""
    signed_by: str
    signed_at: datetime
    last_day: date


@dataclass(frozen=True, slots=True)
class Revocation:
    """That a record holds no more, and why."""

    revoked_by: str
    revoked_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GovernanceRecord:
    """A record with everything that was written, signed and revoked of it."""

    record_id: str
    kind: RegisterKind
    versions: tuple[RecordVersion, ...]
    """From the first to the latest."""
    signatures: tuple[OfficerSignature, ...] = ()
    """From the first to the latest."""
    revocation: Revocation | None = None

    @property
    def latest(self) -> RecordVersion:
        """The version that was written last."""
        return self.versions[-1]

    @property
    def signature(self) -> OfficerSignature | None:
        """The signature that counts: the latest one."""
        return self.signatures[-1] if self.signatures else None

    @property
    def signed(self) -> RecordVersion | None:
        """The version that the latest signature is under."""
        last = self.signature
        return self.versions[last.version - 1] if last else None


def canonical(version: RecordVersion) -> bytes:
    """What is signed and hashed: the title and every answer, as one JSON text."""
    said = {
        "record": version.record_id,
        "kind": version.kind.value,
        "version": version.version,
        "title": version.title,
        "answers": {field.value: text for field, text in version.answers.items()},
    }
    return json.dumps(
        said, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(version: RecordVersion) -> str:
    """The SHA-256 that a signature names."""
    return hashlib.sha256(canonical(version)).hexdigest()


def check_form(kind: RegisterKind, answers: Mapping[FormField, str]) -> None:
    """Refuse an answer to what the form does not ask; raises GovernanceRefusedError."""
    if not answers.keys() <= set(FORMS[kind]):
        raise GovernanceRefusedError(GovernanceRefusal.FORM_OTHER_QUESTION)


def unanswered(version: RecordVersion) -> tuple[FormField, ...]:
    """The questions of its form that a version leaves open, in the form's order."""
    return tuple(f for f in FORMS[version.kind] if not version.answers.get(f, "").strip())


def writing_problem(record: GovernanceRecord) -> GovernanceRefusal | None:
    """Why no further version can be written."""
    return GovernanceRefusal.RECORD_REVOKED if record.revocation else None


def signing_problem(
    record: GovernanceRecord, version: int, last_day: date, at: datetime
) -> GovernanceRefusal | None:
    """Why this version cannot be signed through that day, at that instant."""
    last, latest = record.signature, record.latest
    today = day_of(at)
    problems = (
        (record.revocation is not None, GovernanceRefusal.RECORD_REVOKED),
        (version != latest.version, GovernanceRefusal.NOT_THE_LATEST),
        # What was signed once is prolonged by a version of its own, read anew.
        (last is not None and last.version == version, GovernanceRefusal.SIGNED_BEFORE),
        (bool(unanswered(latest)), GovernanceRefusal.FORM_NOT_COMPLETE),
        (last_day < today, GovernanceRefusal.DAY_OVER),
        (last_day > today + LONGEST[record.kind], GovernanceRefusal.DAY_TOO_FAR),
    )
    return next((reason for wrong, reason in problems if wrong), None)


def revoking_problem(record: GovernanceRecord) -> GovernanceRefusal | None:
    """Why there is nothing to revoke."""
    if record.revocation is not None:
        return GovernanceRefusal.RECORD_REVOKED
    return None if record.signature else GovernanceRefusal.NEVER_SIGNED


def holding(record: GovernanceRecord | None) -> Period | None:
    """From when until when a record holds, by its latest signature; None: never signed.

    It ends with its last day in Amsterdam, or at the instant at which it was revoked.
    """
    signature = record.signature if record else None
    if record is None or signature is None:
        return None
    end = midnight(signature.last_day + timedelta(days=1))
    start = min(instant(signature.signed_at), end)
    period = Period(start, end)
    if record.revocation is not None:
        period = period.until(record.revocation.revoked_at)
    return period


def holds(record: GovernanceRecord | None, kind: RegisterKind, at: datetime) -> bool:
    """Whether it is of that kind, signed, and in force at an instant."""
    period = holding(record)
    return (
        record is not None
        and record.kind is kind
        and bool(period and period.contains(at))
    )


def state_at(record: GovernanceRecord, at: datetime) -> RecordState:
    """How a record stands at an instant."""
    if record.revocation is not None and record.revocation.revoked_at <= instant(at):
        return RecordState.REVOKED
    period = holding(record)
    if period is None:
        return RecordState.DRAFT
    # A signature by a clock that runs ahead is one of now: it grants nothing sooner.
    lapsed = period.end is not None and instant(at) >= period.end
    return RecordState.LAPSED if lapsed else RecordState.SIGNED


def assessment_of(record: GovernanceRecord | None) -> Assessment | None:
    """What may carry recognition, as the register says it: a signed DPIA, or nothing."""
    period = holding(record)
    if record is None or record.kind is not RegisterKind.DPIA or period is None:
        return None
    signature = record.signature
    assert signature is not None  # noqa: S101  # it holds from a signature on
    return Assessment(record.record_id, signature.signed_by, period)


def ending_soon(
    records: Iterable[GovernanceRecord], at: datetime, ahead: timedelta = ENDS_SOON
) -> tuple[GovernanceRecord, ...]:
    """The records that hold now and do not that much later, the first to end first."""
    ends = [
        (period.end, record)
        for record in records
        if (period := holding(record)) is not None
        and period.end is not None
        and period.contains(at)
        and period.end <= instant(at) + ahead
    ]
    return tuple(r for _, r in sorted(ends, key=lambda e: (e[0], e[1].record_id)))
