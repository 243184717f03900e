"""How a person is reached: written here, and read with the person."""

from collections.abc import Callable
from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from beeldrecht.adapters.consent import Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import Operation
from beeldrecht.domain.asking import address_state
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.people import Person
from beeldrecht.domain.time import AMSTERDAM
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Country, Email, Language
from beeldrecht.runtime.ports import Clocked

from ..people_views import ContactView, Name
from ..refusals import invalid
from ..texts import Day


class Register(Protocol):
    """Who is on record."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def put(
        self, person_id: str, contact: Contact, seals: Seals, entry: NewEntry
    ) -> None:
        """Record how somebody is reached from now on."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address on record."""
        ...


class Services(Clocked, Protocol):
    """What this route needs."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def names(self) -> Seals:
        """What seals what is a person's own."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


class ContactOrder(Frozen):
    """How somebody is reached from now on, whole: what is left out is known no more."""

    email: Email | None
    language: Language
    birth_date: Day | None = None
    country: Country = "NL"
    guardian_name: Name | None = None


def add_routes(api: Api, services: Services) -> None:
    """Add `PUT /v1/people/{person_id}/contact`."""

    @api.route(
        HTTPMethod.PUT,
        "/v1/people/<person_id>/contact",
        Operation.CONTACT_CHANGE,
        summary="Say how somebody is reached",
        description="A new address starts anew: what came back for the old one is gone.",
    )
    def put_contact(
        person_id: OpaqueId, order: Annotated[ContactOrder, Body()]
    ) -> Response[ContactView]:
        """The last one stands; the same again is another entry and the same contact."""
        user = api.require(Operation.CONTACT_CHANGE, private=True)
        at = services.now()
        if order.birth_date and order.birth_date > at.astimezone(AMSTERDAM).date():
            raise invalid("birth_date", "date_in_the_past")
        # With the name, for somebody who was erased is not to be reached any more.
        try:
            known = services.register.person(person_id, services.names)
        except KeyDestroyedError:
            known = None
        if known is None:
            raise api.missing(Operation.CONTACT_CHANGE)
        contact = Contact(
            email=order.email,
            language=order.language,
            birth_date=order.birth_date,
            country=order.country,
            guardian_name=order.guardian_name,
        )
        tag = "api:contact:change"
        entry = NewEntry(
            subject=person_id,
            entry_id=f"{tag}:{services.new_id()}",
            tag=tag,
            at=at,
            actor=user.user_id,
        )
        services.contacts.put(person_id, contact, services.names, entry)
        note = services.contacts.state(person_id)
        state = address_state(contact, note)
        return reply(ContactView.of(contact, state, api.language))
