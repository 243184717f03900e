"""Asking people for consent: who is new is put on record, and each is asked by itself.

An ask is a fact; what follows from it (the mail, the reminder, the lapse) others do once
they see it. Each person costs transactions of their own, so that what is refused for one
is refused for nobody else; the caller's key leads to the same people and asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import User
from beeldrecht.domain.asking import AskProblem, address_state, ask_problem
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequest, Delivery
from beeldrecht.domain.contacts import AddressNote, AddressState, Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    address_of,
    new_token,
    token_digest,
)
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.wordings import Wording

from .request_views import AskedPerson, AskedView, AskOrder, ProblemView

LANGUAGE = "nl"
"""In which somebody is asked of whom no language is known."""


class Register(Protocol):
    """Who is on record."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...

    def add_person(
        self, person: Person, seals: Seals, at: datetime, entry: NewEntry | None = None
    ) -> bool:
        """Record a person once."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def put(
        self, person_id: str, contact: Contact, seals: Seals, entry: NewEntry
    ) -> None:
        """Record how somebody is reached from now on."""
        ...

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """How somebody is reached; raises KeyDestroyedError."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address on record."""
        ...


class Requests(Protocol):
    """Where asks are recorded."""

    def create(
        self, request: ConsentRequest, entry: NewEntry, mails: tuple[Mail, ...] = ()
    ) -> bool:
        """Record one; False when it is there."""
        ...

    def get(self, request_id: str) -> ConsentRequest | None:
        """One of them."""
        ...


class Links(Protocol):
    """Where links are recorded."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record one with its audit entry."""
        ...


class Reaching(Protocol):
    """What knowing how somebody is reached needs."""

    @property
    def names(self) -> Seals:
        """What opens what is a person's own."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...


class Services(Reaching, Protocol):
    """What asking needs."""

    @property
    def register(self) -> Register:
        """Who is on record."""
        ...

    @property
    def consent_requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


@dataclass(frozen=True, slots=True)
class Asking:
    """One call that asks: what is the same for everybody in it."""

    order: AskOrder
    wording: Wording
    seed: str
    """The identifier that the caller's key stands for: all others follow from it."""
    by: User
    at: datetime
    language: str
    """Of the caller, for the words of what was refused."""


def ask(services: Services, asking: Asking, place: int) -> AskedView:
    """Ask the person at that place of the list; safe to repeat under the same key."""
    wanted = asking.order.people[place]
    person_id = wanted.person_id or derived_id(asking.seed, "person", str(place))
    if wanted.person_id is not None and not _there(services, person_id):
        return _refused(asking, None, AskProblem.UNKNOWN_PERSON)
    if wanted.name is not None:
        _put_on_record(services, asking, person_id, wanted)
    contact, state = reached(services, person_id)
    problem = ask_problem(asking.order.delivery, state)
    if problem is not None:
        return _refused(asking, person_id, problem)
    language = wanted.language or (contact.language if contact else LANGUAGE)
    request = _request(asking, place, person_id, language)
    entry = _entry(asking, "api:consent:ask", request)
    if not services.consent_requests.create(request, entry):
        request = services.consent_requests.get(request.request_id) or request
    tablet = request.delivery is Delivery.TABLET
    return AskedView(
        person_id=person_id,
        request_id=request.request_id,
        url=_address(services, asking, request) if tablet else None,
        problem=None,
    )


def reached(services: Reaching, person_id: str) -> tuple[Contact | None, AddressState]:
    """How somebody is reached, and whether mail arrives; nobody's who was erased."""
    try:
        contact = services.contacts.get(person_id, services.names)
    except KeyDestroyedError:
        contact = None
    note = services.contacts.state(person_id) if contact else None
    return contact, address_state(contact, note)


def _there(services: Services, person_id: str) -> bool:
    """Whether somebody is on record, and was not erased."""
    try:
        return services.register.person(person_id, services.names) is not None
    except KeyDestroyedError:
        return False


def _put_on_record(
    services: Services, asking: Asking, person_id: str, wanted: AskedPerson
) -> None:
    """Somebody new, with how they are reached: once, however often it is tried."""
    person = Person(person_id, wanted.name or "")
    new = NewEntry(
        subject=person_id,
        entry_id="api:person:create",
        tag="api:person:create",
        at=asking.at,
        actor=asking.by.user_id,
    )
    services.register.add_person(person, services.names, asking.at, new)
    if reached(services, person_id)[0] is None:
        contact = Contact(
            email=wanted.email,
            language=wanted.language or LANGUAGE,
            country=wanted.country,
        )
        tag = "api:contact:change"
        entry = NewEntry(
            subject=person_id,
            entry_id=f"{tag}:{asking.seed}",
            tag=tag,
            at=asking.at,
            actor=asking.by.user_id,
        )
        services.contacts.put(person_id, contact, services.names, entry)


def _request(asking: Asking, place: int, person_id: str, language: str) -> ConsentRequest:
    order = asking.order
    return ConsentRequest(
        request_id=derived_id(asking.seed, "request", str(place)),
        person_id=person_id,
        wording=asking.wording.name,
        language=asking.wording.text_for(language)[0],
        delivery=order.delivery,
        asked_by=asking.by.user_id,
        asked_at=asking.at,
        ends_at=asking.at + LAPSE_AFTER,
        session_id=order.session_id,
        pictures=tuple(order.pictures),
        photographer=order.photographer,
    )


def _address(services: Services, asking: Asking, request: ConsentRequest) -> str:
    """Where this one is signed, on the device at hand.

    A repetition makes another link to the same ask, for the token of the first is kept
    nowhere; whichever of them is used, the ask is answered once.
    """
    link = Link(
        link_id=services.new_id(),
        subject_id=request.person_id,
        purpose=LinkPurpose.SIGN,
        created_by=asking.by.user_id,
        created_at=asking.at,
        expires_at=request.ends_at,
        max_uses=TERMS[LinkPurpose.SIGN].uses,
        about=request.request_id,
    )
    token = new_token()
    entry = _entry(asking, "api:link:create", request, link_id=link.link_id)
    services.links.create(link, token_digest(token), entry)
    return address_of(services.site_url, link.purpose, token)


def _entry(asking: Asking, tag: str, request: ConsentRequest, **data: str) -> NewEntry:
    return NewEntry(
        subject=request.person_id,
        entry_id=":".join((tag, *data.values(), request.request_id)),
        tag=tag,
        at=asking.at,
        actor=asking.by.user_id,
        data={
            "request_id": request.request_id,
            "wording": request.wording,
            "delivery": request.delivery.value,
            **data,
        },
    )


def _refused(asking: Asking, person_id: str | None, problem: AskProblem) -> AskedView:
    return AskedView(
        person_id=person_id,
        request_id=None,
        url=None,
        problem=ProblemView.of(problem, asking.language),
    )
