"""Lambda entry of `confirm_appearance`: invoked for a person."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, confirm_appearance


class ConfirmAppearanceSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    clear_asset_arn: str


_settings = ConfirmAppearanceSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_register = ConsentRegister(_settings.consent_table, _region)
_clearance = Clearance(clients.step_functions(_region), _settings.clear_asset_arn)
_log = logger("confirm_appearance", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, record, have it decided on, answer."""
    result = confirm_appearance(
        Event.model_validate(event),
        _library,
        _register,
        _clearance,
        lambda: datetime.now(UTC),
    )
    _log.info("appearance settled", asset_id=result.asset_id, status=result.status)
    return result.model_dump(mode="json")
