"""Forms that were signed on paper: the scan is taken in, and what it says is entered."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from beeldrecht.adapters.consent import ProofSeals, Seals
from beeldrecht.adapters.errors import ActRefusedError, KeyDestroyedError
from beeldrecht.domain import signing
from beeldrecht.domain.access import Operation, User
from beeldrecht.domain.asking import AskRefusal
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.contacts import AddressState, Contact
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.paper import PaperRefusal, day_problem, scan_problem
from beeldrecht.domain.people import Person
from beeldrecht.domain.signing import (
    Evidence,
    Seen,
    Signature,
    SignatureKind,
    Signed,
    SigningRefusedError,
)
from beeldrecht.domain.time import midnight
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import Register as Facts
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.ports import Clocked

from .. import asking, shelf
from ..consent_views import EnteredForm, PaperOrder, ScanForm
from ..refusals import conflict

_FORM_LASTS = timedelta(minutes=15)


class Register(Facts, Protocol):
    """Who is on record, and what they took back."""

    def person(self, person_id: str, seals: Seals) -> Person | None:
        """A person with the name opened; raises KeyDestroyedError."""
        ...


class Documents(Protocol):
    """Where scans arrive, and documents are kept."""

    def upload_form(self, scan_id: str) -> tuple[str, dict[str, str]]:
        """What takes one scan: an address and its fields."""
        ...

    def scan(self, scan_id: str) -> bytes | None:
        """What arrived."""
        ...

    def drop_scan(self, scan_id: str) -> None:
        """Remove what arrived."""
        ...

    def keep(self, quitclaim_id: str, sealed: bytes) -> bool:
        """Keep a document, sealed; False when there is one, which stands."""
        ...

    def read(self, quitclaim_id: str) -> bytes | None:
        """A document as it is kept."""
        ...


class Requests(Protocol):
    """Who was asked."""

    def get(self, request_id: str) -> ConsentRequest | None:
        """One of them."""
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
        """Record a signature whole; False when it is there."""
        ...

    def evidence(
        self, person_id: str, quitclaim_id: str, seals: Seals
    ) -> Evidence | None:
        """What proves one signature; raises KeyDestroyedError."""
        ...

    def note_document(self, person_id: str, quitclaim_id: str, sha256: str) -> bool:
        """Record the digest of a document; the first stands."""
        ...


class Services(Clocked, shelf.Services, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def contacts(self) -> asking.Contacts:
        """How people are reached."""
        ...

    @property
    def consent_requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def documents(self) -> Documents:
        """Scans and documents."""
        ...

    @property
    def signatures(self) -> Signatures:
        """What was signed."""
        ...

    @property
    def names(self) -> ProofSeals:
        """What seals what is a person's own."""
        ...

    @property
    def ages(self) -> Mapping[str, int]:
        """By country: from which age on somebody signs for themselves."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add `POST /v1/people/{person_id}/scans` and `…/quitclaims`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/scans",
        Operation.CONSENT_ENTER,
        summary="Get what takes the scan of a signed form",
        description="A PDF, a JPEG or a PNG, of 4 MiB at most.",
        status_code=HTTPStatus.CREATED,
    )
    def create_scan(person_id: OpaqueId) -> Response[ScanForm]:
        """Every call is about another scan; one that nobody enters goes by itself."""
        api.require(Operation.CONSENT_ENTER, private=True)
        desk.known(person_id)
        scan_id, at = services.new_id(), services.now()
        url, fields = services.documents.upload_form(scan_id)
        form = ScanForm(
            scan_id=scan_id, url=url, fields=fields, expires_at=at + _FORM_LASTS
        )
        return reply(form, HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/quitclaims",
        Operation.CONSENT_ENTER,
        summary="Enter a form that was signed on paper",
        description=(
            "Terms run from the day on the form. The scan is kept, sealed with the"
            " person's own key, and is the document of this signature."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def enter_form(
        person_id: OpaqueId, order: Annotated[PaperOrder, Body()]
    ) -> Response[EnteredForm]:
        """The same scan counts once: entered again the same way, it changes nothing."""
        user = api.require(Operation.CONSENT_ENTER, private=True)
        entered = desk.enter(person_id, user, order)
        where = f"/v1/people/{person_id}/quitclaims/{entered.quitclaim_id}/document"
        return reply(entered, HTTPStatus.CREATED, headers={"Location": where})


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services
        self._shelf = shelf.Shelf(services)

    def known(self, person_id: str) -> None:
        """Go on only with somebody who is on record; raises ProblemError.

        Who was erased is not: to seal something for them would give them a key again.
        """
        services = self._services
        try:
            person = services.register.person(person_id, services.names)
        except KeyDestroyedError:
            person = None
        if person is None:
            raise self._api.missing(Operation.CONSENT_ENTER)

    def enter(self, person_id: str, user: User, order: PaperOrder) -> EnteredForm:
        """Keep the scan, record what it says, then drop what was sent.

        The document is kept before the fact: a fact never stands without its proof, and
        a sealed scan without a fact says nothing to anybody. Raises ProblemError.
        """
        services = self._services
        self.known(person_id)
        quitclaim_id = derived_id("paper", person_id, order.scan_id)
        before = services.signatures.evidence(
            person_id, quitclaim_id, services.names.proof
        )
        if before is None:
            request = self._answered(person_id, order)
            scan = self._scan(person_id, order)
            signed = self._signed(person_id, quitclaim_id, order, scan)
            self._keep(signed, scan)
            self._record(signed, user, order, request)
            before = signed.evidence
        elif not _same(before, order):
            raise conflict(PaperRefusal.ENTERED_OTHERWISE, self._api.language)
        # Of what was recorded before, too: what came after it may not have been done.
        digest = before.signature.mark
        services.signatures.note_document(person_id, quitclaim_id, digest)
        services.documents.drop_scan(order.scan_id)
        return EnteredForm.of(before)

    def _answered(self, person_id: str, order: PaperOrder) -> ConsentRequest | None:
        """The ask that the form answers; raises ProblemError when it can answer none."""
        if order.request_id is None:
            return None
        found = self._services.consent_requests.get(order.request_id)
        if found is None or found.person_id != person_id:
            raise self._api.missing(Operation.CONSENT_ENTER)
        if found.state is not ConsentRequestState.OPEN:
            raise conflict(AskRefusal.REQUEST_SETTLED, self._api.language)
        return found

    def _scan(self, person_id: str, order: PaperOrder) -> bytes:
        """The scan, if it can be kept and entered now; raises ProblemError."""
        services = self._services
        scan = services.documents.scan(order.scan_id)
        taken_back = services.register.facts([person_id]).withdrawals
        problem = scan_problem(scan) or day_problem(
            order.signed_day, taken_back, services.now()
        )
        if scan is None or problem is not None:
            raise conflict(problem or PaperRefusal.NO_SCAN, self._api.language)
        return scan

    def _signed(
        self, person_id: str, quitclaim_id: str, order: PaperOrder, scan: bytes
    ) -> Signed:
        """What goes on record for the form; raises ProblemError."""
        services, operation = self._services, Operation.CONSENT_ENTER
        at = services.now()
        try:
            return signing.sign(
                self._shelf.taken(self._api, order.wording, operation, at),
                order.language,
                order.choices.choices(),
                order.whole_signer(),
                Signature(SignatureKind.PAPER, hashlib.sha256(scan).hexdigest()),
                Seen(None, None),
                person_id=person_id,
                quitclaim_id=quitclaim_id,
                signed_on=Delivery.PAPER.value,
                at=midnight(order.signed_day),
                request_id=order.request_id,
                ages=services.ages,
            )
        except SigningRefusedError as error:
            raise conflict(error.reason, self._api.language) from error

    def _keep(self, signed: Signed, scan: bytes) -> None:
        """Keep the scan; raises ProblemError when another one is kept in its place."""
        documents, names = self._services.documents, self._services.names.proof
        person_id, kept = signed.quitclaim.person_id, signed.quitclaim.quitclaim_id
        if documents.keep(kept, names.seal(person_id, scan)):
            return
        there = documents.read(kept)
        if there is None or names.open(person_id, there) != scan:
            raise conflict(PaperRefusal.ENTERED_OTHERWISE, self._api.language)

    def _record(
        self,
        signed: Signed,
        user: User,
        order: PaperOrder,
        request: ConsentRequest | None,
    ) -> None:
        """Put it on record with the copy that is sent; a race has one winner.

        Raises ProblemError when the ask was answered or taken back meanwhile.
        """
        services, at = self._services, self._services.now()
        person_id = signed.quitclaim.person_id
        quitclaim_id = signed.quitclaim.quitclaim_id
        there, state = asking.reached(services, person_id)
        contact = _contact(there, order)
        same_address = there is not None and there.email == contact.email
        # To put a contact on record forgets what came back for its address.
        lost = same_address and state is not AddressState.FINE
        tag = "api:consent:enter"
        copy = mail_about(MailKind.COPY, person_id, at, quitclaim_id=quitclaim_id)
        entry = NewEntry(
            subject=person_id,
            entry_id=f"{tag}:{quitclaim_id}",
            tag=tag,
            at=at,
            actor=user.user_id,
            data={"quitclaim_id": quitclaim_id, "wording": order.wording},
        )
        try:
            services.signatures.record(
                signed,
                services.names,
                entry,
                link=None,
                request=request,
                contact=None if contact == there or lost else contact,
                person=None,
                mails=[copy] if contact.email and not lost else (),
            )
        except ActRefusedError as error:
            raise conflict(AskRefusal.REQUEST_SETTLED, self._api.language) from error


def _same(before: Evidence, order: PaperOrder) -> bool:
    """Whether what is entered is what was entered."""
    return (
        before.wording == order.wording
        and before.language == order.language
        and before.signed_at == midnight(order.signed_day)
        and before.choices == order.choices.choices()
        and before.signer == order.whole_signer()
        and before.request_id == order.request_id
    )


def _contact(there: Contact | None, order: PaperOrder) -> Contact:
    """How somebody is reached from now on: what the form says, before what was known."""
    said, guardian = order.signer, order.guardian
    named = guardian.name if guardian else None
    return Contact(
        email=said.email or (there.email if there else None),
        language=there.language if there else order.language,
        birth_date=said.birth_date or (there.birth_date if there else None),
        country=said.country,
        guardian_name=named or (there.guardian_name if there else None),
    )
