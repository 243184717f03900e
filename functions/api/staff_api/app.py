"""The staff API: one module of routes for each subject."""

from typing import Protocol

from aws_lambda_powertools import Logger

from beeldrecht.runtime.http.api import Api
from intake.request_upload import step as request_upload

from .routes import (
    assets,
    audit,
    collections,
    downloads,
    enrolment,
    faces,
    links,
    me,
    people,
    proposals,
    recognition,
    uploads,
)


class Library(
    assets.Library,
    collections.Library,
    downloads.Library,
    faces.Library,
    recognition.Library,
    request_upload.Announcements,
    Protocol,
):
    """What all the routes need of the library."""


class Register(faces.Register, people.Register, Protocol):
    """What all the routes need of the consent register."""


class Links(people.Links, links.Links, Protocol):
    """What all the routes need of the links."""


class Services(
    assets.Services,
    downloads.Services,
    uploads.Services,
    collections.Services,
    proposals.Services,
    faces.Services,
    recognition.Services,
    people.Services,
    links.Services,
    enrolment.Services,
    audit.Services,
    Protocol,
):
    """What all the routes need together."""

    @property
    def library(self) -> Library:
        """The pictures, and the recognition setting."""
        ...

    @property
    def register(self) -> Register:
        """The people, and what they agreed to."""
        ...

    @property
    def links(self) -> Links:
        """The links to their own pages."""
        ...

    @property
    def collections(self) -> collections.Collections:
        """The collections."""
        ...

    @property
    def proposals(self) -> proposals.Proposals:
        """What waits for a second person."""
        ...


def build(services: Services, log: Logger) -> Api:
    """The API with all its routes."""
    api = Api(log, services.now)
    me.add_routes(api)
    assets.add_routes(api, services)
    downloads.add_routes(api, services)
    uploads.add_routes(api, services)
    faces.add_routes(api, services)
    recognition.add_routes(api, services)
    collections.add_routes(api, services)
    acts = (faces.suggestion_act(services), recognition.switch_act(services))
    proposals.add_routes(api, services, acts)
    people.add_routes(api, services)
    links.add_routes(api, services)
    enrolment.add_routes(api, services)
    audit.add_routes(api, services)
    return api
