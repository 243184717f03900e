"""Lambda entry of `assess_breach`: called for a breach that was recorded."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_search import AuditSearch
from beeldrecht.adapters.breaches import Breaches, Reach
from beeldrecht.adapters.users import Users
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, assess_breach


class AssessBreachSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    user_pool_id: str


_settings = AssessBreachSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_breaches = Breaches(_settings.library_table, _region, _trail)
_search = AuditSearch(_settings.audit_table, _region)
_reach = Reach(_settings.library_table, _settings.consent_table, _region)
_users = Users(clients.cognito(_region), _settings.user_pool_id)
_log = logger("assess_breach", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Look up, record, and say how many."""
    result = assess_breach(
        Event.model_validate(event), _breaches, _search, _reach, _users, datetime.now(UTC)
    )
    _log.info("breach assessed", count=result.people or 0)
    return result.model_dump(mode="json")
