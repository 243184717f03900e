"""Where an export's contents come from: stores, as far as gathering needs them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from beeldrecht.adapters.consent import Seals
from beeldrecht.domain.audit import Entry
from beeldrecht.domain.consent import Quitclaim
from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.exports import Export
from beeldrecht.domain.links import Link
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.signing import Evidence
from beeldrecht.domain.subject_requests import SubjectRequest
from beeldrecht.domain.wordings import Wording
from beeldrecht.runtime.facts import ConsentFacts


class Register(Protocol):
    """Who is on record, what they agreed to, and what is frozen."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...

    def facts(self, person_ids: list[str], asset_id: str | None = None) -> ConsentFacts:
        """What is on record about these people."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """The contact, opened; raises KeyDestroyedError."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address."""
        ...


class Signatures(Protocol):
    """What was signed."""

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """Everything that somebody signed."""
        ...

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        """What proves one signature; raises KeyDestroyedError."""
        ...

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        """The digest of the document; None when none was made."""
        ...


class Wordings(Protocol):
    """What people are shown and sign."""

    def get(self, name: str) -> Wording | None:
        """One version."""
        ...


class Documents(Protocol):
    """Signed documents, sealed."""

    def read(self, quitclaim_id: str) -> bytes | None:
        """One as it was kept."""
        ...


class Requests(Protocol):
    """Who was asked for consent."""

    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]:
        """What somebody was asked."""
        ...


class SubjectRequests(Protocol):
    """What people ask for themselves."""

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        """What somebody asked; what is sealed stays so."""
        ...

    def get(self, request_id: str) -> SubjectRequest | None:
        """One request, opened."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def of_person(self, person_id: str) -> tuple[Mail, ...]:
        """Mails to somebody."""
        ...


class Links(Protocol):
    """Links for people without an account."""

    def of_person(self, person_id: str) -> tuple[Link, ...]:
        """A person's links."""
        ...


class Sessions(Protocol):
    """Where pictures are taken."""

    def get(self, session_id: str) -> Session | None:
        """One session."""
        ...


class Trail(Protocol):
    """The audit log."""

    def entries(self, subject: str) -> Iterator[Entry]:
        """What happened to one subject, in order."""
        ...


class Library(Protocol):
    """Where people are on record in pictures."""

    def appearances_of(self, person_id: str) -> Iterator[tuple[str, str]]:
        """The pictures and faces in which somebody is on record, settled or not."""
        ...


class Exports(Protocol):
    """Exports on record."""

    def of_person(self, person_id: str) -> tuple[Export, ...]:
        """A person's exports."""
        ...


@dataclass(frozen=True, slots=True)
class Records:
    """Everything that gathering reads."""

    register: Register
    contacts: Contacts
    signatures: Signatures
    wordings: Wordings
    documents: Documents
    requests: Requests
    subject_requests: SubjectRequests
    mails: Mails
    links: Links
    sessions: Sessions
    trail: Trail
    library: Library
    exports: Exports
    names: Seals
    proof: Seals
    """What opens what proves a signature: it may outlive names."""
    controller: str
    controller_contact: str
