"""People as the staff API shows them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import GrantKind, GrantState
from beeldrecht.domain.contacts import AddressState, Contact
from beeldrecht.domain.links import Link, LinkPurpose, LinkState, state_at
from beeldrecht.domain.messages import words
from beeldrecht.domain.own_page import OwnGrant
from beeldrecht.domain.people import LONGEST_NAME, PersonSummary, name_of
from beeldrecht.domain.permits import PermitRefusal
from beeldrecht.runtime.events import Frozen, OpaqueId

# Longer than a name, since normalising may shorten it; and no megabyte.
Name = Annotated[
    str, Field(min_length=1, max_length=2 * LONGEST_NAME), AfterValidator(name_of)
]


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

    @classmethod
    def of(cls, link: Link, at: datetime) -> "LinkView":
        """Show one as it stands at an instant."""
        return cls(
            link_id=link.link_id,
            purpose=link.purpose,
            state=state_at(link, at),
            created_at=link.created_at,
            expires_at=link.expires_at,
        )


class Hindrance(Frozen):
    """Why something cannot be done now."""

    id: PermitRefusal
    words: str

    @classmethod
    def of(cls, refusal: PermitRefusal, language: str) -> "Hindrance":
        """Say why."""
        return cls(id=refusal, words=words(refusal, language))


class AddressView(Frozen):
    """Whether mail arrives, in words."""

    id: AddressState
    words: str


class ContactView(Frozen):
    """How a person is reached, and whether that works."""

    email: str | None
    language: str
    birth_date: date | None
    country: str
    guardian_name: str | None
    address: AddressView

    @classmethod
    def of(cls, contact: Contact, state: AddressState, language: str) -> "ContactView":
        """Show it, with words in the caller's language."""
        return cls(
            email=contact.email,
            language=contact.language,
            birth_date=contact.birth_date,
            country=contact.country,
            guardian_name=contact.guardian_name,
            address=AddressView(id=state, words=words(state, language)),
        )


class PersonView(Frozen):
    """A person, and what the caller may do with them now."""

    person_id: OpaqueId
    name: str | None = Field(description="None: the name was erased.")
    contact: ContactView | None = Field(description="None: nothing is on record.")
    grants: list[GrantView]
    frozen: bool
    pictures: int = Field(description="Pictures in which somebody confirmed them.")
    links: list[LinkView] = Field(description="For whoever may make links.")
    affordances: list[Operation]
    enrolment_hindrance: Hindrance | None = Field(
        description="For whoever may enrol: why it is not possible now."
    )
