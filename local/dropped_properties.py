"""Sets the properties that MiniStack's CloudFormation accepts and forgets.

Measured with 1.5.33: of a bucket its encryption, lifecycle, object lock and tags; of a
table its time to live, point-in-time recovery, encryption key and resource policy; of a
function its reserved concurrency and dead-letter queue; of a role its permissions
boundary; of a schedule its time zone and bounds. Without them an item that should expire
stays, a wall is missing that AWS has, and tests that read settings are blind.

They are read from the deployed template and set through the public API, as a step after
each deployment: no part of the emulator is changed for it. Doing it twice is harmless.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from local.client import LocalCloud

type Properties = dict[str, Any]


def set_dropped_properties(cloud: LocalCloud, stack: str) -> None:
    """Set what CloudFormation dropped of every resource of one stack."""
    template = _Template.of(cloud, stack)
    for logical_id, resource in template.resources.items():
        setter = _SETTERS.get(resource["Type"])
        name = template.names.get(logical_id)
        if setter and name:
            setter(cloud, name, template.resolve(resource.get("Properties", {})))


@dataclass(frozen=True)
class _Template:
    """A deployed template with what its references mean."""

    resources: dict[str, Any]
    names: dict[str, str]
    """Physical names by logical id, and values of parameters, pseudo ones too."""
    exports: dict[str, str]
    arn_start: str

    @classmethod
    def of(cls, cloud: LocalCloud, stack: str) -> _Template:
        clouds = cloud.client("cloudformation")
        template = clouds.get_template(StackName=stack)["TemplateBody"]
        if isinstance(template, str):
            template = json.loads(template)
        described = clouds.describe_stacks(StackName=stack)["Stacks"][0]
        region = clouds.meta.region_name
        names = {
            "AWS::AccountId": cloud.account,
            "AWS::Partition": "aws",
            "AWS::Region": region,
            "AWS::StackName": stack,
            "AWS::URLSuffix": "amazonaws.com",
        }
        for parameter in described.get("Parameters", []):
            names[parameter["ParameterKey"]] = parameter["ParameterValue"]
        for page in clouds.get_paginator("list_stack_resources").paginate(
            StackName=stack
        ):
            for summary in page["StackResourceSummaries"]:
                names[summary["LogicalResourceId"]] = summary["PhysicalResourceId"]
        pages = clouds.get_paginator("list_exports").paginate()
        exports = {e["Name"]: e["Value"] for page in pages for e in page["Exports"]}
        arn_start = f"{region}:{cloud.account}"
        return cls(template["Resources"], names, exports, arn_start)

    def resolve(self, value: Any) -> Any:  # noqa: PLR0911  # one a function  # any JSON
        """Replace the intrinsic functions in a value."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value if not _is_no_value(item)]
        if not isinstance(value, dict):
            return value
        match value:
            case {"Ref": name}:
                return self.names[name]
            case {"Fn::GetAtt": [name, attribute]}:
                return self._attribute(name, attribute)
            case {"Fn::ImportValue": name}:
                return self.exports[self.resolve(name)]
            case {"Fn::Join": [between, parts]}:
                return between.join(map(str, self.resolve(parts)))
            case {"Fn::Sub": str(text)}:
                return self._substitute(text)
        return {k: self.resolve(v) for k, v in value.items() if not _is_no_value(v)}

    def _substitute(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            name, _, attribute = match[1].partition(".")
            return self._attribute(name, attribute) if attribute else self.names[name]

        return re.sub(r"\$\{([^}!]+)\}", value, text)

    def _attribute(self, logical_id: str, attribute: str) -> str:
        """Give an attribute; of those that are not an ARN, none matters here."""
        name = self.names[logical_id]
        start = _ARNS.get(self.resources[logical_id]["Type"])
        if attribute != "Arn" or start is None:
            return f"{logical_id}.{attribute}"
        return start.format(at=self.arn_start) + name.rsplit("/", 1)[-1]


_ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{at}:table/",
    "AWS::KMS::Key": "arn:aws:kms:{at}:key/",
    "AWS::S3::Bucket": "arn:aws:s3:::",
    "AWS::SQS::Queue": "arn:aws:sqs:{at}:",
}


def _is_no_value(value: object) -> bool:
    return value == {"Ref": "AWS::NoValue"}


def _set_bucket(cloud: LocalCloud, name: str, properties: Properties) -> None:
    buckets = cloud.client("s3")
    if tags := properties.get("Tags"):
        buckets.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    if encryption := properties.get("BucketEncryption"):
        rules = [_encryption(r) for r in encryption["ServerSideEncryptionConfiguration"]]
        buckets.put_bucket_encryption(
            Bucket=name, ServerSideEncryptionConfiguration={"Rules": rules}
        )
    if lock := properties.get("ObjectLockConfiguration"):
        buckets.put_object_lock_configuration(Bucket=name, ObjectLockConfiguration=lock)
    if lifecycle := properties.get("LifecycleConfiguration"):
        buckets.put_bucket_lifecycle_configuration(
            Bucket=name,
            LifecycleConfiguration={"Rules": [_lifecycle(r) for r in lifecycle["Rules"]]},
        )


def _encryption(rule: Properties) -> Properties:
    return {
        "ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
        "BucketKeyEnabled": rule.get("BucketKeyEnabled", False),
    }


def _lifecycle(rule: Properties) -> Properties:
    """Say a lifecycle rule as the S3 API does."""
    api: Properties = {
        "Status": rule["Status"],
        "Filter": {"Prefix": rule.get("Prefix", "")},
    }
    if tags := rule.get("TagFilters"):
        [tag] = tags  # the API would have several under one `And`
        api["Filter"] = {"Tag": tag}
    if "Id" in rule:
        api["ID"] = rule["Id"]
    if "ExpirationInDays" in rule:
        api["Expiration"] = {"Days": rule["ExpirationInDays"]}
    if rule.get("ExpiredObjectDeleteMarker"):
        api["Expiration"] = {"ExpiredObjectDeleteMarker": True}
    for same in ("NoncurrentVersionExpiration", "AbortIncompleteMultipartUpload"):
        if same in rule:
            api[same] = rule[same]
    return api


def _set_table(cloud: LocalCloud, name: str, properties: Properties) -> None:
    tables = cloud.client("dynamodb")
    if expiry := properties.get("TimeToLiveSpecification"):
        tables.update_time_to_live(TableName=name, TimeToLiveSpecification=expiry)
    if recovery := properties.get("PointInTimeRecoverySpecification"):
        tables.update_continuous_backups(
            TableName=name, PointInTimeRecoverySpecification=recovery
        )
    if encryption := properties.get("SSESpecification"):
        named = {"SSEEnabled": "Enabled"}
        wanted = {named.get(key, key): value for key, value in encryption.items()}
        tables.update_table(TableName=name, SSESpecification=wanted)
    if policy := properties.get("ResourcePolicy"):
        arn = tables.describe_table(TableName=name)["Table"]["TableArn"]
        document = json.dumps(policy["PolicyDocument"])
        tables.put_resource_policy(ResourceArn=arn, Policy=document)


def _set_function(cloud: LocalCloud, name: str, properties: Properties) -> None:
    functions = cloud.client("lambda")
    reserved = properties.get("ReservedConcurrentExecutions")
    if reserved is not None:
        functions.put_function_concurrency(
            FunctionName=name, ReservedConcurrentExecutions=reserved
        )
    if dead_letters := properties.get("DeadLetterConfig"):
        functions.update_function_configuration(
            FunctionName=name, DeadLetterConfig=dead_letters
        )


def _set_role(cloud: LocalCloud, name: str, properties: Properties) -> None:
    if boundary := properties.get("PermissionsBoundary"):
        cloud.client("iam").put_role_permissions_boundary(
            RoleName=name, PermissionsBoundary=boundary
        )


def _set_schedule(cloud: LocalCloud, name: str, properties: Properties) -> None:
    schedules = cloud.client("scheduler")
    group = properties.get("GroupName", "default")
    now = schedules.get_schedule(Name=name, GroupName=group)
    kept = ("ScheduleExpression", "FlexibleTimeWindow", "Target", "State", "Description")
    dropped = ("ScheduleExpressionTimezone", "StartDate", "EndDate")
    schedules.update_schedule(
        Name=name,
        GroupName=group,
        **{key: now[key] for key in kept if key in now},
        **{key: properties[key] for key in dropped if key in properties},
    )


_SETTERS: dict[str, Callable[[LocalCloud, str, Properties], None]] = {
    "AWS::DynamoDB::Table": _set_table,
    "AWS::IAM::Role": _set_role,
    "AWS::Lambda::Function": _set_function,
    "AWS::S3::Bucket": _set_bucket,
    "AWS::Scheduler::Schedule": _set_schedule,
}
