"""Lambda entry of `ask_person`: the states of `request_consent` that wait."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.workflows import Tasks
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, ask_person


class AskPersonSettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str


_settings = AskPersonSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_requests = ConsentRequests(_settings.consent_table, _region, _trail)
_mails = Mails(_settings.consent_table, _region, _trail)
_tasks = Tasks(clients.step_functions(_region))
_log = logger("ask_person", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, ask; the answer comes later, and not from here."""
    result = ask_person(
        Event.model_validate(event), _requests, _mails, _tasks, datetime.now(UTC)
    )
    _log.info("person asked", outcome=result.outcome)
    return result.model_dump(mode="json")
