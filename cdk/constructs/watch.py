"""What a person must hear of, and one page to look at."""

from collections.abc import Mapping, Sequence

from aws_cdk import Aws, Duration
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.functions import OnExpiry, OnLibrary, OnStream
from cdk.constructs.keys import AlarmKey
from cdk.constructs.queues import WorkQueue
from cdk.constructs.workflow import Workflow
from cdk.deployment import Deployment

_OVERDUE = Duration.hours(1)
_MISSING = cloudwatch.TreatMissingData
_UNDONE = {
    "ClearAsset": (
        "An asset could not be decided on; it keeps the stricter decision it had."
    ),
    "RequestConsent": (
        "Somebody could not be asked or reminded; what they answer still counts."
    ),
    "RenewConsent": (
        "What follows a signature is not done; every use still decides for itself."
    ),
    "WithdrawConsent": (
        "What follows a withdrawal is not done: lists may be old and recipients untold. "
        "Every use still decides for itself."
    ),
    "Relook": (
        "Old pictures were not all looked at again for somebody: people name them by hand"
    ),
    "ApplyRetention": (
        "What is kept was not gone through; every read goes by the dates that are there."
    ),
    "ErasePerson": (
        "Somebody could not be erased, or not wholly; what is left is on record."
    ),
    "EraseAsset": (
        "A picture could not be erased, or not wholly; what is left is on record."
    ),
    "ExportPerson": (
        "Somebody's copy of what is on record could not be made; it is due by law."
    ),
}
_SILENT = {
    "SweepDecisions": "Aged decisions were not looked for in three hours.",
    "SweepConsents": "Forgotten mails and facts were not looked for in three hours.",
    "RemindRecipients": "Nobody was reminded of what to remove in three hours.",
    "LapseRecognition": "Whether recognition is still carried was not looked at.",
    "SweepRetention": "What has ended was not looked for in three hours.",
    "CheckpointAudit": "Nothing vouched for the audit log in three hours.",
}


class Watch(Construct):
    """Alarms to one topic, and one dashboard. No metric here names a person or a picture.

    Some forty alarms: ten are free in every account, the others 0.10 USD a month each.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        functions: Sequence[BeeldrechtFunction],
        queues: Mapping[str, WorkQueue],
        dead_letters: Mapping[str, sqs.IQueue],
        workflows: Sequence[Workflow],
    ) -> None:
        super().__init__(scope, name)
        self.topic = self._topic(deployment)
        self._notify = actions.SnsAction(self.topic)
        for label, queue in dead_letters.items():
            self._dead_letters(label, queue)
        for label, work in queues.items():
            self._overdue(label, work)
        for each in functions:
            self._errors(each)
        self._throttles()
        for workflow in workflows:
            self._failed_runs(workflow)
        for each in functions:
            if isinstance(each.spec.trigger, OnStream | OnExpiry | OnLibrary):
                self._behind(each)
            if each.spec.construct in _SILENT:
                self._silence(each, _SILENT[each.spec.construct])
        self._dashboard(functions, queues, dead_letters, workflows)

    def _topic(self, deployment: Deployment) -> sns.Topic:
        key = AlarmKey(self, "AlarmKey", deployment=deployment)
        topic = sns.Topic(self, "Alarms", master_key=key.key, enforce_ssl=True)
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                sid="CloudWatchPublishes",
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}},
            )
        )
        if deployment.alarm_email:
            sns.Subscription(
                self,
                "Mail",
                topic=topic,
                protocol=sns.SubscriptionProtocol.EMAIL,
                endpoint=deployment.alarm_email,
            )
        return topic

    def _dead_letters(self, label: str, queue: sqs.IQueue) -> None:
        self._alarm(
            f"{label}DeadLetters",
            "Work failed for good and waits in the dead-letter queue, for two weeks.",
            queue.metric_approximate_number_of_messages_visible(
                period=Duration.minutes(5), statistic="Maximum"
            ),
        )

    def _overdue(self, label: str, work: WorkQueue) -> None:
        self._alarm(
            f"{label}Overdue",
            "Work has waited an hour for its turn.",
            work.queue.metric_approximate_age_of_oldest_message(
                period=Duration.minutes(5), statistic="Maximum"
            ),
            threshold=_OVERDUE.to_seconds(),
        )

    def _errors(self, each: BeeldrechtFunction) -> None:
        self._alarm(
            f"{each.spec.construct}Errors",
            "The function failed; its log says why.",
            each.function.metric_errors(period=Duration.minutes(5), statistic="Sum"),
        )

    def _throttles(self) -> None:
        # Without a function's name: the limit that throttles is the account's, and a
        # single metric shows it for all of them.
        self._alarm(
            "Throttles",
            "The account's limit of concurrent executions holds functions back.",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="Throttles",
                period=Duration.minutes(5),
                statistic="Sum",
            ),
            periods=3,
        )

    def _behind(self, each: BeeldrechtFunction) -> None:
        self._alarm(
            f"{each.spec.construct}Behind",
            "Facts have waited an hour to be followed; a stream keeps them for a day.",
            cloudwatch.Metric(
                namespace="AWS/Lambda",
                metric_name="IteratorAge",
                dimensions_map={"FunctionName": each.function.function_name},
                period=Duration.minutes(5),
                statistic="Maximum",
            ),
            threshold=_OVERDUE.to_milliseconds(),
        )

    def _failed_runs(self, workflow: Workflow) -> None:
        # One alarm for each way to fail: adding them up would need metric math, which
        # the local cloud cannot deploy, and says less.
        period = Duration.minutes(5)
        undone, machine = _UNDONE[workflow.name], workflow.machine
        failed = machine.metric_failed(period=period, statistic="Sum")
        late = machine.metric_timed_out(period=period, statistic="Sum")
        self._alarm(f"{workflow.name}Failed", undone, failed)
        self._alarm(f"{workflow.name}TimedOut", undone, late)

    def _silence(self, each: BeeldrechtFunction, meaning: str) -> None:
        # Silence is the danger here, so missing data is bad news. A new stack starts in
        # alarm and recovers within the hour: a free proof that the mail arrives.
        self._alarm(
            f"{each.spec.construct}Silent",
            meaning,
            each.function.metric_invocations(period=Duration.hours(1), statistic="Sum"),
            threshold=1,
            comparison=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            periods=3,
            missing=_MISSING.BREACHING,
        )

    def _alarm(
        self,
        name: str,
        meaning: str,
        metric: cloudwatch.IMetric,
        *,
        threshold: float = 0,
        comparison: cloudwatch.ComparisonOperator = (
            cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD
        ),
        periods: int = 1,
        missing: cloudwatch.TreatMissingData = _MISSING.NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            alarm_description=meaning,
            metric=metric,
            threshold=threshold,
            comparison_operator=comparison,
            evaluation_periods=periods,
            treat_missing_data=missing,
        )
        alarm.add_alarm_action(self._notify)

    def _dashboard(
        self,
        functions: Sequence[BeeldrechtFunction],
        queues: Mapping[str, WorkQueue],
        dead_letters: Mapping[str, sqs.IQueue],
        workflows: Sequence[Workflow],
    ) -> None:
        dashboard = cloudwatch.Dashboard(self, "Dashboard")
        dashboard.add_widgets(
            _graph(
                "Waiting",
                [
                    each.queue.metric_approximate_number_of_messages_visible(label=label)
                    for label, each in queues.items()
                ],
            ),
            _graph(
                "Seconds the oldest has waited",
                [
                    each.queue.metric_approximate_age_of_oldest_message(label=label)
                    for label, each in queues.items()
                ],
            ),
            _graph(
                "Failed for good",
                [
                    queue.metric_approximate_number_of_messages_visible(label=label)
                    for label, queue in dead_letters.items()
                ],
            ),
        )
        dashboard.add_widgets(
            _graph(
                "Started",
                [
                    each.function.metric_invocations(label=each.spec.construct)
                    for each in functions
                ],
            ),
            _graph(
                "Errors",
                [
                    each.function.metric_errors(label=each.spec.construct)
                    for each in functions
                ],
            ),
            _graph(
                "Milliseconds, slowest",
                [
                    each.function.metric_duration(
                        label=each.spec.construct, statistic="Maximum"
                    )
                    for each in functions
                ],
            ),
        )
        dashboard.add_widgets(
            *(
                _graph(
                    each.name,
                    [
                        each.machine.metric_succeeded(label="succeeded"),
                        each.machine.metric_failed(label="failed"),
                        each.machine.metric_timed_out(label="timed out"),
                    ],
                )
                for each in workflows
            )
        )


def _graph(title: str, metrics: list[cloudwatch.IMetric]) -> cloudwatch.GraphWidget:
    return cloudwatch.GraphWidget(
        title=title, left=metrics, period=Duration.minutes(5), width=8
    )
