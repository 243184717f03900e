"""Lambda entry of `receive_upload`: S3 events through the queue `uploads`."""

from datetime import UTC, datetime
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import AssetQueue
from beeldrecht.adapters.objects import Originals, Renditions
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.queues import Answer, drain, uploaded_keys
from beeldrecht.runtime.settings import Settings

from .step import Event, receive_upload


class ReceiveUploadSettings(Settings):
    """What this function is told."""

    library_table: str
    audit_table: str
    originals_bucket: str
    renditions_bucket: str
    detections_queue_url: str
    pixel_limit: int = 200_000_000


_settings = ReceiveUploadSettings.read()
_region = _settings.aws_region
_s3 = clients.s3(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_originals = Originals(_s3, _settings.originals_bucket)
_renditions = Renditions(_s3, _settings.renditions_bucket)
_detections = AssetQueue(clients.sqs(_region), _settings.detections_queue_url)
_log = logger("receive_upload", _settings.log_level)


def _handle(body: str) -> None:
    for key in uploaded_keys(body):
        result = receive_upload(
            Event.of_key(key),
            _library,
            _originals,
            _renditions,
            _detections,
            _settings.pixel_limit,
            lambda: datetime.now(UTC),
        )
        _log.info(
            "upload handled",
            asset_id=result.asset_id,
            outcome=result.outcome,
            reason=result.reason,
        )


@_log.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Answer:
    """Each message by itself; those that fail are delivered again."""
    return drain(event, context, _handle, _log)
