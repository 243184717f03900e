"""Lambda entry of `lapse_recognition`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.users import Users
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import lapse_recognition


class LapseRecognitionSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    user_pool_id: str


_settings = LapseRecognitionSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_mails = Mails(_settings.consent_table, _region)
_users = Users(clients.cognito(_region), _settings.user_pool_id)
_log = logger("lapse_recognition", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Look, and say what was found."""
    result = lapse_recognition(_library, _users, _mails, datetime.now(UTC))
    _log.info("recognition looked at", outcome=str(result.lapsed), count=result.told)
    return result.model_dump(mode="json")
