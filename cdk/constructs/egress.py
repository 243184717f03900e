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
