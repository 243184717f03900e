"""Lambda entry of `begin_erasure`: a state of `erase_person` and `erase_asset`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.ledger import Ledger
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import begin_erasure


class BeginErasureSettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str


_settings = BeginErasureSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_erasures = Erasures(_settings.consent_table, _region, _trail)
_ledger = Ledger(_settings.audit_table, _region)
_log = logger("begin_erasure", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, enter, answer."""
    result = begin_erasure(
        ErasureEvent.model_validate(event), _erasures, _ledger, datetime.now(UTC)
    )
    _log.info("erasure begun", number=result.number)
    return result.model_dump(mode="json")
