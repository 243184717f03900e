"""Lambda entry of `redecide_pictures`: a state of `renew_consent`, `withdraw_consent`."""

from typing import Any

from beeldrecht.adapters.appearances import Appearances
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, redecide_pictures


class RedecidePicturesSettings(Settings):
    """What this function is told."""

    library_table: str
    clear_asset_arn: str


_settings = RedecidePicturesSettings.read()
_region = _settings.aws_region
_library = Library(_settings.library_table, _region)
_appearances = Appearances(_settings.library_table, _region)
_clearance = Clearance(clients.step_functions(_region), _settings.clear_asset_arn)
_log = logger("redecide_pictures", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, start, answer."""
    result = redecide_pictures(
        Event.model_validate(event), _appearances, _library, _clearance
    )
    _log.info("pictures sent to be decided", count=len(result.asset_ids))
    return result.model_dump(mode="json")
