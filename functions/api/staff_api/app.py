"""The staff API: one module of routes for each subject."""

from typing import Protocol

from aws_lambda_powertools import Logger

from beeldrecht.runtime.http.api import Api

from .routes import assets, faces, me, recognition


class Library(assets.Library, faces.Library, recognition.Library, Protocol):
    """What all the routes need of the library."""


class Register(faces.Register, Protocol):
    """What all the routes need of the consent register."""


class Services(assets.Services, faces.Services, recognition.Services, Protocol):
    """What all the routes need together."""

    @property
    def library(self) -> Library:
        """The pictures, and the recognition setting."""
        ...

    @property
    def register(self) -> Register:
        """The people, and what they agreed to."""
        ...


def build(services: Services, log: Logger) -> Api:
    """The API with all its routes."""
    api = Api(log, services.now)
    me.add_routes(api)
    assets.add_routes(api, services)
    faces.add_routes(api, services)
    recognition.add_routes(api, services)
    return api
