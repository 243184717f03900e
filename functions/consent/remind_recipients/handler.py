"""Lambda entry of `remind_recipients`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.mails import Mails
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import remind_recipients


class RemindRecipientsSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str


_settings = RemindRecipientsSettings.read()
_region = _settings.aws_region
_library_table, _consent_table = _settings.library_table, _settings.consent_table
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_library_table, _region)
_register = ConsentRegister(_consent_table, _region)
_bases = LegalBases(_library_table, _region, NoTrail())
_disclosures = Disclosures(_library_table, _region, NoTrail())
_recalls = Recalls(_library_table, _consent_table, _region, _trail)
_mails = Mails(_consent_table, _region)
_log = logger("remind_recipients", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Follow what is open; the counts are the answer."""
    result = remind_recipients(
        _library,
        _register,
        _bases,
        _disclosures,
        _recalls,
        _mails,
        datetime.now(UTC),
    )
    _log.info("recalls followed", count=result.looked_at, reminded=result.reminded)
    return result.model_dump(mode="json")
