"""Lambda entry of `await_confirmation`: the state of `erase_person` that waits."""

from typing import Any

from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.workflows import Tasks
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, await_confirmation


class AwaitConfirmationSettings(Settings):
    """What this function is told."""

    consent_table: str


_settings = AwaitConfirmationSettings.read()
_region = _settings.aws_region
_erasures = Erasures(_settings.consent_table, _region, NoTrail())
_tasks = Tasks(clients.step_functions(_region))
_log = logger("await_confirmation", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, keep the token; the answer comes later, and not from here."""
    result = await_confirmation(Event.model_validate(event), _erasures, _tasks)
    _log.info("confirmation awaited", outcome=result.outcome)
    return result.model_dump(mode="json")
