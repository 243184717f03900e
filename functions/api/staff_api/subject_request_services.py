"""What the desk for subject requests works with."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.adapters.consent_pages import SubjectRequestPage
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestState,
)
from beeldrecht.runtime import requesting
from beeldrecht.runtime.facts import Register as Facts
from beeldrecht.runtime.ports import Audit, Clearance, Creating
from clearance.confirm_appearance import step as confirm_step

from . import scenes


class Requests(requesting.Requests, Protocol):
    """What people ask for themselves."""

    def get(self, request_id: str) -> SubjectRequest | None:
        """One request, with what was written of it."""
        ...

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        """What somebody asked."""
        ...

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        """Some of them, the first asked first."""
        ...

    def identify(
        self, request_id: str, how: Identity, by: str, at: datetime, entry: NewEntry
    ) -> bool:
        """Record how somebody knows who asks; False when that was known."""
        ...

    def extend(
        self,
        request_id: str,
        extension: Extension,
        due_at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record that the answer takes longer; False when it cannot any more."""
        ...

    def decide(
        self,
        request_id: str,
        decided: Decided,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
        begins: Callable[[Any], None] | None = None,
    ) -> bool:
        """Record what was decided, what it lifts and begins; False when it was before."""
        ...

    def lift(
        self,
        request_id: str,
        lifting: Lifting,
        freeze: Restriction | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record the end of a freeze; False when it was recorded before."""
        ...


class Register(Facts, confirm_step.Register, Protocol):
    """Who is on record, and what is frozen."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """A person's contact; raises KeyDestroyedError."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address on record."""
        ...


class Services(Creating, scenes.Services, Protocol):
    """What these routes need."""

    @property
    def subject_requests(self) -> Requests:
        """What people ask for themselves."""
        ...

    @property
    def register(self) -> Register:
        """Who is on record, and what is frozen."""
        ...

    @property
    def names(self) -> Seals:
        """What seals and opens what is a person's own."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...

    @property
    def library(self) -> confirm_step.Pictures:
        """The pictures, and who is said to be in them."""
        ...

    @property
    def clearance(self) -> Clearance:
        """What decides on a picture anew."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...
