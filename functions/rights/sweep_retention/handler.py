"""Lambda entry of `sweep_retention`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.workflows import Workflow
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import sweep_retention


class SweepRetentionSettings(Settings):
    """What this function is told."""

    library_table: str
    apply_retention_arn: str


_settings = SweepRetentionSettings.read()
_region, _library = _settings.aws_region, _settings.library_table
_runs = RetentionRuns(_library, _region)
_retention = Retention(_library, _region)
_workflow = Workflow(clients.step_functions(_region), _settings.apply_retention_arn)
_log = logger("sweep_retention", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Sweep; the counts are the answer."""
    result = sweep_retention(_runs, _retention, _workflow, datetime.now(UTC))
    _log.info("retention swept", count=result.begun + result.restarted)
    return result.model_dump(mode="json")
