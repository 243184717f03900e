"""Who the caller is, and what that lets them do."""

from http import HTTPMethod

from aws_lambda_powertools.event_handler import Response

from beeldrecht.domain.access import Operation, Role, ever
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply


class Me(Frozen):
    """The caller, and every operation that their roles allow on something."""

    user_id: OpaqueId
    roles: list[Role]
    affordances: list[Operation]


def add_routes(api: Api) -> None:
    """Add `GET /v1/me`."""

    @api.open_route(HTTPMethod.GET, "/v1/me", summary="Who am I, and what may I do?")
    def me() -> Response[Me]:
        """Anybody who signed in may know who they are."""
        user = api.user
        return reply(
            Me(
                user_id=user.user_id,
                roles=sorted(user.roles),
                affordances=[each for each in Operation if ever(user.roles, each)],
            )
        )
