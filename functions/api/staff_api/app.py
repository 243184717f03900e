"""The staff API: one module of routes for each subject."""

from typing import Protocol

from aws_lambda_powertools import Logger

from beeldrecht.runtime.http.api import Api

from .routes import me


class Services(me.Services, Protocol):
    """What all the routes need together."""


def build(services: Services, log: Logger) -> Api:
    """The API with all its routes."""
    api = Api(log, services.now)
    me.add_routes(api, services)
    return api
