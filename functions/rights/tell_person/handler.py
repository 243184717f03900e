"""Lambda entry of `tell_person`: a state of `erase_person`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.mails import Mails
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import tell_person


class TellPersonSettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str


_settings = TellPersonSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_erasures = Erasures(_settings.consent_table, _region, _trail)
_mails = Mails(_settings.consent_table, _region, _trail)
_log = logger("tell_person", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, tell, answer."""
    result = tell_person(
        ErasureEvent.model_validate(event), _erasures, _mails, datetime.now(UTC)
    )
    _log.info("person told", outcome=result.outcome)
    return result.model_dump(mode="json")
