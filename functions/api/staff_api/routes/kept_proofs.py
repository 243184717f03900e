"""The proof of consent that outlives an erasure: opened for a claim, and seldom."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Final, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.adapters.errors import KeyDestroyedError
from beeldrecht.domain.access import Operation, Scene, User
from beeldrecht.domain.erasure import Erasure, ErasureState, ProofReason
from beeldrecht.domain.four_eyes import ProposalStatus, proposal_id
from beeldrecht.domain.paper import media_type_of
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .. import seconding
from ..consent_views import KeptDocument
from . import consents
from .faces import Waits, waits

_OPERATION: Final = Operation.ERASURE_PROOF
_AGREED_FOR: Final = timedelta(hours=1)
"""How long what two people agreed to can be read by either of them."""
_AT_ONCE: Final = 3_000_000
"""Bytes of documents in one answer; Lambda gives six million, and this is base64."""


class Erasures(Protocol):
    """Erasures on record."""

    def get(self, erasure_id: str) -> Erasure | None:
        """One of them."""
        ...

    def proofs(self, erasure_id: str) -> tuple[str, ...]:
        """The signatures whose proof is kept, as long as it is."""
        ...


class Services(consents.Services, seconding.Services, Protocol):
    """What this route needs."""

    @property
    def erasures(self) -> Erasures:
        """The erasures."""
        ...


class ProofView(Frozen):
    """The proof of one signature, opened."""

    quitclaim_id: OpaqueId
    document: KeptDocument | None = Field(
        description="None: it was not made, its term is over, or the answer is full; ask"
        " for this one by itself."
    )


class ProofsView(Frozen):
    """What an erasure kept of what somebody signed."""

    erasure_id: OpaqueId
    items: list[ProofView]


def add_routes(api: Api, services: Services) -> None:
    """Add the route under `/v1/erasures`."""
    desk = _Desk(services)

    @api.route(
        HTTPMethod.GET,
        "/v1/erasures/<erasure_id>/proof",
        _OPERATION,
        summary="Open the proof of consent that an erasure kept",
        description=(
            "For a legal claim, or when the supervisory authority asks. It can take a"
            " second person: what both agreed to, either reads within the hour. Each look"
            " is on record before anything is shown."
        ),
        responses={
            HTTPStatus.OK: {
                "description": "The documents, opened.",
                "content": {"application/json": {"model": ProofsView}},
            },
            HTTPStatus.ACCEPTED: {
                "description": "It waits for a second person.",
                "content": {"application/json": {"model": Waits}},
            },
        },
    )
    def open_proof(
        erasure_id: OpaqueId,
        reason: Annotated[ProofReason, Query()],
        quitclaim_id: Annotated[OpaqueId | None, Query()] = None,
    ) -> Response[ProofsView | Waits]:
        """All of it, or the proof of one signature."""
        user = api.require(_OPERATION, private=True)
        erasure = services.erasures.get(erasure_id)
        kept = services.erasures.proofs(erasure_id)
        wanted = [each for each in kept if quitclaim_id in {None, each}]
        done = erasure is not None and erasure.state is ErasureState.ERASED
        if erasure is None or not done or not wanted:
            raise api.missing(_OPERATION)
        what = {"erasure_id": erasure_id, "reason": reason.value}
        what |= {} if quitclaim_id is None else {"quitclaim_id": quitclaim_id}
        if desk.agreed(what, user):
            return reply(desk.opened(erasure, wanted, reason, user))
        outcome = seconding.second(
            services,
            user,
            _OPERATION,
            what,
            lambda: desk.opened(erasure, wanted, reason, user),
        )
        if isinstance(outcome, seconding.Waiting):
            return reply(waits(outcome.proposal), HTTPStatus.ACCEPTED)
        if outcome.result is None:
            raise ProblemError(Problem.CHANGED_MEANWHILE)
        return reply(outcome.result)


def proof_act(services: Services) -> seconding.Act:
    """The second person's agreement lets either of the two read; it shows nothing."""

    def scene(what: Mapping[str, str]) -> Scene | None:
        return Scene() if services.erasures.proofs(what["erasure_id"]) else None

    def carry_out(_user: User, _what: Mapping[str, str]) -> None:
        """Nothing: that both agreed is on record, and each of them reads by asking."""

    return seconding.Act(_OPERATION, scene, carry_out)


class _Desk:
    """What the route does, in the order in which it has to happen."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def agreed(self, what: Mapping[str, str], user: User) -> bool:
        """Whether two people agreed to it within the hour, and this is one of them."""
        at = self._services.now()
        found = self._services.proposals.find(proposal_id(_OPERATION, what), at)
        return (
            found is not None
            and found.status is ProposalStatus.APPROVED
            and found.settled_at is not None
            and at < found.settled_at + _AGREED_FOR
            and user.user_id in {found.proposed_by, found.settled_by}
        )

    def opened(
        self, erasure: Erasure, wanted: list[str], reason: ProofReason, user: User
    ) -> ProofsView:
        """The documents; the look is on record before any of them is opened."""
        services = self._services
        tag = "api:proof:read"
        services.audit.append(
            scope=erasure.subject_id,
            entry_id=f"{tag}:{services.new_id()}",
            tag=tag,
            at=services.now(),
            actor=user.user_id,
            data={
                "erasure_id": erasure.erasure_id,
                "reason": reason.value,
                "count": len(wanted),
            },
        )
        left, items = _AT_ONCE, list[ProofView]()
        for quitclaim_id in wanted:
            document = self._document(erasure.subject_id, quitclaim_id, left)
            left -= 0 if document is None else len(document.content) * 3 // 4
            items.append(ProofView(quitclaim_id=quitclaim_id, document=document))
        return ProofsView(erasure_id=erasure.erasure_id, items=items)

    def _document(
        self, person_id: str, quitclaim_id: str, most: int
    ) -> KeptDocument | None:
        services = self._services
        sha256 = services.signatures.document_sha256(person_id, quitclaim_id)
        sealed = services.documents.read(quitclaim_id) if sha256 else None
        # One by itself is given whatever its size.
        if sha256 is None or sealed is None or (most < _AT_ONCE and len(sealed) > most):
            return None
        try:
            plain = services.names.proof.open(person_id, sealed)
        except KeyDestroyedError:
            return None
        kind = media_type_of(plain)
        if kind is None or hashlib.sha256(plain).hexdigest() != sha256:
            raise consents.OtherDocumentError(quitclaim_id)
        content = base64.b64encode(plain).decode()
        return KeptDocument(media_type=kind, content=content, sha256=sha256)
