"""Lambda entry of `certify_erasure`: the last state of an erasure."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.certificates import Certificates, Signer
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.ledger import ConsentMarks, Ledger, LibraryMarks
from beeldrecht.adapters.retention import Retention
from beeldrecht.runtime import clients
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings
from beeldrecht_mail.certificate import certificate_pdf

from .step import Office, certify_erasure


class CertifyErasureSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    documents_bucket: str
    certificate_key_arn: str
    controller: str


_settings = CertifyErasureSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_erasures = Erasures(_settings.consent_table, _region, _trail)
_marks = (
    LibraryMarks(_settings.library_table, _region),
    ConsentMarks(_settings.consent_table, _region),
)
_ledger = Ledger(_settings.audit_table, _region, _marks)
_retention = Retention(_settings.library_table, _region)
_office = Office(
    controller=_settings.controller,
    signer=Signer(clients.kms(_region), _settings.certificate_key_arn),
    certificates=Certificates(clients.s3(_region), _settings.documents_bucket),
    typeset=certificate_pdf,
)
_log = logger("certify_erasure", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, certify, answer."""
    result = certify_erasure(
        ErasureEvent.model_validate(event),
        _erasures,
        _ledger,
        _retention,
        _office,
        datetime.now(UTC),
    )
    _log.info("erasure certified", outcome=result.outcome)
    return result.model_dump(mode="json")
