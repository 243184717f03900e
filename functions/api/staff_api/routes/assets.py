"""Pictures: the list, one of them, its release, and another try for one that is stuck."""

from http import HTTPMethod, HTTPStatus
from typing import Annotated, Any, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header, Query
from pydantic import Field

from beeldrecht.adapters.library_pages import Page, Place
from beeldrecht.domain.access import Operation, User
from beeldrecht.domain.assets import AssetStatus
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.paging import (
    DEFAULT_LIMIT,
    MAX_LIMIT,
    Limit,
    cursor_of,
    position_of,
)
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked
from clearance.release_asset import step as release_step

from .. import scenes
from ..reading import Reading
from ..sights import Sight, near_of, sight_of
from ..views import (
    AssetSummary,
    AssetView,
    Shown,
    findings_of,
    retriable,
    summary_of,
    view_of,
)

_PLACES = frozenset("0123456789-:T+.")


class Library(release_step.Pictures, Protocol):
    """The pictures, one by one and in lists."""

    def page(self, status: AssetStatus, after: Place | None, limit: int) -> Page:
        """The next pictures in one status."""
        ...


class Uploads(Protocol):
    """The queue that S3's own events arrive in."""

    def send_upload(self, asset_id: str) -> None:
        """Say again that an object was written."""
        ...


class Services(Clocked, scenes.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def uploads(self) -> Uploads:
        """Where a stuck picture goes again."""
        ...


class AssetPage(Frozen):
    """Some of the pictures that the caller may read; the cursor leads to the others."""

    items: list[AssetSummary]
    cursor: str | None = Field(
        description="Give it back for the next page. None: this is the last one."
    )


class ReleaseOrder(Frozen):
    """What to release."""

    channels: Annotated[frozenset[Channel], Field(min_length=1)] | None = Field(
        default=None,
        description=(
            "Left out: every channel in which it may leave as it is, and those in which "
            "it may leave masked as `masks` names it."
        ),
    )
    masks: Annotated[frozenset[OpaqueId], Field(max_length=len(Channel))] = Field(
        default=frozenset(),
        description="The `mask_id` of every masked version that I looked at.",
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/assets`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/assets",
        Operation.ASSET_LIST,
        summary="The pictures that I may read",
        description=(
            "In the order of their statuses, and within one what waits longest first. "
            "A page may hold fewer pictures than asked for, or none, and be followed by "
            "another. A picture whose status changes meanwhile may be seen twice."
        ),
    )
    def list_assets(
        status: Annotated[AssetStatus | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[AssetPage]:
        """Only what the caller may read is shown."""
        user = api.require(Operation.ASSET_LIST)
        statuses = tuple(AssetStatus) if status is None else (status,)
        reader = _Reader(services, user)
        items, following = reader.page(statuses, _start(cursor, statuses), limit)
        return reply(
            AssetPage(
                items=[summary_of(record) for record in items],
                cursor=cursor_of(following) if following else None,
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>",
        Operation.ASSET_READ,
        also=(Operation.SUGGESTION_SEE,),
        summary="A picture, and what I may do with it now",
    )
    def read_asset(asset_id: OpaqueId) -> Response[AssetView]:
        """Decided on at this very instant."""
        sight = sight_of(api, services, Operation.ASSET_READ, asset_id)
        near = near_of(api, services, sight)
        view = view_of(sight, api.user, api.language, near)
        return reply(view, revision=sight.record.revision)

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/release",
        Operation.ASSET_RELEASE,
        summary="Release a picture for what its faces allow at this instant",
    )
    def release_asset(
        asset_id: OpaqueId,
        order: Annotated[ReleaseOrder, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[AssetView]:
        """Whoever releases says with it that no face was missed."""
        sight = sight_of(api, services, Operation.ASSET_RELEASE, asset_id)
        unchanged_since(if_match, sight.record.revision)
        event = release_step.Event(
            asset_id=asset_id, actor_id=api.user.user_id, **dict(order)
        )
        try:
            release_step.release_asset(
                event,
                sight.pinned(services.library),
                services.register,
                services.bases,
                services.now,
            )
        except (
            release_step.NotReleasableError,
            release_step.UnknownAssetError,  # it was not taken in, as its reader knows
        ) as error:
            raise _not_releasable(sight) from error
        except release_step.MaskNotSeenError as error:
            unseen: dict[str, Any] = {"channels": sorted(error.channels)}
            raise ProblemError(Problem.MASKED_VERSION_NOT_SEEN, more=unseen) from error
        return _shown(sight_of(api, services, Operation.ASSET_RELEASE, asset_id))

    @api.route(
        HTTPMethod.POST,
        "/v1/assets/<asset_id>/retry",
        Operation.ASSET_RETRY,
        summary="Try again with a picture that is stuck",
        status_code=HTTPStatus.ACCEPTED,
    )
    def retry_asset(asset_id: OpaqueId) -> Response[AssetView]:
        """Say to the intake again that it was uploaded; twice does no harm."""
        sight = sight_of(api, services, Operation.ASSET_RETRY, asset_id)
        if not retriable(sight):
            raise ProblemError(Problem.CONFLICT)
        services.uploads.send_upload(asset_id)
        return _shown(sight, HTTPStatus.ACCEPTED)

    def _shown(sight: Sight, status: HTTPStatus = HTTPStatus.OK) -> Response[AssetView]:
        view = view_of(sight, api.user, api.language)
        return reply(view, status, revision=sight.record.revision)

    def _not_releasable(sight: Sight) -> ProblemError:
        findings = findings_of(sight.decision, Shown(sight, api.user), api.language)
        told: dict[str, Any] = {"findings": [f.model_dump(mode="json") for f in findings]}
        return ProblemError(Problem.NOT_RELEASABLE, more=told)


class _Reader:
    """Walks the lists for one caller, as far as one page may cost."""

    LOOKED_AT = 2 * MAX_LIMIT
    """Records that one page looks at, at most: nobody's page reads the whole library."""

    def __init__(self, services: Services, user: User) -> None:
        self._services = services
        self._asks = Reading(services, user, services.now())

    def page(
        self,
        statuses: tuple[AssetStatus, ...],
        start: tuple[AssetStatus, Place] | None,
        limit: int,
    ) -> tuple[list[AssetRecord], tuple[str, ...] | None]:
        """The next pictures for this caller, and the position after the last look."""
        shown: list[AssetRecord] = []
        looked, many = 0, limit
        first = statuses.index(start[0]) if start else 0
        for status in statuses[first:]:
            after = start[1] if start and status is start[0] else None
            while True:
                found, following = self._services.library.page(status, after, many)
                for place, record in found:
                    looked += 1
                    # An older file is found beside the one that is current.
                    if record.replaced_at is None and self._asks.may_read(record):
                        shown.append(record)
                    if len(shown) == limit or looked >= self.LOOKED_AT:
                        return shown, (status.value, *place)
                if following is None:
                    break
                looked += 1  # a look at the index costs too, when all it finds has moved
                after, many = following, MAX_LIMIT
        return shown, None


def _start(
    cursor: str | None, statuses: tuple[AssetStatus, ...]
) -> tuple[AssetStatus, Place] | None:
    """Where a cursor says to begin: in a list that was asked for, or nowhere."""
    position = position_of(cursor, 3)
    if position is None:
        return None
    status, since, asset_id = position
    try:
        place = Place(since, check_id(asset_id))
    except InvalidIdError as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error
    if status not in statuses or not 0 < len(since) <= 40 or not set(since) <= _PLACES:
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return AssetStatus(status), place
