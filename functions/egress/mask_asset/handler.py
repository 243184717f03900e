"""Lambda entry of `mask_asset`: invoked for somebody who is given a picture masked."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.library import Library
from beeldrecht.adapters.objects import Renditions
from beeldrecht.domain.assets import Face
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings
from beeldrecht_vision.masking import masked_jpeg

from .step import Event, mask_asset


class MaskAssetSettings(Settings):
    """What this function is told."""

    library_table: str
    renditions_bucket: str
    pixel_limit: int = 200_000_000


_settings = MaskAssetSettings.read()
_region = _settings.aws_region
_library = Library(_settings.library_table, _region)
_renditions = Renditions(clients.s3(_region), _settings.renditions_bucket)
_log = logger("mask_asset", _settings.log_level)


def _cover(jpeg: bytes, faces: Sequence[Face], width: int) -> bytes:
    return masked_jpeg(jpeg, faces, width, pixel_limit=_settings.pixel_limit)


@_log.inject_lambda_context
def handler(event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Parse, cover, answer with the name of the version."""
    result = mask_asset(
        Event.model_validate(event),
        _library,
        _renditions,
        _cover,
        lambda: datetime.now(UTC),
    )
    _log.info(
        "faces covered",
        asset_id=result.asset_id,
        outcome=result.outcome,
        faces=result.faces,
    )
    return result.model_dump(mode="json")
