"""Egress: what makes the version in which a picture may leave."""

from constructs import Construct

from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


class Egress(StageFunctions):
    """The functions that cover faces."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.EGRESS, ground=ground)
        mask = self["MaskAsset"]
        stores.tables.library.grant_read(mask, "Query")
        stores.buckets.renditions.grant_read(mask)
        stores.buckets.renditions.grant_list_keys(mask)
        stores.buckets.renditions.grant_put_masked(mask)
