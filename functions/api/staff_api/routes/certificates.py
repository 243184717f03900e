"""The certificate of an erasure, for who answers for it: it names nobody."""

import base64
import hashlib
from datetime import datetime
from http import HTTPMethod
from typing import Protocol

from aws_lambda_powertools.event_handler import Response
from pydantic import Field

from beeldrecht.adapters.certificates import KeptCertificate
from beeldrecht.domain.access import Operation
from beeldrecht.domain.certificates import read
from beeldrecht.domain.erasure import Erasure, ErasureState
from beeldrecht.runtime.events import Frozen, OpaqueId
from beeldrecht.runtime.http.api import Api, reply
from beeldrecht.runtime.ports import Clocked


class Erasures(Protocol):
    """Erasures on record."""

    def get(self, erasure_id: str) -> Erasure | None:
        """One erasure as it stands."""
        ...


class Certificates(Protocol):
    """Where certificates are kept."""

    def read(self, erasure_id: str) -> KeptCertificate:
        """The certificate of an erasure that is certified."""
        ...


class Services(Clocked, Protocol):
    """What this route needs."""

    @property
    def erasures(self) -> Erasures:
        """The erasures on record."""
        ...

    @property
    def certificates(self) -> Certificates:
        """Their certificates."""
        ...


class KeptCertificateView(Frozen):
    """A certificate: the signed file and the document that it names."""

    erasure_id: OpaqueId
    issued_at: datetime
    file: str = Field(description="The signed file (JSON), in base64.")
    document: str = Field(description="The document (PDF), in base64.")
    sha256: str = Field(description="Of the signed file.")
    key_sha256: str = Field(description="Of the public key that it is signed with.")


def add_routes(api: Api, services: Services) -> None:
    """Add `GET /v1/erasures/<erasure_id>/certificate`."""

    @api.route(
        HTTPMethod.GET,
        "/v1/erasures/<erasure_id>/certificate",
        Operation.SUBJECT_REQUEST_READ,
        summary="The signed proof of an erasure that is over",
    )
    def read_certificate(erasure_id: OpaqueId) -> Response[KeptCertificateView]:
        """Both files; not there as long as the erasure is under way."""
        api.require(Operation.SUBJECT_REQUEST_READ, private=True)
        erasure = services.erasures.get(erasure_id)
        if erasure is None or erasure.state is not ErasureState.ERASED:
            raise api.missing(Operation.SUBJECT_REQUEST_READ)
        kept = services.certificates.read(erasure_id)
        signed = read(kept.file)
        return reply(
            KeptCertificateView(
                erasure_id=erasure_id,
                issued_at=signed.certificate.issued_at,
                file=base64.b64encode(kept.file).decode(),
                document=base64.b64encode(kept.pdf).decode(),
                sha256=hashlib.sha256(kept.file).hexdigest(),
                key_sha256=signed.key_name,
            )
        )
