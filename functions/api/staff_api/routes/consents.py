"""What a person signed: shown, taken back for them, and the documents."""

import base64
import hashlib
from collections.abc import Callable
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from beeldrecht.adapters.consent import ProofSeals
from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import Operation, User, affordances
from beeldrecht.domain.consent import Grant, NotWithdrawableError
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.own_page import own_grants, withdrawable
from beeldrecht.domain.paper import media_type_of
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime import withdrawing
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Clocked

from ..consent_views import (
    ConsentsView,
    KeptDocument,
    MailView,
    QuitclaimView,
    SignedGrantView,
    StaffWithdrawalOrder,
    TakenBack,
)
from ..request_views import ConsentRequestView

_MAILS = 20
_ABOUT = frozenset(
    {
        Operation.CONSENT_READ,
        Operation.CONSENT_ENTER,
        Operation.CONSENT_WITHDRAW,
        Operation.CONSENT_REQUEST_CREATE,
    }
)


class OtherDocumentError(Exception):
    """What is kept is not the document that went on record: somebody changed it."""


class Register(withdrawing.Register, Protocol):
    """Who is on record, and what they agreed to."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


class Signatures(withdrawing.Signatures, Protocol):
    """What was signed."""

    def document_sha256(self, person_id: str, quitclaim_id: str) -> str | None:
        """The digest of the document of a signature."""
        ...


class Documents(Protocol):
    """The documents."""

    def read(self, quitclaim_id: str) -> bytes | None:
        """One document, sealed."""
        ...


class Requests(Protocol):
    """Who was asked."""

    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]:
        """What somebody was asked."""
        ...


class Mails(Protocol):
    """What was told."""

    def of_person(self, person_id: str) -> tuple[Mail, ...]:
        """The mails to somebody, the last first."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def signatures(self) -> Signatures:
        """What was signed."""
        ...

    @property
    def documents(self) -> Documents:
        """The documents."""
        ...

    @property
    def consent_requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def mails(self) -> Mails:
        """What was told."""
        ...

    @property
    def names(self) -> ProofSeals:
        """What opens what is a person's own."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add what is read and taken back under `/v1/people/{person_id}`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/people/<person_id>/consents",
        Operation.CONSENT_READ,
        summary="What somebody was asked, signed and was told",
    )
    def read_consents(person_id: OpaqueId) -> Response[ConsentsView]:
        """As it stands at this instant; looking is on record."""
        user = api.require(Operation.CONSENT_READ, private=True)
        view = desk.view(person_id, user)
        desk.looked("api:consent:read", person_id, {"count": len(view.consents)})
        return reply(view)

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/withdrawals",
        Operation.CONSENT_WITHDRAW,
        summary="Take consent back on behalf of somebody who says so",
        description=(
            "It counts from this answer on, in every version of the same words, and the"
            " person is told. A portrait agreement is a contract and is not taken back."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def withdraw_for(
        person_id: OpaqueId, order: Annotated[StaffWithdrawalOrder, Body()]
    ) -> Response[TakenBack]:
        """The same again changes nothing."""
        user = api.require(Operation.CONSENT_WITHDRAW, private=True)
        taken = desk.withdraw(person_id, user, order)
        return reply(TakenBack(withdrawn=taken), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.GET,
        "/v1/people/<person_id>/quitclaims/<quitclaim_id>/document",
        Operation.CONSENT_READ,
        summary="The document that somebody signed",
    )
    def read_signed_document(
        person_id: OpaqueId, quitclaim_id: OpaqueId
    ) -> Response[KeptDocument]:
        """The PDF, or the scan of a form; looking is on record before it is shown."""
        api.require(Operation.CONSENT_READ, private=True)
        return reply(desk.document(person_id, quitclaim_id))


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def looked(self, tag: str, person_id: str, data: dict[str, str | int | None]) -> None:
        """Put a look on record; each is one of its own."""
        services = self._services
        services.audit.append(
            scope=person_id,
            entry_id=f"{tag}:{services.new_id()}",
            tag=tag,
            at=services.now(),
            actor=self._api.user.user_id,
            data=data,
        )

    def view(self, person_id: str, user: User) -> ConsentsView:
        """What a person signed, as this user sees it; raises ProblemError."""
        services, at = self._services, self._services.now()
        self._known(person_id, Operation.CONSENT_READ)
        facts = services.register.facts([person_id])
        own = own_grants(person_id, facts.grants, facts.withdrawals, at)
        possible = affordances(user, at)
        changeable = possible & {Operation.CONSENT_REQUEST_CHANGE}
        readable = possible & {Operation.CONSENT_REQUEST_READ}
        signed = sorted(
            services.signatures.quitclaims(person_id),
            key=lambda q: (q.signed_at, q.quitclaim_id),
            reverse=True,
        )
        if not any(withdrawable(each) for each in own):
            possible -= {Operation.CONSENT_WITHDRAW}
        return ConsentsView(
            person_id=person_id,
            consents=[
                QuitclaimView.of(
                    each,
                    [
                        SignedGrantView.of(o)
                        for o in own
                        if o.grant.quitclaim_id == each.quitclaim_id
                    ],
                    document=bool(
                        services.signatures.document_sha256(person_id, each.quitclaim_id)
                    ),
                )
                for each in signed
            ],
            requests=[
                ConsentRequestView.of(
                    each,
                    sorted(
                        readable | changeable
                        if each.state is ConsentRequestState.OPEN
                        else readable
                    ),
                )
                for each in services.consent_requests.of_person(person_id)
            ],
            mails=[
                MailView.of(each) for each in services.mails.of_person(person_id)[:_MAILS]
            ],
            affordances=sorted(possible & _ABOUT),
        )

    def withdraw(
        self, person_id: str, user: User, order: StaffWithdrawalOrder
    ) -> list[str]:
        """Take back what is meant; raises ProblemError for what is not this person's."""
        services, at = self._services, self._services.now()
        self._known(person_id, Operation.CONSENT_WITHDRAW)
        wanted = self._wanted(person_id, order, at)
        act = withdrawing.Act("api:consent:withdraw", user.user_id, at)
        try:
            return withdrawing.take_back(services, person_id, wanted, act)
        except NotWithdrawableError as error:
            raise ProblemError(Problem.NOT_WITHDRAWABLE) from error

    def _wanted(
        self, person_id: str, order: StaffWithdrawalOrder, at: datetime
    ) -> list[Grant]:
        register = self._services.register
        if order.all:
            return withdrawing.all_of(register, person_id, at)
        named = withdrawing.these_of(register, person_id, order.grant_ids)
        if named is None:
            raise self._api.missing(Operation.CONSENT_WITHDRAW)
        return named

    def document(self, person_id: str, quitclaim_id: str) -> KeptDocument:
        """The document, opened; raises ProblemError when there is none to read."""
        services, missing = self._services, self._api.missing(Operation.CONSENT_READ)
        # Filed under this person: the bucket knows documents and not whose they are.
        sha256 = services.signatures.document_sha256(person_id, quitclaim_id)
        sealed = services.documents.read(quitclaim_id) if sha256 else None
        if sha256 is None or sealed is None:
            raise missing
        try:
            plain = services.names.proof.open(person_id, sealed)
        except KeyDestroyedError as error:
            raise missing from error
        kind = media_type_of(plain)
        if kind is None or hashlib.sha256(plain).hexdigest() != sha256:
            raise OtherDocumentError(quitclaim_id)
        self.looked("api:document:read", person_id, {"quitclaim_id": quitclaim_id})
        content = base64.b64encode(plain).decode()
        return KeptDocument(media_type=kind, content=content, sha256=sha256)

    def _known(self, person_id: str, operation: Operation) -> None:
        if not self._services.register.knows(person_id):
            raise self._api.missing(operation)
