"""A state machine from its own file, bound to exactly the functions it names."""

import re
from collections.abc import Sequence
from pathlib import Path

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from cdk.constructs.function import BeeldrechtFunction, log_group
from cdk.constructs.functions import Setting
from cdk.constructs.grants import waive
from cdk.deployment import ROOT, Deployment, DeploymentError

_PLACEHOLDER = re.compile(r"\$\{(\w+)\}")
_WAITING = {
    # Invokes a function and waits until somebody answers by the token it was given. A
    # placeholder, for its ARN begins with the partition.
    "InvokeAndWaitForAnswer": (
        f"arn:{Aws.PARTITION}:states:::lambda:invoke.waitForTaskToken"
    )
}


class Workflow(Construct):
    """A state machine; its placeholders are its functions, one for one.

    Of an express one nothing of a run is kept. Of a standard one Step Functions keeps the
    history for 90 days: ids, words of ours, and tokens that nobody waits for any more.
    The log says which state failed and why, never what went through it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        definition: str,
        functions: Sequence[BeeldrechtFunction],
        deployment: Deployment,
        express: bool = False,
    ) -> None:
        super().__init__(scope, name)
        self.name = name
        self.setting = Setting[f"{definition.partition('.')[0].upper()}_ARN"]
        text = _definition(ROOT / "statemachines" / definition)
        by_placeholder = {each.spec.placeholder: each for each in functions}
        named = set(_PLACEHOLDER.findall(text))
        waiting = {each: _WAITING[each] for each in named & _WAITING.keys()}
        named -= waiting.keys()
        if named != by_placeholder.keys():
            raise DeploymentError(
                f"{definition} and the functions it is given disagree on "
                f"{', '.join(sorted(named ^ by_placeholder.keys()))}"
            )
        self.role = iam.Role(
            self, "Role", assumed_by=iam.ServicePrincipal("states.amazonaws.com")
        )
        self.machine = sfn.StateMachine(
            self,
            "Machine",
            # In the template, where tests and the region check can read it.
            definition_body=sfn.DefinitionBody.from_string(text),
            definition_substitutions={
                **waiting,
                **{
                    placeholder: each.function.function_arn
                    for placeholder, each in by_placeholder.items()
                },
            },
            state_machine_type=(
                sfn.StateMachineType.EXPRESS if express else sfn.StateMachineType.STANDARD
            ),
            role=self.role,
            tracing_enabled=False,
            logs=sfn.LogOptions(
                destination=log_group(self, "Logs", deployment=deployment),
                level=sfn.LogLevel.ERROR,
                include_execution_data=False,
            ),
        )
        self.role.add_to_principal_policy(
            iam.PolicyStatement(
                sid="InvokeItsFunctions",
                actions=["lambda:InvokeFunction"],
                resources=[each.function.function_arn for each in functions],
            )
        )
        waive(
            self.role,
            "AwsSolutions-IAM5[Resource::*]",
            "The statement CDK adds for log delivery: CloudWatch's actions for it name "
            "no resource.",
        )
        waive(
            self.machine,
            "AwsSolutions-SF1",
            "Errors are logged. Logging every event would keep a year of who was in "
            "which picture when, and who was asked what, of runs that went well.",
        )
        waive(
            self.machine,
            "AwsSolutions-SF2",
            "X-Ray would be one more store of ids that cannot be erased one by one; "
            "the log names the failed state.",
        )

    def grant_start(self, starter: BeeldrechtFunction) -> None:
        """Let a function start this, and tell it which one it is."""
        arn = self.machine.state_machine_arn
        starter.function.add_environment(self.setting, arn)
        starter.allow(f"Start{self.name}", ["states:StartExecution"], [arn])


def _definition(path: Path) -> str:
    return path.read_text(encoding="utf-8")
