"""Lambda entry of `gather_export`: a state of `export_person`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.links import Links
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.sessions import Sessions
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.wordings import Wordings
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .records import Records
from .step import Event, gather_export


class GatherExportSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    keys_table: str
    people_key_arn: str
    audit_table: str
    documents_bucket: str
    exports_bucket: str
    controller: str
    controller_contact: str


_settings = GatherExportSettings.read()
_region, _table = _settings.aws_region, _settings.consent_table
_s3 = clients.s3(_region)
_nothing_written = NoTrail()
_names = KeyRing(
    _settings.keys_table,
    _region,
    clients.kms(_region),
    _settings.people_key_arn,
    KeyPurpose.CONTACT,
)
_exports = Exports(_table, _region, _nothing_written)
_records = Records(
    register=ConsentRegister(_table, _region),
    contacts=Contacts(_table, _region, _nothing_written),
    signatures=Signatures(_table, _region, _nothing_written),
    wordings=Wordings(_table, _region, _nothing_written),
    documents=Documents(_s3, _settings.documents_bucket),
    requests=ConsentRequests(_table, _region, _nothing_written),
    subject_requests=SubjectRequests(_table, _region, _nothing_written, _names),
    mails=Mails(_table, _region),
    links=Links(_table, _region, _nothing_written),
    sessions=Sessions(_settings.library_table, _region, _nothing_written),
    trail=AuditTrail(_settings.audit_table, _region),
    library=Library(_settings.library_table, _region),
    exports=_exports,
    names=_names,
    proof=_names.proof,
    controller=_settings.controller,
    controller_contact=_settings.controller_contact,
)
_parts = ExportFiles(_s3, _settings.exports_bucket)
_serving = serving_from(
    _settings.audit_table, _region, library=_settings.library_table, consent=_table
)
_log = logger("gather_export", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, gather, answer; of a restored table nothing is given to anybody."""
    _serving.check()
    result = gather_export(
        Event.model_validate(event), _exports, _records, _parts, datetime.now(UTC)
    )
    _log.info("export gathered", outcome=result.outcome)
    return result.model_dump(mode="json")
