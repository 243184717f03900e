"""What the contracts about asking and signing ask of a set of repositories."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Protocol

import pytest

from beeldrecht.adapters.consent import ConsentFacts, ProofSeals, Seals
from beeldrecht.adapters.consent_pages import (
    Ending,
    RequestPage,
    SessionPage,
    SubjectRequestPage,
    WordingPage,
)
from beeldrecht.domain.audit import Entry, NewEntry
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.consent import (
    Grant,
    GrantKind,
    Quitclaim,
    Restriction,
    Withdrawal,
)
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.contacts import AddressNote, Contact
from beeldrecht.domain.ids import derived_id, new_id
from beeldrecht.domain.legal_bases import LegalBasis
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.mails import Mail, MailKind, MailState, mail_id
from beeldrecht.domain.people import Person
from beeldrecht.domain.sessions import Session
from beeldrecht.domain.signing import (
    Choices,
    Evidence,
    Guardian,
    Relation,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    Signer,
)
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestState,
)
from beeldrecht.domain.time import Period
from beeldrecht.domain.wordings import Wording
from tests.adapters.contracts.governance import Registers
from tests.fakes.samples import EDITOR, NOON

MONTH = timedelta(days=30)


class Trail(Protocol):
    def entries(self, subject: str) -> Iterator[Entry]: ...


class OneRing(Seals, Protocol):
    def destroy(self, person_id: str) -> None: ...


class Ring(OneRing, Protocol):
    @property
    def proof(self) -> OneRing: ...


class Register(Protocol):
    def facts(
        self, person_ids: Iterable[str], asset_id: str | None = None
    ) -> ConsentFacts: ...
    def knows(self, person_id: str) -> bool: ...
    def person(self, person_id: str, seals: Seals) -> Person | None: ...
    def restrict(self, restriction: Restriction) -> None: ...
    def take_back(
        self,
        person_id: str,
        withdrawals: Iterable[Withdrawal],
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool: ...


class Links(Protocol):
    def create(self, link: Link, digest: str, entry: NewEntry) -> None: ...
    def live(self, digest: str, at: datetime) -> Link | None: ...
    def revoke(
        self, person_id: str, link_id: str, at: datetime, entry: NewEntry
    ) -> bool: ...


class Mails(Protocol):
    def get(self, mail_id: str) -> Mail | None: ...
    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool: ...
    def claim(self, mail_id: str, at: datetime) -> Mail | None: ...
    def sent(self, mail_id: str, message_id: str, at: datetime) -> None: ...
    def outcome(
        self, mail_id: str, state: MailState, at: datetime, reason: str | None = None
    ) -> Mail | None: ...
    def waiting(self, before: datetime) -> Iterator[str]: ...
    def of_person(self, person_id: str) -> tuple[Mail, ...]: ...


class Wordings(Protocol):
    def add(self, wording: Wording, entry: NewEntry) -> bool: ...
    def get(self, name: str) -> Wording | None: ...
    def latest(self, wording_id: str) -> Wording | None: ...
    def page(self, after: str | None, limit: int) -> WordingPage: ...


class Requests(Protocol):
    def create(
        self, request: ConsentRequest, entry: NewEntry, mails: Iterable[Mail] = ()
    ) -> bool: ...
    def get(self, request_id: str) -> ConsentRequest | None: ...
    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]: ...
    def page(
        self, state: ConsentRequestState | None, after: str | None, limit: int
    ) -> RequestPage: ...
    def settle(
        self,
        request_id: str,
        state: ConsentRequestState,
        at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool: ...
    def keep_task(
        self, request_id: str, token: str, at: datetime, ends_at: datetime
    ) -> None: ...
    def task(self, request_id: str) -> str | None: ...
    def drop_task(self, request_id: str) -> None: ...


class Contacts(Protocol):
    def put(
        self, person_id: str, contact: Contact, seals: Seals, entry: NewEntry
    ) -> None: ...
    def get(self, person_id: str, seals: Seals) -> Contact | None: ...
    def note(self, person_id: str, note: AddressNote) -> bool: ...
    def state(self, person_id: str) -> AddressNote | None: ...


class Sessions(Protocol):
    def create(self, session: Session, entry: NewEntry) -> bool: ...
    def save(self, before: Session, after: Session, entry: NewEntry) -> Session: ...
    def get(self, session_id: str) -> Session | None: ...
    def page(self, after: str | None, limit: int) -> SessionPage: ...
    def join(self, session_id: str, person_id: str) -> None: ...


class SubjectRequests(Protocol):
    def create(
        self,
        request: SubjectRequest,
        entry: NewEntry,
        restriction: Restriction | None,
        mails: Iterable[Mail] = (),
    ) -> bool: ...
    def get(self, request_id: str) -> SubjectRequest | None: ...
    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]: ...
    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage: ...
    def identify(
        self, request_id: str, how: Identity, by: str, at: datetime, entry: NewEntry
    ) -> bool: ...
    def extend(
        self,
        request_id: str,
        extension: Extension,
        due_at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool: ...
    def decide(
        self,
        request_id: str,
        decided: Decided,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
        begins: Callable[[Any], None] | None = None,
    ) -> bool: ...
    def lift(
        self,
        request_id: str,
        lifting: Lifting,
        freeze: Restriction | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool: ...


class LegalBases(Protocol):
    def record(self, basis: LegalBasis, entry: NewEntry) -> bool: ...
    def of_asset(self, asset_id: str) -> tuple[LegalBasis, ...]: ...
    def resting_on(self, assessment_id: str) -> Iterator[str]: ...
    def end(self, basis: LegalBasis, at: datetime, entry: NewEntry) -> bool: ...


class Signatures(Protocol):
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
    ) -> bool: ...
    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None: ...
    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]: ...
    def ending(self, first: datetime, last: datetime) -> Iterator[Ending]: ...
    def note_document(self, person_id: str, quitclaim_id: str, sha256: str) -> bool: ...
    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None: ...


class Consents(Protocol):
    """All of them, over one store."""

    @property
    def trail(self) -> Trail: ...
    @property
    def keys(self) -> Ring: ...
    @property
    def register(self) -> Register: ...
    @property
    def links(self) -> Links: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def wordings(self) -> Wordings: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def subject_requests(self) -> SubjectRequests: ...
    @property
    def governance(self) -> Registers: ...
    @property
    def legal_bases(self) -> LegalBases: ...
    @property
    def signatures(self) -> Signatures: ...


class ConsentsContract:
    """Each test starts from empty repositories."""

    @pytest.fixture
    def consents(self) -> Consents:
        raise NotImplementedError("the subclass says which repositories")


def entry_of(subject: str, name: str = "consent:sign", at: datetime = NOON) -> NewEntry:
    tag = f"subject:{name}"
    return NewEntry(subject, f"{tag}:{new_id()}", tag, at, EDITOR)


def tags(consents: Consents, subject: str) -> list[str]:
    return [each.tag.removeprefix("subject:") for each in consents.trail.entries(subject)]


def a_mail(
    person_id: str, kind: MailKind = MailKind.ASK, at: datetime = NOON, about: str = ""
) -> Mail:
    about = about or new_id()
    name = mail_id(kind, person_id, about)
    return Mail(name, kind, person_id, at, {"request_id": about})


def a_request(person_id: str, at: datetime = NOON) -> ConsentRequest:
    return ConsentRequest(
        request_id=new_id(),
        person_id=person_id,
        wording=f"{new_id()}.1",
        language="nl",
        delivery=Delivery.LINK,
        asked_by=EDITOR,
        asked_at=at,
        ends_at=at + MONTH,
    )


def a_signing_link(person_id: str, uses: int | None = 1) -> Link:
    return Link(
        link_id=new_id(),
        subject_id=person_id,
        purpose=LinkPurpose.SIGN if uses else LinkPurpose.SESSION,
        created_by=EDITOR,
        created_at=NOON,
        expires_at=NOON + MONTH,
        max_uses=uses,
    )


def a_signed(
    person_id: str,
    at: datetime = NOON,
    until: datetime | None = NOON + timedelta(days=365),
    *,
    session_id: str | None = None,
    name: str = "Zoë de Vries",
) -> Signed:
    quitclaim_id = new_id()

    def granted(kind: GrantKind, channel: Channel | None) -> Grant:
        return Grant(
            grant_id=derived_id(quitclaim_id, kind.value, channel or ""),
            quitclaim_id=quitclaim_id,
            person_id=person_id,
            kind=kind,
            period=Period(at, until),
            channels=frozenset({channel} if channel else ()),
            places=frozenset({Place.WORLD} if channel else ()),
            last_day=until.date() if until else None,
        )

    image = [
        granted(GrantKind.IMAGE_CONSENT, each)
        for each in (Channel.WEBSITE, Channel.PRINT)
    ]
    grants = (*image, granted(GrantKind.BIOMETRIC_CONSENT, None))
    wording = f"{derived_id('wording')}.1"
    return Signed(
        Quitclaim(quitclaim_id, person_id, wording, "0" * 64, "nl", at, "link"),
        grants,
        Evidence(
            quitclaim_id=quitclaim_id,
            person_id=person_id,
            wording=wording,
            wording_sha256="0" * 64,
            language="nl",
            signed_at=at,
            signed_on="link",
            choices=Choices(
                frozenset({Channel.WEBSITE, Channel.PRINT}),
                portrait=False,
                biometric=True,
            ),
            signer=Signer(
                name,
                "zoe@example.test",
                date(2012, 2, 29),
                "NL",
                Guardian("Anna Bakker", Relation.PARENT),
            ),
            signature=Signature(SignatureKind.DRAWN, "M1 2L3 4"),
            seen=Seen("192.0.2.0/24", "Firefox on Linux"),
            session_id=session_id,
        ),
    )
