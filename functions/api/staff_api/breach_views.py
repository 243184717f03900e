"""What the routes of breaches take and show."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation, Role
from beeldrecht.domain.breach_notices import (
    LANGUAGES,
    Notice,
    authority_notice,
    people_notice,
)
from beeldrecht.domain.breaches import (
    Breach,
    BreachEvent,
    BreachKind,
    BreachScope,
    BreachState,
    state_of,
)
from beeldrecht.domain.messages import words
from beeldrecht.domain.stores import DataCategory, Store
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import Frozen, OpaqueId

from .texts import Paragraph


class ScopeOrder(Frozen):
    """What could have been reached: all of it has to hold."""

    start: datetime = Field(description="From when on, with its zone.")
    end: datetime
    actor: OpaqueId | None = Field(
        default=None, description="One account, whose acts in the period are looked at."
    )
    role: Role | None = Field(
        default=None, description="Everybody with this role, instead of one account."
    )
    store: Store | None = Field(
        default=None,
        description=(
            "What lay in one store: with nobody named, everything that did; else what"
            " they did with it."
        ),
    )

    @model_validator(mode="after")
    def lasts(self) -> Self:
        """Refuse instants without a zone, and a period that ends before it begins."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        if self.end <= self.start:
            raise ValueError("the end comes after the start")
        return self

    def scope(self) -> BreachScope:
        """The same, as the rules take it."""
        period = Period(self.start, self.end)
        return BreachScope(period, self.actor, self.role, self.store)


class BreachOrder(Frozen):
    """A breach, or a drill, to record."""

    kind: BreachKind
    scope: ScopeOrder
    aware_at: datetime | None = Field(
        default=None,
        description="When somebody became aware of it: the 72 hours begin. Else: now.",
    )
    description: Paragraph = Field(description="What happened; nobody's name.")

    @model_validator(mode="after")
    def has_zone(self) -> Self:
        """Refuse an instant without a zone."""
        if self.aware_at is not None and self.aware_at.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return self


class EventOrder(Frozen):
    """What was done about it, and why."""

    event: BreachEvent
    reason: Paragraph


class CategoryView(Frozen):
    """A kind of data."""

    category: DataCategory
    words: str


class TouchedView(Frozen):
    """How many a breach touches; their identifiers are asked for page by page."""

    people: int
    pictures: int
    entries: int = Field(description="Entries of the log that were weighed.")
    categories: list[CategoryView]
    found_at: datetime


class EventView(Frozen):
    """What was done about it."""

    event: BreachEvent
    words: str
    by: OpaqueId
    at: datetime
    reason: str


class NoticeView(Frozen):
    """A draft: what stands in square brackets a person fills in. Nothing is sent."""

    language: str
    title: str
    paragraphs: list[str]

    @classmethod
    def of(cls, notice: Notice, language: str) -> "NoticeView":
        """Show one."""
        return cls(
            language=language, title=notice.title, paragraphs=list(notice.paragraphs)
        )


class ScopeView(Frozen):
    """What was looked at."""

    start: datetime
    end: datetime | None
    actor: OpaqueId | None
    role: Role | None
    store: Store | None


class BreachSummary(Frozen):
    """A breach in a list."""

    breach_id: OpaqueId
    kind: BreachKind
    kind_words: str
    state: BreachState
    state_words: str
    description: str
    aware_at: datetime
    due_at: datetime = Field(description="72 hours later: by then the authority is told.")

    @classmethod
    def of(cls, breach: Breach, at: datetime, language: str) -> "BreachSummary":
        """A breach as it stands at an instant."""
        state = state_of(breach, at)
        return cls(
            breach_id=breach.breach_id,
            kind=breach.kind,
            kind_words=words(breach.kind, language),
            state=state,
            state_words=words(state, language),
            description=breach.description,
            aware_at=breach.aware_at,
            due_at=breach.due_at,
        )


class BreachList(Frozen):
    """The register of breaches, the one that was recorded first first."""

    items: list[BreachSummary]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]


class BreachView(BreachSummary):
    """A breach with whom it touches, what was done, and the drafts of its notices."""

    scope: ScopeView
    touched: TouchedView | None = Field(description="None: it is being looked up.")
    events: list[EventView]
    authority: list[NoticeView]
    people: list[NoticeView]
    recorded_by: OpaqueId
    recorded_at: datetime
    affordances: list[Operation]

    @classmethod
    def whole(
        cls,
        breach: Breach,
        controller: str,
        at: datetime,
        language: str,
        possible: list[Operation],
    ) -> "BreachView":
        """A breach, whole, as it stands at an instant."""
        scope, summary = breach.scope, breach.summary
        return cls(
            **BreachSummary.of(breach, at, language).model_dump(),
            scope=ScopeView(
                start=scope.period.start,
                end=scope.period.end,
                actor=scope.actor,
                role=scope.role,
                store=scope.store,
            ),
            touched=TouchedView(
                people=summary.people,
                pictures=summary.pictures,
                entries=summary.entries,
                categories=[
                    CategoryView(category=each, words=words(each, language))
                    for each in summary.categories
                ],
                found_at=summary.found_at,
            )
            if summary
            else None,
            events=[
                EventView(
                    event=each.event,
                    words=words(each.event, language),
                    by=each.by,
                    at=each.at,
                    reason=each.reason,
                )
                for each in breach.events
            ],
            authority=[
                NoticeView.of(
                    authority_notice(breach, summary, controller, at, spoken), spoken
                )
                for spoken in LANGUAGES
                if summary
            ],
            people=[
                NoticeView.of(people_notice(breach, summary, controller, spoken), spoken)
                for spoken in LANGUAGES
                if summary
            ],
            recorded_by=breach.recorded_by,
            recorded_at=breach.recorded_at,
            affordances=possible,
        )


class IdentifierList(Frozen):
    """Some identifiers of the people or pictures that a breach touches."""

    items: list[OpaqueId]
    page: int
    more: Annotated[bool, Field(description="Whether there is a page after this one.")]
