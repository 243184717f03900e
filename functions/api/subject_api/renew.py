"""Renewing what was signed, by one tap (R8)."""

from http import HTTPMethod, HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain import signing
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.signing import Evidence
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .asked import latest_of, person_of
from .door import Admitted, Door
from .reached import copy_mail
from .said import not_valid
from .seen import seen_of
from .services import Services
from .sign import signable, signing_entry


class RenewalOrder(Frozen):
    """What is to be renewed."""

    quitclaim_id: OpaqueId | None = Field(
        default=None, description="On one's own page; a link to renew says it itself."
    )


class Renewed(Frozen):
    """What was signed in its place."""

    quitclaim_id: OpaqueId


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/renew`."""

    @api.open_route(
        HTTPMethod.POST,
        "/subject/renew",
        summary="Agree to the same for another term",
        status_code=HTTPStatus.CREATED,
    )
    def renew(order: Annotated[RenewalOrder, Body()]) -> Response[Renewed]:
        """Sign the same choices again, less what was withdrawn since, by a click.

        Of each document there is one renewal, so that on one's own page a second click
        changes nothing. Words that changed are read and signed anew instead.
        """
        at = services.now()
        admitted = door.let_in(at, LinkPurpose.RENEW, LinkPurpose.OWN_PAGE)
        person = person_of(services, admitted.link)
        before = _before(services, admitted, order)
        wording = latest_of(services, before)
        if wording is None:
            raise ProblemError(Problem.WORDING_CHANGED)
        facts = services.register.facts([person.person_id])
        signed = signable(api.language)(
            lambda: signing.renewed(
                before,
                wording,
                at,
                derived_id("renewed", before.quitclaim_id),
                seen=seen_of(api.app.current_event.raw_event),
                withdrawals=facts.withdrawals,
                ages=services.ages,
            )
        )
        renewed_id = signed.quitclaim.quitclaim_id
        try:
            first = services.signatures.record(
                signed,
                services.names,
                signing_entry("api:consent:renew", signed, admitted.link),
                link=admitted.digest,
                request=None,
                contact=None,
                person=None,
                mails=[copy_mail(person.person_id, renewed_id, at)],
            )
        except ActRefusedError as error:
            raise not_valid() from error
        if not first and admitted.link.purpose is LinkPurpose.RENEW:
            raise not_valid()
        return reply(Renewed(quitclaim_id=renewed_id), HTTPStatus.CREATED)


def _before(services: Services, admitted: Admitted, order: RenewalOrder) -> Evidence:
    """What is to be renewed; raises ProblemError where this person signed no such."""
    link = admitted.link
    by_itself = link.purpose is LinkPurpose.RENEW
    quitclaim_id = link.about if by_itself else order.quitclaim_id
    if quitclaim_id is None:
        if by_itself:
            raise not_valid()
        wrong = [{"where": ["body", "quitclaim_id"], "rule": "missing"}]
        raise ProblemError(Problem.INVALID_REQUEST, more={"errors": wrong})
    found = services.signatures.evidence(
        link.subject_id, quitclaim_id, services.names.proof
    )
    if found is None:
        raise not_valid() if by_itself else ProblemError(Problem.NOT_FOUND)
    return found
