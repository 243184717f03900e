"""Lambda entry of `release_asset`: invoked for a person."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, release_asset


class ReleaseAssetSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str


_settings = ReleaseAssetSettings.read()
_trail = AuditTrail(_settings.audit_table, _settings.aws_region)
_library = Library(_settings.library_table, _settings.aws_region, _trail)
_register = ConsentRegister(_settings.consent_table, _settings.aws_region)
_log = logger("release_asset", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, release, answer."""
    result = release_asset(
        Event.model_validate(event),
        _library,
        _register,
        lambda: datetime.now(UTC),
    )
    _log.info("asset released", asset_id=result.asset_id, count=len(result.channels))
    return result.model_dump(mode="json")
