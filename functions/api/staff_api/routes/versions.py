"""The files of a picture, one after the other: what differs, and which one is current."""

from datetime import datetime
from http import HTTPMethod
from typing import Annotated, Any, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Header
from pydantic import Field

from beeldrecht.domain.access import Operation, may
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.intake import AssetRecord, RenditionName
from beeldrecht.domain.versions import (
    Comparison,
    Version,
    VersionChain,
    VersionRefusedError,
    compared,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.ports import Clearance
from clearance.restore_version import step as restore_step

from .. import scenes, sights
from ..refusals import conflict
from ..sights import Sight, sight_of


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def versions(self) -> restore_step.Versions:
        """The files of pictures, one after the other."""
        ...

    @property
    def clearance(self) -> Clearance:
        """The workflow that decides."""
        ...


class SaidOtherwise(Frozen):
    """A field of what is said of the files that is not the same."""

    field: str
    here: str | list[str] | None = Field(description="Of the picture asked about.")
    there: str | list[str] | None = Field(description="Of this file.")


class ComparisonView(Frozen):
    """What is another thing in this file than in the one asked about."""

    same_file: bool = Field(description="Both are the same, byte for byte.")
    size: bool
    dimensions: bool
    format: bool
    bits_apart: int | None = Field(
        description=(
            "Of the 64 bits of what a picture looks like, how many differ: up to 10 is "
            "nearly the same picture. None: one of both has none."
        )
    )
    said: list[SaidOtherwise]


class VersionView(Frozen):
    """One file of a picture. What it looks like is shown as of any other picture."""

    asset_id: OpaqueId
    number: int = Field(description="In the order in which they came, from 1.")
    current: bool
    since: datetime = Field(description="When it came, or was made current again.")
    by: OpaqueId = Field(description="Who sent it, or made it current again.")
    file_name: str
    status: AssetStatus
    media_type: str
    size: int
    width: int
    height: int
    renditions: list[RenditionName]
    ends_at: datetime | None = Field(description="When it is erased by its term.")
    compared: ComparisonView | None = Field(
        description="With the picture asked about. None: it is that one."
    )


class VersionList(Frozen):
    """The files of a picture that the caller may read, the first one first."""

    asset_id: OpaqueId
    current: OpaqueId | None = Field(
        description="The one that may leave. None: it was erased, or is not for you."
    )
    items: list[VersionView]


class RestoredVersion(Frozen):
    """The file that is current now."""

    asset_id: OpaqueId
    changed: bool
    replaced: OpaqueId | None = Field(description="The one that was current.")


def add_routes(api: Api, services: Services) -> None:
    """Add the routes about the files of a picture."""

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/versions",
        Operation.ASSET_READ,
        summary="The files of a picture, and how they differ",
        description=(
            "One file where nothing replaced it. Lay two beside each other by the "
            "renditions of each, as far as you may see them."
        ),
    )
    def list_versions(asset_id: OpaqueId) -> Response[VersionList]:
        """Each file is for whoever may read it, as any other picture."""
        sight = sight_of(api, services, Operation.ASSET_READ, asset_id)
        chain = services.versions.chain(sight.record)
        shown = _shown(api, services, sight, chain)
        views = [_view(sight.record, *each) for each in shown]
        current = next((each.asset_id for each in views if each.current), None)
        return reply(VersionList(asset_id=asset_id, current=current, items=views))

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/restore",
        Operation.ASSET_RELEASE,
        summary="Make an older file of a picture the current one again",
        description=(
            "The one that is current is kept as an older one. Neither is released by "
            "this: both are decided on anew, and a person releases."
        ),
    )
    def restore_version(
        asset_id: OpaqueId,
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[RestoredVersion]:
        """What is current already stays so."""
        sight = sight_of(api, services, Operation.ASSET_RELEASE, asset_id)
        unchanged_since(if_match, sight.record.revision)
        event = restore_step.Event(asset_id=asset_id, actor_id=api.user.user_id)
        try:
            result = restore_step.restore_version(
                event,
                sight.pinned(services.library),
                services.versions,
                services.clearance,
                services.now,
            )
        except VersionRefusedError as error:
            raise conflict(error.reason, api.language) from error
        return reply(RestoredVersion(**dict(result)))


type _Seen = tuple[int, Version, bool, AssetRecord]


def _shown(
    api: Api, services: Services, sight: Sight, chain: VersionChain | None
) -> list[_Seen]:
    """The files that the caller may read, each with its record."""
    own = sight.record
    if chain is None:
        said = own.announcement
        only = Version(own.asset_id, said.announced_at, said.uploader_id)
        return [(1, only, True, own)]
    found: list[_Seen] = []
    for number, each in enumerate(chain.versions, start=1):
        record = own if each.asset_id == own.asset_id else None
        if record is None:
            record = _readable(api, services, sight, each.asset_id)
        if record is not None:
            found.append((number, each, each.asset_id == chain.current, record))
    return found


def _readable(
    api: Api, services: Services, sight: Sight, asset_id: str
) -> AssetRecord | None:
    picture = services.library.picture(asset_id)
    if picture is None or picture[0].over(sight.at):
        return None
    scene, _ = scenes.picture_scene(services, picture, sight.at)
    refusal = may(api.user, Operation.ASSET_READ, sight.at, scene)
    return picture[0] if refusal is None else None


def _view(
    own: AssetRecord, number: int, version: Version, current: bool, record: AssetRecord
) -> VersionView:
    original, said = record.original, record.announcement
    other = None if record.asset_id == own.asset_id else compared(own, record)
    return VersionView(
        asset_id=record.asset_id,
        number=number,
        current=current,
        since=version.since,
        by=version.by,
        file_name=said.file_name,
        status=record.status,
        media_type=original.media_type if original else said.media_type,
        size=original.size if original else said.size,
        width=original.width if original else 0,
        height=original.height if original else 0,
        renditions=sorted(record.renditions),
        ends_at=record.ends_at,
        compared=_compared(other) if other else None,
    )


def _compared(found: Comparison) -> ComparisonView:
    return ComparisonView(
        same_file=found.same_file,
        size=found.size,
        dimensions=found.dimensions,
        format=found.format,
        bits_apart=found.bits_apart,
        said=[
            SaidOtherwise(field=name, here=_plain(here), there=_plain(there))
            for name, (here, there) in found.said.items()
        ],
    )


def _plain(value: Any) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value
