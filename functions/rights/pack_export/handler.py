"""Lambda entry of `pack_export`: a state of `export_person`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.export_files import ExportFiles
from beeldrecht.adapters.exports import Exports
from beeldrecht.adapters.retention import Retention
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, pack_export


class PackExportSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    exports_bucket: str


_settings = PackExportSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_exports = Exports(_settings.consent_table, _region, _trail)
_files = ExportFiles(clients.s3(_region), _settings.exports_bucket)
_retention = Retention(_settings.library_table, _region)
_log = logger("pack_export", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, pack, answer."""
    result = pack_export(
        Event.model_validate(event),
        _exports,
        _files,
        _retention,
        lambda: datetime.now(UTC),
    )
    _log.info("export packed", outcome=result.outcome)
    return result.model_dump(mode="json")
