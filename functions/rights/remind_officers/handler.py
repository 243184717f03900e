"""Lambda entry of `remind_officers`: every hour by schedule."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.governance import Governance
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.retention_runs import RetentionRuns
from beeldrecht.adapters.subject_requests import SubjectRequests
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.adapters.users import Users
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .others import LapsingRecords, UnreachableRecalls, WaitingRuns
from .step import Other, remind_officers


class RemindOfficersSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    user_pool_id: str


_settings = RemindOfficersSettings.read()
_region = _settings.aws_region
_library, _consent = _settings.library_table, _settings.consent_table
_requests = SubjectRequests(_consent, _region, NoTrail())
_others: Mapping[str, Other] = {
    "recalls": UnreachableRecalls(Recalls(_library, _consent, _region)),
    "records": LapsingRecords(Governance(_library, _region, NoTrail())),
    "runs": WaitingRuns(RetentionRuns(_library, _region)),
}
_mails = Mails(_consent, _region)
_users = Users(clients.cognito(_region), _settings.user_pool_id)
_log = logger("remind_officers", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Look what is due, and say how much."""
    result = remind_officers(_requests, _others, _users, _mails, datetime.now(UTC))
    _log.info("officers reminded", count=result.told)
    return result.model_dump(mode="json")
