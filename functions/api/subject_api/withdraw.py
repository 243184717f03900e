"""Taking consent back, by as many taps as giving it took (R5)."""

from collections.abc import Iterable
from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Self

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field, model_validator

from beeldrecht.domain.consent import Grant, NotWithdrawableError
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime import withdrawing
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .asked import person_of
from .door import Door
from .services import Services


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
    """The grants that are meant; raises ProblemError for one of somebody else's."""
    if order.all:
        return withdrawing.all_of(services.register, link.subject_id, at)
    named = withdrawing.these_of(services.register, link.subject_id, order.grant_ids)
    if named is None:
        raise ProblemError(Problem.NOT_FOUND)
    return named


def taken_back(
    services: Services, link: Link, wanted: Iterable[Grant], at: datetime
) -> list[str]:
    """Take these grants back in the name of a link; give the ids of all that went.

    Raises ProblemError for a contract, before anything is taken back.
    """
    act = withdrawing.Act("api:consent:withdraw", link.link_id, at)
    try:
        return withdrawing.take_back(services, link.subject_id, wanted, act)
    except NotWithdrawableError as error:
        raise ProblemError(Problem.NOT_WITHDRAWABLE) from error
