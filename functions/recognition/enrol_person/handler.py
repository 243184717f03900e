"""Lambda entry of `enrol_person`: invoked for a person who asked to be recognised."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.adapters.retention import Retention
from beeldrecht.runtime import clients
from beeldrecht.runtime.enrolled import kept_templates
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.settings import Settings
from beeldrecht_recognition.embedding import computed_templates
from beeldrecht_recognition.rotation import turned, turned_back

from .enroller import OwnEnroller, embedder
from .step import Event, enrol_person


class EnrolPersonSettings(Settings):
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


_settings = EnrolPersonSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_library = Library(_settings.library_table, _region)
_register = ConsentRegister(_settings.consent_table, _region)
_retention = Retention(_settings.library_table, _region)
_trail = AuditTrail(_settings.audit_table, _region)
_pixels = FullSize(
    Originals(_s3, _settings.originals_bucket),
    Renditions(_s3, _settings.renditions_bucket),
)
_enrolments = kept_templates(
    _region,
    _settings.biometrics_table,
    _settings.biometrics_key_arn,
    turned,
    turned_back,
    _trail,
)
_embedder = embedder(_settings.models_dir)
_log = logger("enrol_person", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, enrol under a permit, answer with what was used."""
    result = enrol_person(
        Event.model_validate(event),
        _library,
        _register,
        _pixels,
        OwnEnroller(_embedder, _settings.pixel_limit),
        _enrolments,
        _retention,
        lambda: datetime.now(UTC),
    )
    _log.info("person enrolled", count=result.accepted, templates=computed_templates())
    return result.model_dump(mode="json")
