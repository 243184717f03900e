"""Rights: what people ask of us, how long things are kept, and what proves it."""

from constructs import Construct

from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores

from . import certifying, erasing, exporting, keeping, officer


class Rights(StageFunctions):
    """The functions that erase, export, keep no longer, and remind."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.RIGHTS, ground=ground)
        for part in (erasing, certifying, exporting, keeping, officer):
            part.grant(self, stores)
        self.dead_letters = keeping.follow_ends(self, stores)
