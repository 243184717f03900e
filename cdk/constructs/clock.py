"""The schedules, in Amsterdam's time."""

from collections.abc import Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.functions import OnSchedule
from cdk.constructs.grants import waive
from cdk.constructs.queues import dead_letter_queue


class Clock(Construct):
    """Starts each scheduled function; what could not be started is kept two weeks."""

    def __init__(
        self, scope: Construct, name: str, *, functions: Sequence[BeeldrechtFunction]
    ) -> None:
        super().__init__(scope, name)
        self.dead_letters = dead_letter_queue(self, "Dead")
        waive(
            self.dead_letters,
            "AwsSolutions-SQS3",
            "It is the dead-letter queue of the schedules, which the rule cannot see.",
        )
        scheduled = [
            (each, each.spec.trigger)
            for each in functions
            if isinstance(each.spec.trigger, OnSchedule)
        ]
        role = self._role([each for each, _ in scheduled])
        for each, trigger in scheduled:
            self._schedule(each, trigger, role)

    def _role(self, scheduled: Sequence[BeeldrechtFunction]) -> iam.Role:
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com").with_conditions(
                {"StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}}
            ),
        )
        role.add_to_policy(
            iam.PolicyStatement(
                sid="StartScheduledFunctions",
                actions=["lambda:InvokeFunction"],
                resources=[each.function.function_arn for each in scheduled],
            )
        )
        role.add_to_policy(
            iam.PolicyStatement(
                sid="KeepWhatCouldNotStart",
                actions=["sqs:SendMessage"],
                resources=[self.dead_letters.queue_arn],
            )
        )
        return role

    def _schedule(
        self, each: BeeldrechtFunction, trigger: OnSchedule, role: iam.Role
    ) -> None:
        target = scheduler.CfnSchedule.TargetProperty(
            arn=each.function.function_arn,
            role_arn=role.role_arn,
            dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(
                arn=self.dead_letters.queue_arn
            ),
            # The next hour starts it anyway: an old start is not worth keeping.
            retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                maximum_event_age_in_seconds=1800, maximum_retry_attempts=5
            ),
        )
        schedule = scheduler.CfnSchedule(
            self,
            each.spec.construct,
            description=each.spec.does,
            schedule_expression=f"cron({trigger.minute} * * * ? *)",
            schedule_expression_timezone="Europe/Amsterdam",
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(
                mode="OFF"
            ),
            target=target,
        )
        # Without it a schedule may fire before its role may start anything.
        schedule.node.add_dependency(role)
