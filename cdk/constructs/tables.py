"""The DynamoDB tables and what may be done with each."""

from typing import Literal

from aws_cdk import Aws, RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from cdk.constructs.grants import Grantee, waive
from cdk.constructs.identity import keep_logical_id
from cdk.deployment import Deployment

type Reading = Literal["BatchGetItem", "GetItem", "Query"]
"""By keys, by one key, or by what they begin with; nothing scans."""
type Writing = Literal["ConditionCheckItem", "DeleteItem", "PutItem", "UpdateItem"]

# What could change or remove an audit entry. A batch is here because it puts without a
# condition, which would overwrite.
REWRITES = ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:UpdateItem"]

END = "expires_at"
"""With a date under this name an item goes by itself."""

IN_INDEX = ("kind", "asset_id", "face_id")


class DataTable(Construct):
    """A table with keys `pk` and `sk`, paid per request, expiring by `expires_at`."""

    whole_items = False
    """Whether its indexes hold items whole, and not their ids alone."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        indexes: dict[str, tuple[str, str]] | None = None,
        stream: bool = True,
        backups: bool = True,
        key: kms.IKey | None = None,
        policy: iam.PolicyDocument | None = None,
    ) -> None:
        super().__init__(scope, name)
        self._name = name
        keeps_data = deployment.keeps_data
        # `Table`, not `TableV2`: the latter is a global table of one Region (R19).
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=_text("pk"),
            sort_key=_text("sk"),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            time_to_live_attribute=END,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES if stream else None,
            point_in_time_recovery_specification=(
                dynamodb.PointInTimeRecoverySpecification(
                    point_in_time_recovery_enabled=backups
                )
            ),
            encryption=(
                dynamodb.TableEncryption.CUSTOMER_MANAGED
                if key
                else dynamodb.TableEncryption.DEFAULT
            ),
            encryption_key=key,
            resource_policy=policy,
            deletion_protection=keeps_data,
            removal_policy=RemovalPolicy.RETAIN if keeps_data else RemovalPolicy.DESTROY,
        )
        keep_logical_id(self.table, name, dynamodb.CfnTable)
        self._indexes = indexes or {}
        for index, (partition, sort) in self._indexes.items():
            self.table.add_global_secondary_index(
                index_name=index,
                partition_key=_text(partition),
                sort_key=_text(sort),
                # Ids alone: whoever finds one reads the item itself, and a change of
                # anything else costs no second write.
                projection_type=(
                    dynamodb.ProjectionType.ALL
                    if self.whole_items
                    else dynamodb.ProjectionType.INCLUDE
                ),
                non_key_attributes=None if self.whole_items else list(IN_INDEX),
            )

    def grant_read(self, grantee: Grantee, *how: Reading) -> None:
        """Let a function find items in these ways, and through the indexes if it asks."""
        arn = self.table.table_arn
        indexes = [f"{arn}/index/{index}" for index in self._indexes]
        grantee.allow(
            f"Read{self._name}",
            [f"dynamodb:{each}" for each in how],
            [arn, *(indexes if "Query" in how else [])],
        )

    def grant_follow(self, grantee: Grantee) -> None:
        """Let Lambda read this table's stream on a function's behalf."""
        grantee.allow(
            f"Follow{self._name}",
            [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ],
            [self.stream_arn],
        )

    @property
    def stream_arn(self) -> str:
        """The stream of what changes; every table that has one keeps it for a day."""
        arn = self.table.table_stream_arn
        if arn is None:
            raise TypeError(f"{self._name} has no stream")
        return arn

    def grant_write(self, grantee: Grantee, *how: Writing) -> None:
        """Let a function change items in these ways, one by one or in a transaction."""
        actions = [f"dynamodb:{each}" for each in how]
        grantee.allow(f"Write{self._name}", actions, [self.table.table_arn])

    def grant_within(self, grantee: Grantee, how: Writing, *beginnings: str) -> None:
        """Let a function change items in this one way, whose keys begin so."""
        keys = [f"{beginning}*" for beginning in beginnings]
        grantee.allow(
            f"{how.removesuffix('Item')}{self._name}",
            [f"dynamodb:{how}"],
            [self.table.table_arn],
            conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}},
        )

    def grant_check(self, grantee: Grantee, *beginnings: str) -> None:
        """Let a transaction depend on items whose keys begin so, and leave them as is."""
        keys = [f"{beginning}*" for beginning in beginnings]
        grantee.allow(
            f"Check{self._name}",
            ["dynamodb:ConditionCheckItem"],
            [self.table.table_arn],
            conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}},
        )

    def grant_get(self, grantee: Grantee, *keys: str) -> None:
        """Let a function read one item by its key, and nothing else; or of these keys."""
        grantee.allow(
            f"Get{self._name}",
            ["dynamodb:GetItem"],
            [self.table.table_arn],
            conditions=(
                {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": list(keys)}}
                if keys
                else None
            ),
        )

    def grant_put(self, grantee: Grantee, *, many: bool = False) -> None:
        """Let a function read items by their keys and put new ones; it deletes nothing.

        Nor does it look around: without Query, whoever cannot name a person finds no key.
        """
        reads = ["dynamodb:BatchGetItem"] if many else []
        grantee.allow(
            f"Put{self._name}",
            [*reads, "dynamodb:GetItem", "dynamodb:PutItem"],
            [self.table.table_arn],
        )

    def grant_claims(self, grantee: Grantee) -> None:
        """Let a function keep claims of creations here, and reach no other item.

        By the partition key's beginning, which DynamoDB tells IAM of every such call.
        """
        grantee.allow(
            f"Claim{self._name}",
            ["dynamodb:GetItem", "dynamodb:PutItem"],
            [self.table.table_arn],
            conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["CLAIM#*"]}},
        )

    def grant_add(self, grantee: Grantee, *beginnings: str) -> None:
        """Let a function put and update items whose keys begin so, and delete none."""
        keys = [f"{beginning}*" for beginning in beginnings]
        grantee.allow(
            f"Add{self._name}",
            ["dynamodb:PutItem", "dynamodb:UpdateItem"],
            [self.table.table_arn],
            conditions={"ForAllValues:StringLike": {"dynamodb:LeadingKeys": keys}},
        )

    def grant_append(self, grantee: Grantee) -> None:
        """Let a function read the last entry and put the next one behind it.

        IAM cannot tell a new item from an overwritten one: the condition on the put does,
        and the hash chain shows where it was missing.
        """
        grantee.allow(
            f"Append{self._name}",
            ["dynamodb:PutItem", "dynamodb:Query"],
            [self.table.table_arn],
        )


class AuditTable(DataTable):
    """The audit log: entries never change, so copies of them cost no later write."""

    whole_items = True


class Tables(Construct):
    """library, consent, biometrics, keys, limits and audit."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        deployment: Deployment,
        biometrics_key: kms.IKey,
        people_key: kms.IKey,
    ) -> None:
        super().__init__(scope, name)
        lookup = {"by_lookup": ("gsi1pk", "gsi1sk")}
        work = {"by_work": ("gsi2pk", "gsi2sk")}
        self.library = DataTable(
            self, "Library", deployment=deployment, indexes=lookup | work
        )
        self.consent = DataTable(self, "Consent", deployment=deployment, indexes=lookup)
        self.biometrics = DataTable(
            self,
            "Biometrics",
            deployment=deployment,
            backups=False,
            key=biometrics_key,
        )
        waive(
            self.biometrics,
            "AwsSolutions-DDB3",
            "A backup would bring erased templates and keys back (R11): this table must "
            "not be restorable. What it loses, its people can give again.",
        )
        self.keys = DataTable(
            self,
            "Keys",
            deployment=deployment,
            stream=False,
            backups=False,
            key=people_key,
        )
        waive(
            self.keys,
            "AwsSolutions-DDB3",
            "A backup would bring the keys of erased people back, and with them their "
            "names in the backups of every other table (R11): this table must not be "
            "restorable. A name that is lost can be asked for again.",
        )
        self.limits = DataTable(
            self, "Limits", deployment=deployment, stream=False, backups=False
        )
        waive(
            self.limits,
            "AwsSolutions-DDB3",
            "It holds for an hour how often a network came. A backup would keep for "
            "weeks what comes from people's addresses, to no use.",
        )
        self.audit = AuditTable(
            self,
            "Audit",
            deployment=deployment,
            indexes={"by_subject": ("subject", "sk"), "by_day": ("day", "time")},
            stream=False,
            policy=_nobody_rewrites(deployment),
        )


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)


def _nobody_rewrites(deployment: Deployment) -> iam.PolicyDocument:
    """Bind everybody in the account, its administrators too; expiry is DynamoDB's own.

    What is put may carry a date of removal where one role puts it, and in the chains
    alone: never in the ledger of erasures (ADR 31).
    """
    ends = {"ForAnyValue:StringEquals": {"dynamodb:Attributes": [END]}}
    here = f"arn:{Aws.PARTITION}:iam::{Aws.ACCOUNT_ID}:role"
    one = f"{here}/{deployment.name}-RightsApplyRetention*"
    return iam.PolicyDocument(
        statements=[
            iam.PolicyStatement(
                sid="NobodyRewritesTheAudit",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=REWRITES,
                resources=["*"],
            ),
            iam.PolicyStatement(
                sid="OneRoleEndsTheAudit",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["dynamodb:PutItem"],
                resources=["*"],
                conditions={**ends, "ArnNotLike": {"aws:PrincipalArn": one}},
            ),
            iam.PolicyStatement(
                sid="NobodyEndsTheLedger",
                effect=iam.Effect.DENY,
                principals=[iam.AnyPrincipal()],
                actions=["dynamodb:PutItem"],
                resources=["*"],
                conditions={
                    **ends,
                    "ForAnyValue:StringNotLike": {"dynamodb:LeadingKeys": ["CHAIN#*"]},
                },
            ),
        ]
    )
