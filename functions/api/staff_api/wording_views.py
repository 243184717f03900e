"""Wordings as the staff API shows and takes them."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.wordings import Wording, WordingText, digest
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.fields import Language

from .texts import Line, Paragraph

LONGEST_TERM = 120
"""In months: nobody can foresee more than ten years."""
Months = Annotated[int, Field(ge=1, le=LONGEST_TERM)]


class TextOrder(Frozen):
    """What is to be read and signed, in one language."""

    title: Line
    purpose: Paragraph
    controller: Paragraph | None = Field(
        default=None,
        description="Who is responsible. None: as this deployment was told.",
    )
    notice: Annotated[list[Paragraph], Field(min_length=1, max_length=20)]
    image: Paragraph
    portrait: Paragraph | None = None
    biometric: Paragraph | None = None
    guardian: Paragraph

    def text(self, controller: str) -> WordingText:
        """The text, with who is responsible."""
        return WordingText(
            title=self.title,
            purpose=self.purpose,
            controller=self.controller or controller,
            notice=tuple(self.notice),
            image=self.image,
            portrait=self.portrait,
            biometric=self.biometric,
            guardian=self.guardian,
        )


class WordingOrder(Frozen):
    """A version of a wording: what it says, and what it offers for how long."""

    texts: Annotated[dict[Language, TextOrder], Field(min_length=1, max_length=24)]
    channels: Annotated[dict[Channel, Months], Field(min_length=1)]
    places: Annotated[list[Place], Field(min_length=1, max_length=len(Place))]
    portrait_months: Months | None = None
    biometric_months: Months | None = None
    compensation: Line | None = None

    @model_validator(mode="after")
    def says_what_it_offers(self) -> Self:
        """Refuse to offer what some language does not state, or to state more."""
        for offered, name in (
            (self.portrait_months, "portrait"),
            (self.biometric_months, "biometric"),
        ):
            stated = {getattr(text, name) is not None for text in self.texts.values()}
            if stated != {offered is not None}:
                raise ValueError("every language states what is offered, and no more")
        return self

    def wording(
        self, wording_id: str, version: int, controller: str, by: str, at: datetime
    ) -> Wording:
        """The version to put on record."""
        return Wording(
            wording_id=wording_id,
            version=version,
            texts={name: text.text(controller) for name, text in self.texts.items()},
            channels=dict(self.channels),
            places=frozenset(self.places),
            portrait_months=self.portrait_months,
            biometric_months=self.biometric_months,
            compensation=self.compensation,
            created_by=by,
            created_at=at,
        )


class TextView(Frozen):
    """What is read and signed in one language, with the digest that a signature names."""

    sha256: str
    title: str
    purpose: str
    controller: str
    notice: list[str]
    image: str
    portrait: str | None
    biometric: str | None
    guardian: str


class WordingView(Frozen):
    """One version of a wording, and what the caller may do with the wording."""

    wording_id: OpaqueId
    version: int
    wording: str = Field(description="How this version is named when somebody is asked.")
    standard: bool = Field(description="It comes with the system.")
    texts: dict[str, TextView]
    channels: dict[Channel, int] = Field(description="Each with its term in months.")
    places: list[Place]
    portrait_months: int | None
    biometric_months: int | None
    compensation: str | None
    created_by: str | None = Field(description="None: it comes with the system.")
    created_at: datetime
    affordances: list[Operation]

    @classmethod
    def of(
        cls, wording: Wording, *, standard: bool, affordances: list[Operation]
    ) -> "WordingView":
        """Show a version."""
        return cls(
            wording_id=wording.wording_id,
            version=wording.version,
            wording=wording.name,
            standard=standard,
            texts={
                language: TextView(
                    sha256=digest(wording, language),
                    title=text.title,
                    purpose=text.purpose,
                    controller=text.controller,
                    notice=list(text.notice),
                    image=text.image,
                    portrait=text.portrait,
                    biometric=text.biometric,
                    guardian=text.guardian,
                )
                for language, text in wording.texts.items()
            },
            channels=dict(wording.channels),
            places=sorted(wording.places),
            portrait_months=wording.portrait_months,
            biometric_months=wording.biometric_months,
            compensation=wording.compensation,
            created_by=None if standard else wording.created_by,
            created_at=wording.created_at,
            affordances=affordances,
        )


class WordingSummary(Frozen):
    """A wording in a list, in its latest version."""

    wording_id: OpaqueId
    version: int
    wording: str
    standard: bool
    title: str
    languages: list[str]
    channels: dict[Channel, int]
    created_at: datetime

    @classmethod
    def of(cls, wording: Wording, *, standard: bool, language: str) -> "WordingSummary":
        """Show one, its title in the caller's language as far as there is one."""
        return cls(
            wording_id=wording.wording_id,
            version=wording.version,
            wording=wording.name,
            standard=standard,
            title=wording.text_for(language[:2].lower())[1].title,
            languages=sorted(wording.texts),
            channels=dict(wording.channels),
            created_at=wording.created_at,
        )


class WordingList(Frozen):
    """The standard wording, then some of the others, the one made last first."""

    items: list[WordingSummary]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )
    affordances: list[Operation]
