"""What a function's role is denied, whatever else it is ever granted.

What every one of them is denied stands in one policy that all carry, so that what is left
of a role's own page is room for its grants.
"""

from dataclasses import dataclass

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from constructs import Construct

from cdk.constructs.functions import FunctionSpec
from cdk.constructs.keys import through_dynamodb
from cdk.constructs.tables import END, REWRITES


@dataclass(frozen=True, slots=True)
class Guarded:
    """The ARNs of what the denials protect."""

    audit_table: str
    biometrics_table: str
    biometrics_key: str
    keys_table: str
    people_key: str
    certificate_key: str
    picture_key: str
    originals_bucket: str
    checkpoints_bucket: str

    @property
    def keys(self) -> list[str]:
        """The keys that functions use themselves; the alarms' key is not among them."""
        return [self.biometrics_key, self.people_key]


def guardrails(scope: Construct, guarded: Guarded) -> iam.IManagedPolicy:
    """The policy with what every role is denied; each function's role carries it."""
    return iam.ManagedPolicy(
        scope,
        "Guardrails",
        description="What no function may do, whatever it is granted",
        statements=denials_of_all(guarded),
    )


def denials(spec: FunctionSpec, guarded: Guarded) -> list[iam.PolicyStatement]:
    """The denials of one role: templates and names, for all but those that need them."""
    rules: list[iam.PolicyStatement] = []
    if spec.ends_secrets:
        # Who looks where somebody is named opens the name, and never a template.
        shut = [guarded.biometrics_key] if spec.opens_names else guarded.keys
        rules.append(_never_open(shut))
    elif spec.dates_templates:
        rules.append(_never_open([guarded.biometrics_key]))
    elif not spec.handles_biometrics:
        rules += [
            _deny(
                "NeverReachTemplates",
                ["dynamodb:*"],
                [guarded.biometrics_table, f"{guarded.biometrics_table}/*"],
            ),
            _deny("NeverUseTheTemplateKey", ["kms:*"], [guarded.biometrics_key]),
        ]
    if not (spec.ends_secrets or spec.opens_names):
        rules += [
            _deny(
                "NeverReachNameKeys",
                ["dynamodb:*"],
                [guarded.keys_table, f"{guarded.keys_table}/*"],
            ),
            _deny("NeverUseThePeopleKey", ["kms:*"], [guarded.people_key]),
        ]
    if not spec.erases_originals:
        rules.append(
            _deny(
                "NeverEraseOriginals",
                ["s3:DeleteObject", "s3:DeleteObjectVersion"],
                [f"{guarded.originals_bucket}/*"],
            )
        )
    if not spec.reads_whole_tables:
        rules.append(_deny("NeverReadTablesWhole", ["dynamodb:Scan"], ["*"]))
    others = [
        key
        for key, signs in (
            (guarded.certificate_key, spec.certifies),
            (guarded.picture_key, spec.signs_pictures),
        )
        if not signs
    ]
    rules.append(_deny("NeverSign", ["kms:Sign"], others))
    if not spec.keeps_checkpoints:
        kept = f"{guarded.checkpoints_bucket}/*"
        rules.append(_deny("NeverMakeCheckpoints", ["s3:PutObject"], [kept]))
    if not spec.ends_audit:
        rules.append(_never_end_the_audit(guarded.audit_table))
    return rules


def denials_of_all(guarded: Guarded) -> list[iam.PolicyStatement]:
    """The denials that hold for every role, in its guardrails and in the boundary."""
    return [
        _deny(
            "NeverRewriteTheAudit",
            [
                *REWRITES,
                "dynamodb:DeleteTable",
                "dynamodb:PartiQLDelete",
                "dynamodb:PartiQLUpdate",
                "dynamodb:UpdateTimeToLive",
            ],
            [guarded.audit_table],
        ),
        _deny(
            "NeverLoosenOriginals",
            [
                "s3:DeleteBucket",
                "s3:DeleteBucketPolicy",
                "s3:PutBucketAcl",
                "s3:PutBucketPolicy",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketVersioning",
                "s3:PutLifecycleConfiguration",
                "s3:PutReplicationConfiguration",
            ],
            [guarded.originals_bucket],
        ),
        _deny(
            "NeverDestroyKeys",
            [
                "kms:DeleteImportedKeyMaterial",
                "kms:DisableKey",
                "kms:PutKeyPolicy",
                "kms:ReplicateKey",
                "kms:ScheduleKeyDeletion",
            ],
            ["*"],
        ),
        _deny(
            # By the beginnings of actions: the boundary, which carries this too, may not
            # be longer than a page.
            "NeverTouchCheckpoints",
            [
                "s3:Bypass*",
                "s3:Delete*",
                "s3:PutBucket*",
                "s3:PutLifecycle*",
                "s3:PutObjectLegalHold",
                "s3:PutObjectRetention",
                "s3:PutReplic*",
            ],
            [guarded.checkpoints_bucket, f"{guarded.checkpoints_bucket}/*"],
        ),
        _stay_in_region(),
    ]


def _deny(sid: str, actions: list[str], resources: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(
        sid=sid, effect=iam.Effect.DENY, actions=actions, resources=resources
    )


def _never_end_the_audit(table: str) -> iam.PolicyStatement:
    """Whoever may put entries puts none that goes by itself."""
    return iam.PolicyStatement(
        sid="NeverEndTheAudit",
        effect=iam.Effect.DENY,
        actions=["dynamodb:PutItem"],
        resources=[table],
        conditions={"ForAnyValue:StringEquals": {"dynamodb:Attributes": [END]}},
    )


def _never_open(keys: list[str]) -> iam.PolicyStatement:
    """DynamoDB may decrypt its tables for who destroys keys; they may open nothing.

    Where the call does not say through which service it comes, it comes from them.
    """
    return iam.PolicyStatement(
        sid="NeverOpenWhatIsSealed",
        effect=iam.Effect.DENY,
        actions=["kms:*"],
        resources=keys,
        conditions={"StringNotEquals": {"kms:ViaService": through_dynamodb()}},
    )


def _stay_in_region() -> iam.PolicyStatement:
    """The third wall of R19, at run time: no call of a function reaches another Region.

    Only where a request says its Region: the key being absent must not deny.
    """
    return iam.PolicyStatement(
        sid="StayInRegion",
        effect=iam.Effect.DENY,
        actions=["*"],
        resources=["*"],
        conditions={
            "StringNotEquals": {"aws:RequestedRegion": Aws.REGION},
            "Null": {"aws:RequestedRegion": "false"},
        },
    )
