"""Lambda entry of `collect_traces`: a state of `erase_person` and `erase_asset`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.contacts import Contacts
from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.key_ring import KeyPurpose, KeyRing
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.names_of import NamesOf
from beeldrecht.adapters.traces import Places, Traces
from beeldrecht.adapters.typed_texts import TypedTexts
from beeldrecht.runtime import clients
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import collect_traces


class CollectTracesSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    biometrics_table: str
    keys_table: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    exports_bucket: str
    documents_bucket: str
    people_key_arn: str


_settings = CollectTracesSettings.read()
_region = _settings.aws_region
_dynamodb, _s3 = clients.dynamodb(_region), clients.s3(_region)
_places = Places.of(_settings.model_dump())
_trail = AuditTrail(_settings.audit_table, _region)
_erasures = Erasures(_settings.consent_table, _region, _trail)
_library = Library(_settings.library_table, _region)
_traces = Traces(_dynamodb, _s3, _places)
_ring = KeyRing(
    _settings.keys_table,
    _region,
    clients.kms(_region),
    _settings.people_key_arn,
    KeyPurpose.CONTACT,
)
_names = NamesOf(
    ConsentRegister(_settings.consent_table, _region),
    Contacts(_settings.consent_table, _region, _trail),
    _ring,
)
_typed = TypedTexts(_dynamodb, _places)
_log = logger("collect_traces", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, look, plan."""
    result = collect_traces(
        ErasureEvent.model_validate(event),
        _erasures,
        _traces,
        _library,
        _names,
        _typed,
        datetime.now(UTC),
    )
    _log.info("traces collected", outcome=result.outcome)
    return result.model_dump(mode="json")
