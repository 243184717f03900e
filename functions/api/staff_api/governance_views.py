"""What the routes of the registers take and show."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.governance import (
    FORMS,
    LONGEST,
    FormField,
    GovernanceRecord,
    RecordState,
    RegisterKind,
    digest,
    holding,
    state_at,
    unanswered,
)
from beeldrecht.domain.messages import words
from beeldrecht.runtime.events import Frozen, OpaqueId

from .texts import Day, Line, Paragraph, Sha256


class RecordText(Frozen):
    """A version of a record: its title, and answers to the questions of its form."""

    title: Line
    answers: Annotated[
        dict[FormField, Paragraph],
        Field(
            max_length=len(FormField),
            description="Say who by their function: nobody's name belongs here.",
        ),
    ]


class RecordOrder(RecordText):
    """A record to begin."""

    kind: RegisterKind


class SignatureOrder(Frozen):
    """Which version is signed, by its words, and through which day it is to hold."""

    version: Annotated[int, Field(ge=1, le=9999)]
    sha256: Sha256 = Field(description="Of the version as it was read.")
    last_day: Day


class RevocationOrder(Frozen):
    """Why a record is to hold no more."""

    reason: Paragraph


class QuestionView(Frozen):
    """A question of a form."""

    field: FormField
    words: str


class FormView(Frozen):
    """What is asked before a record of this kind is signed."""

    kind: RegisterKind
    kind_words: str
    questions: list[QuestionView]
    longest_days: int = Field(description="How far ahead a last day may lie.")

    @classmethod
    def of(cls, kind: RegisterKind, language: str) -> "FormView":
        """The form of one kind, in words."""
        return cls(
            kind=kind,
            kind_words=words(kind, language),
            questions=[
                QuestionView(field=each, words=words(each, language))
                for each in FORMS[kind]
            ],
            longest_days=LONGEST[kind].days,
        )


class RecordSummary(Frozen):
    """A record in a list."""

    record_id: OpaqueId
    kind: RegisterKind
    title: str
    version: int = Field(description="Of the latest version; 0: as it was shipped.")
    state: RecordState
    state_words: str
    holds_until: datetime | None
    last_day: date | None

    @classmethod
    def of(cls, record: GovernanceRecord, at: datetime, language: str) -> "RecordSummary":
        """A record as it stands at an instant."""
        state, period = state_at(record, at), holding(record)
        signature = record.signature
        return cls(
            record_id=record.record_id,
            kind=record.kind,
            title=record.latest.title,
            version=record.latest.version,
            state=state,
            state_words=words(state, language),
            holds_until=period.end if period else None,
            last_day=signature.last_day if signature else None,
        )


class RecordList(Frozen):
    """Some records of one register, the one that was begun first first."""

    items: list[RecordSummary]
    form: FormView
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]


class VersionView(Frozen):
    """One version, as it was written."""

    version: int
    title: str
    answers: dict[FormField, str]
    sha256: str
    written_by: str
    written_at: datetime


class SignatureView(Frozen):
    """That a version was signed."""

    version: int
    sha256: str
    signed_by: OpaqueId
    signed_at: datetime
    last_day: date


class RevocationView(Frozen):
    """That a record holds no more."""

    revoked_by: OpaqueId
    revoked_at: datetime
    reason: str


class RecordView(Frozen):
    """A record with everything that was ever written, signed and revoked of it."""

    record_id: OpaqueId
    kind: RegisterKind
    kind_words: str
    state: RecordState
    state_words: str
    holds_from: datetime | None
    holds_until: datetime | None
    versions: list[VersionView]
    signatures: list[SignatureView]
    revocation: RevocationView | None
    open_questions: list[QuestionView] = Field(
        description="Of the latest version: what has to be answered before it is signed."
    )
    affordances: list[Operation]

    @classmethod
    def of(
        cls,
        record: GovernanceRecord,
        at: datetime,
        language: str,
        possible: list[Operation],
    ) -> "RecordView":
        """A record as it stands at an instant, with what may be done with it."""
        state, period, gone = state_at(record, at), holding(record), record.revocation
        return cls(
            record_id=record.record_id,
            kind=record.kind,
            kind_words=words(record.kind, language),
            state=state,
            state_words=words(state, language),
            holds_from=period.start if period else None,
            holds_until=period.end if period else None,
            versions=[
                VersionView(
                    version=each.version,
                    title=each.title,
                    answers=dict(each.answers),
                    sha256=digest(each),
                    written_by=each.written_by,
                    written_at=each.written_at,
                )
                for each in record.versions
            ],
            signatures=[
                SignatureView(
                    version=each.version,
                    sha256=each.sha256,
                    signed_by=each.signed_by,
                    signed_at=each.signed_at,
                    last_day=each.last_day,
                )
                for each in record.signatures
            ],
            revocation=RevocationView(
                revoked_by=gone.revoked_by,
                revoked_at=gone.revoked_at,
                reason=gone.reason,
            )
            if gone
            else None,
            open_questions=[
                QuestionView(field=each, words=words(each, language))
                for each in unanswered(record.latest)
            ],
            affordances=possible,
        )
