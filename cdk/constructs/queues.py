"""The work queues, each with a dead-letter queue beside it."""

from aws_cdk import Aws, Duration, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct, IConstruct

from cdk.constructs.functions import FUNCTIONS, OnQueue, QueueName
from cdk.constructs.grants import Grantee
from cdk.constructs.identity import keep_logical_id

_TRIES = 5
DEAD_LETTERS_KEPT = Duration.days(14)


class WorkQueue(Construct):
    """A standard queue; what fails five times waits two weeks in its dead-letter queue.

    Messages hold opaque ids only, and go with the stack: the reconciler finds their work
    again by comparing the bucket with the table.
    """

    def __init__(self, scope: Construct, name: QueueName) -> None:
        super().__init__(scope, name.capitalize())
        self._name = name
        self.dead_letters = dead_letter_queue(self, "Dead")
        self.queue = sqs.Queue(
            self,
            "Queue",
            encryption=sqs.QueueEncryption.SQS_MANAGED,
            enforce_ssl=True,
            # AWS's advice: six times the function's time-out, or a message that is still
            # being worked on comes back and is worked on twice.
            visibility_timeout=Duration.seconds(6 * _longest_timeout(name)),
            retention_period=Duration.days(4),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=_TRIES
            ),
            removal_policy=RemovalPolicy.DESTROY,
        )
        keep_logical_id(self.queue, name.capitalize(), sqs.CfnQueue)
        keep_logical_id(self.dead_letters, f"{name.capitalize()}Dead", sqs.CfnQueue)

    def accept_events_of(self, bucket_arn: str) -> IConstruct:
        """Let S3 write here for buckets of this account with that ARN; the policy."""
        self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                sid="S3AnnouncesUploads",
                principals=[iam.ServicePrincipal("s3.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {"aws:SourceArn": bucket_arn},
                },
            )
        )
        return self.queue.node.find_child("Policy")

    def accept_events_from(self, rules: str) -> None:
        """Let the event bus write here for such rules, by how their names begin.

        They are deployed later, so nothing here can refer to them.
        """
        self.queue.add_to_resource_policy(
            iam.PolicyStatement(
                sid="EventsOfTheBus",
                principals=[iam.ServicePrincipal("events.amazonaws.com")],
                actions=["sqs:SendMessage"],
                resources=[self.queue.queue_arn],
                conditions={
                    "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {"aws:SourceArn": rules},
                },
            )
        )

    def grant_send(self, grantee: Grantee) -> None:
        """Let a function add work."""
        grantee.allow(
            f"Send{self._name.capitalize()}", ["sqs:SendMessage"], [self.queue.queue_arn]
        )

    def grant_consume(self, grantee: Grantee) -> None:
        """Let Lambda take work from here on a function's behalf."""
        grantee.allow(
            f"Take{self._name.capitalize()}",
            [
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ],
            [self.queue.queue_arn],
        )


class Queues(Construct):
    """uploads, detections, mails and deliveries."""

    def __init__(self, scope: Construct, name: str) -> None:
        super().__init__(scope, name)
        self.by_name = {queue: WorkQueue(self, queue) for queue in QueueName}

    @property
    def uploads(self) -> WorkQueue:
        """Originals that arrived and wait to be received."""
        return self.by_name[QueueName.UPLOADS]

    @property
    def detections(self) -> WorkQueue:
        """Assets whose faces wait to be found."""
        return self.by_name[QueueName.DETECTIONS]

    @property
    def mails(self) -> WorkQueue:
        """Mails that are on record and wait to be sent."""
        return self.by_name[QueueName.MAILS]

    @property
    def deliveries(self) -> WorkQueue:
        """What SES says of mails that were sent."""
        return self.by_name[QueueName.DELIVERIES]


def dead_letter_queue(scope: Construct, name: str) -> sqs.Queue:
    """A queue for what failed for good; an alarm watches each."""
    return sqs.Queue(
        scope,
        name,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        enforce_ssl=True,
        retention_period=DEAD_LETTERS_KEPT,
        removal_policy=RemovalPolicy.DESTROY,
    )


def _longest_timeout(name: QueueName) -> int:
    return max(
        (
            spec.timeout_seconds
            for spec in FUNCTIONS
            if isinstance(spec.trigger, OnQueue) and spec.trigger.queue is name
        ),
        default=60,
    )
