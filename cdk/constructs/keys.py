"""The two customer managed keys: one for biometrics, one for the alarm topic."""

from aws_cdk import Aws, Duration, Fn, RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from cdk.constructs.functions import FUNCTIONS, FunctionSpec
from cdk.constructs.grants import Grantee
from cdk.constructs.identity import keep_logical_id
from cdk.deployment import Deployment

# Everything that manages a key, and nothing that uses it or lends it (CreateGrant).
_ADMINISTER = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
]
_USE = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
]


def biometrics_role_name(deployment: Deployment, spec: FunctionSpec) -> str:
    """The fixed name of a role that may open templates.

    The key's policy lives in the stack that is deployed first, so it can only know these
    two roles by name. Every other role's name is left to CloudFormation.
    """
    return f"{deployment.name}-{spec.construct}"


class BiometricsKey(Construct):
    """Encrypts the biometrics table, and seals each person's template inside it.

    Through DynamoDB it serves whoever may read the table. Used directly, which is what
    opening a sealed template takes, it answers two roles only, and no administrator.
    """

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self.key = kms.Key(
            self,
            "Key",
            description=f"{deployment.name}: biometric templates",
            enable_key_rotation=True,
            pending_window=Duration.days(30 if deployment.keeps_data else 7),
            policy=iam.PolicyDocument(
                statements=[
                    _administration(),
                    *_use_through_dynamodb(),
                    _direct_use(deployment),
                ]
            ),
            removal_policy=_removal(deployment),
        )
        keep_logical_id(self.key, name, kms.CfnKey)

    def grant_open(self, grantee: Grantee) -> None:
        """Let a function open sealed templates."""
        grantee.allow("OpenTemplates", ["kms:Decrypt"], [self.key.key_arn])

    def grant_seal(self, grantee: Grantee) -> None:
        """Let a function seal templates, write them to the table, and open them."""
        grantee.allow("SealTemplates", _USE, [self.key.key_arn])


class AlarmKey(Construct):
    """Encrypts alarm messages: CloudWatch cannot use the key AWS manages for SNS."""

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self.key = kms.Key(
            self,
            "Key",
            description=f"{deployment.name}: alarm messages",
            enable_key_rotation=True,
            pending_window=Duration.days(7),
            policy=iam.PolicyDocument(
                statements=[
                    _administration(),
                    iam.PolicyStatement(
                        sid="CloudWatchPublishes",
                        principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                        actions=["kms:Decrypt", "kms:GenerateDataKey"],
                        resources=["*"],
                        conditions={
                            "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID}
                        },
                    ),
                ]
            ),
            # An alarm message is worth nothing once it has been sent.
            removal_policy=RemovalPolicy.DESTROY,
        )


def _removal(deployment: Deployment) -> RemovalPolicy:
    return RemovalPolicy.RETAIN if deployment.keeps_data else RemovalPolicy.DESTROY


def _administration() -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid="AccountAdministers",
        principals=[iam.AccountRootPrincipal()],
        actions=_ADMINISTER,
        resources=["*"],
    )


def _use_through_dynamodb() -> list[iam.PolicyStatement]:
    through_dynamodb = {
        "kms:CallerAccount": Aws.ACCOUNT_ID,
        "kms:ViaService": Fn.join(".", ["dynamodb", Aws.REGION, Aws.URL_SUFFIX]),
    }
    return [
        iam.PolicyStatement(
            sid="TableEncryption",
            principals=[iam.AccountRootPrincipal()],
            actions=_USE,
            resources=["*"],
            conditions={"StringEquals": through_dynamodb},
        ),
        iam.PolicyStatement(
            # DynamoDB keeps a grant for what it does by itself: expiry and streams.
            sid="TableEncryptionInTheBackground",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:CreateGrant"],
            resources=["*"],
            conditions={
                "StringEquals": through_dynamodb,
                "Bool": {"kms:GrantIsForAWSResource": "true"},
            },
        ),
    ]


def _direct_use(deployment: Deployment) -> iam.PolicyStatement:
    roles = [
        f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/"
        f"{biometrics_role_name(deployment, spec)}"
        for spec in FUNCTIONS
        if spec.handles_biometrics
    ]
    return iam.PolicyStatement(
        sid="OnlyEnrolmentAndSuggestion",
        principals=[iam.AccountRootPrincipal()],
        actions=_USE,
        resources=["*"],
        conditions={"ArnEquals": {"aws:PrincipalArn": roles}},
    )
