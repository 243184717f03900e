"""The API for people without an account: a link is their leave.

Nobody signs in here (R5). Whoever holds a link is let in, so each caller passes two
buckets first: one for their network, which bounds guessing, and one for the link, which
bounds what a link that leaked can do. A link that is unknown, used, taken back or
ended is refused in the same words after the same reads.
"""

from collections.abc import Callable

from aws_lambda_powertools import Logger

from beeldrecht.runtime.http.api import Api

from . import (
    certificate,
    change,
    document,
    export,
    outside,
    page,
    recall,
    renew,
    request,
    rights,
    share,
    sign,
    withdraw,
)
from .door import Door
from .services import Services


def build(
    services: Services, log: Logger, ready: Callable[[], None] | None = None
) -> Api:
    """The API with all its routes; `ready` is asked before each request."""
    api = Api(log, services.now, ready)
    door = Door(api, services)
    routes = (request, sign, renew, page, change, withdraw, rights, document, recall)
    for each in (*routes, certificate, export, share):
        each.add_routes(api, services, door)
    outside.add_routes(api, services)
    return api
