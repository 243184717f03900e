"""Looking at a picture, and letting it leave: addresses that work for a minute.

Every address is signed for one request, after the policy and for a download after a
decision made at that instant; none is kept or handed out twice.
"""

from dataclasses import replace
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field, model_validator

from beeldrecht.domain.access import Operation
from beeldrecht.domain.channel_renditions import (
    CropRefusedError,
    CropWay,
    FileFormat,
    Make,
    ReadySize,
    made_file_name,
    make_of,
)
from beeldrecht.domain.channels import Channel, Place
from beeldrecht.domain.egress import rendition_file_name
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.masking import UncoverableError
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Audit, Masks
from egress.download_asset import step as download_step
from egress.view_asset import step as view_step

from .. import sights
from ..refusals import conflict
from .masking import not_cleared


class Library(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...

    def record(self, asset_id: str) -> AssetRecord | None:
        """What is on record of it."""
        ...


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def audit(self) -> Audit:
        """The audit trail."""
        ...

    @property
    def masks(self) -> Masks:
        """What covers faces."""
        ...

    @property
    def renders(self) -> download_step.Renders:
        """What makes versions for channels."""
        ...

    @property
    def disclosures(self) -> download_step.Disclosures:
        """What left, to whom."""
        ...

    @property
    def renditions(self) -> download_step.Links:
        """What signs addresses."""
        ...

    def new_id(self) -> str:
        """Another identifier."""
        ...


class DownloadOrder(Frozen):
    """The use that a picture is wanted for."""

    channel: Channel
    place: Place = Field(
        default=Place.WORLD, description="Left out: the widest, which asks for the most."
    )
    rendition: (
        Literal[RenditionName.PREVIEW, RenditionName.WORKING, RenditionName.FILE] | None
    ) = Field(
        default=None,
        description=(
            "Left out: the largest picture that there is. `file` is the file itself, of"
            " what is no picture; it leaves only as it is."
        ),
    )
    size: ReadySize | None = Field(
        default=None,
        description="Made for this use, with what is said of the picture in the file.",
    )
    format: FileFormat | None = Field(default=None, description="Left out: JPEG.")
    crop: CropWay | None = Field(
        default=None, description="Left out: no cleared face is cut."
    )
    watermark: bool = False

    @model_validator(mode="after")
    def _one_or_the_other(self) -> "DownloadOrder":
        make = make_of(self.size, self.format, self.crop, self.watermark)
        if self.rendition is not None and make is not None:
            raise ValueError("a rendition is there, a size is made: one of the two")
        return self


class SignedAddress(Frozen):
    """Where to fetch a rendition, by GET and without further leave, until it dies."""

    asset_id: OpaqueId
    rendition: RenditionName | None = Field(description="None: it was made for this use.")
    file_name: str
    url: str
    expires_at: datetime
    width: int | None = Field(default=None, description="Pixels of what was made.")
    height: int | None = None
    masked: bool = Field(default=False, description="Whether faces are covered in it.")
    covered_faces: int = Field(default=0, description="How many.")


def add_routes(api: Api, services: Services) -> None:
    """Add the routes that sign addresses."""

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/renditions/<name>",
        Operation.ASSET_VIEW,
        summary="An address at which I can look at a picture for a minute",
    )
    def view_rendition(
        asset_id: OpaqueId, name: RenditionName
    ) -> Response[SignedAddress]:
        """Who looks is on record."""
        sight = sights.sight_of(api, services, Operation.ASSET_VIEW, asset_id)
        event = view_step.Event(
            asset_id=asset_id, actor_id=api.user.user_id, rendition=name
        )
        try:
            result = view_step.view_asset(
                event, services.library, services.audit, services.renditions, services.now
            )
        except view_step.UnknownRenditionError as error:
            raise api.missing(Operation.ASSET_VIEW) from error
        return _signed(sight.record, result)

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/downloads",
        Operation.ASSET_DOWNLOAD,
        also=(Operation.ASSET_READ,),
        summary="Let a picture leave for one use, if it may at this instant",
        status_code=HTTPStatus.CREATED,
    )
    def download_asset(
        asset_id: OpaqueId, order: Annotated[DownloadOrder, Body()]
    ) -> Response[SignedAddress]:
        """Decided anew at every request; who fetched what for which use is on record."""
        sight = sights.sight_of(api, services, Operation.ASSET_READ, asset_id)
        # Whether it leaves for this very use is what the command decides, and it says
        # why not; the caller may know of the picture, so that gives nothing away.
        scene = replace(sight.scene, leaves=True)
        api.require(Operation.ASSET_DOWNLOAD, scene, private=True)
        event = download_step.Event(
            asset_id=asset_id, actor_id=api.user.user_id, **dict(order)
        )
        try:
            result = download_step.download_asset(
                event,
                services.library,
                services.register,
                services.bases,
                download_step.Versions(
                    services.masks, services.renditions, services.renders
                ),
                services.disclosures,
                services.now,
                services.new_id,
            )
        except download_step.UnknownAssetError as error:
            raise api.missing(Operation.ASSET_DOWNLOAD) from error
        except UncoverableError as error:
            raise ProblemError(Problem.MASKED_VERSION_NOT_MADE) from error
        except CropRefusedError as error:
            raise conflict(error.reason, api.language) from error
        except (
            download_step.AboutToChangeError,
            download_step.ChangedMeanwhileError,
        ) as error:
            raise ProblemError(Problem.CONFLICT) from error
        except download_step.NotClearedError as error:
            raise not_cleared(api, sight, error.findings) from error
        return _signed(sight.record, result, HTTPStatus.CREATED, event.make)


def _signed(
    record: AssetRecord,
    result: view_step.Result | download_step.Result,
    status: HTTPStatus = HTTPStatus.OK,
    make: Make | None = None,
) -> Response[SignedAddress]:
    masked = isinstance(result, download_step.Result) and result.masked
    given = record.announcement.file_name
    if make is not None:
        name = made_file_name(given, make, masked=masked)
    else:
        there = result.rendition or RenditionName.WORKING
        name = rendition_file_name(given, there, masked=masked)
    return reply(SignedAddress(**dict(result), file_name=name), status)
