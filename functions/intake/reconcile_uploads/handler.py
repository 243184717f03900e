"""Lambda entry of `reconcile_uploads`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit import AuditTrail
from beeldrecht.adapters.library import Library
from beeldrecht.adapters.messages import AssetQueue, Clearance, UploadQueue
from beeldrecht.adapters.objects import Originals
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import reconcile_uploads


class ReconcileUploadsSettings(Settings):
    """What this function is told."""

    library_table: str
    audit_table: str
    originals_bucket: str
    uploads_queue_url: str
    detections_queue_url: str
    clear_asset_arn: str


_settings = ReconcileUploadsSettings.read()
_region = _settings.aws_region
_sqs = clients.sqs(_region)
_trail = AuditTrail(_settings.audit_table, _region)
_library = Library(_settings.library_table, _region, _trail)
_originals = Originals(clients.s3(_region), _settings.originals_bucket)
_uploads = UploadQueue(_sqs, _settings.uploads_queue_url)
_detections = AssetQueue(_sqs, _settings.detections_queue_url)
_clearance = Clearance(clients.step_functions(_region), _settings.clear_asset_arn)
_log = logger("reconcile_uploads", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Compare and push on; the counts are the answer."""
    result = reconcile_uploads(
        _library,
        _originals,
        _uploads,
        _detections,
        _clearance,
        datetime.now(UTC),
    )
    _log.info("reconciled", count=result.pushed + result.unrecorded)
    return result.model_dump(mode="json")
