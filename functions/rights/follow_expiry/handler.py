"""Lambda entry of `follow_expiry`: what went from the tables by its date."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.documents import Documents
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.adapters.retention import Retention
from beeldrecht.domain.expired import Expired
from beeldrecht.runtime import clients
from beeldrecht.runtime.expiring import House
from beeldrecht.runtime.expiry_stream import follow
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import Answer
from beeldrecht.runtime.settings import Settings

from .step import follow_expiry


class FollowExpirySettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str
    documents_bucket: str
    clear_asset_arn: str


_settings = FollowExpirySettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_house = House(
    library=Library(_settings.library_table, _region, _trail),
    erasures=Erasures(_settings.consent_table, _region, _trail),
    documents=Documents(clients.s3(_region), _settings.documents_bucket),
    retention=Retention(_settings.library_table, _region),
    clearance=Clearance(clients.step_functions(_region), _settings.clear_asset_arn),
    audit=_trail,
)
_log = logger("follow_expiry", _settings.log_level)


def _handle(expired: Expired) -> None:
    outcome = follow_expiry(expired, _house, datetime.now(UTC))
    _log.info("end followed", reason=expired.kind.value, outcome=outcome.value)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each record by itself; from the first that fails on, they are delivered again."""
    return follow(event, context, _handle, _log)
