"""The staff API: one module of routes for each subject."""

from collections.abc import Callable
from typing import Protocol

from aws_lambda_powertools import Logger

from beeldrecht.runtime.http.api import Api
from egress.download_asset import step as download_asset
from intake.import_files import step as import_files
from intake.request_upload import step as request_upload

from . import asking, subject_request_services
from .routes import (
    assets,
    attesting,
    audit,
    bases,
    breaches,
    certificates,
    collected,
    collections,
    consent_requests,
    consents,
    contacts,
    declaring,
    downloads,
    enrolment,
    erasures,
    exports,
    faces,
    films,
    forecast,
    freezes,
    governance,
    imports,
    kept_proofs,
    links,
    masking,
    me,
    metadata,
    packages,
    paper,
    people,
    proposals,
    publications,
    recalls,
    recognition,
    retention,
    sessions,
    shares,
    subject_requests,
    uploads,
    versions,
    wordings,
)


class Library(
    assets.Library,
    collections.Library,
    downloads.Library,
    masking.Library,
    declaring.Library,
    metadata.Library,
    erasures.Library,
    faces.Library,
    recognition.Library,
    import_files.Announcements,
    request_upload.Library,
    Protocol,
):
    """What all the routes need of the library."""


class Register(
    faces.Register,
    people.Register,
    consents.Register,
    paper.Register,
    consent_requests.Register,
    Protocol,
):
    """What all the routes need of the consent register."""


class Links(people.Links, links.Links, sessions.Links, shares.Links, Protocol):
    """What all the routes need of the links."""


class Requests(consent_requests.Requests, consents.Requests, paper.Requests, Protocol):
    """What all the routes need of the consent requests."""


class Mails(consent_requests.Mails, consents.Mails, exports.Mails, Protocol):
    """What all the routes need of the mails."""


class Signatures(consents.Signatures, paper.Signatures, Protocol):
    """What all the routes need of what was signed."""


class Documents(consents.Documents, paper.Documents, Protocol):
    """What all the routes need of the documents."""


class Disclosures(download_asset.Disclosures, recalls.Disclosures, Protocol):
    """What all the routes need of who received what."""


class Sessions(sessions.Sessions, consent_requests.Sessions, imports.Sessions, Protocol):
    """What all the routes need of the sessions."""


class Contacts(shares.Contacts, asking.Contacts, contacts.Contacts, Protocol):
    """What all the routes need of how people are reached."""


class Bases(bases.Bases, governance.Bases, Protocol):
    """What all the routes need of what uses rest on."""


class Services(
    packages.Services,
    assets.Services,
    downloads.Services,
    masking.Services,
    declaring.Services,
    films.Services,
    versions.Services,
    metadata.Services,
    uploads.Services,
    imports.Services,
    collections.Services,
    proposals.Services,
    faces.Services,
    forecast.Services,
    freezes.Services,
    recognition.Services,
    retention.Services,
    governance.Services,
    breaches.Services,
    people.Services,
    recalls.Services,
    shares.Services,
    publications.Services,
    exports.Services,
    certificates.Services,
    erasures.Services,
    links.Services,
    enrolment.Services,
    audit.Services,
    contacts.Services,
    wordings.Services,
    sessions.Services,
    consent_requests.Services,
    consents.Services,
    paper.Services,
    bases.Services,
    subject_request_services.Services,
    Protocol,
):
    """What all the routes need together."""

    @property
    def library(self) -> Library:
        """The pictures, and the recognition setting."""
        ...

    @property
    def erasures(self) -> erasures.Erasures:
        """The erasures on record."""
        ...

    @property
    def governance(self) -> governance.Registers:
        """The registers of who is responsible."""
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
    def contacts(self) -> Contacts:
        """How people are reached."""
        ...

    @property
    def consent_requests(self) -> Requests:
        """Who was asked."""
        ...

    @property
    def mails(self) -> Mails:
        """What is told."""
        ...

    @property
    def signatures(self) -> Signatures:
        """What was signed."""
        ...

    @property
    def documents(self) -> Documents:
        """The documents."""
        ...

    @property
    def sessions(self) -> Sessions:
        """The sessions."""
        ...

    @property
    def disclosures(self) -> Disclosures:
        """Who received which picture."""
        ...

    @property
    def bases(self) -> Bases:
        """What uses rest on besides consent."""
        ...

    @property
    def collections(self) -> collections.Collections:
        """The collections."""
        ...

    @property
    def proposals(self) -> proposals.Proposals:
        """What waits for a second person."""
        ...


def build(
    services: Services, log: Logger, ready: Callable[[], None] | None = None
) -> Api:
    """The API with all its routes; `ready` is asked before each request."""
    api = Api(log, services.now, ready)
    me.add_routes(api)
    assets.add_routes(api, services)
    downloads.add_routes(api, services)
    packages.add_routes(api, services)
    masking.add_routes(api, services)
    declaring.add_routes(api, services)
    films.add_routes(api, services)
    versions.add_routes(api, services)
    metadata.add_routes(api, services)
    uploads.add_routes(api, services)
    imports.add_routes(api, services)
    faces.add_routes(api, services)
    forecast.add_routes(api, services)
    freezes.add_routes(api, services)
    recognition.add_routes(api, services)
    governance.add_routes(api, services)
    breaches.add_routes(api, services)
    retention.add_routes(api, services)
    collections.add_routes(api, services)
    collected.add_routes(api, services)
    acts = (
        faces.suggestion_act(services),
        recognition.switch_act(services),
        retention.confirmation_act(services),
        erasures.erasure_act(services),
        kept_proofs.proof_act(services),
    )
    proposals.add_routes(api, services, acts)
    people.add_routes(api, services)
    links.add_routes(api, services)
    enrolment.add_routes(api, services)
    audit.add_routes(api, services)
    contacts.add_routes(api, services)
    wordings.add_routes(api, services)
    sessions.add_routes(api, services)
    attesting.add_routes(api, services)
    consent_requests.add_routes(api, services)
    consents.add_routes(api, services)
    paper.add_routes(api, services)
    bases.add_routes(api, services)
    recalls.add_routes(api, services)
    shares.add_routes(api, services)
    publications.add_routes(api, services)
    exports.add_routes(api, services)
    certificates.add_routes(api, services)
    erasures.add_routes(api, services)
    kept_proofs.add_routes(api, services)
    subject_requests.add_routes(api, services)
    return api
