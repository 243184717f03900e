"""Lambda entry of `relook_pictures`: a state of `relook`, under a permit only."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.runtime import clients
from beeldrecht.runtime.enrolled import kept_templates
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.settings import Settings
from beeldrecht_recognition.embedding import computed_templates
from beeldrecht_recognition.gallery import GalleryTooLargeError
from beeldrecht_recognition.recogniser import OwnRecogniser
from beeldrecht_recognition.rotation import turned, turned_back
from beeldrecht_recognition.templates import OtherModelError, UnreadableTemplateError
from beeldrecht_vision.decode import UnreadableImageError

from .step import Event, House, relook_pictures


class RelookPicturesSettings(Settings):
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


_settings = RelookPicturesSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_register = ConsentRegister(_settings.consent_table, _region)
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
_house = House(
    library=_library,
    register=_register,
    enrolled=_enrolled,
    pixels=_pixels,
    recogniser=_recogniser,
    now=lambda: datetime.now(UTC),
    passed_over=(
        UnreadableImageError,
        UnreadableTemplateError,
        OtherModelError,
        GalleryTooLargeError,
    ),
)
_log = logger("relook_pictures", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, compare under a permit, answer with a count."""
    result = relook_pictures(Event.model_validate(event), _house)
    _log.info(
        "pictures looked at again",
        outcome=result.outcome.value,
        count=result.suggested,
        faces=result.looked,
        templates=computed_templates(),
    )
    return result.model_dump(mode="json")
