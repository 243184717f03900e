"""What people ask for themselves as the staff API shows and takes it."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.messages import words
from beeldrecht.domain.request_decisions import outcomes
from beeldrecht.domain.subject_requests import (
    LONGEST_EXTENSION,
    Extension,
    Identity,
    Lifting,
    Received,
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    ToldBy,
    last_day,
    overdue,
)
from beeldrecht.runtime.events import Frozen, OpaqueId

from .texts import Day, Paragraph

COLUMNS = (
    "request_id",
    "person_id",
    "kind",
    "received",
    "entered_by",
    "asked_at",
    "last_day",
    "extended_months",
    "extended_at",
    "identity",
    "identity_by",
    "state",
    "decided_at",
    "decided_by",
    "in_time",
    "lifts_from",
)


class ExtensionView(Frozen):
    """That the answer takes longer."""

    months: int
    reason: str | None
    by: OpaqueId
    at: datetime

    @classmethod
    def of(cls, extension: Extension) -> "ExtensionView":
        """Show one."""
        return cls(
            months=extension.months,
            reason=extension.reason,
            by=extension.by,
            at=extension.at,
        )


class LiftingView(Frozen):
    """That a freeze ends, or has ended."""

    lifts_from: datetime
    reason: str | None
    told: ToldBy
    told_words: str
    by: OpaqueId
    at: datetime

    @classmethod
    def of(cls, lifting: Lifting, language: str) -> "LiftingView":
        """Show one."""
        return cls(
            lifts_from=lifting.from_,
            reason=lifting.reason,
            told=lifting.told,
            told_words=words(lifting.told, language),
            by=lifting.by,
            at=lifting.at,
        )


class OfficersRequestView(Frozen):
    """What somebody asks for, by when it is answered, and what came of it."""

    subject_request_id: OpaqueId
    person_id: OpaqueId
    kind: SubjectRequestKind
    kind_words: str
    state: SubjectRequestState
    state_words: str
    received: Received
    received_words: str
    entered_by: OpaqueId | None
    asked_at: datetime
    due_at: datetime
    overdue: bool
    identity: Identity
    identity_words: str
    identity_by: OpaqueId | None
    identity_at: datetime | None
    details: str | None
    asset_id: OpaqueId | None
    face_id: OpaqueId | None
    extension: ExtensionView | None
    decided_by: OpaqueId | None
    decided_at: datetime | None
    reason: str | None
    lifting: LiftingView | None
    outcomes: list[SubjectRequestState] = Field(
        description="What can be decided on it now."
    )
    affordances: list[Operation]

    @classmethod
    def of(
        cls,
        request: SubjectRequest,
        at: datetime,
        language: str,
        affordances: list[Operation],
    ) -> "OfficersRequestView":
        """Show one as it stands at an instant."""
        extension, lifting = request.extension, request.lifting
        return cls(
            subject_request_id=request.request_id,
            person_id=request.person_id,
            kind=request.kind,
            kind_words=words(request.kind, language),
            state=request.state,
            state_words=words(request.state, language),
            received=request.received,
            received_words=words(request.received, language),
            entered_by=request.entered_by,
            asked_at=request.asked_at,
            due_at=request.due_at,
            overdue=overdue(request, at),
            identity=request.identity,
            identity_words=words(request.identity, language),
            identity_by=request.identity_by,
            identity_at=request.identity_at,
            details=request.details,
            asset_id=request.asset_id,
            face_id=request.face_id,
            extension=ExtensionView.of(extension) if extension else None,
            decided_by=request.decided_by,
            decided_at=request.decided_at,
            reason=request.reason,
            lifting=LiftingView.of(lifting, language) if lifting else None,
            outcomes=list(outcomes(request)),
            affordances=affordances,
        )


class SubjectRequestList(Frozen):
    """Some of what people ask for, the one that was asked first before the others."""

    items: list[OfficersRequestView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]


class EnterOrder(Frozen):
    """What somebody asked in a letter, in a mail, by telephone or at the counter."""

    person_id: OpaqueId
    kind: SubjectRequestKind
    asked_day: Day = Field(description="When it reached us: the clock runs from there.")
    received: Literal[Received.LETTER, Received.MAIL, Received.PHONE, Received.COUNTER]
    identity: Literal[
        Identity.KNOWN, Identity.DOCUMENT_SEEN, Identity.GUARDIAN, Identity.UNCHECKED
    ] = Identity.UNCHECKED
    details: Paragraph | None = Field(
        default=None, description="In their words; sealed with the person's key."
    )
    asset_id: OpaqueId | None = Field(
        default=None, description="Of a rectification: the picture that it is about."
    )
    face_id: OpaqueId | None = Field(
        default=None, description="The face in it that is not this person."
    )

    @model_validator(mode="after")
    def says_what_is_wrong(self) -> Self:
        """Refuse a correction of nothing, and a picture where none is meant."""
        corrects = self.kind is SubjectRequestKind.RECTIFICATION
        if corrects and self.details is None and self.asset_id is None:
            raise ValueError("what is wrong, or the picture in which it is")
        if self.asset_id is not None and not corrects:
            raise ValueError("a picture for a rectification alone")
        if self.face_id is not None and self.asset_id is None:
            raise ValueError("a face within its picture")
        return self


class IdentityOrder(Frozen):
    """How somebody knows who asks; no copy of any document is kept."""

    identity: Literal[Identity.KNOWN, Identity.DOCUMENT_SEEN, Identity.GUARDIAN]


class ExtensionOrder(Frozen):
    """That the answer takes longer, and why: the person is told both."""

    months: Annotated[int, Field(ge=1, le=LONGEST_EXTENSION)]
    reason: Paragraph


class DecisionOrder(Frozen):
    """What is decided, and why: the person is told both."""

    outcome: Literal[SubjectRequestState.UPHELD, SubjectRequestState.DISMISSED]
    reason: Paragraph


class LiftOrder(Frozen):
    """Why a freeze ends, and how the person is told beforehand."""

    reason: Paragraph
    told: ToldBy = ToldBy.MAIL


def register_csv(requests: Iterable[SubjectRequest]) -> str:
    """The register as a file of comma-separated values: ids, words of ours and days.

    Nothing that anybody wrote is in it, and no name.
    """
    out = io.StringIO()
    rows = csv.writer(out, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    for each in requests:
        rows.writerow(_cells(each))
    return out.getvalue()


def _cells(request: SubjectRequest) -> tuple[str, ...]:
    extension, decided = request.extension, request.decided_at
    in_time = "" if decided is None else "yes" if decided < request.due_at else "no"
    return (
        request.request_id,
        request.person_id,
        request.kind.value,
        request.received.value,
        request.entered_by or "",
        request.asked_at.isoformat(),
        last_day(request).isoformat(),
        str(extension.months) if extension else "",
        extension.at.isoformat() if extension else "",
        request.identity.value,
        request.identity_by or "",
        request.state.value,
        decided.isoformat() if decided else "",
        request.decided_by or "",
        in_time,
        request.lifting.from_.isoformat() if request.lifting else "",
    )
