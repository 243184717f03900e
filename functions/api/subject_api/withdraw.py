"""Taking consent back, by as many taps as giving it took (R5)."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Self

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field, model_validator

from beeldrecht.adapters.errors import ActRefusedError, BusyError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import (
    Grant,
    NotWithdrawableError,
    Withdrawal,
    withdraw,
)
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.own_page import own_grants, said_alike, withdrawable
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .asked import person_of
from .door import Door
from .services import Services

_TRIES = 3
_AT_ONCE = 40
"""Withdrawals in one transaction, which takes a hundred items at most."""


class WithdrawalOrder(Frozen):
    """What is to be taken back: these, or everything that can be."""

    grant_ids: list[OpaqueId] = Field(default=[], max_length=200)
    all: bool = False

    @model_validator(mode="after")
    def says_one(self) -> Self:
        """Refuse an order that names nothing, and one that names both."""
        if self.all == bool(self.grant_ids):
            raise ValueError("these or all")
        return self


class Withdrawn(Frozen):
    """What counts no more, from this answer on."""

    withdrawn: list[OpaqueId]


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/withdraw`."""

    @api.open_route(
        HTTPMethod.POST, "/subject/withdraw", summary="Take back what I agreed to"
    )
    def withdraw_consent(
        order: Annotated[WithdrawalOrder, Body()],
    ) -> Response[Withdrawn]:
        """It counts from this instant on; asking it again changes nothing.

        A consent that was renewed is taken back in every version of its wording: each
        of them would let a picture out. A portrait agreement is not taken back; to
        object is possible.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        taken = taken_back(services, link, _wanted(services, link, order, at), at)
        return reply(Withdrawn(withdrawn=taken))


def _wanted(
    services: Services, link: Link, order: WithdrawalOrder, at: datetime
) -> list[Grant]:
    """The grants that are meant; raises ProblemError for one that is not this person's.

    Somebody else's looks as one that is not there.
    """
    person_id = link.subject_id
    facts = services.register.facts([person_id])
    if order.all:
        mine = own_grants(person_id, facts.grants, facts.withdrawals, at)
        return [own.grant for own in mine if withdrawable(own)]
    by_id = {grant.grant_id: grant for grant in facts.grants}
    if not by_id.keys() >= set(order.grant_ids):
        raise ProblemError(Problem.NOT_FOUND)
    return [by_id[grant_id] for grant_id in dict.fromkeys(order.grant_ids)]


def taken_back(
    services: Services, link: Link, wanted: Iterable[Grant], at: datetime
) -> list[str]:
    """Take these grants back, and all that say the same; give the ids of them all.

    Raises ProblemError for a contract, before anything is taken back.
    """
    named = tuple(wanted)
    meant = said_alike(
        named,
        services.register.facts([link.subject_id]).grants,
        services.signatures.quitclaims(link.subject_id),
    )
    try:
        new = [withdraw(g, derived_id("withdrawal", g.grant_id), at) for g in meant]
    except NotWithdrawableError as error:
        raise ProblemError(Problem.NOT_WITHDRAWABLE) from error
    for start in range(0, len(new), _AT_ONCE):
        _record(services, link, new[start : start + _AT_ONCE], at)
    return sorted(each.grant_id for each in meant)


def _record(
    services: Services, link: Link, wanted: list[Withdrawal], at: datetime
) -> None:
    """Record those that are not on record; somebody else may be recording them too."""
    for _ in range(_TRIES):
        there = {
            each.withdrawal_id
            for each in services.register.facts([link.subject_id]).withdrawals
        }
        new = [each for each in wanted if each.withdrawal_id not in there]
        if not new:
            return
        try:
            services.register.take_back(
                link.subject_id, new, _entry(link, new, at), [_mail(link, new, at)]
            )
        except ActRefusedError:
            continue
        return
    raise BusyError(link.link_id)


def _entry(link: Link, new: list[Withdrawal], at: datetime) -> NewEntry:
    grants = sorted(each.grant_id for each in new)
    tag = "api:consent:withdraw"
    return NewEntry(
        subject=link.subject_id,
        entry_id=f"{tag}:{derived_id(*grants)}",
        tag=tag,
        at=at,
        actor=link.link_id,
        data={"grants": ",".join(grants)},
    )


def _mail(link: Link, new: list[Withdrawal], at: datetime) -> Mail:
    kind, ids = MailKind.WITHDRAWN, sorted(each.withdrawal_id for each in new)
    return Mail(
        mail_id=mail_id(kind, link.subject_id, *ids),
        kind=kind,
        to=link.subject_id,
        created_at=at,
        about={"withdrawals": ",".join(ids)},
    )
