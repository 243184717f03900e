"""The schedules, in Amsterdam's time."""

from collections.abc import Sequence

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction
from cdk.constructs.functions import OnSchedule, Setting
from cdk.constructs.grants import waive
from cdk.constructs.queues import dead_letter_queue
from cdk.deployment import Deployment


class Clock(Construct):
    """Starts each scheduled function; what could not be started is kept two weeks."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        functions: Sequence[BeeldrechtFunction],
    ) -> None:
        super().__init__(scope, name)
        self._group = f"{deployment.name}-milestones"
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
        role = self._role("Role", [each for each, _ in scheduled])
        for each, trigger in scheduled:
            self._schedule(each, trigger, role)

    def plan(self, planner: BeeldrechtFunction, reached: BeeldrechtFunction) -> None:
        """Let one function make one-off schedules that start the other, and nothing else.

        They live in a group of their own, so that what may be made and removed there is
        no schedule of the house.
        """
        group = scheduler.CfnScheduleGroup(self, "Milestones", name=self._group)
        role = self._role("MilestonesRole", [reached])
        told = {
            Setting.MILESTONES_GROUP: self._group,
            Setting.MILESTONES_ROLE_ARN: role.role_arn,
            Setting.REACH_MILESTONE_ARN: reached.function.function_arn,
            Setting.SCHEDULES_DEAD_ARN: self.dead_letters.queue_arn,
        }
        for setting, value in told.items():
            planner.function.add_environment(setting, value)
        planner.function.node.add_dependency(group)
        here = f"{Aws.REGION}:{Aws.ACCOUNT_ID}"
        arn = f"arn:{Aws.PARTITION}:scheduler:{here}:schedule/{self._group}/*"
        planner.allow(
            "PlanMilestones",
            ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"],
            [arn],
            wildcard_reason=(
                "Schedules are named by milestones of documents that nobody has signed "
                "when this is deployed; the group is theirs alone."
            ),
        )
        planner.allow(
            "LendTheirRole",
            ["iam:PassRole"],
            [role.role_arn],
            conditions={
                "StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}
            },
        )

    def end(self, function: BeeldrechtFunction) -> None:
        """Let a function drop milestones that nobody is to be told any more."""
        function.function.add_environment(Setting.MILESTONES_GROUP, self._group)
        here = f"{Aws.REGION}:{Aws.ACCOUNT_ID}"
        function.allow(
            "DropMilestones",
            ["scheduler:DeleteSchedule"],
            [f"arn:{Aws.PARTITION}:scheduler:{here}:schedule/{self._group}/*"],
            wildcard_reason=(
                "Schedules are named by milestones of documents that nobody has signed "
                "when this is deployed; the group is theirs alone."
            ),
        )

    def _role(self, name: str, scheduled: Sequence[BeeldrechtFunction]) -> iam.Role:
        role = iam.Role(
            self,
            name,
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
