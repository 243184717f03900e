"""Links to the page that somebody opens about themselves: made, listed, taken back."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from typing import Annotated, Literal, Protocol

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.access import Operation
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.links import (
    TERMS,
    Link,
    LinkPurpose,
    LinkState,
    address_of,
    new_token,
    token_digest,
)
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.ports import Clocked


class Register(Protocol):
    """Who is on record."""

    def knows(self, person_id: str) -> bool:
        """Whether there is such a person."""
        ...


class Links(Protocol):
    """Where links are recorded."""

    def create(self, link: Link, digest: str, entry: NewEntry) -> None:
        """Record one with its audit entry."""
        ...

    def revoke(self, person_id: str, link_id: str, at: datetime, entry: NewEntry) -> bool:
        """Take one back; False when that person has none such."""
        ...


class Services(Clocked, Protocol):
    """What these routes need."""

    @property
    def register(self) -> Register:
        """The consent register."""
        ...

    @property
    def links(self) -> Links:
        """The links."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the site, as this deployment was told it."""
        ...

    @property
    def new_id(self) -> Callable[[], str]:
        """What makes identifiers."""
        ...


class LinkOrder(Frozen):
    """What the link is to open."""

    purpose: Literal[LinkPurpose.OWN_PAGE] = LinkPurpose.OWN_PAGE


class MadeLink(Frozen):
    """A link, told once: nobody can tell it again."""

    link_id: OpaqueId
    url: str = Field(description="Whoever has it is let in. It is shown this once.")
    expires_at: datetime


class RevokedLink(Frozen):
    """A link that works no more."""

    link_id: OpaqueId
    state: LinkState


def add_routes(api: Api, services: Services) -> None:
    """Add the routes under `/v1/people/{person_id}/links`."""

    @api.route(
        HTTPMethod.POST,
        "/v1/people/<person_id>/links",
        Operation.LINK_CREATE,
        summary="Make the link with which somebody sees what is theirs",
        status_code=HTTPStatus.CREATED,
    )
    def create_link(
        person_id: OpaqueId, order: Annotated[LinkOrder, Body()]
    ) -> Response[MadeLink]:
        """Every call makes another link, with a token that is kept nowhere.

        So there is no key that makes a repetition count once: the first answer cannot be
        given twice. A link whose answer was lost is held by nobody, and ends.
        """
        user = api.require(Operation.LINK_CREATE, private=True)
        if not services.register.knows(person_id):
            raise api.missing(Operation.LINK_CREATE)
        at, terms = services.now(), TERMS[order.purpose]
        link = Link(
            link_id=services.new_id(),
            subject_id=person_id,
            purpose=order.purpose,
            created_by=user.user_id,
            created_at=at,
            expires_at=at + terms.lasts,
            max_uses=terms.uses,
        )
        token = new_token()
        entry = _entry("api:link:create", link.subject_id, link.link_id, user.user_id, at)
        services.links.create(link, token_digest(token), entry)
        return reply(
            MadeLink(
                link_id=link.link_id,
                url=address_of(services.site_url, link.purpose, token),
                expires_at=link.expires_at,
            ),
            HTTPStatus.CREATED,
        )

    @api.route(
        HTTPMethod.DELETE,
        "/v1/people/<person_id>/links/<link_id>",
        Operation.LINK_CREATE,
        summary="Take a link back",
    )
    def revoke_link(person_id: OpaqueId, link_id: OpaqueId) -> Response[RevokedLink]:
        """It works no more from this answer on; taking it back again changes nothing."""
        user = api.require(Operation.LINK_CREATE, private=True)
        at = services.now()
        entry = _entry("api:link:revoke", person_id, link_id, user.user_id, at)
        if not services.links.revoke(person_id, link_id, at, entry):
            raise api.missing(Operation.LINK_CREATE)
        return reply(RevokedLink(link_id=link_id, state=LinkState.REVOKED))


def _entry(tag: str, person_id: str, link_id: str, actor: str, at: datetime) -> NewEntry:
    return NewEntry(
        subject=person_id,
        entry_id=f"{tag}:{link_id}",
        tag=tag,
        at=at,
        actor=actor,
        data={"link_id": link_id},
    )
