"""Asking for consent as the staff API shows and takes it."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.asking import AskProblem
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.messages import words
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.fields import Country, Email, Language

from .people_views import Name
from .texts import Line, WordingName

MOST_PEOPLE = 100
MOST_PICTURES = 20


class AskedPerson(Frozen):
    """Whom to ask: somebody on record by their id, or somebody new by their name."""

    person_id: OpaqueId | None = None
    name: Name | None = None
    email: Email | None = None
    language: Language | None = Field(
        default=None, description="None: theirs as it is on record, or Dutch."
    )
    country: Country = "NL"

    @model_validator(mode="after")
    def is_one_of_two(self) -> Self:
        """Refuse what could be read as two people, or as nobody."""
        if (self.person_id is None) == (self.name is None):
            raise ValueError("either an id or a name")
        if self.person_id is not None and self.email is not None:
            raise ValueError("an address that is on record is changed by itself")
        return self


class AskOrder(Frozen):
    """Whom to ask for what, and how."""

    people: Annotated[list[AskedPerson], Field(min_length=1, max_length=MOST_PEOPLE)]
    wording: WordingName
    delivery: Literal[Delivery.LINK, Delivery.TABLET]
    session_id: OpaqueId | None = None
    pictures: tuple[OpaqueId, ...] = Field(
        default=(),
        max_length=MOST_PICTURES,
        description="Shown before anything is signed.",
    )
    photographer: Line | None = None

    @model_validator(mode="after")
    def asks_each_once(self) -> Self:
        """Refuse to ask somebody twice in one breath."""
        known = [each.person_id for each in self.people if each.person_id]
        if len(set(known)) < len(known) or len(set(self.pictures)) < len(self.pictures):
            raise ValueError("each person and each picture once")
        return self


class ProblemView(Frozen):
    """Why one person was not asked."""

    id: AskProblem
    words: str

    @classmethod
    def of(cls, problem: AskProblem, language: str) -> "ProblemView":
        """Say why."""
        return cls(id=problem, words=words(problem, language))


class AskedView(Frozen):
    """What came of asking one person."""

    person_id: OpaqueId | None = Field(description="None: nobody is on record as this.")
    request_id: OpaqueId | None
    url: str | None = Field(
        description="On a tablet: where to sign, told this once. Whoever has it can sign."
    )
    problem: ProblemView | None


class AskedList(Frozen):
    """What came of it for each person, in the order in which they were named."""

    items: list[AskedView]


class ConsentRequestView(Frozen):
    """An ask, how it stands, and what the caller may do with it now."""

    request_id: OpaqueId
    person_id: OpaqueId
    wording: str
    language: str
    delivery: Delivery
    state: ConsentRequestState
    asked_by: OpaqueId
    asked_at: datetime
    ends_at: datetime
    settled_at: datetime | None
    quitclaim_id: OpaqueId | None = Field(description="What was signed in answer.")
    session_id: OpaqueId | None
    pictures: list[OpaqueId]
    photographer: str | None
    affordances: list[Operation]

    @classmethod
    def of(
        cls, request: ConsentRequest, affordances: list[Operation]
    ) -> "ConsentRequestView":
        """Show one."""
        return cls(
            request_id=request.request_id,
            person_id=request.person_id,
            wording=request.wording,
            language=request.language,
            delivery=request.delivery,
            state=request.state,
            asked_by=request.asked_by,
            asked_at=request.asked_at,
            ends_at=request.ends_at,
            settled_at=request.settled_at,
            quitclaim_id=request.quitclaim_id,
            session_id=request.session_id,
            pictures=list(request.pictures),
            photographer=request.photographer,
            affordances=affordances,
        )


class ConsentRequestList(Frozen):
    """Some of those who were asked, the last asked first."""

    items: list[ConsentRequestView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]


class Reminder(Frozen):
    """A reminder that is on its way."""

    request_id: OpaqueId
    mail_id: OpaqueId
