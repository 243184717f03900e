"""The people of the demonstration: who they are, what they signed, and where.

All are invented; their ids are derived, so that a second run finds them again. Every date
is relative to the day of the first run.

Their records are written through the repositories with the rights of whoever runs the
local cloud, past the API: signing is the next stage, and until it is there no function
writes them. Everything that staff do goes through the API (see `flow`).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.channels import ALL_CHANNELS, Channel, Place
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Withdrawal,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.people import Person
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.time import Period, midnight

WORDING = (
    "Ik stem ermee in dat de gemeente Voorbeeldstad foto's waarop ik herkenbaar ben"
    " gebruikt in de hieronder aangekruiste kanalen, in de genoemde periode. Ik kan dit"
    " altijd intrekken."
)
WORDING_VERSION = "demo-1"


def demo_id(*parts: str) -> str:
    """The id that this thing of the demonstration always has."""
    return derived_id("demo", *parts)


class Who(StrEnum):
    """The people, by the state of what they signed."""

    DANIEL = "daniel"
    """Every channel, and biometric consent: the one person who may be recognised."""
    ANNA = "anna"
    """The website alone, and that ends within a month."""
    HENK = "henk"
    """Every channel; withdraws in the course of the demonstration."""
    WILLEM = "willem"
    """Ended last week."""
    SANNE = "sanne"
    """Withdrew last month."""
    MARC = "marc"
    """Never signed anything."""

    @property
    def person_id(self) -> str:
        """The person's id."""
        return demo_id("person", self.value)


NAMES = {
    Who.DANIEL: "Daniel Koster",
    Who.ANNA: "Anna de Vries",
    Who.HENK: "Henk Visser",
    Who.WILLEM: "Willem Jansen",
    Who.SANNE: "Sanne Mulder",
    Who.MARC: "Marc Dekker",
}

EDITOR_ID = demo_id("staff", "editor")
RECEPTION_ID = demo_id("session", "reception")
STUDIO_ID = demo_id("session", "studio")


@dataclass(frozen=True)
class Signed:
    """One document with what it grants."""

    quitclaim: Quitclaim
    grants: tuple[Grant, ...]


@dataclass(frozen=True)
class Organisation:
    """Everything on record before the first picture."""

    people: tuple[Person, ...]
    signed: tuple[Signed, ...]
    withdrawals: tuple[Withdrawal, ...]
    sessions: tuple[Session, ...]


def organisation(today: date, attested_by: str = EDITOR_ID) -> Organisation:
    """The organisation as it is founded on that day.

    `attested_by`: the editor who says that everybody at the closed session signed.
    """
    year = timedelta(days=365)
    web = frozenset({Channel.WEBSITE})
    everything = frozenset(ALL_CHANNELS)
    ago = [today - timedelta(days=days) for days in (400, 340, 200, 60)]
    daniel = _signed(Who.DANIEL, ago[3], today + year, everything)
    biometric = Grant(
        grant_id=demo_id("grant", Who.DANIEL, "biometric"),
        quitclaim_id=daniel.quitclaim.quitclaim_id,
        person_id=Who.DANIEL.person_id,
        kind=GrantKind.BIOMETRIC_CONSENT,
        period=Period.of_days(ago[3], today + year),
        last_day=today + year,
    )
    return Organisation(
        people=tuple(Person(who.person_id, name) for who, name in NAMES.items()),
        signed=(
            Signed(daniel.quitclaim, (*daniel.grants, biometric)),
            _signed(Who.ANNA, ago[1], today + timedelta(days=21), web),
            _signed(Who.HENK, ago[2], today + year, everything),
            _signed(Who.WILLEM, ago[0], today - timedelta(days=7), everything),
            _signed(Who.SANNE, ago[2], today + year, everything),
        ),
        withdrawals=(withdrawal(Who.SANNE, midnight(today - timedelta(days=30))),),
        sessions=(
            Session(
                session_id=RECEPTION_ID,
                on=ago[3],
                roster=frozenset(who.person_id for who in Who if who is not Who.MARC),
            ),
            Session(
                session_id=STUDIO_ID,
                on=today - timedelta(days=1),
                closed=True,
                head_count=1,
                attested_by=attested_by,
                roster=frozenset({Who.DANIEL.person_id}),
            ),
        ),
    )


def withdrawal(who: Who, at: datetime) -> Withdrawal:
    """The withdrawal of that person's image consent."""
    return Withdrawal(
        demo_id("withdrawal", who), demo_id("grant", who), who.person_id, at
    )


def _signed(who: Who, first: date, last: date, channels: frozenset[Channel]) -> Signed:
    quitclaim = Quitclaim(
        quitclaim_id=demo_id("quitclaim", who),
        person_id=who.person_id,
        wording_version=WORDING_VERSION,
        wording_sha256=hashlib.sha256(WORDING.encode()).hexdigest(),
        language="nl",
        signed_at=midnight(first) + timedelta(hours=10),
        signed_on="tablet",
    )
    grant = Grant(
        grant_id=demo_id("grant", who),
        quitclaim_id=quitclaim.quitclaim_id,
        person_id=who.person_id,
        kind=GrantKind.IMAGE_CONSENT,
        period=Period.of_days(first, last),
        channels=channels,
        places=frozenset({Place.WORLD}),
        last_day=last,
    )
    return Signed(quitclaim, (grant,))


class Register(Protocol):
    """Where people and what they signed are recorded; each fact once."""

    def knows(self, person_id: str) -> bool:
        """Whether a person is on record."""
        ...

    def add_person(self, person: Person, seals: Seals, at: datetime) -> bool:
        """Record a person."""
        ...

    def sign(self, quitclaim: Quitclaim, grants: Iterable[Grant]) -> None:
        """Record a document."""
        ...

    def withdraw(self, withdrawal: Withdrawal) -> None:
        """Record a withdrawal."""
        ...


class Sessions(Protocol):
    """Where sessions are recorded."""

    def session(self, session_id: str) -> Session | None:
        """A session."""
        ...

    def save_session(self, session: Session) -> None:
        """Record a session."""
        ...


def found(
    organisation: Organisation,
    register: Register,
    sessions: Sessions,
    seals: Seals,
    at: datetime,
) -> bool:
    """Record the organisation as far as it is not; tell whether anything was new.

    The people come last: once they are all known, the rest is there. How far recognition
    goes is not written here: two officers switch it, through the API.
    """
    people = organisation.people
    if all(register.knows(person.person_id) for person in people):
        return False
    for document in organisation.signed:
        register.sign(document.quitclaim, document.grants)
    for each in organisation.withdrawals:
        register.withdraw(each)
    for session in organisation.sessions:
        sessions.save_session(session)
    for person in people:
        register.add_person(person, seals, at)
    return True
