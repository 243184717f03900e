"""Clearance: what everybody in an asset allows, decided anew whenever it may change."""

from constructs import Construct

from cdk.constructs.function import Ground
from cdk.constructs.functions import Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow


class Clearance(StageFunctions):
    """CheckPermit, CheckConsent and SweepDecisions."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.CLEARANCE, ground=ground)
        tables = stores.tables
        tables.library.grant_read(self["SweepDecisions"], "Query")

        permit = self["CheckPermit"]
        tables.library.grant_read(permit, "GetItem", "Query")
        tables.consent.grant_read(permit, "Query")

        check = self["CheckConsent"]
        tables.library.grant_read(check, "GetItem", "Query")
        tables.library.grant_write(check, "UpdateItem")
        tables.consent.grant_read(check, "Query")
        tables.audit.grant_append(check)

    def connect(self, clear_asset: Workflow) -> None:
        """Let the sweep have an asset decided anew."""
        clear_asset.grant_start(self["SweepDecisions"])
