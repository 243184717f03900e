"""Lambda entry of `apply_retention`: a state of the workflow of that name."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.audit_ending import AuditEnding
from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.checkpoints import Checkpoints
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.adapters.plain_items import Tables
from beeldrecht.adapters.retained import Retained
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.runtime import clients
from beeldrecht.runtime.expiring import House
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, Keeping, apply_retention

_LEAVE_MS = 30_000
"""Time that a page may take at the worst: none is begun with less left."""


class ApplyRetentionSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    biometrics_table: str
    audit_table: str
    documents_bucket: str
    checkpoints_bucket: str
    clear_asset_arn: str


_settings = ApplyRetentionSettings.read()
_region, _library = _settings.aws_region, _settings.library_table
_trail = AuditTrail(_settings.audit_table, _region)
_keeping = Keeping(
    runs=RetentionRuns(_library, _region, _trail),
    retained=Retained(
        clients.dynamodb(_region),
        Tables(_library, _settings.consent_table, _settings.biometrics_table),
    ),
    house=House(
        library=Library(_library, _region, _trail),
        erasures=Erasures(_settings.consent_table, _region, _trail),
        documents=Documents(clients.s3(_region), _settings.documents_bucket),
        retention=Retention(_library, _region),
        clearance=Clearance(clients.step_functions(_region), _settings.clear_asset_arn),
        audit=_trail,
    ),
    chains=AuditEnding(
        _trail,
        AuditReader(clients.dynamodb(_region), _settings.audit_table),
        Checkpoints(clients.s3(_region), _settings.checkpoints_bucket),
    ),
)
_log = logger("apply_retention", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Parse, go on as long as there is time, answer."""
    result = apply_retention(
        Event.model_validate(event),
        _keeping,
        lambda: datetime.now(UTC),
        lambda: context.get_remaining_time_in_millis() > _LEAVE_MS,
    )
    _log.info("run taken on", outcome=result.outcome.value)
    return result.model_dump(mode="json")
