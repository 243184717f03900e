"""Lambda entry of `sweep_decisions`: every hour by schedule, just after the hour."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import sweep_decisions


class SweepDecisionsSettings(Settings):
    """What this function is told."""

    library_table: str
    clear_asset_arn: str


_settings = SweepDecisionsSettings.read()
_region = _settings.aws_region
_library = Library(_settings.library_table, _region)
_clearance = Clearance(clients.step_functions(_region), _settings.clear_asset_arn)
_log = logger("sweep_decisions", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Sweep; the count is the answer."""
    result = sweep_decisions(_library, _clearance, datetime.now(UTC))
    _log.info("decisions swept", count=result.count)
    return result.model_dump(mode="json")
