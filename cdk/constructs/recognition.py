"""Recognition: boxes for everybody, templates only for who gave a permit."""

from constructs import Construct

from cdk.constructs.buckets import ORIGINALS_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow


class Recognition(StageFunctions):
    """DetectFaces, SuggestPeople and EnrolPerson."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.RECOGNITION, ground=ground)
        tables, buckets = stores.tables, stores.buckets
        for each in self.functions:
            buckets.originals.grant_read_versions(each, ORIGINALS_PREFIX)
            buckets.renditions.grant_read(each)
            tables.audit.grant_append(each)

        detect = self["DetectFaces"]
        tables.library.grant_read(detect, "GetItem", "Query")
        tables.library.grant_write(detect, "PutItem", "UpdateItem")

        suggest = self["SuggestPeople"]
        tables.library.grant_read(suggest, "GetItem", "Query")
        tables.library.grant_write(suggest, "PutItem")
        tables.consent.grant_read(suggest, "Query")
        tables.biometrics.grant_read(suggest, "GetItem")
        stores.biometrics_key.grant_open(suggest)

        enrol = self["EnrolPerson"]
        tables.library.grant_read(enrol, "GetItem", "Query")
        tables.consent.grant_read(enrol, "Query")
        tables.biometrics.grant_read(enrol, "GetItem")
        tables.biometrics.grant_write(enrol, "DeleteItem", "PutItem")
        stores.biometrics_key.grant_seal(enrol)

        self.feed_from(stores.queues)

    def connect(self, clear_asset: Workflow) -> None:
        """Let detection hand an asset on."""
        clear_asset.grant_start(self["DetectFaces"])
