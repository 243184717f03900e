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

    assess = functions["AssessBreach"]
    tables.library.grant_read(assess, "Query")
    tables.library.grant_within(assess, "PutItem", "BREACH#")
    tables.library.grant_within(assess, "UpdateItem", "BREACH#")
    tables.consent.grant_read(assess, "Query")
    tables.audit.grant_read(assess, "Query")
    tables.audit.grant_append(assess)
    stores.users.grant_find(assess)

    remind = functions["RemindOfficers"]
    # Of the records of governance, and of retention runs that wait for a yes; on Mondays,
    # of recalls that stand still.
    tables.library.grant_read(remind, "BatchGetItem", "GetItem", "Query")
    tables.consent.grant_read(remind, "BatchGetItem", "Query")
    tables.consent.grant_within(remind, "PutItem", "MAIL#")
    stores.users.grant_find(remind)
