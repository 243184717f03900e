"""What people ask for themselves: to object, a copy, a correction, a freeze, erasure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Final, Literal, Self

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import model_validator

from beeldrecht.adapters.errors import ActRefusedError, BusyError
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
)
from beeldrecht.runtime import requesting
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.fields import Written
from beeldrecht.runtime.http.problems import ProblemError

from .asked import person_of
from .door import Door
from .said import SubjectRequestView, request_view
from .services import Services

_TRIES = 3
MOST_CORRECTIONS: Final = 10
"""Corrections of one person that wait at once: a link that leaked fills no desk."""
_A_DAY: Final = str(int(timedelta(days=1).total_seconds()))


class ObjectionOrder(Frozen):
    """Why somebody objects, if they want to say so."""

    details: Written | None = None


class RightOrder(Frozen):
    """What somebody asks for; of a correction, what is wrong, or the picture."""

    kind: Literal[
        SubjectRequestKind.EXPORT,
        SubjectRequestKind.RECTIFICATION,
        SubjectRequestKind.RESTRICTION,
        SubjectRequestKind.ERASURE,
    ]
    details: Written | None = None
    asset_id: OpaqueId | None = None

    @model_validator(mode="after")
    def says_what_is_wrong(self) -> Self:
        """Refuse a correction of nothing, and a picture where none is meant."""
        corrects = self.kind is SubjectRequestKind.RECTIFICATION
        if corrects and self.details is None and self.asset_id is None:
            raise ValueError("what is wrong, or the picture in which it is")
        if self.asset_id is not None and not corrects:
            raise ValueError("a picture for a correction alone")
        return self


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked, wherever it came in."""

    kind: SubjectRequestKind
    details: str | None
    asset_id: str | None


class MadeRequest(Frozen):
    """What was asked, and by when it is answered."""

    request: SubjectRequestView


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/object` and `POST /subject/ask`."""

    @api.open_route(
        HTTPMethod.POST,
        "/subject/object",
        summary="Object to the use of my pictures",
        status_code=HTTPStatus.CREATED,
    )
    def object_to_use(
        order: Annotated[ObjectionOrder, Body()],
    ) -> Response[MadeRequest]:
        """Freeze this person's pictures from this instant on, until it is decided (R13).

        While one objection waits, another is the same one.
        """
        link = door.let_in(services.now(), LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        wanted = _Wanted(SubjectRequestKind.OBJECTION, order.details, None)
        made = _asked(services, link, wanted)
        view = request_view(made, api.language)
        return reply(MadeRequest(request=view), HTTPStatus.CREATED)

    @api.open_route(
        HTTPMethod.POST,
        "/subject/ask",
        summary="Ask for a copy, a correction, a freeze or erasure of what is mine",
        status_code=HTTPStatus.CREATED,
    )
    def ask_right(order: Annotated[RightOrder, Body()]) -> Response[MadeRequest]:
        """Put it on record with its term of one month (R7).

        A restriction freezes this person's pictures from this instant on (R10). While
        one of the kind waits, another is the same one; of corrections there can be
        several, each about something else.
        """
        link = door.let_in(services.now(), LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        if order.asset_id and not _theirs(services, link.subject_id, order.asset_id):
            raise ProblemError(Problem.NOT_FOUND)
        wanted = _Wanted(SubjectRequestKind(order.kind), order.details, order.asset_id)
        made = _asked(services, link, wanted)
        view = request_view(made, api.language)
        return reply(MadeRequest(request=view), HTTPStatus.CREATED)


def _theirs(services: Services, person_id: str, asset_id: str) -> bool:
    """Whether somebody said that this person is in that picture; any other is none."""
    return asset_id in services.appearances.confirmed_in(person_id)


def _asked(services: Services, link: Link, wanted: _Wanted) -> SubjectRequest:
    """The request of that kind that waits: the one there is, or a new one.

    Its id counts how many of the kind came before, so two who ask at once make one.
    """
    tag = "api:subject:ask"
    if wanted.kind is SubjectRequestKind.OBJECTION:
        tag = "api:subject:object"
    for _ in range(_TRIES):
        asked = services.subject_requests.of_person(link.subject_id)
        before = [each for each in asked if each.kind is wanted.kind]
        waiting = [each for each in before if each.state is SubjectRequestState.OPEN]
        same = next((each for each in waiting if _same(services, each, wanted)), None)
        if same is not None:
            return same
        if len(waiting) >= MOST_CORRECTIONS:
            raise ProblemError(Problem.TOO_MANY_REQUESTS, headers={"Retry-After": _A_DAY})
        at = services.now()
        request = _new(link, wanted, len(before), at)
        act = requesting.Act(tag, link.link_id, at)
        try:
            if requesting.put_on_record(services.subject_requests, request, act):
                return request
        except ActRefusedError:
            continue
    raise BusyError(link.link_id)


def _same(services: Services, waiting: SubjectRequest, wanted: _Wanted) -> bool:
    """Whether what waits already is what is asked now."""
    if wanted.kind is not SubjectRequestKind.RECTIFICATION:
        return True
    if waiting.asset_id != wanted.asset_id:
        return False
    whole = services.subject_requests.get(waiting.request_id)
    return whole is not None and whole.details == wanted.details


def _new(link: Link, wanted: _Wanted, before: int, at: datetime) -> SubjectRequest:
    return SubjectRequest(
        request_id=derived_id(
            "subject_request", link.subject_id, wanted.kind, str(before)
        ),
        person_id=link.subject_id,
        kind=wanted.kind,
        asked_at=at,
        due_at=due_at(at),
        details=wanted.details,
        asset_id=wanted.asset_id,
    )
