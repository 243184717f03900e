"""Intake: from an object that was written to a rendered, sanitised asset."""

from constructs import Construct

from cdk.constructs.buckets import ORIGINALS_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow


class Intake(StageFunctions):
    """ReceiveUpload and ReconcileUploads."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.INTAKE, ground=ground)
        tables, buckets, queues = stores.tables, stores.buckets, stores.queues

        receive = self["ReceiveUpload"]
        tables.library.grant_read(receive, "GetItem", "Query")
        tables.library.grant_write(receive, "PutItem", "UpdateItem")
        tables.audit.grant_append(receive)
        buckets.originals.grant_read_versions(receive, ORIGINALS_PREFIX, newest=True)
        buckets.originals.grant_list(receive)
        buckets.renditions.grant_put(receive)
        queues.detections.grant_send(receive)

        reconcile = self["ReconcileUploads"]
        tables.library.grant_read(reconcile, "GetItem", "Query")
        tables.library.grant_write(reconcile, "UpdateItem")
        # When what it gives up ends, beside the picture.
        tables.library.grant_within(reconcile, "PutItem", "ASSET#")
        tables.audit.grant_append(reconcile)
        buckets.originals.grant_list(reconcile, keys=True)
        queues.uploads.grant_send(reconcile)
        queues.detections.grant_send(reconcile)

        self.feed_from(queues)

    def connect(self, clear_asset: Workflow) -> None:
        """Let the reconciler start assets that were found but never cleared."""
        clear_asset.grant_start(self["ReconcileUploads"])
