"""Lambda entry of `render_asset`: invoked for somebody who is given a picture."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.certificates import Signer
from beeldrecht.adapters.channel_renditions import MadeRenditions
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.settings import Settings
from beeldrecht_vision.signing import FileSigner

from .step import Event, render_asset
from .writing import Writer


class RenderAssetSettings(Settings):
    """What this function is told."""

    library_table: str
    originals_bucket: str
    renditions_bucket: str
    site_url: str
    controller: str
    picture_key_arn: str
    pixel_limit: int = 200_000_000


_settings = RenderAssetSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_library = Library(_settings.library_table, _region)
_pixels = FullSize(
    Originals(_s3, _settings.originals_bucket),
    Renditions(_s3, _settings.renditions_bucket),
)
_renditions = MadeRenditions(_s3, _settings.renditions_bucket)
_writer = Writer(
    _settings.site_url,
    _settings.controller,
    _settings.pixel_limit,
    FileSigner(
        Signer(clients.kms(_region), _settings.picture_key_arn),
        _settings.controller,
        lambda: datetime.now(UTC),
    ),
)
_log = logger("render_asset", _settings.log_level)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, render, answer with the name of the version."""
    result = render_asset(
        Event.model_validate(event),
        _library,
        _pixels,
        _renditions,
        _writer,
        lambda: datetime.now(UTC),
    )
    _log.info(
        "rendition made",
        asset_id=result.asset_id,
        outcome=result.outcome,
        faces=result.faces,
    )
    return result.model_dump(mode="json")
