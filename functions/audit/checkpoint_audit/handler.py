"""Lambda entry of `checkpoint_audit`: every hour by schedule."""

from datetime import UTC, datetime
from typing import Any

from beeldrecht.adapters.audit_reading import AuditReader
from beeldrecht.adapters.checkpoints import Checkpoints
from beeldrecht.adapters.retention import Retention
from beeldrecht.runtime import clients
from beeldrecht.runtime.logs import logger
from beeldrecht.runtime.settings import Settings

from .step import checkpoint_audit


class BrokenChainError(Exception):
    """A chain of the audit log does not follow: `audit verify` says where and how."""


class CheckpointAuditSettings(Settings):
    """What this function is told."""

    audit_table: str
    library_table: str
    checkpoints_bucket: str


_settings = CheckpointAuditSettings.read()
_region = _settings.aws_region
_log_of_acts = AuditReader(clients.dynamodb(_region), _settings.audit_table)
_checkpoints = Checkpoints(clients.s3(_region), _settings.checkpoints_bucket)
_retention = Retention(_settings.library_table, _region)
_log = logger("checkpoint_audit", _settings.log_level)


@_log.inject_lambda_context
def handler(_event: dict[str, Any], _context: object) -> dict[str, Any]:
    """Keep where the chains end; fail, so that the alarm rings, when one is broken."""
    result = checkpoint_audit(_log_of_acts, _checkpoints, _retention, datetime.now(UTC))
    _log.info("checkpoint kept", number=result.number, count=result.entries)
    for each in result.broken:
        _log.error("chain broken", shard=each.shard, number=each.number)
    if result.broken:
        raise BrokenChainError(f"{len(result.broken)} chains")
    return result.model_dump(mode="json")
