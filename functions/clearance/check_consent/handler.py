"""Lambda entry of `check_consent`: the last state of `clear_asset`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.serving import serving_from
from beeldrecht.runtime.settings import Settings

from .step import check_consent


class CheckConsentSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str


_settings = CheckConsentSettings.read()
_trail = AuditTrail(_settings.audit_table, _settings.aws_region)
_library = Library(_settings.library_table, _settings.aws_region, _trail)
_register = ConsentRegister(_settings.consent_table, _settings.aws_region)
_bases = LegalBases(_settings.library_table, _settings.aws_region, _trail)
_serving = serving_from(
    _settings.audit_table,
    _settings.aws_region,
    library=_settings.library_table,
    consent=_settings.consent_table,
)
_log = logger("check_consent", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, decide, answer; on a restored table, fail and decide nothing."""
    _serving.check()
    result = check_consent(
        AssetEvent.model_validate(event),
        _library,
        _register,
        _bases,
        datetime.now(UTC),
    )
    _log.info("consent checked", asset_id=result.asset_id, outcome=result.outcome)
    return result.model_dump(mode="json")
