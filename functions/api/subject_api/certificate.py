"""The certificate of an erasure, for who was erased: nobody here knows who that was."""

import base64
import hashlib
from datetime import datetime
from http import HTTPMethod

from aws_lambda_powertools.event_handler import Response
from pydantic import Field

from beeldrecht.domain.certificates import read
from beeldrecht.domain.erasure import ErasureState
from beeldrecht.domain.links import LinkPurpose
from beeldrecht.domain.problems import Problem
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.http.problems import ProblemError

from .door import Door
from .services import Services


class CertificateView(Frozen):
    """A certificate: the signed file and the document that it names."""

    erasure_id: str
    issued_at: datetime
    json_: str = Field(alias="json", description="The signed file, in base64.")
    pdf: str = Field(description="The document, in base64.")
    sha256: str = Field(description="Of the signed file.")
    key_sha256: str = Field(description="Of the public key that it is signed with.")
    link_ends_at: datetime


def add_routes(api: Api, services: Services, door: Door) -> None:
    """Add `POST /subject/certificate`."""

    @api.open_route(
        HTTPMethod.POST, "/subject/certificate", summary="The proof of my erasure"
    )
    def own_certificate() -> Response[CertificateView]:
        """The certificate; not there as long as the erasure is under way.

        The link's subject is the erasure. Looking is recorded before it is answered.
        """
        at = services.now()
        link = door.let_in(at, LinkPurpose.CERTIFICATE).link
        erasure_id = link.subject_id
        erasure = services.erasures.get(erasure_id)
        if erasure is None or erasure.state is not ErasureState.ERASED:
            raise ProblemError(Problem.NOT_FOUND)
        kept = services.certificates.read(erasure_id)
        signed = read(kept.file)
        services.audit.append(
            scope=erasure_id,
            entry_id=f"api:certificate:read:{services.new_id()}",
            tag="api:certificate:read",
            at=at,
            actor=link.link_id,
            data={},
        )
        view = CertificateView(
            erasure_id=erasure_id,
            issued_at=signed.certificate.issued_at,
            json=base64.b64encode(kept.file).decode(),
            pdf=base64.b64encode(kept.pdf).decode(),
            sha256=hashlib.sha256(kept.file).hexdigest(),
            key_sha256=signed.key_name,
            link_ends_at=link.expires_at,
        )
        return reply(view)
