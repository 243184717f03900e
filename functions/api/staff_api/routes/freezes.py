"""Freezing a picture: kept, and not used by anybody, until somebody ends that (R10)."""

from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from beeldrecht.domain.access import Operation, User
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.freezing import (
    FreezeGround,
    FreezeRefusal,
    frozen,
    in_force,
    of_picture,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.ports import Clearance

from .. import sights
from ..refusals import conflict
from ..views import AssetView, view_of


class Freezes(Protocol):
    """Where freezes are on record."""

    def begin(self, freeze: Restriction, entry: NewEntry) -> bool:
        """Record a freeze; False when it is there."""
        ...

    def end(self, freeze: Restriction, at: datetime, entry: NewEntry) -> bool:
        """Record its end; False when it was over."""
        ...


class Services(sights.Services, Protocol):
    """What these routes need."""

    @property
    def freezes(self) -> Freezes:
        """The freezes."""
        ...

    @property
    def clearance(self) -> Clearance:
        """What decides on a picture anew."""
        ...


class FreezeOrder(Frozen):
    """Why a picture is frozen."""

    ground: FreezeGround


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/assets/{asset_id}/restriction`."""

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/restriction",
        Operation.ASSET_RESTRICT,
        summary="Freeze a picture: kept, and not used",
        description="It counts from this answer on, before every consent and basis.",
        status_code=HTTPStatus.CREATED,
    )
    def restrict_asset(
        asset_id: OpaqueId, order: Annotated[FreezeOrder, Body()]
    ) -> Response[AssetView]:
        """While it is frozen, another freeze is the same one."""
        operation, at = Operation.ASSET_RESTRICT, services.now()
        sights.sight_of(api, services, operation, asset_id)
        there = services.register.facts((), asset_id).restrictions
        if in_force(of_picture(asset_id, there), at) is None:
            freeze = frozen(asset_id, there, at)
            ground = order.ground.value
            tag = "api:asset:restrict"
            entry = _entry(tag, freeze, api.user, at, ground=ground)
            services.freezes.begin(freeze, entry)
        services.clearance.start(asset_id)
        return _shown(operation, asset_id, HTTPStatus.CREATED)

    @api.route(
        HTTPMethod.DELETE,
        "/v1/assets/<asset_id>/restriction",
        Operation.ASSET_UNRESTRICT,
        summary="End the freeze of a picture",
        description=(
            "What somebody put on this picture by hand; a freeze that a person asked for"
            " ends with their request."
        ),
    )
    def unrestrict_asset(asset_id: OpaqueId) -> Response[AssetView]:
        """From this answer on; that it was frozen stays on record."""
        operation, at = Operation.ASSET_UNRESTRICT, services.now()
        sights.sight_of(api, services, operation, asset_id)
        freezes = of_picture(asset_id, services.register.facts((), asset_id).restrictions)
        freeze = in_force(freezes, at)
        if freeze is None and not freezes:
            raise conflict(FreezeRefusal.NOT_FROZEN, api.language)
        if freeze is not None:
            entry = _entry("api:asset:unrestrict", freeze, api.user, at)
            services.freezes.end(freeze, at, entry)
        services.clearance.start(asset_id)
        return _shown(operation, asset_id, HTTPStatus.OK)

    def _shown(
        operation: Operation, asset_id: str, status: HTTPStatus
    ) -> Response[AssetView]:
        now = sights.sight_of(api, services, operation, asset_id)
        view = view_of(now, api.user, api.language)
        return reply(view, status, revision=now.record.revision)


def _entry(
    tag: str, freeze: Restriction, user: User, at: datetime, **data: str
) -> NewEntry:
    return NewEntry(
        subject=freeze.subject_id,
        entry_id=f"{tag}:{freeze.restriction_id}",
        tag=tag,
        at=at,
        actor=user.user_id,
        data={"restriction_id": freeze.restriction_id, **data},
    )
