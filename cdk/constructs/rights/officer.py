"""What reminding the officer takes."""

from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores


def grant(functions: StageFunctions, stores: Stores) -> None:
    """Give each function what it does its work with, and no more."""
    tables = stores.tables
    lapse = functions["LapseRecognition"]
    tables.library.grant_read(lapse, "GetItem", "Query")
    tables.library.grant_within(lapse, "PutItem", "SETTINGS")
    tables.consent.grant_within(lapse, "PutItem", "MAIL#")
    tables.audit.grant_append(lapse)
    stores.users.grant_find(lapse)
