"""Lambda entry of `plan_milestones`: a state of `renew_consent`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.schedules import Schedules, Target
from beeldrecht.adapters.signatures import Signatures
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.domain.milestones import days_from
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, plan_milestones


class PlanMilestonesSettings(Settings):
    """What this function is told."""

    consent_table: str
    milestones_group: str
    milestones_role_arn: str
    reach_milestone_arn: str
    schedules_dead_arn: str
    milestone_days: str


_settings = PlanMilestonesSettings.read()
_region = _settings.aws_region
_register = ConsentRegister(_settings.consent_table, _region)
_documents = Signatures(_settings.consent_table, _region, NoTrail())
_schedules = Schedules(
    clients.scheduler(_region),
    Target(
        group=_settings.milestones_group,
        function_arn=_settings.reach_milestone_arn,
        role_arn=_settings.milestones_role_arn,
        dead_letters_arn=_settings.schedules_dead_arn,
    ),
)
_days = days_from(_settings.milestone_days)
_log = logger("plan_milestones", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, plan, answer."""
    result = plan_milestones(
        Event.model_validate(event),
        _register,
        _documents,
        _schedules,
        datetime.now(UTC),
        _days,
    )
    _log.info("milestones planned", count=result.planned)
    return result.model_dump(mode="json")
