"""One function of the table, with a role and a log group of its own."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from aws_cdk import Duration, IgnoreMode, RemovalPolicy, Size
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from cdk.constructs.functions import FunctionSpec, Setting
from cdk.constructs.grants import waive, waive_wildcard
from cdk.constructs.guardrails import Guarded, denials
from cdk.constructs.keys import fixed_role_name
from cdk.constructs.layers import ARCHITECTURE, RUNTIME, Layers
from cdk.deployment import Deployment, DeploymentError

SCRATCH = 512
"""MiB of disk that a function has without being given any."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What every function of a deployment stands on."""

    deployment: Deployment
    layers: Layers
    settings: Mapping[Setting, str]
    guarded: Guarded
    guardrails: iam.IManagedPolicy


class BeeldrechtFunction(Construct):
    """A function: its code alone, its settings alone, and only what it was granted."""

    def __init__(self, scope: Construct, spec: FunctionSpec, *, ground: Ground) -> None:
        super().__init__(scope, spec.construct)
        self.spec = spec
        deployment = ground.deployment
        self.log_group = log_group(self, "Logs", deployment=deployment)
        self.role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"{deployment.name}: {spec.construct}",
            role_name=fixed_role_name(deployment, spec),
            managed_policies=[ground.guardrails],
        )
        self.allow(
            "WriteLogs",
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [self.log_group.log_group_arn],
        )
        for denial in denials(spec, ground.guarded):
            self.role.add_to_principal_policy(denial)
        self.function = lambda_.Function(
            self,
            "Function",
            description=spec.does,
            runtime=RUNTIME,
            architecture=ARCHITECTURE,
            code=_code(deployment.functions_dir, spec),
            handler=spec.handler,
            layers=ground.layers.of(spec),
            memory_size=spec.memory_mib,
            timeout=Duration.seconds(spec.timeout_seconds),
            ephemeral_storage_size=(
                Size.mebibytes(spec.scratch_mib) if spec.scratch_mib > SCRATCH else None
            ),
            reserved_concurrent_executions=(
                spec.reserved if deployment.reserved_concurrency else None
            ),
            environment={
                setting: ground.settings[setting]
                for setting in sorted(spec.settings & ground.settings.keys())
            },
            log_group=self.log_group,
            role=self.role,
            # Traces would be one more store to keep clean of ids, at 5 USD per million.
            tracing=lambda_.Tracing.DISABLED,
        )
        self.function.add_environment(Setting.POWERTOOLS_SERVICE_NAME, spec.folder)
        waive(
            self.function,
            "AwsSolutions-L1",
            "Python 3.13 is what the native wheels of the layers are locked, measured "
            "and tested with; AWS supports it until 2029.",
        )

    def allow(
        self,
        sid: str,
        actions: list[str],
        resources: list[str],
        *,
        wildcard_reason: str | None = None,
        conditions: Mapping[str, Mapping[str, object]] | None = None,
    ) -> None:
        """Add one statement to this function's role."""
        self.role.add_to_principal_policy(
            iam.PolicyStatement(
                sid=sid, actions=actions, resources=resources, conditions=conditions
            )
        )
        if wildcard_reason:
            for resource in resources:
                waive_wildcard(self.role, resource, wildcard_reason)


def log_group(scope: Construct, name: str, *, deployment: Deployment) -> logs.LogGroup:
    """A log group that keeps its entries for the configured term (R23)."""
    return logs.LogGroup(
        scope,
        name,
        retention=_RETENTION[deployment.log_days],
        removal_policy=(
            RemovalPolicy.RETAIN if deployment.keeps_data else RemovalPolicy.DESTROY
        ),
    )


_RETENTION = {
    365: logs.RetentionDays.ONE_YEAR,
    400: logs.RetentionDays.THIRTEEN_MONTHS,
    545: logs.RetentionDays.EIGHTEEN_MONTHS,
    731: logs.RetentionDays.TWO_YEARS,
    1096: logs.RetentionDays.THREE_YEARS,
    1827: logs.RetentionDays.FIVE_YEARS,
}


def _code(functions_dir: Path, spec: FunctionSpec) -> lambda_.Code:
    """Its own folder and its commands', under the dotted paths tests import them by."""
    if not (functions_dir / spec.stage / spec.folder / "handler.py").is_file():
        raise DeploymentError(
            f"functions/{spec.stage}/{spec.folder}/handler.py is missing: "
            f"{spec.construct} has no code"
        )
    return lambda_.Code.from_asset(
        str(functions_dir),
        ignore_mode=IgnoreMode.GIT,
        exclude=["/*", *_carried(spec), "event.json", "__pycache__"],
    )


def _carried(spec: FunctionSpec) -> list[str]:
    """The patterns that let some folders of some stages back in, stage by stage."""
    folders = defaultdict(list, {spec.stage: [spec.folder]})
    for command in spec.runs:
        folders[command.stage].append(command.folder)
    return [
        pattern
        for stage, names in folders.items()
        for pattern in (
            f"!/{stage}",
            f"/{stage}/*",
            f"!/{stage}/__init__.py",
            *(f"!/{stage}/{name}" for name in names),
        )
    ]
