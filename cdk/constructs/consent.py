"""Consent: what follows each fact of the register, from the ask to what it darkens."""

import json

from aws_cdk import Duration
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from cdk.constructs.buckets import SIGNED_PREFIX
from cdk.constructs.function import BeeldrechtFunction, Ground
from cdk.constructs.functions import Stage
from cdk.constructs.grants import waive
from cdk.constructs.keys import through_dynamodb
from cdk.constructs.queues import dead_letter_queue
from cdk.constructs.stage import StageFunctions
from cdk.constructs.stores import Stores
from cdk.constructs.workflow import Workflow

FOLLOWED = (
    "request",
    "quitclaim",
    "withdrawal",
    "restriction",
    "lift",
    "export",
    "erasure",
    "picture_erasure",
    "enrolment",
    "mail",
)
"""The kinds of items that start something; every other one is left in the stream."""
_ANY_TASK = (
    "Step Functions takes no resource for this: a token reaches the one state that it "
    "was made for, and no function shows it to anybody."
)


class Consent(StageFunctions):
    """FollowRegister, and the functions of the workflows and clocks of a consent."""

    def __init__(self, scope: Construct, *, ground: Ground, stores: Stores) -> None:
        super().__init__(scope, Stage.CONSENT, ground=ground)
        tables, queues = stores.tables, stores.queues
        consent, audit, library = tables.consent, tables.audit, tables.library
        told = ("MAIL#", "DOSSIER#")

        queues.mails.grant_send(self["FollowRegister"])
        self.dead_letters = dead_letter_queue(self, "Dead")
        waive(
            self.dead_letters,
            "AwsSolutions-SQS3",
            "It is the dead-letter queue of the stream, which the rule cannot see.",
        )
        self._follow(stores, self["FollowRegister"])

        ask = self["AskPerson"]
        consent.grant_read(ask, "GetItem")
        consent.grant_within(ask, "PutItem", "REQUEST#", *told)
        consent.grant_within(ask, "UpdateItem", "REQUEST#")
        audit.grant_append(ask)
        _answer(ask)

        lapse = self["LapseRequest"]
        consent.grant_read(lapse, "GetItem")
        consent.grant_within(lapse, "UpdateItem", "REQUEST#")
        audit.grant_append(lapse)

        answer = self["AnswerRequest"]
        consent.grant_read(answer, "BatchGetItem", "GetItem", "Query")
        consent.grant_within(answer, "UpdateItem", "REQUEST#")
        _answer(answer)

        consent.grant_read(self["PlanMilestones"], "Query")

        reach = self["ReachMilestone"]
        consent.grant_read(reach, "Query")
        consent.grant_within(reach, "PutItem", *told)
        audit.grant_append(reach)

        self._destroy_template(stores)
        library.grant_read(self["RedecidePictures"], "BatchGetItem", "GetItem", "Query")

        sweep = self["SweepConsents"]
        library.grant_read(sweep, "BatchGetItem", "Query")
        consent.grant_read(sweep, "BatchGetItem", "GetItem", "Query")
        consent.grant_within(sweep, "UpdateItem", "REQUEST#")
        consent.grant_within(sweep, "PutItem", *told)
        audit.grant_append(sweep)
        queues.mails.grant_send(sweep)

        self._call_back(stores)
        self._deliver(stores, self["DeliverMail"])
        note = self["NoteDelivery"]
        consent.grant_read(note, "GetItem")
        consent.grant_within(note, "UpdateItem", *told)

        self.feed_from(queues)

    def _destroy_template(self, stores: Stores) -> None:
        """What ending a person's key and templates takes: no key of KMS by itself."""
        destroy, tables = self["DestroyTemplate"], stores.tables
        tables.consent.grant_read(destroy, "Query")
        tables.biometrics.grant_read(destroy, "Query")
        tables.biometrics.grant_within(destroy, "DeleteItem", "PERSON#")
        tables.audit.grant_append(destroy)
        destroy.allow(
            "ThroughDynamoDb",
            ["kms:Decrypt"],
            [stores.biometrics_key.key.key_arn],
            conditions={"StringEquals": {"kms:ViaService": through_dynamodb()}},
        )

    def _call_back(self, stores: Stores) -> None:
        """What asking for copies back takes, and asking again."""
        tables = stores.tables
        tell, remind = self["TellRecipients"], self["RemindRecipients"]
        tables.library.grant_read(tell, "BatchGetItem", "GetItem", "Query")
        tables.library.grant_within(tell, "PutItem", "RECALL#")
        tables.consent.grant_read(tell, "Query")
        tables.library.grant_read(remind, "GetItem", "Query")
        tables.library.grant_within(remind, "UpdateItem", "RECALL#")
        tables.consent.grant_read(remind, "GetItem", "Query")
        for each in (tell, remind):
            tables.consent.grant_within(each, "PutItem", "MAIL#")
            tables.audit.grant_append(each)

    def _deliver(self, stores: Stores, deliver: BeeldrechtFunction) -> None:
        """What composing a mail takes: facts, one person's name, a copy, a link."""
        consent, documents = stores.tables.consent, stores.buckets.documents
        consent.grant_read(deliver, "GetItem", "Query")
        consent.grant_within(deliver, "PutItem", "LINK#", "EVIDENCE#")
        consent.grant_within(deliver, "UpdateItem", "MAIL#")
        consent.grant_check(deliver, "EVIDENCE#")
        stores.tables.keys.grant_get(deliver)
        stores.people_key.grant_open(deliver)
        documents.grant_put(deliver, SIGNED_PREFIX)
        documents.grant_read(deliver, SIGNED_PREFIX)
        stores.users.grant_find(deliver)
        stores.tables.audit.grant_append(deliver)

    def connect(self, clear_asset: Workflow, *own: Workflow) -> None:
        """Let facts start the consent's own workflows, and those decide on pictures."""
        clear_asset.grant_start(self["RedecidePictures"])
        self.begin(*own)

    def begin(self, *workflows: Workflow) -> None:
        """Let facts start these workflows of others, as they start those of a consent."""
        for workflow in workflows:
            workflow.grant_start(self["FollowRegister"])
            workflow.grant_start(self["SweepConsents"])

    def _follow(self, stores: Stores, follow: BeeldrechtFunction) -> None:
        """Feed what is new in the consent table to a function, in order, and no less.

        A batch is taken up again from the first record that failed, halved while it goes
        on failing; after a few tries the record itself is given up, and told of.
        """
        table = stores.tables.consent
        table.grant_follow(follow)
        follow.allow("KeepWhatFailed", ["sqs:SendMessage"], [self.dead_letters.queue_arn])
        pattern = {
            "eventName": ["INSERT"],
            "dynamodb": {"NewImage": {"kind": {"S": list(FOLLOWED)}}},
        }
        mapping = lambda_.CfnEventSourceMapping(
            follow,
            "Source",
            function_name=follow.function.function_name,
            event_source_arn=table.stream_arn,
            starting_position="TRIM_HORIZON",
            batch_size=25,
            bisect_batch_on_function_error=True,
            maximum_retry_attempts=10,
            maximum_record_age_in_seconds=int(Duration.hours(20).to_seconds()),
            parallelization_factor=1,
            function_response_types=["ReportBatchItemFailures"],
            filter_criteria=lambda_.CfnEventSourceMapping.FilterCriteriaProperty(
                filters=[
                    lambda_.CfnEventSourceMapping.FilterProperty(
                        pattern=json.dumps(pattern)
                    )
                ]
            ),
            destination_config=lambda_.CfnEventSourceMapping.DestinationConfigProperty(
                on_failure=lambda_.CfnEventSourceMapping.OnFailureProperty(
                    destination=self.dead_letters.queue_arn
                )
            ),
        )
        # Lambda tries out what the role may when the mapping is made.
        policy = follow.role.node.try_find_child("DefaultPolicy")
        if isinstance(policy, iam.Policy):
            mapping.node.add_dependency(policy)


def _answer(function: BeeldrechtFunction) -> None:
    function.allow(
        "AnswerTask", ["states:SendTaskSuccess"], ["*"], wildcard_reason=_ANY_TASK
    )
