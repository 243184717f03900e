"""What people ask for themselves: to object, a copy of everything, to be erased."""

from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from beeldrecht.adapters.errors import ActRefusedError, BusyError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.mails import MailKind, mail_about
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestKind,
    SubjectRequestState,
    due_at,
)
from beeldrecht.domain.time import Period
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import Api, reply

from .asked import person_of
from .door import Door
from .said import SubjectRequestView, said
from .services import Services

_TRIES = 3


class RightOrder(Frozen):
    """What somebody asks for."""

    kind: Literal[SubjectRequestKind.EXPORT, SubjectRequestKind.ERASURE]


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
    def object_to_use() -> Response[MadeRequest]:
        """Freeze this person's pictures from this instant on, until it is decided (R13).

        While one objection waits, another is the same one.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        made = _asked(services, link, SubjectRequestKind.OBJECTION)
        view = request_view(made, api.language)
        return reply(MadeRequest(request=view), HTTPStatus.CREATED)

    @api.open_route(
        HTTPMethod.POST,
        "/subject/ask",
        summary="Ask for a copy of what is mine, or its erasure",
        status_code=HTTPStatus.CREATED,
    )
    def ask_right(order: Annotated[RightOrder, Body()]) -> Response[MadeRequest]:
        """Put it on record with its term of one month (R7).

        While one of the kind waits, another is the same one.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        made = _asked(services, link, SubjectRequestKind(order.kind))
        view = request_view(made, api.language)
        return reply(MadeRequest(request=view), HTTPStatus.CREATED)


def request_view(request: SubjectRequest, language: str) -> SubjectRequestView:
    """Something that somebody asked for, as they see it."""
    return SubjectRequestView(
        request_id=request.request_id,
        kind=said(request.kind, language),
        state=said(request.state, language),
        asked_at=request.asked_at,
        due_at=request.due_at,
    )


def _asked(services: Services, link: Link, kind: SubjectRequestKind) -> SubjectRequest:
    """The request of that kind that waits: the one there is, or a new one.

    Its id counts how many of the kind came before, so two who ask at once make one.
    """
    for _ in range(_TRIES):
        before = [
            each
            for each in services.subject_requests.of_person(link.subject_id)
            if each.kind is kind
        ]
        for each in before:
            if each.state is SubjectRequestState.OPEN:
                return each
        request = _new(services, link, kind, len(before))
        try:
            if _recorded(services, link, request):
                return request
        except ActRefusedError:
            continue
    raise BusyError(link.link_id)


def _new(
    services: Services, link: Link, kind: SubjectRequestKind, before: int
) -> SubjectRequest:
    at = services.now()
    return SubjectRequest(
        request_id=derived_id("subject_request", link.subject_id, kind, str(before)),
        person_id=link.subject_id,
        kind=kind,
        asked_at=at,
        due_at=due_at(at),
    )


def _recorded(services: Services, link: Link, request: SubjectRequest) -> bool:
    """Record it with the freeze and the mail that it causes; False when it is there."""
    objects = request.kind is SubjectRequestKind.OBJECTION
    freeze = Restriction(
        restriction_id=derived_id("objection", request.request_id),
        subject_id=request.person_id,
        kind=RestrictionKind.OBJECTED,
        period=Period(request.asked_at),
    )
    told = MailKind.OBJECTION if objects else MailKind.REQUEST_RECEIVED
    mail = mail_about(
        told, request.person_id, request.asked_at, request_id=request.request_id
    )
    tag = "api:subject:object" if objects else "api:subject:ask"
    entry = NewEntry(
        subject=request.person_id,
        entry_id=f"{tag}:{request.request_id}",
        tag=tag,
        at=request.asked_at,
        actor=link.link_id,
        data={"request_id": request.request_id, "kind": request.kind.value},
    )
    return services.subject_requests.create(
        request, entry, freeze if objects else None, [mail]
    )
