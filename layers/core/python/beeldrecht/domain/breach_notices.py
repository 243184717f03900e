"""Draft notices of a breach: to the authority (GDPR 33(3)), and to people (GDPR 34(2)).

Drafts: what a record can know is filled in, and what only a person knows is a line that
says so, in square brackets. Nothing is sent from here.
"""

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from .breaches import Breach, BreachKind, Summary, readable_in
from .messages import words
from .stores import Store
from .time import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Notice:
    """A letter to be looked over, filled in and sent by a person."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the notices say in one language."""

    drill: str
    authority: str
    nature: str
    acts: str
    lay_there: str
    sealed: str
    known: str
    counted: str
    categories: str
    contact: str
    consequences: str
    measures: str
    late: str
    phases: str
    people: str
    what: str
    may_mean: str
    do: str
    reach: str


_ENGLISH: Final = _Words(
    drill="DRILL: nothing of this happened. Do not send.",
    authority="Notification of a personal data breach (GDPR 33)",
    nature="Nature: {description}",
    acts="Looked at: what was done from {start} until {end}, in the log of the system.",
    lay_there="Looked at: all that lay in {store} until {end}; who it touches at most.",
    sealed=(
        "What lay there is sealed with keys that are kept apart, or holds identifiers"
        " alone: by itself it says nothing of anybody."
    ),
    known="The controller became aware of it on {aware}; the notice is due by {due}.",
    counted="About {people} people and {pictures} pictures (records) are touched.",
    categories="Kinds of data: {categories}.",
    contact="Contact: {controller}. [data protection officer: name and telephone]",
    consequences="Likely consequences: [for the people it touches]",
    measures="Measures taken and proposed: [to end it, and to lessen its effects]",
    late="The notice comes after 72 hours because: [reason]",
    phases="What is not known yet follows without undue delay (GDPR 33(4)).",
    people="A message about your data",
    what="Something happened with data about you: {description}",
    may_mean="It is about {categories}. What it may mean for you: [consequences]",
    do="What we have done, and what you can do yourself: [measures and advice]",
    reach="Questions? {controller}. [name and telephone]",
)
_DUTCH: Final = _Words(
    drill="OEFENING: hiervan is niets gebeurd. Niet versturen.",
    authority="Melding van een inbreuk op persoonsgegevens (AVG 33)",
    nature="Aard: {description}",
    acts="Bekeken: wat van {start} tot {end} is gedaan, in het logboek van het systeem.",
    lay_there="Bekeken: alles wat tot {end} in {store} lag; wie het hoogstens raakt.",
    sealed=(
        "Wat daar lag is verzegeld met sleutels die elders worden bewaard, of bevat"
        " alleen kenmerken: op zichzelf zegt het niets over iemand."
    ),
    known="De organisatie weet het sinds {aware}; melden moet uiterlijk om {due}.",
    counted="Ongeveer {people} mensen en {pictures} foto's (records) zijn geraakt.",
    categories="Soorten gegevens: {categories}.",
    contact="Contact: {controller}. [functionaris: naam en telefoonnummer]",
    consequences="Waarschijnlijke gevolgen: [voor de mensen die het raakt]",
    measures="Genomen en voorgestelde maatregelen: [om het te stoppen en te verzachten]",
    late="De melding komt na 72 uur omdat: [reden]",
    phases="Wat nog niet bekend is volgt zonder onredelijke vertraging (AVG 33, lid 4).",
    people="Een bericht over je gegevens",
    what="Er is iets gebeurd met gegevens over jou: {description}",
    may_mean="Het gaat om {categories}. Wat dit voor je kan betekenen: [gevolgen]",
    do="Wat we hebben gedaan, en wat je zelf kunt doen: [maatregelen en advies]",
    reach="Vragen? {controller}. [naam en telefoonnummer]",
)
LANGUAGES: Final = MappingProxyType({"en": _ENGLISH, "nl": _DUTCH})


def authority_notice(
    breach: Breach, summary: Summary, controller: str, at: datetime, language: str
) -> Notice:
    """The draft for the supervisory authority, as things stand at an instant."""
    said, scope = LANGUAGES[language], breach.scope
    end = scope.period.end or at
    if scope.by_acts:
        looked = said.acts.format(start=_at(scope.period.start), end=_at(end))
    else:
        looked = said.lay_there.format(store=_store(scope.store, language), end=_at(end))
    paragraphs = [
        said.nature.format(description=breach.description),
        looked,
        said.known.format(aware=_at(breach.aware_at), due=_at(breach.due_at)),
        said.counted.format(people=summary.people, pictures=summary.pictures),
        said.categories.format(categories=_categories(summary, language)),
        said.contact.format(controller=controller),
        said.consequences,
        said.measures,
        said.phases,
    ]
    if scope.store is not None and not readable_in(scope.store):
        paragraphs.insert(2, said.sealed)
    if at >= breach.due_at:
        paragraphs.append(said.late)
    return _notice(breach, said.authority, paragraphs, said)


def people_notice(
    breach: Breach, summary: Summary, controller: str, language: str
) -> Notice:
    """The draft for the people it touches, in plain language."""
    said = LANGUAGES[language]
    paragraphs = [
        said.what.format(description=breach.description),
        said.may_mean.format(categories=_categories(summary, language)),
        said.do,
        said.reach.format(controller=controller),
    ]
    return _notice(breach, said.people, paragraphs, said)


def _notice(breach: Breach, title: str, paragraphs: list[str], said: _Words) -> Notice:
    drill = [said.drill] if breach.kind is BreachKind.DRILL else []
    return Notice(title, (*drill, *paragraphs))


def _at(at: datetime) -> str:
    return f"{at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}"


def _categories(summary: Summary, language: str) -> str:
    said = [words(each, language).rstrip(".") for each in summary.categories]
    return "; ".join(each[:1].lower() + each[1:] for each in said)


def _store(store: Store | None, language: str) -> str:
    said = words(store, language).rstrip(".") if store else ""
    return said[:1].lower() + said[1:]
