"""Lambda entry of `suggest_people`: a state of `clear_asset`, under a permit only."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.person_ids import PersonIds
from beeldrecht.runtime import clients
from beeldrecht.runtime.enrolled import kept_templates
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.settings import Settings
from beeldrecht_recognition.embedding import computed_templates
from beeldrecht_recognition.recogniser import OwnRecogniser
from beeldrecht_recognition.rotation import turned, turned_back

from .step import suggest_people


class SuggestPeopleSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str
    biometrics_table: str
    biometrics_key_arn: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    models_dir: Path = Path("/opt/models")
    pixel_limit: int = 200_000_000


_settings = SuggestPeopleSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_register = ConsentRegister(_settings.consent_table, _region)
_everybody = PersonIds(_settings.consent_table, _region)
_pixels = FullSize(
    Originals(_s3, _settings.originals_bucket),
    Renditions(_s3, _settings.renditions_bucket),
)
_enrolled = kept_templates(
    _region,
    _settings.biometrics_table,
    _settings.biometrics_key_arn,
    turned,
    turned_back,
)
_recogniser = OwnRecogniser(_settings.models_dir, _settings.pixel_limit)
_log = logger("suggest_people", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, compare under a permit, answer with a count."""
    result = suggest_people(
        AssetEvent.model_validate(event),
        _library,
        _register,
        _enrolled,
        _everybody,
        _pixels,
        _recogniser,
        lambda: datetime.now(UTC),
    )
    _log.info(
        "people suggested",
        asset_id=result.asset_id,
        count=result.suggested,
        templates=computed_templates(),
    )
    return result.model_dump(mode="json")
