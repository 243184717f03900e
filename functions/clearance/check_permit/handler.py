"""Lambda entry of `check_permit`: the first state of `clear_asset`."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.consent import ConsentRegister
from beeldrecht.adapters.library import Library
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import check_permit


class CheckPermitSettings(Settings):
    """What this function is told."""

    library_table: str
    consent_table: str


_settings = CheckPermitSettings.read()
_library = Library(_settings.library_table, _settings.aws_region)
_register = ConsentRegister(_settings.consent_table, _settings.aws_region)
_log = logger("check_permit", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, look, answer."""
    result = check_permit(
        AssetEvent.model_validate(event), _library, _register, datetime.now(UTC)
    )
    _log.info(
        "permit checked",
        asset_id=result.asset_id,
        outcome=result.outcome,
        reason=result.refusal,
    )
    return result.model_dump(mode="json")
