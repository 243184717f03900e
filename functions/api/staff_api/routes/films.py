"""What a film is, and where faces were seen in it."""

from http import HTTPMethod
from typing import Protocol

from aws_lambda_powertools.event_handler import Response
from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.films import Film, Frame
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply

from .. import sights
from ..sights import sight_of


class Films(Protocol):
    """What is known of films."""

    def film(self, asset_id: str) -> Film | None:
        """What a film is; None for what is none."""
        ...

    def frames(self, asset_id: str) -> tuple[Frame, ...] | None:
        """Where faces were seen; None: that is kept no longer."""
        ...


class Services(sights.Services, Protocol):
    """What this route needs."""

    @property
    def films(self) -> Films:
        """The films."""
        ...


class FrameBoxView(Frozen):
    """A rectangle in upright pixels of the film, from its top left."""

    x: int
    y: int
    width: int
    height: int


class FrameView(Frozen):
    """One frame that was looked at."""

    at_ms: int = Field(description="Milliseconds from the beginning.")
    face_count: int
    boxes: list[FrameBoxView] = Field(
        description="Of the largest faces. Who they are is neither known nor compared."
    )


class FilmView(Frozen):
    """What a film is, and what was seen in the frames that were looked at."""

    asset_id: OpaqueId
    duration_ms: int | None = Field(description="None: the file does not say.")
    codec: str
    width: int = Field(description="Upright pixels.")
    height: int
    size: int = Field(description="Bytes of the file that came.")
    poster_ms: int = Field(description="The instant that became its picture.")
    complete: bool = Field(
        description="Whether every frame that was to be looked at could be."
    )
    frames: list[FrameView] | None = Field(
        description=(
            "In the order of their instants, as they stand on the rendition `frames`,"
            " row by row. Between them others may appear. None: kept no longer."
        )
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the route that tells what a film is."""

    @api.route(
        HTTPMethod.GET,
        "/v1/assets/<asset_id>/film",
        Operation.ASSET_READ,
        summary="How long a film is, and in which of its frames faces were seen",
    )
    def read_film(asset_id: OpaqueId) -> Response[FilmView]:
        """Only boxes: nobody was told apart from anybody, and nobody recognised."""
        sight = sight_of(api, services, Operation.ASSET_READ, asset_id)
        film, original = services.films.film(asset_id), sight.record.original
        if film is None or original is None:
            raise api.missing(Operation.ASSET_READ)
        frames = services.films.frames(asset_id)
        return reply(
            FilmView(
                asset_id=asset_id,
                duration_ms=film.duration_ms,
                codec=film.codec,
                width=film.width,
                height=film.height,
                size=original.size,
                poster_ms=film.poster_ms,
                complete=film.complete,
                frames=None if frames is None else [_frame(each) for each in frames],
            )
        )


def _frame(frame: Frame) -> FrameView:
    return FrameView(
        at_ms=frame.at_ms,
        face_count=frame.face_count,
        boxes=[
            FrameBoxView(x=box.x, y=box.y, width=box.width, height=box.height)
            for box in frame.boxes
        ],
    )
