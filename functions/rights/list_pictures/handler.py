"""Lambda entry of `list_pictures`: a state of `erase_person` and `erase_asset`."""

from typing import Any

from beeldrecht.adapters.erasures import Erasures
from beeldrecht.adapters.trail import NoTrail
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, list_pictures


class ListPicturesSettings(Settings):
    """What this function is told."""

    consent_table: str


_settings = ListPicturesSettings.read()
_erasures = Erasures(_settings.consent_table, _settings.aws_region, NoTrail())
_log = logger("list_pictures", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, read, answer."""
    result = list_pictures(Event.model_validate(event), _erasures)
    _log.info("pictures listed", count=len(result.asset_ids))
    return result.model_dump(mode="json")
