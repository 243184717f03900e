"""The customer managed keys: for templates, names, signatures and the alarm topic."""

from collections.abc import Callable

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


def through_dynamodb() -> str:
    """What KMS calls DynamoDB of this Region, where it asks on somebody's behalf."""
    return Fn.join(".", ["dynamodb", Aws.REGION, Aws.URL_SUFFIX])


def fixed_role_name(deployment: Deployment, spec: FunctionSpec) -> str | None:
    """The fixed name of a role that may open templates or names; None for all others.

    The keys' policies live in the stack that is deployed first, so they can only know
    these roles by name. Every other role's name is left to CloudFormation.
    """
    signs = spec.certifies or spec.signs_pictures
    if spec.handles_biometrics or spec.opens_names or signs:
        return f"{deployment.name}-{spec.construct}"
    return None


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
            policy=_sealing_policy(
                deployment,
                "OnlyEnrolmentAndSuggestion",
                lambda spec: spec.handles_biometrics,
            ),
            removal_policy=_removal(deployment),
        )
        keep_logical_id(self.key, name, kms.CfnKey)

    def grant_open(self, grantee: Grantee) -> None:
        """Let a function open sealed templates."""
        grantee.allow("OpenTemplates", ["kms:Decrypt"], [self.key.key_arn])

    def grant_seal(self, grantee: Grantee) -> None:
        """Let a function make a person's key, and seal and open templates."""
        uses = ["kms:Decrypt", "kms:GenerateDataKey"]
        grantee.allow("SealTemplates", uses, [self.key.key_arn])


class PeopleKey(Construct):
    """Encrypts the keys table, and wraps each person's contact key inside it.

    Used directly, which is what opening a name takes, it answers the functions of the
    API alone: whoever wants to read names passes their rules and their audit, the
    account's administrators too (ADR 0014).
    """

    def __init__(self, scope: Construct, name: str, *, deployment: Deployment) -> None:
        super().__init__(scope, name)
        self.key = kms.Key(
            self,
            "Key",
            description=f"{deployment.name}: people's names",
            enable_key_rotation=True,
            pending_window=Duration.days(30 if deployment.keeps_data else 7),
            policy=_sealing_policy(
                deployment, "OnlyTheApi", lambda spec: spec.opens_names
            ),
            removal_policy=_removal(deployment),
        )
        keep_logical_id(self.key, name, kms.CfnKey)

    def grant_open(self, grantee: Grantee) -> None:
        """Let a function open names."""
        grantee.allow("OpenNames", ["kms:Decrypt"], [self.key.key_arn])

    def grant_seal(self, grantee: Grantee) -> None:
        """Let a function make a person's key, and seal and open names."""
        uses = ["kms:Decrypt", "kms:GenerateDataKey"]
        grantee.allow("SealNames", uses, [self.key.key_arn])


class SigningKey(Construct):
    """Signs certificates of erasure, or what pictures say; its public half is for all.

    Whoever has such a file checks it without us, so nobody but the one function that
    makes them may sign, the account's administrators neither. One key for each: who
    renders pictures can make no certificate.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        of: str,
        signs: Callable[[FunctionSpec], bool],
    ) -> None:
        super().__init__(scope, name)
        self._name = name
        self.key = kms.Key(
            self,
            "Key",
            description=f"{deployment.name}: {of}",
            key_spec=kms.KeySpec.ECC_NIST_P256,
            key_usage=kms.KeyUsage.SIGN_VERIFY,
            pending_window=Duration.days(30 if deployment.keeps_data else 7),
            policy=iam.PolicyDocument(
                statements=[
                    _administration(),
                    iam.PolicyStatement(
                        sid="EverybodyMayCheck",
                        principals=[iam.AccountRootPrincipal()],
                        actions=["kms:GetPublicKey", "kms:Verify"],
                        resources=["*"],
                    ),
                    iam.PolicyStatement(
                        sid="OnlyOneFunctionSigns",
                        principals=[iam.AccountRootPrincipal()],
                        actions=["kms:Sign"],
                        resources=["*"],
                        conditions=_these(deployment, signs),
                    ),
                ]
            ),
            removal_policy=_removal(deployment),
        )
        keep_logical_id(self.key, name, kms.CfnKey)

    def grant_sign(self, grantee: Grantee) -> None:
        """Let a function sign."""
        uses = ["kms:GetPublicKey", "kms:Sign"]
        grantee.allow(f"SignWith{self._name}", uses, [self.key.key_arn])

    def grant_show(self, grantee: Grantee) -> None:
        """Let a function show everybody the public half."""
        grantee.allow(f"Show{self._name}", ["kms:GetPublicKey"], [self.key.key_arn])


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
    by_our_callers = {
        "kms:CallerAccount": Aws.ACCOUNT_ID,
        "kms:ViaService": through_dynamodb(),
    }
    return [
        iam.PolicyStatement(
            sid="TableEncryption",
            principals=[iam.AccountRootPrincipal()],
            actions=_USE,
            resources=["*"],
            conditions={"StringEquals": by_our_callers},
        ),
        iam.PolicyStatement(
            # DynamoDB keeps a grant for what it does by itself: expiry and streams.
            sid="TableEncryptionInTheBackground",
            principals=[iam.AccountRootPrincipal()],
            actions=["kms:CreateGrant"],
            resources=["*"],
            conditions={
                "StringEquals": by_our_callers,
                "Bool": {"kms:GrantIsForAWSResource": "true"},
            },
        ),
    ]


def _sealing_policy(
    deployment: Deployment, sid: str, uses: Callable[[FunctionSpec], bool]
) -> iam.PolicyDocument:
    """Encrypt a table for whoever may read it; used directly, answer `uses` alone."""
    return iam.PolicyDocument(
        statements=[
            _administration(),
            *_use_through_dynamodb(),
            _direct_use(deployment, sid, uses),
        ]
    )


def _direct_use(
    deployment: Deployment, sid: str, uses: Callable[[FunctionSpec], bool]
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        principals=[iam.AccountRootPrincipal()],
        actions=_USE,
        resources=["*"],
        conditions=_these(deployment, uses),
    )


def _these(
    deployment: Deployment, uses: Callable[[FunctionSpec], bool]
) -> dict[str, dict[str, list[str]]]:
    """That it is one of these functions, by the fixed name of its role."""
    roles = [
        f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/"
        f"{fixed_role_name(deployment, spec)}"
        for spec in FUNCTIONS
        if uses(spec)
    ]
    return {"ArnEquals": {"aws:PrincipalArn": roles}}
