"""Lambda entry of `user_api`: every request about the accounts of the staff."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.claims import Claims
from beeldrecht.adapters.users import Users
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .app import build


class UserApiSettings(Settings):
    """What this function is told."""

    user_pool_id: str
    library_table: str
    audit_table: str


@dataclass(frozen=True, slots=True)
class Services:
    """Everything, wired to the pool and the tables of this deployment."""

    accounts: Users
    claims: Claims
    audit: AuditTrail
    now: Callable[[], datetime]
    new_id: Callable[[], str]


_settings = UserApiSettings.read()
_region = _settings.aws_region
_services = Services(
    accounts=Users(clients.cognito(_region), _settings.user_pool_id),
    claims=Claims(_settings.library_table, _region),
    audit=AuditTrail(_settings.audit_table, _region),
    now=lambda: datetime.now(UTC),
    new_id=new_id,
)
_log = logger("user_api", _settings.log_level)
_api = build(_services, _log)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request."""
    return _api.answer(event, context)
