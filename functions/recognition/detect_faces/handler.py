"""Lambda entry of `detect_faces`: the queue `detections`.

Neither this function nor its layers hold anything that can make a template; the model
that could does not fit beside them.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.films import Films
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import Clearance
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.runtime import clients
from beeldrecht.runtime.events import AssetEvent
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.pixels import FullSize
from beeldrecht.runtime.queues import Answer, drain
from beeldrecht.runtime.settings import Settings
from beeldrecht_vision.detection import (
    DETECTOR_ID,
    Detection,
    FaceDetector,
    read_picture,
)

from .room import FilmRoom
from .step import detect_faces


class DetectFacesSettings(Settings):
    """What this function is told."""

    library_table: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    clear_asset_arn: str
    models_dir: Path = Path("/opt/models")
    pixel_limit: int = 200_000_000


_settings = DetectFacesSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_renditions = Renditions(_s3, _settings.renditions_bucket)
_pixels = FullSize(Originals(_s3, _settings.originals_bucket), _renditions)
_clearance = Clearance(clients.step_functions(_region), _settings.clear_asset_arn)
_detector = FaceDetector(_settings.models_dir / "yunet.onnx")
_films = FilmRoom(Films(_settings.library_table, _region, _trail), _renditions, _detector)
_log = logger("detect_faces", _settings.log_level)


def _look(jpeg: bytes, orientation: int) -> Detection:
    return _detector.detect(read_picture(jpeg, orientation, _settings.pixel_limit))


def _handle(body: str) -> None:
    result = detect_faces(
        AssetEvent.model_validate_json(body),
        _library,
        _pixels,
        _look,
        DETECTOR_ID,
        _clearance,
        lambda: datetime.now(UTC),
        _films,
    )
    _log.info(
        "looked for faces",
        asset_id=result.asset_id,
        outcome=result.outcome,
        faces=result.faces,
    )


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each message by itself; those that fail are delivered again."""
    return drain(event, context, _handle, _log)
