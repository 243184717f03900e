"""Lambda entry of `note_delivery`: the queue `deliveries`, which SES's events fill."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.mails import Mails
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import Answer, drain
from beeldrecht.runtime.settings import Settings

from .step import Event, note_delivery


class NoteDeliverySettings(Settings):
    """What this function is told."""

    consent_table: str
    audit_table: str


_settings = NoteDeliverySettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_mails = Mails(_settings.consent_table, _region, _trail)
_contacts = Contacts(_settings.consent_table, _region, _trail)
_log = logger("note_delivery", _settings.log_level)


def _handle(body: str) -> None:
    result = note_delivery(Event.model_validate_json(body), _mails, _contacts)
    _log.info("delivery noted", outcome=result.state)


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each message by itself; those that fail are delivered again."""
    return drain(event, context, _handle, _log)
