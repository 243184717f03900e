"""Audit: what vouches for the log of what happened."""

from constructs import Construct

from cdk.constructs.buckets import CHECKPOINTS_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


class Audit(StageFunctions):
    """CheckpointAudit."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.AUDIT, ground=ground)
        checkpoint = self["CheckpointAudit"]
        stores.tables.audit.grant_read(checkpoint, "Query")
        stores.tables.library.grant_get(checkpoint, "SETTINGS")  # how long it is kept
        checkpoints = stores.buckets.checkpoints
        checkpoints.grant_list(checkpoint)
        checkpoints.grant_read_versions(checkpoint, CHECKPOINTS_PREFIX)
        checkpoints.grant_put(checkpoint, CHECKPOINTS_PREFIX)
