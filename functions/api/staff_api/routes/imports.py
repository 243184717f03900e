"""Bringing in an archive: begun, announced file by file, followed, stopped.

The bytes go past this API, as those of any upload do. Each import is for whoever began
it; nothing is counted twice, however often it is sent.
"""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Final, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query

from beeldrecht.adapters.audit_search import Search
from beeldrecht.adapters.imports import ImportedPage
from beeldrecht.domain.access import Operation, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.imports import (
    ArchiveImport,
    ImportRefusal,
    ImportRefusedError,
    ImportTally,
    ImportTerms,
    import_id_of,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.sessions import Session
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked
from intake.import_files import step
from intake.request_upload import step as request_step

from .. import scenes
from ..import_views import (
    FilesAnswer,
    FilesOrder,
    ImportedPicture,
    ImportedPictures,
    ImportList,
    ImportOrder,
    ImportView,
)
from ..refusals import conflict
from .audit import Log

_SENDS = Operation.ASSET_UPLOAD
_LISTED: Final = 25
"""Imports that are listed; more than that nobody looks back on."""


class Imports(step.Receipts, Protocol):
    """Where imports are on record."""

    def begin(self, new: ArchiveImport, entry: NewEntry) -> ArchiveImport:
        """Record one; the one that is there, where it is there."""
        ...

    def get(self, import_id: str) -> ArchiveImport | None:
        """One."""
        ...

    def stop(self, found: ArchiveImport, at: datetime, entry: NewEntry) -> None:
        """Record that it takes no more."""
        ...

    def of_user(self, user_id: str, most: int) -> tuple[ArchiveImport, ...]:
        """What somebody began, the newest first."""
        ...

    def tally(self, import_id: str) -> ImportTally:
        """How many of its pictures stand where."""
        ...

    def page(self, import_id: str, after: str | None, limit: int) -> ImportedPage:
        """Some of them."""
        ...


class Sessions(Protocol):
    """Where sessions are on record."""

    def get(self, session_id: str) -> Session | None:
        """One, with its roster."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def imports(self) -> Imports:
        """The imports."""
        ...

    @property
    def library(self) -> step.Announcements:
        """The pictures."""
        ...

    @property
    def originals(self) -> request_step.UploadStore:
        """Where the bytes go."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def collections(self) -> scenes.Collections:
        """The collections."""
        ...

    @property
    def audit_log(self) -> Log:
        """What happened to pictures."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/imports`."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.POST,
        "/v1/imports",
        _SENDS,
        also=(Operation.COLLECTION_FILL,),
        summary="Bring in an archive, or go on with it under the same name",
        status_code=HTTPStatus.CREATED,
    )
    def begin_import(order: Annotated[ImportOrder, Body()]) -> Response[ImportView]:
        """The same name again, with the same terms, is the same import."""
        user = api.require(_SENDS)
        found = desk.begin(user, order)
        place = {"Location": f"/v1/imports/{found.import_id}"}
        return reply(desk.view(found), HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.GET,
        "/v1/imports",
        _SENDS,
        summary="The archives that somebody brought in, the newest first",
    )
    def list_imports() -> Response[ImportList]:
        """Only the caller's own."""
        user = api.require(_SENDS)
        found = services.imports.of_user(user.user_id, _LISTED)
        return reply(ImportList(items=[desk.view(each) for each in found]))

    @api.route(
        HTTPMethod.GET,
        "/v1/imports/<import_id>",
        _SENDS,
        summary="An import, and how many of its pictures stand where",
    )
    def read_import(import_id: OpaqueId) -> Response[ImportView]:
        """Only for whoever began it."""
        return reply(desk.view(desk.find(import_id)))

    @api.route(
        HTTPMethod.POST,
        "/v1/imports/<import_id>/files",
        _SENDS,
        also=(Operation.COLLECTION_FILL,),
        summary="Announce files of an archive, and get what takes those that are missing",
    )
    def import_files(
        import_id: OpaqueId, order: Annotated[FilesOrder, Body()]
    ) -> Response[FilesAnswer]:
        """Sent again it says where they stand; no file is announced twice."""
        found = desk.find(import_id)
        return reply(desk.files(found, order))

    @api.route(
        HTTPMethod.GET,
        "/v1/imports/<import_id>/files",
        _SENDS,
        summary="The pictures that an import announced, and where each stands",
    )
    def list_imported(
        import_id: OpaqueId,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ImportedPictures]:
        """In no order that means anything."""
        found = desk.find(import_id)
        page = services.imports.page(found.import_id, _after(cursor), limit)
        return reply(
            ImportedPictures(
                items=[desk.picture(each) for each in page.asset_ids],
                cursor=cursor_of((page.after,)) if page.after else None,
            )
        )

    @api.route(
        HTTPMethod.DELETE,
        "/v1/imports/<import_id>",
        _SENDS,
        summary="Stop an import: it takes no more files, what arrived stays",
    )
    def stop_import(import_id: OpaqueId) -> Response[ImportView]:
        """What was announced and not sent lapses within a week."""
        found = desk.find(import_id)
        entry = _entry("api:import:stop", found, services.now())
        services.imports.stop(found, services.now(), entry)
        return reply(desk.view(services.imports.get(import_id) or found))


class _Desk:
    """What the routes do."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, import_id: str) -> ArchiveImport:
        """An import of the caller's own; raises ProblemError."""
        user = self._api.require_ever(_SENDS)
        self._api.require(_SENDS, private=True)
        found = self._services.imports.get(import_id)
        if found is None or found.begun_by != user.user_id:
            raise self._api.missing(_SENDS)
        return found

    def begin(self, user: User, order: ImportOrder) -> ArchiveImport:
        """Record an import, or find it; raises ProblemError for other terms."""
        services, at, terms = self._services, self._services.now(), order.terms()
        self._places(terms)
        new = ArchiveImport(
            import_id=import_id_of(user.user_id, order.name),
            name=order.name,
            count=order.count,
            terms=terms,
            begun_by=user.user_id,
            begun_at=at,
        )
        found = services.imports.begin(new, _entry("api:import:begin", new, at))
        if found.terms != terms:
            raise conflict(ImportRefusal.OTHER_TERMS, self._api.language)
        return found

    def _places(self, terms: ImportTerms) -> None:
        """Refuse a session or a collection that is not there, or not theirs to fill."""
        services = self._services
        if terms.session_id and services.sessions.get(terms.session_id) is None:
            raise self._api.missing(_SENDS)
        if terms.collection_id:
            there = services.collections.several([terms.collection_id])
            scene = scenes.collection_scene(*there)
            self._api.require(Operation.COLLECTION_FILL, scene, private=True)

    def files(self, found: ArchiveImport, order: FilesOrder) -> FilesAnswer:
        """Announce some files; raises ProblemError once it was stopped."""
        services = self._services
        self._places(found.terms)
        event = step.Event(
            import_id=found.import_id, uploader_id=found.begun_by, files=order.files
        )
        try:
            answer = step.import_files(
                event,
                found,
                services.library,
                services.imports,
                _Past(services.audit_log),
                services.originals,
                services.now(),
            )
        except ImportRefusedError as error:
            raise conflict(error.reason, self._api.language) from error
        return FilesAnswer(files=answer.files)

    def view(self, found: ArchiveImport) -> ImportView:
        """An import as it stands."""
        tally = self._services.imports.tally(found.import_id)
        return ImportView.of(found, tally, self._services.now())

    def picture(self, asset_id: str) -> ImportedPicture:
        """Where a picture stands."""
        record = self._services.library.record(asset_id)
        rejection = record.rejection if record is not None else None
        return ImportedPicture(
            asset_id=asset_id,
            status=record.status if record is not None else None,
            rejection=rejection.reason if rejection is not None else None,
        )


class _Past:
    """What was, as the log has it: a picture has no entry before it was taken in."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def was_here(self, asset_id: str) -> bool:
        """Whether the log knows of it."""
        return bool(self._log.page(Search(subject=asset_id), 1).entries)


def _after(cursor: str | None) -> str | None:
    position = position_of(cursor, 1)
    try:
        return None if position is None else check_id(position[0])
    except InvalidIdError as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error


def _entry(tag: str, found: ArchiveImport, at: datetime) -> NewEntry:
    return NewEntry(
        subject=found.import_id,
        entry_id=tag,
        tag=tag,
        at=at,
        actor=found.begun_by,
        data={"count": found.count} if tag == "api:import:begin" else {},
    )
