"""Lambda entry of `renew_templates`: called by an operator, page after page."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.biometrics import Templates
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.person_ids import PersonIds
from beeldrecht.adapters.rotations import Rotations
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings
from beeldrecht_recognition.rotation import turned, turned_back
from beeldrecht_recognition.templates import MODEL_ID

from .step import Event, renew_templates


class RenewTemplatesSettings(Settings):
    """What this function is told."""

    consent_table: str
    biometrics_table: str
    biometrics_key_arn: str
    audit_table: str


def _now() -> datetime:
    return datetime.now(UTC)


_settings = RenewTemplatesSettings.read()
_region, _key = _settings.aws_region, _settings.biometrics_key_arn
_kms = clients.kms(_region)
_people = PersonIds(_settings.consent_table, _region)
_trail = AuditTrail(_settings.audit_table, _region)
_rotations = Rotations(_kms, _key, _now, turned, turned_back)
_templates = Templates(
    KeyRing(_settings.biometrics_table, _region, _kms, _key, KeyPurpose.BIOMETRIC),
    rotations=_rotations,
)
_log = logger("renew_templates", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, renew for as long as there is time, answer how far it came."""
    result = renew_templates(
        Event.model_validate(event),
        _people,
        _templates,
        _rotations,
        _trail,
        MODEL_ID,
        _now,
    )
    _log.info("templates renewed", outcome=result.outcome, count=result.renewed)
    return result.model_dump(mode="json")
