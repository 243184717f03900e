"""The copy of all that is on record about somebody, to fetch."""

from datetime import datetime
from http import HTTPMethod
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.egress import link_seconds
from beeldrecht.domain.exports import Export, ExportState, Package, state_at
from beeldrecht.domain.links import Link, LinkPurpose
from beeldrecht.domain.time import day_of
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import Api, reply

from .asked import person_of
from .door import Door
from .said import not_valid
from .services import Services


class ExportOrder(Frozen):
    """Whether to fetch it, or to see what it is first."""

    confirm: bool = False


class ExportView(Frozen):
    """What there is to fetch, and where: a file with everything of this person's."""

    made_at: datetime
    size: int = Field(description="In bytes.")
    sha256: str
    pictures: int
    left_out: int = Field(
        description="Pictures that are told of in it, and not given with it."
    )
    ends_at: datetime = Field(description="It can be fetched before this instant.")
    url: str | None = Field(description="Where to fetch it, for a minute; once for each.")


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/export`."""

    @api.open_route(
        HTTPMethod.POST, "/subject/export", summary="The copy of all that is mine"
    )
    def own_export(order: Annotated[ExportOrder, Body()]) -> Response[ExportView]:
        """What there is; with `confirm`, an address that works for a minute.

        A program that opens links sends nothing here. Each address is on record before
        it exists, and so is that somebody looked.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.EXPORT).link
        person_of(services, link)
        export, package = _ready(services, link, at)
        url = _address(services, link, export, package) if order.confirm else None
        if url is None:
            services.audit.append(
                scope=export.person_id,
                entry_id=f"api:export:look:{services.new_id()}",
                tag="api:export:look",
                at=at,
                actor=link.link_id,
                data={"export_id": export.export_id},
            )
        return reply(
            ExportView(
                made_at=package.packed_at,
                size=package.size,
                sha256=package.sha256,
                pictures=package.pictures,
                left_out=package.left_out,
                ends_at=package.ends_at,
                url=url,
            )
        )


def _ready(services: Services, link: Link, at: datetime) -> tuple[Export, Package]:
    """The export that a link opens; one that is over, or another's, is no link."""
    export = services.exports.get(link.about) if link.about else None
    if export is None or export.person_id != link.subject_id or export.package is None:
        raise not_valid()
    if state_at(export, at) is not ExportState.READY:
        raise not_valid()
    return export, export.package


def _address(services: Services, link: Link, export: Export, package: Package) -> str:
    """Put on record that it is fetched, then sign; never past its end."""
    at = services.now()
    seconds = link_seconds(at, package.ends_at)
    entry = NewEntry(
        subject=export.person_id,
        entry_id=f"api:export:fetch:{services.new_id()}",
        tag="api:export:fetch",
        at=at,
        actor=link.link_id,
        data={"export_id": export.export_id, "size": package.size},
    )
    if not seconds or not services.exports.fetched(export, at, entry):
        raise not_valid()
    name = f"beeldrecht-{day_of(package.packed_at).isoformat()}.zip"
    return services.export_files.link(export.export_id, seconds, name)
