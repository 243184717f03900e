"""Lambda entry of `lapse_request`: the last state of `request_consent`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, lapse_request


class LapseRequestSettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str


_settings = LapseRequestSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_requests = ConsentRequests(_settings.consent_table, _region, _trail)
_log = logger("lapse_request", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, end it, answer."""
    result = lapse_request(Event.model_validate(event), _requests, datetime.now(UTC))
    _log.info("request lapsed", outcome=result.outcome)
    return result.model_dump(mode="json")
