"""Lambda entry of `destroy_template`: a state of `withdraw_consent` and `relook`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.template_rows import TemplateRows
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, destroy_template


class DestroyTemplateSettings(Settings):
    """What this function is told."""

    consent_table: str
    biometrics_table: str
    audit_table: str


_settings = DestroyTemplateSettings.read()
_region = _settings.aws_region
_register = ConsentRegister(_settings.consent_table, _region)
_rows = TemplateRows(_settings.biometrics_table, _region)
_trail = AuditTrail(_settings.audit_table, _region)
_log = logger("destroy_template", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, destroy what nothing carries, answer."""
    result = destroy_template(
        Event.model_validate(event), _register, _rows, _trail, lambda: datetime.now(UTC)
    )
    _log.info("template looked at", outcome=result.outcome, count=result.removed)
    return result.model_dump(mode="json")
