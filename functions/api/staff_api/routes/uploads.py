"""Uploads: leave to send a file, going on after a fault, and putting its parts together.

The bytes go from the sender to the store, past this API: it only signs what exactly may
be sent.
"""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field, ValidationError

from beeldrecht.domain.access import Operation, User
from beeldrecht.domain.intake import MAX_BYTES, PART_BYTES
from beeldrecht.domain.problems import Problem
from beeldrecht.domain.sessions import Origin
from beeldrecht.domain.versions import VersionRefusedError
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import idempotency_key
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Creating
from intake.complete_upload import step as complete_step
from intake.request_upload import step as request_step

from .. import sights
from ..refusals import conflict
from ..sights import sight_of


class Originals(request_step.UploadStore, complete_step.PartStore, Protocol):
    """Where the bytes go."""


class Services(Creating, sights.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> request_step.Library:
        """What was announced."""
        ...

    @property
    def originals(self) -> Originals:
        """Where the bytes go."""
        ...


class UploadOrder(Frozen):
    """The file that somebody wants to send."""

    file_name: Annotated[str, Field(min_length=1, max_length=255)]
    media_type: request_step.MediaType
    size: Annotated[int, Field(ge=0, le=MAX_BYTES)]
    sha256: request_step.Sha256
    part_sha256: tuple[request_step.Sha256, ...] = Field(
        default=(),
        description=(
            f"Of a file over {PART_BYTES} bytes, one for each part of so many bytes; of "
            "a smaller one none."
        ),
    )
    session_id: OpaqueId | None = None
    origin: Origin | None = Field(
        default=None,
        description=(
            "Whether the picture is your own or from a public web address, which never "
            "feeds recognition. Unsaid, it is looked through for people in sessions in "
            "which everybody agreed to that, and not otherwise."
        ),
    )
    replaces: OpaqueId | None = Field(
        default=None,
        description=(
            "The picture of which it is a newer file. It stands in the session and the "
            "collections of that one; who is in it is found, named and released anew. "
            "The older file keeps its place until this one has arrived."
        ),
    )


class UploadView(request_step.Result):
    """What takes the bytes: `form` for a file whole, `multipart` for one in parts.

    A form is posted with its fields first and the file last. A part is put with its
    headers; keep the `ETag` of each answer for the completion.
    """


class SentParts(Frozen):
    """What was sent, in the order of the parts."""

    upload_id: complete_step.UploadId
    parts: complete_step.SentParts


class CompletedUpload(Frozen):
    """The picture whose bytes are there; it is taken in from here on."""

    asset_id: OpaqueId


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/uploads`."""

    @api.route(
        HTTPMethod.POST,
        "/v1/uploads",
        Operation.ASSET_UPLOAD,
        also=(Operation.ASSET_DESCRIBE,),
        summary="Announce a file, and get what takes exactly that file",
        status_code=HTTPStatus.CREATED,
    )
    def request_upload(
        order: Annotated[UploadOrder, Body()],
        key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
    ) -> Response[UploadView]:
        """The same key again is about the same picture, and goes on where it stopped."""
        user = api.require(Operation.ASSET_UPLOAD)
        key, at = idempotency_key(key), services.now()
        event = _event(order, user)
        _may_replace(api, services, order)
        asset_id = services.claims.claim(
            user.user_id,
            Operation.ASSET_UPLOAD,
            key,
            order.model_dump_json().encode(),
            services.new_id,
            at,
        )
        result = _announced(api, services, event, asset_id, at)
        place = {"Location": f"/v1/uploads/{asset_id}"}
        return reply(_view(result), HTTPStatus.CREATED, headers=place)

    @api.route(
        HTTPMethod.GET,
        "/v1/uploads/<asset_id>",
        Operation.ASSET_UPLOAD,
        summary="Go on with an upload: what has not arrived, signed anew",
    )
    def resume_upload(asset_id: OpaqueId) -> Response[UploadView]:
        """Only for whoever announced it."""
        user = _sender()
        try:
            result = request_step.resume_upload(
                asset_id,
                user.user_id,
                services.library,
                services.originals,
                services.now(),
            )
        except request_step.UnknownUploadError as error:
            raise api.missing(Operation.ASSET_UPLOAD) from error
        return reply(_view(result))

    @api.route(
        HTTPMethod.POST,
        "/v1/uploads/<asset_id>/complete",
        Operation.ASSET_UPLOAD,
        summary="Say that every part of a large file was sent",
    )
    def complete_upload(
        asset_id: OpaqueId, sent: Annotated[SentParts, Body()]
    ) -> Response[CompletedUpload]:
        """Twice does no harm; nothing is written over what is there."""
        user = _sender()
        event = complete_step.Event(
            asset_id=asset_id,
            upload_id=sent.upload_id,
            parts=sent.parts,
            uploader_id=user.user_id,
        )
        try:
            complete_step.complete_upload(event, services.library, services.originals)
        except complete_step.UnknownUploadError as error:
            raise api.missing(Operation.ASSET_UPLOAD) from error
        except complete_step.PartsMissingError as error:
            told = {"missing": list(error.numbers)}
            raise ProblemError(Problem.UPLOAD_INCOMPLETE, more=told) from error
        return reply(CompletedUpload(asset_id=asset_id))

    @api.route(
        HTTPMethod.DELETE,
        "/v1/uploads/<asset_id>/parts/<upload_id>",
        Operation.ASSET_UPLOAD,
        summary="Give up what was sent of a large file",
    )
    def abort_upload(
        asset_id: OpaqueId, upload_id: complete_step.UploadId
    ) -> Response[CompletedUpload]:
        """Only for whoever announced it; what has arrived whole stays."""
        user = _sender()
        try:
            complete_step.abort_upload(
                asset_id, upload_id, user.user_id, services.library, services.originals
            )
        except complete_step.UnknownUploadError as error:
            raise api.missing(Operation.ASSET_UPLOAD) from error
        return reply(CompletedUpload(asset_id=asset_id))

    def _sender() -> User:
        api.require_ever(Operation.ASSET_UPLOAD)
        return api.require(Operation.ASSET_UPLOAD, private=True)


def _may_replace(api: Api, services: Services, order: UploadOrder) -> None:
    """Whether the caller may say something else of the picture; raises ProblemError."""
    if order.replaces is not None:
        sight_of(api, services, Operation.ASSET_DESCRIBE, order.replaces)


def _announced(
    api: Api, services: Services, event: request_step.Event, asset_id: str, at: datetime
) -> request_step.Result:
    try:
        return request_step.request_upload(
            event, services.library, services.originals, lambda: asset_id, at
        )
    except VersionRefusedError as error:
        raise conflict(error.reason, api.language) from error


def _event(order: UploadOrder, user: User) -> request_step.Event:
    try:
        return request_step.Event(**dict(order), uploader_id=user.user_id)
    except ValidationError as error:  # the digests are not as many as the parts
        where = [{"where": ["body", "part_sha256"], "rule": "value_error"}]
        raise ProblemError(Problem.INVALID_REQUEST, more={"errors": where}) from error


def _view(result: request_step.Result) -> UploadView:
    return UploadView(**dict(result))
