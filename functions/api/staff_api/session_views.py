"""Sessions as the staff API shows and takes them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.links import Link, LinkState, state_at
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import Frozen, OpaqueId

from .texts import Day, Line, WordingName


class SessionOrder(Frozen):
    """Where and when pictures are taken, and by whom."""

    title: Line
    on: Day
    place: Line | None = None
    photographer: Line | None = None


class SessionSummary(Frozen):
    """A session in a list."""

    session_id: OpaqueId
    title: str
    on: date
    place: str
    photographer: str | None
    signed: int = Field(description="How many signed there.")

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
    head_count: int | None
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
            head_count=session.head_count,
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
