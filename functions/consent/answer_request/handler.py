"""Lambda entry of `answer_request`: the first state of `renew_consent`."""

from typing import Any

from beeldrecht.adapters.consent_requests import ConsentRequests
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.workflows import Tasks
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, answer_request


class AnswerRequestSettings(Settings):
    """What this function is told."""

    consent_table: str


_settings = AnswerRequestSettings.read()
_region = _settings.aws_region
_requests = ConsentRequests(_settings.consent_table, _region, NoTrail())
_tasks = Tasks(clients.step_functions(_region))
_log = logger("answer_request", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, tell, answer."""
    result = answer_request(Event.model_validate(event), _requests, _tasks)
    _log.info("request answered", outcome=result.outcome)
    return result.model_dump(mode="json")
