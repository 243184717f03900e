"""What the buckets of pictures refuse to everybody, whatever a role was granted.

The functions decide who sees what. These denials make that decision the only way in: not
even an administrator of the account reads a picture past it. Whoever has to (a break in
the glass) changes this policy first, and CloudTrail keeps that call.
"""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3

from cdk.deployment import Deployment

LINK_MILLISECONDS = 60_000
"""The longest that an address of a picture works, whatever it was signed for."""
FORM_MILLISECONDS = 15 * 60_000
"""The longest that a form, or the address of a part, takes a file."""


def wall(bucket: s3.Bucket, deployment: Deployment) -> None:
    """Put the denials into a bucket's policy.

    Nothing of S3's own needs through: logs go to another bucket, events and the
    lifecycle read no object.
    """
    for statement in (
        _deny(
            "NoAddressOutlivesAMinute",
            ["s3:GetObject", "s3:GetObjectVersion"],
            bucket,
            _older_than(LINK_MILLISECONDS, "REST-QUERY-STRING"),
        ),
        _deny(
            "NoFormOutlivesAQuarter",
            ["s3:PutObject"],
            bucket,
            _older_than(FORM_MILLISECONDS, "REST-QUERY-STRING", "POST"),
        ),
        _deny(
            "OnlyFunctionsOfThisDeployment",
            _touching_pictures(deployment),
            bucket,
            {"ArnNotLike": {"aws:PrincipalArn": _roles(deployment)}},
        ),
        _deny(
            # Ownership has switched lists off; this keeps them off should it ever change.
            "NoAccessLists",
            ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
            bucket,
        ),
    ):
        bucket.add_to_resource_policy(statement)


def _touching_pictures(deployment: Deployment) -> list[str]:
    """Fetching and writing; deleting too, unless the deployment is made to be removed."""
    touching = ["s3:GetObject*", "s3:PutObject*"]
    return [*touching, "s3:DeleteObject*"] if deployment.keeps_data else touching


def _roles(deployment: Deployment) -> str:
    """The roles of the functions, by the beginning that CloudFormation gives them.

    The policy is deployed before the functions are, and cannot name them one by one.
    """
    family = f"role/{deployment.name}-*"
    return f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:{family}"


def _older_than(milliseconds: int, *how: str) -> dict[str, dict[str, object]]:
    return {
        "NumericGreaterThan": {"s3:signatureAge": str(milliseconds)},
        "StringEquals": {"s3:authType": list(how)},
    }


def _deny(
    sid: str,
    actions: list[str],
    bucket: s3.Bucket,
    conditions: dict[str, dict[str, object]] | None = None,
) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid,
        effect=iam.Effect.DENY,
        principals=[iam.AnyPrincipal()],
        actions=actions,
        resources=[bucket.arn_for_objects("*")],
        conditions=conditions,
    )
