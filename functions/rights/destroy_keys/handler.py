"""Lambda entry of `destroy_keys`: a state of `erase_person`."""

from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.key_rows import KeyRows
from beeldrecht.adapters.retention import Retention
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.wiping import Wiper
from beeldrecht.runtime import clients
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import destroy_keys


class DestroyKeysSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    biometrics_table: str
    keys_table: str
    audit_table: str


_settings = DestroyKeysSettings.read()
_region = _settings.aws_region
_dynamodb, _s3 = clients.dynamodb(_region), clients.s3(_region)
_places = Places.of(_settings.model_dump())
_trail = AuditTrail(_settings.audit_table, _region)
_erasures = Erasures(_settings.consent_table, _region, _trail)
_rows = KeyRows(Traces(_dynamodb, _s3, _places), Wiper(_dynamodb, _s3, _places))
_retention = Retention(_settings.library_table, _region)
_log = logger("destroy_keys", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, destroy, answer."""
    result = destroy_keys(
        ErasureEvent.model_validate(event), _erasures, _rows, _retention, _trail
    )
    _log.info("keys destroyed", count=result.removed)
    return result.model_dump(mode="json")
