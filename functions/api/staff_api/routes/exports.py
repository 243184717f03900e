"""Copies of what is on record about people: how far each is, and never what it says.

Whoever works here may see that one was made, and have its mail sent again. What is in it
is opened by the person's own link alone.
"""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.adapters.exports import ExportPage
from beeldrecht.domain.access import Operation, User, may
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.exports import Export, ExportState, state_at
from beeldrecht.domain.mails import Mail, MailKind, MailState, mail_about
from beeldrecht.domain.messages import words
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of
from beeldrecht.runtime.ports import Clocked

from ..texts import after_of


class Exports(Protocol):
    """Exports on record."""

    def get(self, export_id: str) -> Export | None:
        """One of them."""
        ...

    def page(self, after: str | None, limit: int) -> ExportPage:
        """Some of them, the last one begun first."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def of_person(self, person_id: str) -> tuple[Mail, ...]:
        """Mails to somebody, the last one first."""
        ...

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Put a mail on record with its entry; False when it is there already."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def exports(self) -> Exports:
        """The exports."""
        ...

    @property
    def mails(self) -> Mails:
        """The mails."""
        ...


class ExportStateView(Frozen):
    """How far somebody's export is, and whether they were told."""

    export_id: OpaqueId
    person_id: OpaqueId
    subject_request_id: OpaqueId
    state: ExportState
    state_words: str
    begun_at: datetime
    packed_at: datetime | None
    ends_at: datetime | None = Field(description="It can be fetched before this.")
    size: int | None = Field(description="In bytes.")
    pictures: int | None
    left_out: int | None = Field(description="Pictures that are only told of in it.")
    fetched: int = Field(description="How often an address for it was given.")
    fetched_at: datetime | None
    mail: MailState | None = Field(description="How far the last mail about it came.")
    mail_words: str | None
    affordances: list[Operation]


class ExportList(Frozen):
    """Some of the exports, the last one begun first."""

    items: list[ExportStateView]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/exports`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/exports",
        Operation.EXPORT_LIST,
        summary="People's copies of what is on record, the last one begun first",
    )
    def list_exports(
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ExportList]:
        """How far each is."""
        user = api.require(Operation.EXPORT_LIST)
        page = services.exports.page(after_of(cursor), limit)
        return reply(
            ExportList(
                items=[_view(api, services, each, user) for each in page.exports],
                cursor=cursor_of((page.after,)) if page.after else None,
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/exports/<export_id>",
        Operation.EXPORT_READ,
        summary="How far somebody's copy is",
    )
    def read_export(export_id: OpaqueId) -> Response[ExportStateView]:
        """As it stands at this instant; what is in it is theirs alone."""
        user = api.require(Operation.EXPORT_READ, private=True)
        found = _find(api, services, export_id, Operation.EXPORT_READ)
        return reply(_view(api, services, found, user))

    @api.route(
        HTTPMethod.POST,
        "/v1/exports/<export_id>/mail",
        Operation.EXPORT_TELL,
        summary="Have the mail with its link sent again",
        description=(
            "When the first one did not arrive, once the address is right. Each mail"
            " has a link of its own, and every link ends with the file."
        ),
        status_code=HTTPStatus.CREATED,
    )
    def tell_export(export_id: OpaqueId) -> Response[ExportStateView]:
        """One more mail, unless one waits to be sent."""
        user = api.require(Operation.EXPORT_TELL, private=True)
        found = _find(api, services, export_id, Operation.EXPORT_TELL)
        at = services.now()
        told = _told(services, found)
        waiting = [m for m in told if m.state in {MailState.WAITING, MailState.CLAIMED}]
        if state_at(found, at) is ExportState.READY and not waiting:
            _tell(services, found, user, len(told), at)
        return reply(_view(api, services, found, user), HTTPStatus.CREATED)


def _find(api: Api, services: Services, name: str, operation: Operation) -> Export:
    found = services.exports.get(name)
    if found is None:
        raise api.missing(operation)
    return found


def _told(services: Services, export: Export) -> tuple[Mail, ...]:
    """The mails about it, the last one first."""
    return tuple(
        each
        for each in services.mails.of_person(export.person_id)
        if each.kind is MailKind.EXPORT_READY
        and each.about.get("export_id") == export.export_id
    )


def _tell(
    services: Services, export: Export, user: User, before: int, at: datetime
) -> None:
    """Put one more mail on record; asked twice at once, it is one."""
    mail = mail_about(
        MailKind.EXPORT_READY,
        export.person_id,
        at,
        export_id=export.export_id,
        again=str(before),
    )
    tag = "api:export:tell"
    entry = NewEntry(
        subject=export.person_id,
        entry_id=f"{tag}:{mail.mail_id}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"export_id": export.export_id, "mail_id": mail.mail_id},
    )
    services.mails.add(mail, entry)


def _view(api: Api, services: Services, export: Export, user: User) -> ExportStateView:
    at, language, package = services.now(), api.language, export.package
    state = state_at(export, at)
    mail = next(iter(_told(services, export)), None)
    tells = may(user, Operation.EXPORT_TELL, at) is None and state is ExportState.READY
    return ExportStateView(
        export_id=export.export_id,
        person_id=export.person_id,
        subject_request_id=export.request_id,
        state=state,
        state_words=words(state, language),
        begun_at=export.begun_at,
        packed_at=package.packed_at if package else None,
        ends_at=package.ends_at if package else None,
        size=package.size if package else None,
        pictures=package.pictures if package else None,
        left_out=package.left_out if package else None,
        fetched=export.fetched,
        fetched_at=export.fetched_at,
        mail=mail.state if mail else None,
        mail_words=words(mail.state, language) if mail else None,
        affordances=[
            Operation.EXPORT_READ,
            *([Operation.EXPORT_TELL] if tells else []),
        ],
    )
