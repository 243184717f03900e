"""Signing in memory: all of it or nothing, as in one transaction."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.consent import ProofSeals, Seals
from beeldrecht.adapters.consent_pages import Ending
from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Quitclaim
from beeldrecht.domain.consent_requests import ConsentRequest
from beeldrecht.domain.contacts import Contact
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import Evidence, Signed
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.consent_requests import FakeConsentRequests
from tests.fakes.contacts import FakeContacts
from tests.fakes.links import FakeLinks
from tests.fakes.mails import FakeMails
from tests.fakes.sessions import FakeSessions


class FakeSignatures:
    """What was signed, beside the fakes of what a signature touches."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        register: FakeConsentRegister,
        links: FakeLinks,
        requests: FakeConsentRequests,
        contacts: FakeContacts,
        mails: FakeMails,
        sessions: FakeSessions,
    ) -> None:
        self._trail = trail
        self._register = register
        self._links = links
        self._requests = requests
        self._contacts = contacts
        self._mails = mails
        self._sessions = sessions
        self._evidence: dict[tuple[str, str], tuple[bytes, Evidence]] = {}
        self._documents: dict[tuple[str, str], str] = {}

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
        document, at = signed.quitclaim, signed.quitclaim.signed_at
        person_id = document.person_id
        told = tuple(mails)
        if self._register.holds(person_id, document.quitclaim_id):
            return False
        name = None if person is None else seals.seal(person_id, person.name.encode())
        reached = (
            None if contact is None else self._contacts.sealed(person_id, contact, seals)
        )
        proof = seals.proof.seal(person_id, document.quitclaim_id.encode())

        def write() -> None:
            used = None if link is None else self._links.live(link, at)
            if (
                (link is not None and used is None)
                or (request and not self._requests.is_open(request.request_id))
                or (person and self._register.knows(person.person_id))
            ):
                raise ActRefusedError(entry.tag)
            self._mails.put_new(told)
            if link is not None and used is not None and used.max_uses is not None:
                self._links.links[link] = replace(used, uses=used.uses + 1, used_at=at)
            if request is not None:
                self._requests.put_answered(request.request_id, document.quitclaim_id, at)
            if person is not None and name is not None:
                self._register.put_person(person, name, at)
            if contact is not None and reached is not None:
                self._contacts.put_sealed(person_id, reached, contact, at)
            if signed.evidence.session_id is not None:
                self._sessions.join(signed.evidence.session_id, person_id)
            self._register.put_signed(document, signed.grants)
            key = (person_id, document.quitclaim_id)
            self._evidence[key] = (proof, signed.evidence)

        self._trail.record(entry, write)
        return True

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        there = self._evidence.get((person_id, quitclaim_id))
        if there is None:
            return None
        seals.open(person_id, there[0])
        return there[1]

    def quitclaims(self, person_id: str) -> tuple[Quitclaim, ...]:
        return self._register.quitclaims(person_id)

    def ending(self, first: datetime, last: datetime) -> Iterator[Ending]:
        found = sorted(
            (grant.period.end, grant.quitclaim_id, grant.grant_id, grant.person_id)
            for grant in self._register.all_grants()
            if grant.period.end is not None and first <= grant.period.end <= last
        )
        for ends_at, quitclaim_id, grant_id, person_id in found:
            yield Ending(person_id, quitclaim_id, grant_id, ends_at)

    def note_document(self, person_id: str, quitclaim_id: str, sha256: str) -> bool:
        key = (person_id, quitclaim_id)
        if key in self._documents or key not in self._evidence:
            return False
        self._documents[key] = sha256
        return True

    def kept_document(self, person_id: str, quitclaim_id: str, sha256: str) -> None:
        """As if its signature had been erased since, and the proof kept."""
        self._documents[person_id, quitclaim_id] = sha256

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        return self._documents.get((person_id, quitclaim_id))
