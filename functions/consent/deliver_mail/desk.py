"""What a mail is composed from: stores, keys and templates, as far as it needs them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.accounts import Account
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.exports import Export
from beeldrecht.domain.links import Link
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import Evidence
from beeldrecht.domain.subject_requests import SubjectRequest
from beeldrecht.domain.wordings import Wording
from beeldrecht.runtime.facts import ConsentFacts
from beeldrecht_mail.letters import Templates


class ProofSeals(Seals, Protocol):
    """The same for names; for what proves a consent there is another key."""

    @property
    def proof(self) -> Seals:
        """For what was signed."""
        ...


class Register(Protocol):
    """The consent register."""

    def facts(self, person_ids: list[str], asset_id: str | None = None) -> ConsentFacts:
        """What is on record about these people."""
        ...

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """The contact, opened."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address."""
        ...


class Requests(Protocol):
    """Who was asked."""

    def get(self, request_id: str) -> ConsentRequest | None:
        """One request."""
        ...


class Wordings(Protocol):
    """What people are shown and sign."""

    def get(self, name: str) -> Wording | None:
        """One version."""
        ...


class Signatures(Protocol):
    """What was signed."""

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        """The evidence, opened."""
        ...

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        """The digest of the copy; None when none was made."""
        ...

    def note_document(self, person_id: str, quitclaim_id: str, sha256: str) -> bool:
        """Keep the digest of the copy; the first one stands."""
        ...


class Documents(Protocol):
    """Signed copies, sealed."""

    def keep(self, quitclaim_id: str, sealed: bytes) -> object:
        """Keep one."""
        ...

    def read(self, quitclaim_id: str) -> bytes | None:
        """One as it was kept."""
        ...


class SubjectRequests(Protocol):
    """What people asked for themselves."""

    def get(self, request_id: str) -> SubjectRequest | None:
        """One of them."""
        ...


class Exports(Protocol):
    """Copies of what is on record about people."""

    def get(self, export_id: str) -> Export | None:
        """One of them."""
        ...


class Links(Protocol):
    """Links for people without an account."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record a new one, with its audit entry."""
        ...


class Users(Protocol):
    """The accounts of the staff."""

    def find(self, user_id: str) -> Account:
        """One account; raises MissingUserError."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that lies ready for whoever composes a mail."""

    register: Register
    contacts: Contacts
    requests: Requests
    wordings: Wordings
    signatures: Signatures
    documents: Documents
    subject_requests: SubjectRequests
    exports: Exports
    links: Links
    users: Users
    seals: ProofSeals
    templates: Templates
    site_url: str
    organisation: str
    staff_language: str
    new_id: Callable[[], str]
    new_token: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail is for, and as what."""

    address: str
    language: str
    name: str | None
    """Who is greeted."""
    person: str | None
    """Whose consent it is about, where a guardian reads it."""
