"""Who is in a file that cannot be looked through: a person says so."""

from http import HTTPMethod
from typing import Annotated, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Header
from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.declarations import MOST_DECLARED
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime import facts
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.conditions import unchanged_since
from beeldrecht.runtime.http.problems import ProblemError
from beeldrecht.runtime.ports import Clearance
from clearance.declare_file import step as declare_step

from .. import sights
from ..sights import sight_of
from ..views import AssetView, view_of


class Library(declare_step.Pictures, Protocol):
    """The files, and what people say of them."""


class Register(declare_step.Register, facts.Register, Protocol):
    """The people, and what they agreed to."""


class Services(sights.Services, Protocol):
    """What this route needs."""

    @property
    def library(self) -> Library:
        """The files."""
        ...

    @property
    def register(self) -> Register:
        """The people."""
        ...

    @property
    def clearance(self) -> Clearance:
        """The workflow that decides."""
        ...


class FileDeclaration(Frozen):
    """Who is in what cannot be looked through."""

    people: Annotated[frozenset[OpaqueId], Field(max_length=MOST_DECLARED)] = Field(
        description="Everybody who is in it. Empty: nobody is."
    )
    rest_stays: bool = Field(
        default=False,
        description=(
            "Of a document: only its first page is used, and the file never leaves."
            " Then it names nobody."
        ),
    )


def add_routes(api: Api, services: Services) -> None:
    """Add the route that declares who is in a file."""

    @api.route(
        HTTPMethod.PUT,
        "/v1/assets/<asset_id>/declaration",
        Operation.APPEARANCE_CONFIRM,
        summary="Say who is in a document or another file, or that nobody is",
        description=(
            "In place of what was said before; a release ends with that. Of a picture "
            "nothing is declared: its faces are named one by one."
        ),
    )
    def declare_file(
        asset_id: OpaqueId,
        said: Annotated[FileDeclaration, Body()],
        if_match: Annotated[str | None, Header(alias="If-Match")] = None,
    ) -> Response[AssetView]:
        """Whoever declares says with it that they looked at all of the file."""
        operation = Operation.APPEARANCE_CONFIRM
        sight = sight_of(api, services, operation, asset_id)
        unchanged_since(if_match, sight.record.revision)
        if said.rest_stays and said.people:
            raise ProblemError(Problem.INVALID_REQUEST)
        event = declare_step.Event(
            asset_id=asset_id, actor_id=api.user.user_id, **dict(said)
        )
        try:
            declare_step.declare_file(
                event,
                sight.pinned(services.library),
                services.register,
                services.clearance,
                services.now,
            )
        except declare_step.UnknownPersonError as error:
            raise api.missing(operation) from error
        except declare_step.NotDeclarableError as error:
            raise ProblemError(Problem.CONFLICT) from error
        now = sight_of(api, services, operation, asset_id)
        view = view_of(now, api.user, api.language)
        return reply(view, revision=now.record.revision)
