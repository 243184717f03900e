"""What the API for people without an account works with."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.certificates import KeptCertificate
from beeldrecht.adapters.consent import ProofSeals, Seals
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.collections import Collection
from beeldrecht.domain.consent import Quitclaim, Restriction, Withdrawal
from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.erasure import Erasure
from beeldrecht.domain.exports import Export
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.links import Link
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.publications import Publication
from beeldrecht.domain.rate_limits import Empty, RateLimit
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.shares import Share
from beeldrecht.domain.signing import Evidence, Signed
from beeldrecht.domain.subject_requests import SubjectRequest
from beeldrecht.domain.wordings import Wording
from beeldrecht.runtime.facts import Bases, ConsentFacts, Picture
from beeldrecht.runtime.ports import Audit, Clocked, Masks
from beeldrecht.runtime.recalling import Disclosures, Settling
from egress.download_asset import step as download_step


class Links(Protocol):
    """The links that were made."""

    def live(self, digest: str, at: datetime) -> Link | None:
        """The link of that token, if it works."""
        ...

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record a new link with its audit entry."""
        ...


class Buckets(Protocol):
    """Who may come how often."""

    def take(self, name: str, limit: RateLimit, at: datetime) -> Empty | None:
        """Take one token."""
        ...


class Register(Protocol):
    """Who is on record, what they agreed to, and what they took back."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...

    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts:
        """What is on record about these people."""
        ...

    def take_back(
        self,
        person_id: str,
        withdrawals: Iterable[Withdrawal],
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record withdrawals with what they cause; False when all were there."""
        ...


class Wordings(Protocol):
    """What people are asked to sign."""

    def get(self, name: str) -> Wording | None:
        """One version."""
        ...

    def latest(self, wording_id: str) -> Wording | None:
        """The last version."""
        ...


class Requests(Protocol):
    """Who was asked for consent."""

    def get(self, request_id: str) -> ConsentRequest | None:
        """One request."""
        ...


class Sessions(Protocol):
    """Where pictures are taken."""

    def get(self, session_id: str) -> Session | None:
        """One session."""
        ...


class Contacts(Protocol):
    """How people are reached."""

    def get(self, person_id: str, seals: Seals) -> Contact | None:
        """A person's contact; raises KeyDestroyedError."""
        ...

    def state(self, person_id: str) -> AddressNote | None:
        """What came back for the address on record."""
        ...


class Signatures(Protocol):
    """What was signed."""

    def record(
        self,
        signed: Signed,
        seals: ProofSeals,
        entry: NewEntry,
        *,
        link: str | None,
        request: ConsentRequest | None,
        contact: Contact | None,
        person: Person | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record a signature whole; False when it is there, raises ActRefusedError."""
        ...

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        """What proves one signature; raises KeyDestroyedError."""
        ...

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        """Everything that a person signed."""
        ...

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        """The digest of the document that was made of a signature."""
        ...


class Erasures(Protocol):
    """Erasures on record."""

    def get(self, erasure_id: str) -> Erasure | None:
        """One erasure as it stands."""
        ...


class Certificates(Protocol):
    """Where the certificates of erasures are kept."""

    def read(self, erasure_id: str) -> KeptCertificate:
        """The certificate of an erasure that is certified."""
        ...


class Documents(Protocol):
    """The documents that were made of signatures."""

    def read(self, quitclaim_id: str) -> bytes | None:
        """One document, sealed."""
        ...


class SubjectRequests(Protocol):
    """What people ask for themselves."""

    def create(
        self,
        request: SubjectRequest,
        entry: NewEntry,
        restriction: Restriction | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record a request with what it causes; False when it is there."""
        ...

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        """What somebody asked for; what they wrote of it stays sealed."""
        ...

    def get(self, request_id: str) -> SubjectRequest | None:
        """One request, with what was written of it."""
        ...


class Exports(Protocol):
    """Copies of what is on record about people."""

    def get(self, export_id: str) -> Export | None:
        """One of them."""
        ...

    def fetched(self, export: Export, at: datetime, entry: NewEntry) -> bool:
        """Record that an address was asked for; False when its days are over."""
        ...


class ExportFiles(Protocol):
    """The files that they are."""

    def link(self, export_id: str, seconds: int, file_name: str) -> str:
        """An address that works for so long."""
        ...


class Appearances(Protocol):
    """In which pictures somebody is."""

    def confirmed_in(self, person_id: str) -> frozenset[str]:
        """The pictures in which a person said who this is."""
        ...


class Library(Protocol):
    """The records of pictures."""

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record about a picture."""
        ...

    def picture(self, asset_id: str) -> Picture | None:
        """A picture with who is in it, read consistently."""
        ...


class Collections(Protocol):
    """The collections."""

    def several(self, collection_ids: Iterable[str]) -> tuple[Collection, ...]:
        """These, and all that they stand in; one that nobody can find is closed."""
        ...


class Collected(Protocol):
    """What stands in collections."""

    def page(
        self, collection_id: str, after: str | None, limit: int
    ) -> tuple[tuple[str, ...], str | None]:
        """The next pictures, and where the page after begins."""
        ...


class Copies(Disclosures, download_step.Disclosures, Protocol):
    """Who received which picture, and what is recorded of it."""

    def of_public(self, public: str) -> str | None:
        """The picture that left under that name."""
        ...


class Shares(Protocol):
    """What is shared with somebody outside."""

    def get(self, share_id: str, at: datetime) -> Share | None:
        """One of them."""
        ...

    def count(self, share: Share) -> bool:
        """Count one picture that is fetched by it; False when none is left."""
        ...


class Publications(Protocol):
    """What ran where."""

    def get(self, publication_id: str, at: datetime) -> Publication | None:
        """One of them."""
        ...

    def count(self, publication: Publication, at: datetime) -> None:
        """Count that it was shown once more on that day."""
        ...


class Services(Clocked, Protocol):
    """Everything that its routes need."""

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def buckets(self) -> Buckets:
        """The buckets before them."""
        ...

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def names(self) -> ProofSeals:
        """What seals and opens what is a person's own."""
        ...

    @property
    def wordings(self) -> Wordings:
        """The wordings."""
        ...

    @property
    def requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...

    @property
    def signatures(self) -> Signatures:
        """What was signed."""
        ...

    @property
    def documents(self) -> Documents:
        """The signed documents."""
        ...

    @property
    def erasures(self) -> Erasures:
        """The erasures on record."""
        ...

    @property
    def certificates(self) -> Certificates:
        """Their certificates."""
        ...

    @property
    def subject_requests(self) -> SubjectRequests:
        """What people ask for themselves."""
        ...

    @property
    def exports(self) -> Exports:
        """Copies of what is on record about people."""
        ...

    @property
    def export_files(self) -> ExportFiles:
        """The files that they are."""
        ...

    @property
    def appearances(self) -> Appearances:
        """Where people appear."""
        ...

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def renditions(self) -> download_step.Links:
        """What signs their addresses."""
        ...

    @property
    def masks(self) -> Masks:
        """What covers faces."""
        ...

    @property
    def renders(self) -> download_step.Renders:
        """What makes versions for channels."""
        ...

    @property
    def bases(self) -> Bases:
        """What uses rest on besides consent."""
        ...

    @property
    def collections(self) -> Collections:
        """The collections."""
        ...

    @property
    def collected(self) -> Collected:
        """What stands in them."""
        ...

    @property
    def shares(self) -> Shares:
        """What is shared with somebody outside."""
        ...

    @property
    def publications(self) -> Publications:
        """What ran where."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def disclosures(self) -> Copies:
        """Who received which picture."""
        ...

    @property
    def recalls(self) -> Settling:
        """Who was asked to remove what."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...

    @property
    def ages(self) -> Mapping[str, int]:
        """By country: from which age on somebody signs for themselves."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...
