"""What is said of pictures: read, changed one by one or many at once, and taken back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query

from beeldrecht.adapters.descriptions import MetadataEdit, undo_of
from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.adapters.library_pages import Page, Place
from beeldrecht.domain.access import Operation
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.messages import words
from beeldrecht.domain.metadata import (
    Metadata,
    MetadataChange,
    MetadataRefusal,
    MetadataRefusedError,
    changed,
)
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key, unchanged_since
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Creating

from .. import scenes, sights
from ..metadata_views import (
    MOST,
    EditedView,
    EditOrder,
    EditView,
    MetadataOrder,
    MetadataView,
    described,
)
from ..refusals import conflict

_TRIES = 3
_LOOKED_AT = 1000
"""Pictures that are looked at for those of a collection, at most."""
_STEP = 100


class Descriptions(Protocol):
    """Where it is recorded what is said of pictures."""

    def begin(self, edit: MetadataEdit) -> None:
        """Record which pictures an edit is about."""
        ...

    def edit(self, edit_id: str, at: datetime) -> MetadataEdit | None:
        """An edit that can still be taken back."""
        ...

    def describe(
        self, record: AssetRecord, said: Metadata, edit_id: str, entry: NewEntry
    ) -> None:
        """Record what is said from now on; raises StaleRevisionError."""
        ...

    def before(self, record: AssetRecord) -> Metadata | None:
        """What was said before the last edit."""
        ...

    def undo(self, record: AssetRecord, before: Metadata, entry: NewEntry) -> None:
        """Record that this is said again; raises StaleRevisionError."""
        ...


class Library(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record of it."""
        ...

    def page(self, status: AssetStatus, after: Place | None, limit: int) -> Page:
        """The next pictures in one status."""
        ...


class Services(Creating, sights.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def descriptions(self) -> Descriptions:
        """What is said of them."""
        ...


def add_routes(api: Api, services: Services) -> None:
    """Add the routes that read and change what is said of pictures."""
    desk = _Desk(api, services)

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/metadata",
        Operation.ASSET_READ,
        summary="What is said of a picture",
    )
    def read_metadata(asset_id: OpaqueId) -> Response[MetadataView]:
        """By the file when it came, until a person said otherwise."""
        sight = sights.sight_of(api, services, Operation.ASSET_READ, asset_id)
        return _shown(sight.record)

    @api.route(
        HTTPMethod.PATCH,
        "/v1/assets/<asset_id>/metadata",
        Operation.ASSET_DESCRIBE,
        summary="Say something else of a picture",
    )
    def change_metadata(
        asset_id: OpaqueId,
        order: Annotated[MetadataOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[MetadataView]:
        """The same again changes nothing."""
        record = desk.find(asset_id)
        unchanged_since(if_match, record.revision)
        after = desk.after(record, desk.wanted(order))
        edit_id = derived_id("edit", asset_id, str(record.revision))
        desk.describe(record, after, edit_id)
        return _shown(services.library.record(asset_id) or record)

    @api.route(
        HTTPMethod.POST,
        "/v1/metadata/edits",
        Operation.ASSET_DESCRIBE,
        also=(Operation.COLLECTION_READ,),
        summary="Say something else of many pictures, or see what that would change",
        status_code=HTTPStatus.CREATED,
        description=(
            "All of them or none: where one of the pictures cannot be described so, "
            "nothing is changed. With `preview` nothing is changed at all."
        ),
    )
    def edit_metadata(
        order: Annotated[EditOrder, Body()],
        preview: Annotated[bool, Query()] = False,
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[EditView]:
        """The same key again goes on where the first try stopped."""
        api.require_ever(Operation.ASSET_DESCRIBE)
        once = idempotency_key(key)
        change = desk.wanted(order)
        records = desk.selected(order)
        items = [_edited(each, desk.after(each, change)) for each in records]
        if preview:
            return reply(EditView(edit_id=None, items=items), HTTPStatus.CREATED)
        edit_id = desk.begin(order, [each.asset_id for each in records], once)
        for record in records:
            desk.apply(record, change, edit_id)
        return reply(EditView(edit_id=edit_id, items=items), HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/metadata/edits/<edit_id>",
        Operation.ASSET_DESCRIBE,
        summary="Take an edit of many pictures back",
        description=(
            "While nobody said something else of one of them since; otherwise the "
            "answer names those, and nothing is taken back."
        ),
    )
    def undo_edit(edit_id: OpaqueId) -> Response[EditView]:
        """Of what is gone meanwhile nothing is taken back; again changes nothing."""
        return reply(EditView(edit_id=undo_of(edit_id), items=desk.undo(edit_id)))


def _shown(record: AssetRecord) -> Response[MetadataView]:
    view = MetadataView(
        asset_id=record.asset_id,
        revision=record.revision,
        edit_id=record.edit_id,
        said=described(record.description),
    )
    return reply(view, revision=record.revision)


def _edited(record: AssetRecord, after: Metadata) -> EditedView:
    return EditedView(
        asset_id=record.asset_id,
        changes=after != record.description,
        before=described(record.description),
        after=described(after),
    )


@dataclass(frozen=True, slots=True)
class _Back:
    """A picture, and what is to be said of it again."""

    record: AssetRecord
    before: Metadata


class _Desk:
    """What the routes do, in the order in which it has to happen."""

    def __init__(self, api: Api, services: Services) -> None:
        self._api = api
        self._services = services

    def find(self, asset_id: str) -> AssetRecord:
        """A picture that the caller may describe; raises ProblemError."""
        operation = Operation.ASSET_DESCRIBE
        self._api.require_ever(operation)
        record = self._services.library.record(asset_id)
        if record is None or record.over(self._services.now()):
            raise self._api.missing(operation)
        # Who describes a picture works with it, whether or not it may leave.
        scene = scenes.record_scene(self._services, record, leaves=False)
        self._api.require(operation, scene, private=True)
        return record

    def wanted(self, order: MetadataOrder) -> MetadataChange:
        """The change that is asked for; raises ProblemError when it is none."""
        change = order.change()
        if not change:
            raise conflict(MetadataRefusal.NOTHING_SAID, self._api.language)
        return change

    def selected(self, order: EditOrder) -> list[AssetRecord]:
        """The pictures of an edit, each once; raises ProblemError."""
        named = dict.fromkeys(order.asset_ids)
        if order.collection_id is not None:
            named |= dict.fromkeys(self._collected(order.collection_id))
        if not named:
            raise conflict(MetadataRefusal.NOTHING_SAID, self._api.language)
        if len(named) > MOST:
            raise conflict(MetadataRefusal.TOO_MANY, self._api.language)
        return [self.find(each) for each in named]

    def _collected(self, collection_id: str) -> Iterator[str]:
        found = self._services.collections.several([collection_id])
        scene = scenes.collection_scene(*found)
        self._api.require(Operation.COLLECTION_READ, scene, private=True)
        looked = 0
        for status in AssetStatus:
            after: Place | None = None
            while True:
                page, after = self._services.library.page(status, after, _STEP)
                looked += len(page)
                if looked > _LOOKED_AT:
                    raise conflict(MetadataRefusal.TOO_MANY, self._api.language)
                yield from (
                    record.asset_id
                    for _, record in page
                    if collection_id in record.collection_ids
                )
                if after is None:
                    break

    def after(self, record: AssetRecord, change: MetadataChange) -> Metadata:
        """What would be said of a picture; raises ProblemError with the reason."""
        try:
            return changed(record.description, change)
        except MetadataRefusedError as error:
            said = {
                "reason": error.reason.value,
                "detail": words(error.reason, self._api.language),
                "field": error.field,
                "asset_ids": [record.asset_id],
            }
            raise ProblemError(Problem.CONFLICT, more=said) from error

    def begin(self, order: EditOrder, asset_ids: list[str], key: str) -> str:
        """Record which pictures an edit is about, before any of them changes."""
        services, at = self._services, self._services.now()
        user_id = self._api.user.user_id
        edit_id = services.claims.claim(
            user_id,
            Operation.ASSET_DESCRIBE,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        edit = MetadataEdit(edit_id, tuple(asset_ids), user_id, at)
        services.descriptions.begin(edit)
        return edit_id

    def apply(self, record: AssetRecord, change: MetadataChange, edit_id: str) -> None:
        """Change one picture of an edit, as it is now; once, however often asked."""
        for left in reversed(range(_TRIES)):
            if record.edit_id == edit_id:
                return
            try:
                self.describe(record, self.after(record, change), edit_id)
            except StaleRevisionError:
                if not left:
                    raise
                record = self.find(record.asset_id)
            else:
                return

    def describe(self, record: AssetRecord, after: Metadata, edit_id: str) -> None:
        """Record what is said, with its entry, and nothing where nothing changed."""
        if after == record.description:
            return
        told = self._entry(record, "api:metadata:change", edit_id)
        self._services.descriptions.describe(record, after, edit_id, told)

    def undo(self, edit_id: str) -> list[EditedView]:
        """Take an edit back, all of it or nothing; raises ProblemError."""
        services = self._services
        self._api.require_ever(Operation.ASSET_DESCRIBE)
        edit = services.descriptions.edit(edit_id, services.now())
        if edit is None:
            raise self._api.missing(Operation.ASSET_DESCRIBE)
        back = list(self._back(edit))
        for each in back:
            told = self._entry(each.record, "api:metadata:undo", edit_id)
            services.descriptions.undo(each.record, each.before, told)
        return [_edited(each.record, each.before) for each in back]

    def _back(self, edit: MetadataEdit) -> Iterable[_Back]:
        """What is to be said again of which pictures."""
        services, since, found = self._services, [], []
        for asset_id in edit.asset_ids:
            if services.library.record(asset_id) is None:
                continue
            record = self.find(asset_id)
            if record.edit_id == undo_of(edit.edit_id):
                continue
            before = services.descriptions.before(record)
            if record.edit_id != edit.edit_id or before is None:
                if record.edit_id is not None:
                    since.append(asset_id)
                continue
            found.append(_Back(record, before))
        if since:
            reason = MetadataRefusal.CHANGED_SINCE
            said = {
                "reason": reason.value,
                "detail": words(reason, self._api.language),
                "asset_ids": since,
            }
            raise ProblemError(Problem.CONFLICT, more=said)
        return found

    def _entry(self, record: AssetRecord, tag: str, edit_id: str) -> NewEntry:
        return NewEntry(
            subject=record.asset_id,
            entry_id=f"{tag}:{record.revision}",
            tag=tag,
            at=self._services.now(),
            actor=self._api.user.user_id,
            data={"edit_id": edit_id},
        )
