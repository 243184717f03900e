"""The functions that answer requests: each with what its own routes need, no more."""

from constructs import Construct

from cdk.constructs.buckets import (
    CERTIFICATES_PREFIX,
    ORIGINALS_PREFIX,
    PACKAGES_PREFIX,
    PAPER_PREFIX,
    SIGNED_PREFIX,
)
from cdk.constructs.function import BeeldrechtFunction, Ground
from cdk.constructs.functions import Setting, Stage
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow

_SAID_BY_SUBJECTS = (
    "PERSON#",
    "EVIDENCE#",
    "DOSSIER#",
    "ASKED#",
    "MAIL#",
    "SUBJECT#",
    "LINK#",
)
"""Where what people without an account say is put; none of it is taken away."""
THUMB = "thumb.jpg"
"""What the smallest rendition of a picture is called in its folder."""


class ApiFunctions(StageFunctions):
    """StaffApi, UserApi, SubjectApi, and ServeSite, which needs nothing of anybody."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.API, ground=ground)
        tables, buckets, queues = stores.tables, stores.buckets, stores.queues

        staff = self["StaffApi"]
        tables.library.grant_read(staff, "BatchGetItem", "GetItem", "Query")
        tables.library.grant_write(
            staff, "ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"
        )
        tables.consent.grant_read(staff, "BatchGetItem", "GetItem", "Query")
        # Who grants a copy or an erasure begins it in the same act.
        begun = ("REQUEST#", "WORDING#", "EXPORT#", "ERASURE#")
        tables.consent.grant_add(staff, *_SAID_BY_SUBJECTS, *begun)
        # A scan is noted as the document of a signature that is on record.
        tables.consent.grant_check(staff, "EVIDENCE#")
        # Who confirms or cancels an erasure wakes the workflow that waits for it.
        staff.allow(
            "AnswerTask",
            ["states:SendTaskSuccess"],
            ["*"],
            wildcard_reason="Step Functions takes no resource for this: a token reaches "
            "the one state that it was made for.",
        )
        tables.keys.grant_put(staff, many=True)
        stores.people_key.grant_seal(staff)
        tables.audit.grant_append(staff)
        tables.audit.grant_read(staff, "Query")
        # Its routes hand out forms and addresses that it signs with its own leave.
        buckets.originals.grant_put(staff, ORIGINALS_PREFIX)
        buckets.originals.grant_parts(staff, ORIGINALS_PREFIX)
        buckets.originals.grant_list(staff)
        buckets.renditions.grant_read(staff)
        # Forms that were signed on paper come in here, and signed copies go out.
        buckets.documents.grant_put(staff, PAPER_PREFIX, SIGNED_PREFIX)
        buckets.documents.grant_read(
            staff, PAPER_PREFIX, SIGNED_PREFIX, CERTIFICATES_PREFIX
        )
        buckets.documents.grant_drop(staff, PAPER_PREFIX)
        queues.uploads.grant_send(staff)

        users = self["UserApi"]
        stores.users.grant_administer(users)
        tables.library.grant_claims(users)
        tables.audit.grant_append(users)

        subjects = self["SubjectApi"]
        tables.library.grant_read(subjects, "BatchGetItem", "GetItem", "Query")
        # Whoever signs at a session is put on its roster.
        tables.library.grant_within(subjects, "PutItem", "SESSION#")
        # Whoever received a picture says that it is removed.
        tables.library.grant_within(subjects, "UpdateItem", "RECALL#")
        tables.consent.grant_read(subjects, "BatchGetItem", "GetItem", "Query")
        # A signature, what somebody takes back or asks for, and the mails they cause.
        tables.consent.grant_within(subjects, "PutItem", *_SAID_BY_SUBJECTS)
        # A dossier: that somebody fetched the copy of what is theirs.
        tables.consent.grant_within(
            subjects, "UpdateItem", "LINK#", "REQUEST#", "DOSSIER#"
        )
        buckets.exports.grant_read(subjects, PACKAGES_PREFIX)
        tables.consent.grant_check(subjects, "LINK#")
        tables.keys.grant_put(subjects)
        stores.people_key.grant_seal(subjects)
        tables.limits.grant_put(subjects)
        tables.audit.grant_append(subjects)
        buckets.renditions.grant_read_named(subjects, THUMB)
        buckets.documents.grant_read(subjects, SIGNED_PREFIX, CERTIFICATES_PREFIX)

        # It tells everybody the key that certificates are checked with.
        stores.certificate_key.grant_show(self["ServeSite"])

    def assess_with(self, assess: BeeldrechtFunction) -> None:
        """Let staff have it looked up whom a breach touches."""
        staff, arn = self["StaffApi"], assess.function.function_arn
        staff.function.add_environment(Setting.ASSESS_BREACH_ARN, arn)
        staff.allow("InvokeAssessBreach", ["lambda:InvokeFunction"], [arn])

    def enrol_with(self, enrol: BeeldrechtFunction) -> None:
        """Let staff have somebody enrolled by the function that may reach templates."""
        staff, arn = self["StaffApi"], enrol.function.function_arn
        staff.function.add_environment(Setting.ENROL_PERSON_ARN, arn)
        staff.allow("InvokeEnrolPerson", ["lambda:InvokeFunction"], [arn])

    def mask_with(self, mask: BeeldrechtFunction) -> None:
        """Let faces be covered for who is given a picture masked."""
        staff, arn = self["StaffApi"], mask.function.function_arn
        staff.function.add_environment(Setting.MASK_ASSET_ARN, arn)
        staff.allow("InvokeMaskAsset", ["lambda:InvokeFunction"], [arn])

    def connect(self, clear_asset: Workflow) -> None:
        """Let what a person says of a picture have it decided on at once."""
        clear_asset.grant_start(self["StaffApi"])
