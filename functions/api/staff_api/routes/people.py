"""People: who is on record, and what they agreed to.

Names are opened here and nowhere else, and every look at them is recorded before it is
answered: a list in the name of whoever looked, one person under that person.
"""

import re
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.consent import OpensMany, PeoplePage, ProofSeals, Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import Operation, User, affordances, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.links import Link
from beeldrecht.domain.own_page import own_grants, withdrawable
from beeldrecht.domain.people import Person
from beeldrecht.domain.permits import (
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_enrolment,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import ConsentFacts
from beeldrecht.runtime.facts import Register as Facts
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Creating

from ..asking import Contacts, reached
from ..people_views import (
    ContactView,
    GrantView,
    Hindrance,
    LinkView,
    ListedPerson,
    MadePerson,
    NewPerson,
    PersonList,
    PersonView,
)

_ABOUT = frozenset(
    {
        Operation.PERSON_READ,
        Operation.PERSON_ENROL,
        Operation.LINK_CREATE,
        Operation.CONTACT_CHANGE,
        Operation.CONSENT_REQUEST_CREATE,
        Operation.CONSENT_READ,
        Operation.CONSENT_ENTER,
        Operation.CONSENT_WITHDRAW,
    }
)
"""What can be asked of one person."""
_PLACE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{15}\+00:00#[0-9a-f]{32}")
"""What a page of people ends with: an instant and an identifier."""


class Names(ProofSeals, OpensMany, Protocol):
    """What seals names and opens them."""


class Register(Facts, Protocol):
    """Who is on record, and what they agreed to."""

    def people(self, opens: OpensMany, after: str | None, limit: int) -> PeoplePage:
        """A page of everybody."""
        ...

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...

    def add_person(
        self, person: Person, seals: Seals, at: datetime, entry: NewEntry | None = None
    ) -> bool:
        """Record a person once."""
        ...


class Library(Protocol):
    """How far recognition may go."""

    def recognition_mode(self, at: datetime) -> RecognitionMode:
        """How far recognition may go at this instant."""
        ...


class Appearances(Protocol):
    """In which pictures somebody is."""

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        """The pictures in which a person said who this is."""
        ...


class Links(Protocol):
    """The links to their own pages."""

    def of_person(self, person_id: str) -> tuple[Link, ...]:
        """A person's links."""
        ...


class Services(Creating, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def names(self) -> Names:
        """What opens names."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...

    @property
    def library(self) -> Library:
        """The library."""
        ...

    @property
    def appearances(self) -> Appearances:
        """Where people appear."""
        ...

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/people`."""
    acts = _Acts(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/people",
        Operation.PERSON_LIST,
        summary="Everybody on record, the last added first",
    )
    def list_people(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[PersonList]:
        """Names are sealed one by one, so there is no order by name here."""
        user = api.require(Operation.PERSON_LIST)
        page = services.register.people(services.names, _after(cursor), limit)
        acts.record("api:person:list", user.user_id, user, {"count": len(page.people)})
        return reply(
            PersonList(
                items=[ListedPerson.of(each) for each in page.people],
                cursor=cursor_of((page.after,)) if page.after else None,
            )
        )

    @api.route(
        HTTPMethod.POST,
        "/v1/people",
        Operation.PERSON_CREATE,
        summary="Put somebody on record",
        status_code=HTTPStatus.CREATED,
    )
    def create_person(
        person: Annotated[NewPerson, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[MadePerson]:
        """The same key again gives the same person, as often as it is sent."""
        user = api.require(Operation.PERSON_CREATE)
        person_id = acts.create(user, person.name, idempotency_key(key))
        made = MadePerson(person_id=person_id, name=person.name)
        return reply(
            made, HTTPStatus.CREATED, headers={"Location": f"/v1/people/{person_id}"}
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/people/<person_id>",
        Operation.PERSON_READ,
        summary="Somebody, and what they agreed to",
    )
    def read_person(person_id: OpaqueId) -> Response[PersonView]:
        """As it stands at this instant."""
        user = api.require(Operation.PERSON_READ, private=True)
        view = acts.view(user, person_id)
        acts.record("api:person:read", person_id, user, {"pictures": view.pictures})
        return reply(view)


class _Acts:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def record(self, tag: str, subject: str, user: User, data: dict[str, int]) -> None:
        """Put a look on record; each is one of its own."""
        services = self._services
        services.audit.append(
            scope=subject,
            entry_id=f"{tag}:{services.new_id()}",
            tag=tag,
            at=services.now(),
            actor=user.user_id,
            data=data,
        )

    def create(self, user: User, name: str, key: str) -> str:
        """Record a person; a retry goes on where the first try stopped."""
        services, at = self._services, self._services.now()
        person_id = services.claims.claim(
            user.user_id,
            Operation.PERSON_CREATE,
            key,
            name.encode(),
            services.new_id,
            at,
        )
        entry = NewEntry(
            subject=person_id,
            entry_id="api:person:create",
            tag="api:person:create",
            at=at,
            actor=user.user_id,
        )
        services.register.add_person(Person(person_id, name), services.names, at, entry)
        return person_id

    def view(self, user: User, person_id: str) -> PersonView:
        """A person as this user sees them; raises ProblemError when there is none."""
        services, at = self._services, self._services.now()
        name = self._name(person_id)
        facts = services.register.facts([person_id])
        own = own_grants(person_id, facts.grants, facts.withdrawals, at)
        may_link = may(user, Operation.LINK_CREATE, at) is None
        may_enrol = may(user, Operation.PERSON_ENROL, at) is None
        hindrance = self._hindrance(person_id, facts, at) if may_enrol else None
        links = services.links.of_person(person_id) if may_link else ()
        possible = affordances(user, at) & _ABOUT
        if hindrance is not None:
            possible -= {Operation.PERSON_ENROL}
        if not any(withdrawable(each) for each in own):
            possible -= {Operation.CONSENT_WITHDRAW}
        return PersonView(
            person_id=person_id,
            name=name,
            contact=self._contact(person_id),
            grants=[GrantView.of(each) for each in own],
            frozen=any(each.period.contains(at) for each in facts.restrictions),
            pictures=len(services.appearances.confirmed_in(person_id)),
            links=[LinkView.of(link, at) for link in links],
            affordances=sorted(possible),
            enrolment_hindrance=(
                Hindrance.of(hindrance, self._api.language) if hindrance else None
            ),
        )

    def _name(self, person_id: str) -> str | None:
        try:
            person = self._services.register.person(person_id, self._services.names)
        except KeyDestroyedError:
            return None
        if person is None:
            raise self._api.missing(Operation.PERSON_READ)
        return person.name

    def _contact(self, person_id: str) -> ContactView | None:
        """How they are reached; None when nothing is on record, or it was erased."""
        contact, state = reached(self._services, person_id)
        if contact is None:
            return None
        return ContactView.of(contact, state, self._api.language)

    def _hindrance(
        self, person_id: str, facts: ConsentFacts, at: datetime
    ) -> PermitRefusal | None:
        """Why nobody could enrol this person now; the enrolment asks again by itself."""
        try:
            permit_enrolment(
                person_id,
                self._services.library.recognition_mode(at),
                facts.grants,
                facts.withdrawals,
                at,
                facts.restrictions,
            )
        except PermitRefusedError as error:
            return error.reason
        return None


def _after(cursor: str | None) -> str | None:
    """Where a cursor says that the next page begins."""
    position = position_of(cursor, 1)
    if position is None:
        return None
    if not _PLACE.fullmatch(position[0]):
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return position[0]
