"""People: who is on record, what they agreed to, and how they are enrolled.

Names are opened here and nowhere else, and every look at them is recorded before it is
answered: a list in the name of whoever looked, one person under that person.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import AfterValidator, Field

from beeldrecht.adapters.consent import ConsentFacts, OpensMany, PeoplePage, Seals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import Operation, User, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.enrolment import Enrolment, EnrolmentPhoto
from beeldrecht.domain.links import Link, LinkPurpose, LinkState, state_at
from beeldrecht.domain.messages import words
from beeldrecht.domain.own_page import OwnGrant, own_grants
from beeldrecht.domain.people import LONGEST_NAME, Person, PersonSummary, name_of
from beeldrecht.domain.permits import (
    PermitRefusal,
    PermitRefusedError,
    RecognitionMode,
    permit_enrolment,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit

from .. import scenes

# What a page of people ends with: an instant and an identifier. A name has to be short
# before it is normalised too, or a request of a megabyte would be.
_PLACE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]{15}\+00:00#[0-9a-f]{32}")
Name = Annotated[
    str, Field(min_length=1, max_length=2 * LONGEST_NAME), AfterValidator(name_of)
]


class Names(Seals, OpensMany, Protocol):
    """What seals names and opens them."""


class Register(scenes.Register, Protocol):
    """Who is on record."""

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about these people."""
        ...

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
    """The pictures, and how far recognition may go."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...

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


class Claims(Protocol):
    """Creations that count once."""

    def claim(
        self,
        actor: str,
        operation: str,
        key: str,
        body: bytes,
        new_id: Callable[[], str],
        at: datetime,
    ) -> str:
        """The identifier of what this request makes; raises ReusedKeyError."""
        ...


class Enroller(Protocol):
    """Has somebody enrolled, where templates may be made."""

    def enrol(
        self, person_id: str, actor_id: str, photos: Sequence[EnrolmentPhoto]
    ) -> Enrolment:
        """Enrol them; raises PermitRefusedError and BusyError."""
        ...


class Services(scenes.Services, Protocol):
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
    def library(self) -> Library:
        """The pictures."""
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
    def enroller(self) -> Enroller:
        """Who enrols."""
        ...

    @property
    def claims(self) -> Claims:
        """The claims."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def now(self) -> Callable[[], datetime]:
        """The clock."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


class ListedPerson(Frozen):
    """A person in the list."""

    person_id: OpaqueId
    name: str | None = Field(description="None: the name was erased.")
    added_at: datetime

    @classmethod
    def of(cls, person: PersonSummary) -> "ListedPerson":
        """Show one."""
        return cls(person_id=person.person_id, name=person.name, added_at=person.added_at)


class PersonList(Frozen):
    """Some of the people, the last added first."""

    items: list[ListedPerson]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class NewPerson(Frozen):
    """Whom to record."""

    name: Name


class MadePerson(Frozen):
    """Somebody who is on record now."""

    person_id: OpaqueId
    name: str


class GrantView(Frozen):
    """One thing that a person agreed to, and how it stands now."""

    grant_id: OpaqueId
    kind: GrantKind
    state: GrantState
    channels: list[Channel]
    places: list[Place]
    starts_at: datetime
    ends_at: datetime | None
    last_day: date | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, own: OwnGrant) -> "GrantView":
        """Show one."""
        grant = own.grant
        return cls(
            grant_id=grant.grant_id,
            kind=grant.kind,
            state=own.state,
            channels=sorted(grant.channels),
            places=sorted(grant.places),
            starts_at=grant.period.start,
            ends_at=grant.period.end,
            last_day=grant.last_day,
            withdrawn_at=own.withdrawn_at,
        )


class LinkView(Frozen):
    """A link that was made for this person; where it leads only its holder knows."""

    link_id: OpaqueId
    purpose: LinkPurpose
    state: LinkState
    created_at: datetime
    expires_at: datetime


class Hindrance(Frozen):
    """Why something cannot be done now."""

    id: str
    words: str


class PersonView(Frozen):
    """A person, and what the caller may do with them now."""

    person_id: OpaqueId
    name: str | None = Field(description="None: the name was erased.")
    grants: list[GrantView]
    frozen: bool
    pictures: int = Field(description="Pictures in which somebody confirmed them.")
    links: list[LinkView] = Field(description="For whoever may make links.")
    affordances: list[Operation]
    enrolment_hindrance: Hindrance | None = Field(
        description="For whoever may enrol: why it is not possible now."
    )


class PhotoOrder(Frozen):
    """A face in a picture that is confirmed to be this person."""

    asset_id: OpaqueId
    face_id: OpaqueId


class EnrolmentOrder(Frozen):
    """From which photos to enrol. Three miss far fewer people than one."""

    photos: Annotated[list[PhotoOrder], Field(min_length=1, max_length=5)]


class RefusedPhoto(Frozen):
    """A photo that was not used, and why."""

    asset_id: OpaqueId
    face_id: OpaqueId
    reasons: list[str]


class EnrolmentView(Frozen):
    """What came of it."""

    person_id: OpaqueId
    enrolled: bool
    accepted: int
    refused: list[RefusedPhoto]
    valid_until: datetime | None


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

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/enrolment",
        Operation.PERSON_ENROL,
        summary="Let software recognise somebody who agreed to it",
    )
    def enrol_person(
        person_id: OpaqueId, order: Annotated[EnrolmentOrder, Body()]
    ) -> Response[EnrolmentView]:
        """Safe to repeat: the last template replaces the one before."""
        user = api.require(Operation.PERSON_ENROL, private=True)
        photos = [EnrolmentPhoto(each.asset_id, each.face_id) for each in order.photos]
        return reply(acts.enrol(user, person_id, photos))


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
        affordances = [
            Operation.PERSON_READ,
            *([Operation.PERSON_ENROL] if may_enrol and hindrance is None else []),
            *([Operation.LINK_CREATE] if may_link else []),
        ]
        return PersonView(
            person_id=person_id,
            name=name,
            grants=[GrantView.of(each) for each in own],
            frozen=any(each.period.contains(at) for each in facts.restrictions),
            pictures=len(services.appearances.confirmed_in(person_id)),
            links=self._links(person_id, at) if may_link else [],
            affordances=affordances,
            enrolment_hindrance=self._said(hindrance) if hindrance else None,
        )

    def enrol(
        self, user: User, person_id: str, photos: Sequence[EnrolmentPhoto]
    ) -> EnrolmentView:
        """Have the person enrolled from pictures that this user may see."""
        services, at = self._services, self._services.now()
        if not services.register.knows(person_id):
            raise self._api.missing(Operation.PERSON_ENROL)
        for asset_id in dict.fromkeys(photo.asset_id for photo in photos):
            found = services.library.picture(asset_id)
            if found is None:
                raise self._api.missing(Operation.PERSON_ENROL)
            scene, _ = scenes.picture_scene(services, found, at)
            if may(user, Operation.ASSET_VIEW, at, scene) is not None:
                raise self._api.missing(Operation.PERSON_ENROL)
        try:
            came = services.enroller.enrol(person_id, user.user_id, photos)
        except PermitRefusedError as error:
            hindrance = self._said(error.reason).model_dump()
            more = {"hindrance": hindrance}
            raise ProblemError(Problem.CONFLICT, more=more) from error
        return EnrolmentView(
            person_id=person_id,
            enrolled=came.enrolled,
            accepted=came.accepted,
            refused=[
                RefusedPhoto(
                    asset_id=each.photo.asset_id,
                    face_id=each.photo.face_id,
                    reasons=list(each.reasons),
                )
                for each in came.refused
            ],
            valid_until=came.valid_until,
        )

    def _name(self, person_id: str) -> str | None:
        try:
            person = self._services.register.person(person_id, self._services.names)
        except KeyDestroyedError:
            return None
        if person is None:
            raise self._api.missing(Operation.PERSON_READ)
        return person.name

    def _links(self, person_id: str, at: datetime) -> list[LinkView]:
        return [
            LinkView(
                link_id=link.link_id,
                purpose=link.purpose,
                state=state_at(link, at),
                created_at=link.created_at,
                expires_at=link.expires_at,
            )
            for link in self._services.links.of_person(person_id)
        ]

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

    def _said(self, refusal: PermitRefusal) -> Hindrance:
        return Hindrance(id=refusal.value, words=words(refusal, self._api.language))


def _after(cursor: str | None) -> str | None:
    """Where a cursor says that the next page begins."""
    position = position_of(cursor, 1)
    if position is None:
        return None
    if not _PLACE.fullmatch(position[0]):
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return position[0]
