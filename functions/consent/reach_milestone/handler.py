"""Lambda entry of `reach_milestone`: the schedules of milestones."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.domain.milestones import days_from
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, reach_milestone


class ReachMilestoneSettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str
    milestone_days: str


_settings = ReachMilestoneSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_register = ConsentRegister(_settings.consent_table, _region)
_documents = Signatures(_settings.consent_table, _region, NoTrail())
_mails = Mails(_settings.consent_table, _region, _trail)
_days = days_from(_settings.milestone_days)
_log = logger("reach_milestone", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, look, tell."""
    result = reach_milestone(
        Event.model_validate(event),
        _register,
        _documents,
        _mails,
        datetime.now(UTC),
        _days,
    )
    _log.info("milestone reached", count=result.told)
    return result.model_dump(mode="json")
