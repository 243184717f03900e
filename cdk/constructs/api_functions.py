"""The functions that answer requests: each with what its own routes need, no more."""

from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk.constructs.buckets import (
    CERTIFICATES_PREFIX,
    ORDERED_PREFIX,
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


class ApiFunctions(StageFunctions):
    """StaffApi, UserApi, SubjectApi, and ServeSite, which needs nothing of anybody."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.API, ground=ground)
        self._asked = {
            "InvokeFunctions": "lambda:InvokeFunction",
            "StartWorkflows": "states:StartExecution",
        }
        self._statements: dict[str, iam.PolicyStatement] = {}
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
        # What somebody ordered in one file, which goes when it may not leave any more.
        buckets.exports.grant_read(staff, ORDERED_PREFIX)
        buckets.exports.grant_drop(staff, ORDERED_PREFIX)
        queues.uploads.grant_send(staff)

        users = self["UserApi"]
        stores.users.grant_administer(users)
        tables.library.grant_claims(users)
        tables.audit.grant_append(users)

        subjects = self["SubjectApi"]
        tables.library.grant_read(subjects, "BatchGetItem", "GetItem", "Query")
        # Whoever signs at a session is put on its roster; what is shared or embedded is
        # a copy that left.
        tables.library.grant_within(subjects, "PutItem", "SESSION#", "DISCLOSED#")
        # Whoever received a picture says that it is removed. What is fetched by a share
        # is counted, and how often an embed was shown.
        tables.library.grant_within(
            subjects, "UpdateItem", "RECALL#", "SHARE#", "DISCLOSED#"
        )
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
        # Their own small pictures; and what is shared, by a decision of that instant.
        buckets.renditions.grant_read(subjects)
        buckets.documents.grant_read(subjects, SIGNED_PREFIX, CERTIFICATES_PREFIX)

        # It tells everybody the keys that certificates and files are checked with.
        stores.certificate_key.grant_show(self["ServeSite"])
        stores.picture_key.grant_show(self["ServeSite"])

    def assess_with(self, assess: BeeldrechtFunction) -> None:
        """Let staff have it looked up whom a breach touches."""
        self._invoke(assess, Setting.ASSESS_BREACH_ARN)

    def enrol_with(self, enrol: BeeldrechtFunction) -> None:
        """Let staff have somebody enrolled by the function that may reach templates."""
        self._invoke(enrol, Setting.ENROL_PERSON_ARN)

    def pack_with(self, pack: BeeldrechtFunction) -> None:
        """Let staff have pictures put into one file by the function that may write it."""
        self._invoke(pack, Setting.PACK_ASSETS_ARN)

    def make_with(self, mask: BeeldrechtFunction, render: BeeldrechtFunction) -> None:
        """Let versions be made, and faces covered, for who is given a picture."""
        self._invoke(mask, Setting.MASK_ASSET_ARN)
        self._invoke(render, Setting.RENDER_ASSET_ARN)
        subjects = self["SubjectApi"]
        masks, renders = mask.function.function_arn, render.function.function_arn
        subjects.function.add_environment(Setting.MASK_ASSET_ARN, masks)
        subjects.function.add_environment(Setting.RENDER_ASSET_ARN, renders)
        subjects.allow("InvokeFunctions", ["lambda:InvokeFunction"], [masks, renders])

    def _invoke(self, function: BeeldrechtFunction, setting: Setting) -> None:
        """Let staff have a function do its part."""
        arn = function.function.function_arn
        self["StaffApi"].function.add_environment(setting, arn)
        self._ask("InvokeFunctions", arn)

    def _ask(self, sid: str, arn: str) -> None:
        """One statement for all that is asked alike.

        One for each would not fit into the role's own policy, and what does not fit
        there becomes a policy of its own, which nobody reads.
        """
        if sid in self._statements:
            self._statements[sid].add_resources(arn)
            return
        self._statements[sid] = iam.PolicyStatement(
            sid=sid, actions=[self._asked[sid]], resources=[arn]
        )
        self["StaffApi"].role.add_to_principal_policy(self._statements[sid])

    def connect(self, *workflows: Workflow) -> None:
        """Let what a person says begin these: decisions, and rounds over what is kept."""
        for workflow in workflows:
            arn = workflow.machine.state_machine_arn
            self["StaffApi"].function.add_environment(workflow.setting, arn)
            self._ask("StartWorkflows", arn)
