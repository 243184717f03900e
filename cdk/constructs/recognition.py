"""Recognition: boxes for everybody, templates only for who gave a permit."""

from constructs import Construct

from cdk.constructs.buckets import ORIGINALS_PREFIX
from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow


class Recognition(StageFunctions):
    """DetectFaces, SuggestPeople, RelookPictures, EnrolPerson and RenewTemplates."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.RECOGNITION, ground=ground)
        tables, buckets = stores.tables, stores.buckets
        renew = self["RenewTemplates"]
        for each in self.functions:
            tables.audit.grant_append(each)
            if each is not renew:
                buckets.originals.grant_read_versions(each, ORIGINALS_PREFIX)
                buckets.renditions.grant_read(each)

        detect = self["DetectFaces"]
        tables.library.grant_read(detect, "GetItem", "Query")
        tables.library.grant_write(detect, "PutItem", "UpdateItem")
        # What is made of a film, once it is opened.
        buckets.renditions.grant_put(detect)

        suggest, relook = self["SuggestPeople"], self["RelookPictures"]
        tables.library.grant_read(suggest, "GetItem", "Query")
        tables.library.grant_read(relook, "BatchGetItem", "GetItem", "Query")
        for each in (suggest, relook):
            tables.library.grant_write(each, "PutItem")
            tables.consent.grant_read(each, "Query")
            tables.biometrics.grant_read(each, "GetItem")
            stores.biometrics_key.grant_open(each)

        enrol = self["EnrolPerson"]
        tables.library.grant_read(enrol, "GetItem", "Query")
        tables.consent.grant_read(enrol, "Query")
        tables.consent.grant_within(enrol, "PutItem", "SUBJECT#")
        tables.biometrics.grant_read(enrol, "GetItem")
        tables.biometrics.grant_write(enrol, "DeleteItem", "PutItem")
        stores.biometrics_key.grant_seal(enrol)

        tables.consent.grant_read(renew, "Query")
        tables.biometrics.grant_read(renew, "GetItem")
        tables.biometrics.grant_write(renew, "DeleteItem", "PutItem")
        stores.biometrics_key.grant_seal(renew)

        self.feed_from(stores.queues)

    def connect(self, clear_asset: Workflow) -> None:
        """Let detection hand an asset on."""
        clear_asset.grant_start(self["DetectFaces"])
