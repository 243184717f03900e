"""The most that any role of a deployment can ever do, whatever it is granted.

A role's own statements say what it may do; the boundary says what nobody can make them
say. It is written by hand and not derived from the grants: somebody who adds a grant that
it does not hold has to widen it here, where a reviewer looks, or the grant is void.

It names the deployment's own resources by the beginnings of their names where naming them
one by one would close a circle (function, role, boundary, function).
"""

from collections.abc import Mapping

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk.constructs.grants import waive_wildcard
from cdk.constructs.guardrails import Guarded, denials_of_all
from cdk.deployment import Deployment

_DATA = [
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeStream",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
]
_OBJECTS = [
    "s3:AbortMultipartUpload",
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
    "s3:PutObjectTagging",
]
_MESSAGES = [
    "sqs:ChangeMessageVisibility",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
    "sqs:ReceiveMessage",
    "sqs:SendMessage",
]
_KEYS = ["kms:Decrypt", "kms:GenerateDataKey"]
# Nothing here reads or sets a password or a second factor, or removes anybody.
_USERS = [
    "cognito-idp:AdminAddUserToGroup",
    "cognito-idp:AdminCreateUser",
    "cognito-idp:AdminDisableUser",
    "cognito-idp:AdminEnableUser",
    "cognito-idp:AdminListGroupsForUser",
    "cognito-idp:AdminRemoveUserFromGroup",
    "cognito-idp:AdminUserGlobalSignOut",
    "cognito-idp:ListUsers",
]
# What CDK gives a state machine that logs; CloudWatch names no resource for these.
_LOG_DELIVERY = [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
]
WORKFLOWS = "Workflows"
"""Below which construct every state machine stands: their names and roles begin so."""
_FAMILY = (
    "The boundary's widest reach: this deployment's own resources, by the beginning of "
    "their names. What a role may do is said by its own statements, which name each one."
)


class Boundary(Construct):
    """One managed policy that bounds every role of the application."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        guarded: Guarded,
        user_pool: str,
    ) -> None:
        super().__init__(scope, name)
        most = [
            *_most(deployment.name, guarded),
            _allow("Users", _USERS, [user_pool]),
            *_mail(deployment),
        ]
        self.policy = iam.ManagedPolicy(
            self,
            "Policy",
            description=f"{deployment.name}: the most any of its roles may ever do",
            statements=[*most, *denials_of_all(guarded)],
        )
        for statement in most:
            for resource in statement.resources:
                if "*" in resource:
                    waive_wildcard(self.policy, resource, _FAMILY)

    def hold(self, scope: Construct) -> None:
        """Bound every role below `scope`, those that are made later too."""
        iam.PermissionsBoundary.of(scope).apply(self.policy)


def _most(deployment: str, guarded: Guarded) -> list[iam.PolicyStatement]:
    stores = f"{deployment}-Stores-*"
    here = f"{Aws.REGION}:{Aws.ACCOUNT_ID}"
    application = f"{deployment}-*"
    return [
        _allow("Data", _DATA, [_arn("dynamodb", f"{here}:table/{stores}")]),
        _allow(
            "Objects",
            _OBJECTS,
            [_arn("s3", f"::{stores.lower()}")],
            # The name of a bucket says nothing about whose it is.
            {"StringEquals": {"aws:ResourceAccount": Aws.ACCOUNT_ID}},
        ),
        _allow("Messages", _MESSAGES, [_arn("sqs", f"{here}:{application}")]),
        _allow("Keys", _KEYS, guarded.keys),
        _allow(
            "Signing",
            ["kms:GetPublicKey", "kms:Sign"],
            [guarded.certificate_key, guarded.picture_key],
        ),
        _allow(
            "Calls",
            ["lambda:InvokeFunction"],
            [_arn("lambda", f"{here}:function:{application}")],
        ),
        _allow(
            "Workflows",
            ["states:StartExecution"],
            # The name that CloudFormation gives a state machine begins with its id alone
            # at AWS, and with the stack's name in the local cloud.
            [
                _arn("states", f"{here}:stateMachine:{name}")
                for name in (f"{WORKFLOWS}*", application)
            ],
        ),
        # AWS takes no resource for it: a token reaches what it was made for.
        _allow("Answers", ["states:SendTaskSuccess"], ["*"]),
        _allow(
            "Milestones",
            ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"],
            [_arn("scheduler", f"{here}:schedule/{deployment}-milestones/*")],
        ),
        _allow(
            "MilestonesRole",
            ["iam:PassRole"],
            [_role(f"{deployment}-ClockMilestones*")],
            {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
        ),
        _allow(
            # Scans of paper, and what was made to be fetched.
            "Passing",
            ["s3:DeleteObject"],
            [
                _arn("s3", f"::{deployment}-stores-documents-*/paper/*".lower()),
                _arn("s3", f"::{deployment}-stores-exports-*/*".lower()),
            ],
        ),
        _allow(
            # By the names of the roles that erase, or end a proof with its copy: for all
            # others this is void.
            "Erasing",
            ["s3:DeleteObject", "s3:DeleteObjectVersion"],
            [_arn("s3", f"::{deployment}-stores-*/*".lower())],
            _only(f"{deployment}-Rights", "Erase", "FollowExpiry", "ApplyRetention"),
        ),
        _allow(
            # Of those that look whether anything is left.
            "WholeTables",
            ["dynamodb:Scan"],
            [_arn("dynamodb", f"{here}:table/{stores}")],
            _only(f"{deployment}-", "RightsErase", "RightsVerify", "CollectTraces"),
        ),
        _allow(
            "Logs",
            ["logs:CreateLogStream", "logs:PutLogEvents"],
            [_arn("logs", f"{here}:log-group:{application}")],
        ),
        _allow(
            "WorkflowLogs",
            _LOG_DELIVERY,
            ["*"],
            _only(f"{deployment}-", WORKFLOWS),
        ),
    ]


def _only(family: str, *names: str) -> Mapping[str, Mapping[str, str | list[str]]]:
    """For the roles whose names begin so: for all others the statement is void."""
    roles = [_role(f"{family}{each}*") for each in names]
    return {"ArnLike": {"aws:PrincipalArn": roles}}


def _role(name: str) -> str:
    return f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role/{name}"


def _mail(deployment: Deployment) -> list[iam.PolicyStatement]:
    """Sending from this deployment's identity, where it has one."""
    if not deployment.mail_from:
        return []
    here = f"{Aws.REGION}:{Aws.ACCOUNT_ID}"
    return [
        _allow(
            "Mail",
            ["ses:SendEmail"],
            [
                _arn("ses", f"{here}:identity/{deployment.mail_identity}"),
                _arn("ses", f"{here}:configuration-set/*"),
            ],
        )
    ]


def _arn(service: str, rest: str) -> str:
    return f"arn:{Aws.PARTITION}:{service}:{rest}"


def _allow(
    sid: str,
    actions: list[str],
    resources: list[str],
    conditions: Mapping[str, Mapping[str, str | list[str]]] | None = None,
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid, actions=actions, resources=resources, conditions=conditions or {}
    )
