"""Lambda entry of `request_upload`: invoked by staff; the API stands before it later."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Originals
from beeldrecht.domain.ids import new_id
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import Event, request_upload


class RequestUploadSettings(Settings):
    """What this function is told."""

    library_table: str
    originals_bucket: str


_settings = RequestUploadSettings.read()
_library = Library(_settings.library_table, _settings.aws_region)
_originals = Originals(clients.s3(_settings.aws_region), _settings.originals_bucket)
_log = logger("request_upload", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, announce, answer with the form."""
    result = request_upload(
        Event.model_validate(event), _library, _originals, new_id, datetime.now(UTC)
    )
    _log.info("upload announced", asset_id=result.asset_id)
    return result.model_dump(mode="json")
