"""What goes dark when, by channel and collection, with the pictures behind it."""

from collections.abc import Iterator
from datetime import date, datetime
from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import Field

from beeldrecht.domain.access import Operation, User, may
from beeldrecht.domain.channels import Channel
from beeldrecht.domain.forecast import (
    MONTHS_AHEAD,
    MOST_MONTHS,
    Darkening,
    Slot,
    behind,
    counted,
    darkening,
    horizon,
    month_of,
)
from beeldrecht.domain.ids import InvalidIdError, check_id
from beeldrecht.domain.intake import AssetRecord
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.facts import Picture, gather
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.paging import DEFAULT_LIMIT, Limit, cursor_of, position_of
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clocked

from .. import scenes

LOOKED_AT = 2_000
"""Pictures that one answer looks at: a second or two of reading."""
_TOGETHER = 100
_PLACES = frozenset("0123456789-:T+.")

Months = Annotated[int, Field(ge=1, le=MOST_MONTHS)]


class Library(Protocol):
    """The pictures."""

    def picture(self, asset_id: str) -> Picture | None:
        """A picture, read consistently."""
        ...


class Forecasts(Protocol):
    """Decisions, by when they end."""

    def page(
        self, until: datetime, after: tuple[str, str] | None, limit: int
    ) -> tuple[
        list[tuple[tuple[str, str], AssetRecord, Darkening]], tuple[str, str] | None
    ]:
        """The next pictures that change before an instant, and the next page's place."""
        ...


class Services(Clocked, scenes.Services, Protocol):
    """What these routes need."""

    @property
    def library(self) -> Library:
        """The pictures."""
        ...

    @property
    def forecasts(self) -> Forecasts:
        """Decisions, by when they end."""
        ...


class ForecastLine(Frozen):
    """One number."""

    month: date = Field(description="Its first day; a month as it is in Amsterdam.")
    channel: Channel
    collection_id: OpaqueId | None = Field(
        description="None: every picture, in a collection or not."
    )
    pictures: int


class ForecastView(Frozen):
    """What goes dark, as far as this answer has counted."""

    counted_at: datetime
    until: datetime = Field(description="Not included.")
    looked_at: int = Field(description="Pictures in which something changes by then.")
    items: list[ForecastLine]
    cursor: str | None = Field(
        description=(
            "Give it back and add what comes to these numbers. None: this is all."
        )
    )


class DarkPicture(Frozen):
    """A picture that goes dark, as it was decided just now."""

    asset_id: OpaqueId
    at: datetime


class DarkPictures(Frozen):
    """Some of the pictures behind a number."""

    items: list[DarkPicture]
    cursor: str | None


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/forecast`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/forecast",
        Operation.ASSET_LIST,
        summary="What goes dark in the months to come, if nobody does anything",
        description=(
            "Counts the released pictures that I may read, by month, channel and "
            "collection, from what was last decided about each. What is counted here is "
            "never later than what will be decided."
        ),
    )
    def read_forecast(
        months: Annotated[Months, Query()] = MONTHS_AHEAD,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[ForecastView]:
        """A part of a large library at a time."""
        walk = _Walk(services, api.require(Operation.ASSET_LIST), months, _place(cursor))
        counts = counted(walk.all())
        lines = [
            ForecastLine(
                month=slot.month,
                channel=slot.channel,
                collection_id=slot.collection_id or None,
                pictures=pictures,
            )
            for slot, pictures in sorted(counts.items())
        ]
        return reply(
            ForecastView(
                counted_at=walk.at,
                until=walk.until,
                looked_at=walk.looked,
                items=lines,
                cursor=walk.cursor,
            )
        )

    @api.route(
        HTTPMethod.GET,
        "/v1/forecast/pictures",
        Operation.ASSET_LIST,
        summary="The pictures behind a number of the forecast",
        description=(
            "Each is decided on anew: one whose consent was renewed meanwhile is not "
            "among them. A page may hold fewer than asked for and be followed by another."
        ),
    )
    def list_dark_pictures(
        month: Annotated[date, Query()],
        channel: Annotated[Channel, Query()],
        collection_id: Annotated[OpaqueId | None, Query()] = None,
        limit: Annotated[Limit, Query()] = DEFAULT_LIMIT,
        cursor: Annotated[str | None, Query()] = None,
    ) -> Response[DarkPictures]:
        """As they will be decided on, if nobody does anything."""
        user = api.require(Operation.ASSET_LIST)
        walk = _Walk(services, user, MOST_MONTHS, _place(cursor))
        slot = Slot(month.replace(day=1), channel, collection_id or "")
        items: list[DarkPicture] = []
        for each in walk.all():
            if behind(slot, [each]):
                at = _decided(services, each.asset_id, slot, walk)
                items += [DarkPicture(asset_id=each.asset_id, at=at)] if at else []
            if len(items) == limit:
                break
        return reply(DarkPictures(items=items, cursor=walk.cursor))


class _Walk:
    """Goes through what changes, for one caller, as far as one answer may cost."""

    def __init__(
        self,
        services: Services,
        user: User,
        months: int,
        after: tuple[str, str] | None,
    ) -> None:
        self._services = services
        self._user = user
        self._after = after
        self.at = services.now()
        self.until = horizon(self.at, months)
        self.looked = 0

    @property
    def cursor(self) -> str | None:
        """Where the next answer begins; None: there is nothing more."""
        return cursor_of(self._after) if self._after else None

    def all(self) -> Iterator[Darkening]:
        """What goes dark in pictures that the caller may read."""
        while self.looked < LOOKED_AT:
            page, following = self._services.forecasts.page(
                self.until, self._after, _TOGETHER
            )
            for place, record, found in page:
                self.looked += 1
                self._after = place  # whoever stops here goes on behind this one
                if found.per_channel and self._may_read(record):
                    yield found
            self._after = following
            if following is None:
                return

    def _may_read(self, record: AssetRecord) -> bool:
        """What is listed here has been released: whether it leaves is asked when used."""
        if record.over(self.at):
            return False
        scene = scenes.record_scene(self._services, record, leaves=True)
        return may(self._user, Operation.ASSET_READ, self.at, scene) is None


def _decided(
    services: Services, asset_id: str, slot: Slot, walk: _Walk
) -> datetime | None:
    """When it goes dark by the facts as they are now; None: not in that month."""
    found = services.library.picture(asset_id)
    if found is None or found[0].refused:
        return None
    _, asset, appearances = found
    facts = gather(asset, appearances, services.register, services.bases, walk.at)
    at = darkening(facts, walk.at, walk.until).get(slot.channel)
    return at if at is not None and month_of(at) == slot.month else None


def _place(cursor: str | None) -> tuple[str, str] | None:
    position = position_of(cursor, 2)
    if position is None:
        return None
    since, asset_id = position
    try:
        check_id(asset_id)
    except InvalidIdError as error:
        raise ProblemError(Problem.CURSOR_UNKNOWN) from error
    if not set(since) <= _PLACES:
        raise ProblemError(Problem.CURSOR_UNKNOWN)
    return since, asset_id
