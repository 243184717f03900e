"""Sessions as the staff API shows and takes them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, field_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.batch_bases import BatchBasis
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.legal_bases import LegalBasisKind
from beeldrecht.domain.links import Link, LinkState, state_at
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import Frozen, OpaqueId

from .texts import Day, Line, Reference, WordingName

type HeadCount = Annotated[
    int, Field(ge=1, le=100_000, description="How many were there.")
]
type ProposableKind = Literal[
    LegalBasisKind.CONTRACT,
    LegalBasisKind.LEGAL_OBLIGATION,
    LegalBasisKind.VITAL_INTEREST,
    LegalBasisKind.PUBLIC_TASK,
    LegalBasisKind.LEGITIMATE_INTEREST,
]


class BatchBasisOrder(Frozen):
    """On what the pictures of a session are meant to rest, besides consent."""

    kind: ProposableKind
    channels: Annotated[list[Channel], Field(min_length=1, max_length=len(Channel))]
    reference: Reference = Field(
        description="A contract, a law or a decision, by its number; nobody's name."
    )
    assessment_id: OpaqueId | None = None

    @field_validator("channels")
    @classmethod
    def once(cls, channels: list[Channel]) -> list[Channel]:
        """Refuse a channel that stands twice."""
        if len(set(channels)) < len(channels):
            raise ValueError("each channel once")
        return channels

    @classmethod
    def of(cls, basis: BatchBasis) -> "BatchBasisOrder":
        """Show one."""
        return cls.model_validate(
            {
                "kind": basis.kind,
                "channels": sorted(basis.channels),
                "reference": basis.reference,
                "assessment_id": basis.assessment_id,
            }
        )


class SessionOrder(Frozen):
    """Where and when pictures are taken, and by whom."""

    title: Line
    on: Day
    place: Line | None = None
    photographer: Line | None = None
    head_count: HeadCount | None = None
    basis: BatchBasisOrder | None = Field(
        default=None,
        description="It carries nothing: for each picture a person records it, or not.",
    )


class Attestation(Frozen):
    """What somebody declares of a session, and answers for."""

    head_count: HeadCount
    nobody_else: Literal[True] = Field(
        description=(
            "I declare that nobody is in its pictures but those who signed there, and "
            "that so many were there."
        )
    )


class SessionSummary(Frozen):
    """A session in a list."""

    session_id: OpaqueId
    title: str
    on: date
    place: str
    photographer: str | None
    signed: int = Field(description="How many signed there.")
    head_count: int | None = Field(description="How many were there; None: not counted.")

    @classmethod
    def of(cls, session: Session) -> "SessionSummary":
        """Show one."""
        return cls(
            session_id=session.session_id,
            title=session.title,
            on=session.on,
            place=session.place,
            photographer=session.photographer,
            signed=len(session.roster),
            head_count=session.head_count,
        )


class SessionList(Frozen):
    """Some sessions, the latest day first."""

    items: list[SessionSummary]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]


class CodeView(Frozen):
    """A code that was made for a session; where it leads only its holder knows."""

    link_id: OpaqueId
    wording: str | None
    state: LinkState
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, link: Link, at: datetime) -> "CodeView":
        """Show one as it stands at an instant."""
        return cls(
            link_id=link.link_id,
            wording=link.about,
            state=state_at(link, at),
            created_at=link.created_at,
            expires_at=link.expires_at,
        )


class SessionView(Frozen):
    """A session, who signed there, and what the caller may do with it now."""

    session_id: OpaqueId
    title: str
    on: date
    place: str
    photographer: str | None
    closed: bool
    attested_by: OpaqueId | None = Field(
        description="Who declared that nobody else is in its pictures."
    )
    head_count: int | None
    unsigned: int | None = Field(
        description="How many who were there have not signed; None: nobody counted."
    )
    basis: BatchBasisOrder | None
    people: list[OpaqueId] = Field(description="Who signed there.")
    codes: list[CodeView] = Field(description="For whoever may make codes.")
    affordances: list[Operation]

    @classmethod
    def of(
        cls, session: Session, codes: list[CodeView], affordances: list[Operation]
    ) -> "SessionView":
        """Show one."""
        return cls(
            session_id=session.session_id,
            title=session.title,
            on=session.on,
            place=session.place,
            photographer=session.photographer,
            closed=session.closed,
            attested_by=session.attested_by,
            head_count=session.head_count,
            unsigned=session.unsigned,
            basis=BatchBasisOrder.of(session.basis) if session.basis else None,
            people=sorted(session.roster),
            codes=codes,
            affordances=affordances,
        )


class CodeOrder(Frozen):
    """What is signed with the code."""

    wording: Annotated[
        WordingName | None, Field(description="None: the standard wording.")
    ] = None


class MadeCode(Frozen):
    """A code, told once: nobody can tell it again."""

    link_id: OpaqueId
    url: str = Field(description="Whoever has it can sign. It is shown this once.")
    qr_svg: str = Field(description="The same as a picture to print.")
    wording: str
    expires_at: datetime


class RevokedCode(Frozen):
    """A code that works no more."""

    link_id: OpaqueId
    state: LinkState
