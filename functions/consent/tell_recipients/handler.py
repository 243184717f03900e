"""Lambda entry of `tell_recipients`: a state of `withdraw_consent` and of erasures."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.disclosures import Disclosures
from beeldrecht.adapters.legal_bases import LegalBases
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.recalls import Recalls
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, tell_recipients


class TellRecipientsSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    audit_table: str


_settings = TellRecipientsSettings.read()
_region = _settings.aws_region
_trail = AuditTrail(_settings.audit_table, _region)
_library_table, _consent_table = _settings.library_table, _settings.consent_table
_library = Library(_library_table, _region)
_register = ConsentRegister(_consent_table, _region)
_bases = LegalBases(_library_table, _region, NoTrail())
_disclosures = Disclosures(_library_table, _region, NoTrail())
_recalls = Recalls(_library_table, _consent_table, _region, _trail)
_log = logger("tell_recipients", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, decide, call back."""
    result = tell_recipients(
        Event.model_validate(event),
        _library,
        _register,
        _bases,
        _disclosures,
        _recalls,
        datetime.now(UTC),
    )
    _log.info("recipients told", count=result.told)
    return result.model_dump(mode="json")
