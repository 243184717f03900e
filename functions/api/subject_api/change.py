"""Changing what one agreed to, channel by channel."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPMethod
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.domain import signing
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.consent import Grant, GrantKind, Quitclaim
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.own_page import current, own_grants, withdrawable, wording_of
from beeldrecht.domain.problems import Problem
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
from .withdraw import taken_back


class ChangeOrder(Frozen):
    """What is to remain of one consent: exactly this."""

    quitclaim_id: OpaqueId
    channels: list[Channel] = Field(max_length=len(Channel))
    biometric: bool


class Changed(Frozen):
    """What was taken back, and what was signed where something was added."""

    withdrawn: list[OpaqueId]
    quitclaim_id: OpaqueId | None


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/change`."""

    @api.open_route(
        HTTPMethod.POST, "/subject/change", summary="Say yes or no per channel"
    )
    def change_consent(order: Annotated[ChangeOrder, Body()]) -> Response[Changed]:
        """Take back what is not named, then sign what is new, by a click.

        What is taken back counts at once, also where the rest is refused: then nothing
        was added. Where something is added, all that remains is signed with it, each
        channel for its whole term. Asking it again changes nothing.
        """
        at = services.now()
        admitted = door.let_in(at, LinkPurpose.OWN_PAGE)
        person_of(services, admitted.link)
        change = _Change(services, admitted.link, order, at)
        withdrawn = change.take_back()
        quitclaim_id = change.add(api, admitted) if change.adds() else None
        return reply(Changed(withdrawn=withdrawn, quitclaim_id=quitclaim_id))


class _Change:
    """What somebody wants of one consent, in whatever versions it was signed."""

    def __init__(
        self, services: Services, link: Link, order: ChangeOrder, at: datetime
    ) -> None:
        self._services, self._link, self._order, self._at = services, link, order, at
        self._channels = frozenset(order.channels)
        signed = services.signatures.quitclaims(link.subject_id)
        self._documents = _versions(signed, order.quitclaim_id)
        [self._last] = current(self._documents)

    def _given(self) -> list[Grant]:
        """What counts of it now."""
        person_id = self._link.subject_id
        ids = {each.quitclaim_id for each in self._documents}
        facts = self._services.register.facts([person_id])
        mine = own_grants(person_id, facts.grants, facts.withdrawals, self._at)
        return [
            own.grant
            for own in mine
            if withdrawable(own) and own.grant.quitclaim_id in ids
        ]

    def take_back(self) -> list[str]:
        """Withdraw whatever is not to remain."""
        unwanted = [
            grant
            for grant in self._given()
            if not (
                grant.channels <= self._channels
                if grant.kind is GrantKind.IMAGE_CONSENT
                else self._order.biometric
            )
        ]
        if not unwanted:
            return []
        return taken_back(self._services, self._link, unwanted, self._at)

    def adds(self) -> bool:
        """Whether something is wanted that does not count now."""
        given = self._given()
        there = frozenset(channel for grant in given for channel in grant.channels)
        recognised = any(g.kind is GrantKind.BIOMETRIC_CONSENT for g in given)
        return bool(self._channels - there) or (self._order.biometric and not recognised)

    def add(self, api: Api, admitted: Admitted) -> str:
        """Sign all that is wanted, in place of what was signed last."""
        services, person_id = self._services, self._link.subject_id
        before = services.signatures.evidence(person_id, self._last, services.names.proof)
        if before is None:
            raise ProblemError(Problem.NOT_FOUND)
        wording = latest_of(services, before)
        if wording is None:
            raise ProblemError(Problem.WORDING_CHANGED)
        biometric = self._order.biometric
        wanted = (*sorted(self._channels), *(["biometric"] if biometric else []))
        facts = services.register.facts([person_id])
        signed = signable(api.language)(
            lambda: signing.renewed(
                before,
                wording,
                self._at,
                derived_id("changed", self._last, *wanted),
                seen=seen_of(api.app.current_event.raw_event),
                withdrawals=facts.withdrawals,
                channels=self._channels,
                biometric=biometric,
                ages=services.ages,
            )
        )
        new_id = signed.quitclaim.quitclaim_id
        try:
            services.signatures.record(
                signed,
                services.names,
                signing_entry("api:consent:change", signed, self._link),
                link=admitted.digest,
                request=None,
                contact=None,
                person=None,
                mails=[copy_mail(person_id, new_id, self._at)],
            )
        except ActRefusedError as error:
            raise not_valid() from error
        return new_id


def _versions(signed: Iterable[Quitclaim], quitclaim_id: str) -> tuple[Quitclaim, ...]:
    """All that was signed in that document's wording; raises ProblemError."""
    documents = tuple(signed)
    named = next((q for q in documents if q.quitclaim_id == quitclaim_id), None)
    if named is None:
        raise ProblemError(Problem.NOT_FOUND)
    return tuple(q for q in documents if wording_of(q) == wording_of(named))
