"""The copy of what was signed, to keep."""

import base64
import hashlib
from http import HTTPMethod
from typing import Annotated

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import Field

from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.paper import media_type_of
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .asked import person_of
from .door import Door
from .services import Services


class OtherDocumentError(Exception):
    """What is kept is not the document that was made: somebody changed it."""


class DocumentOrder(Frozen):
    """Which document."""

    quitclaim_id: OpaqueId


class DocumentView(Frozen):
    """A signed document, whole: the PDF that was made, or the scan of a form."""

    media_type: str
    content: str = Field(description="In base64.")
    sha256: str


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/document`."""

    @api.open_route(
        HTTPMethod.POST, "/subject/document", summary="The copy of what I signed"
    )
    def own_document(order: Annotated[DocumentOrder, Body()]) -> Response[DocumentView]:
        """The document of a signature; not there until it was made.

        Looking is recorded before it is answered.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.OWN_PAGE).link
        person_of(services, link)
        person_id, quitclaim_id = link.subject_id, order.quitclaim_id
        # Filed under this person: the bucket knows documents and not whose they are.
        sha256 = services.signatures.document_sha256(person_id, quitclaim_id)
        sealed = services.documents.read(quitclaim_id) if sha256 else None
        if sha256 is None or sealed is None:
            raise ProblemError(Problem.NOT_FOUND)
        plain = services.names.proof.open(person_id, sealed)
        kind = media_type_of(plain)
        if kind is None or hashlib.sha256(plain).hexdigest() != sha256:
            raise OtherDocumentError(quitclaim_id)
        services.audit.append(
            scope=person_id,
            entry_id=f"api:document:read:{services.new_id()}",
            tag="api:document:read",
            at=at,
            actor=link.link_id,
            data={"quitclaim_id": quitclaim_id},
        )
        content = base64.b64encode(plain).decode()
        return reply(DocumentView(media_type=kind, content=content, sha256=sha256))
