"""What CloudFormation drops is set after a deployment; what it keeps stays kept."""

from typing import Any

import pytest

from local.client import LocalCloud
from tests.local.stacks import (
    Template,
    allow,
    arn_of,
    document,
    function,
    role,
    table,
)


def template() -> Template:
    owner = {
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}},
        "Action": "kms:*",
        "Resource": "*",
    }
    guard = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "dynamodb:DeleteItem",
        "Resource": {
            "Fn::Join": ["", ["arn:aws:dynamodb:", {"Ref": "AWS::Region"}, ":*"]]
        },
    }
    sealing = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": arn_of("Key")}
    lifecycle = {
        "Id": "Short",
        "Status": "Enabled",
        "ExpirationInDays": 7,
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }
    lock = {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
    }
    return {
        "Resources": {
            "Key": {
                "Type": "AWS::KMS::Key",
                "Properties": {"KeyPolicy": document(owner)},
            },
            "Bucket": {
                "Type": "AWS::S3::Bucket",
                "Properties": {
                    "BucketEncryption": {
                        "ServerSideEncryptionConfiguration": [
                            {
                                "BucketKeyEnabled": True,
                                "ServerSideEncryptionByDefault": sealing,
                            }
                        ]
                    },
                    "LifecycleConfiguration": {"Rules": [lifecycle]},
                    "ObjectLockEnabled": True,
                    "ObjectLockConfiguration": lock,
                    "VersioningConfiguration": {"Status": "Enabled"},
                    "Tags": [{"Key": "keeps", "Value": "exports"}],
                },
            },
            "Notes": table(
                TimeToLiveSpecification={"AttributeName": "expires_at", "Enabled": True},
                PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True},
                SSESpecification={
                    "SSEEnabled": True,
                    "SSEType": "KMS",
                    "KMSMasterKeyId": arn_of("Key"),
                },
                ResourcePolicy={"PolicyDocument": document(guard)},
            ),
            "Dead": {"Type": "AWS::SQS::Queue"},
            "Role": role("lambda", [allow("lambda:InvokeFunction")]),
            "Function": function(
                "def handler(event, context): return 1",
                ReservedConcurrentExecutions=2,
                DeadLetterConfig={"TargetArn": arn_of("Dead")},
            ),
            "Schedule": {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": {
                    "Name": "nightly",
                    "FlexibleTimeWindow": {"Mode": "OFF"},
                    "ScheduleExpression": "cron(0 3 * * ? *)",
                    "ScheduleExpressionTimezone": "Europe/Amsterdam",
                    "Target": {"Arn": arn_of("Function"), "RoleArn": arn_of("Role")},
                },
            },
        },
        "Outputs": {
            "KeyArn": {"Value": arn_of("Key"), "Export": {"Name": "probe:key"}},
            **{n: {"Value": {"Ref": n}} for n in ("Bucket", "Notes", "Function")},
        },
    }


@pytest.fixture(scope="module")
def deployed(cloud: LocalCloud) -> dict[str, str]:
    return cloud.deploy_template("dropped", template())


def test_a_bucket_gets_its_encryption_lifecycle_lock_and_tags(
    cloud: LocalCloud, deployed: dict[str, str]
) -> None:
    buckets, name = cloud.client("s3"), deployed["Bucket"]
    encryption = buckets.get_bucket_encryption(Bucket=name)
    [rule] = encryption["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": deployed["KeyArn"],
    }
    [rule] = buckets.get_bucket_lifecycle_configuration(Bucket=name)["Rules"]
    assert rule["Expiration"] == {"Days": 7}
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    lock = buckets.get_object_lock_configuration(Bucket=name)["ObjectLockConfiguration"]
    assert lock["Rule"]["DefaultRetention"] == {"Mode": "GOVERNANCE", "Days": 1}
    tags = buckets.get_bucket_tagging(Bucket=name)["TagSet"]
    assert {"Key": "keeps", "Value": "exports"} in tags


def test_a_table_gets_its_expiry_recovery_key_and_policy(
    cloud: LocalCloud, deployed: dict[str, str]
) -> None:
    tables, name = cloud.client("dynamodb"), deployed["Notes"]
    expiry = tables.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    backups = tables.describe_continuous_backups(TableName=name)
    recovery = backups["ContinuousBackupsDescription"]["PointInTimeRecoveryDescription"]
    assert recovery["PointInTimeRecoveryStatus"] == "ENABLED"
    table = tables.describe_table(TableName=name)["Table"]
    assert table["SSEDescription"]["KMSMasterKeyArn"] == deployed["KeyArn"]
    policy = tables.get_resource_policy(ResourceArn=table["TableArn"])["Policy"]
    assert "arn:aws:dynamodb:eu-central-1:*" in policy


def test_a_function_gets_its_reserved_concurrency_and_dead_letter_queue(
    cloud: LocalCloud, deployed: dict[str, str]
) -> None:
    functions, name = cloud.client("lambda"), deployed["Function"]
    concurrency = functions.get_function_concurrency(FunctionName=name)
    assert concurrency["ReservedConcurrentExecutions"] == 2
    settings = functions.get_function_configuration(FunctionName=name)
    assert ":dropped-Dead-" in settings["DeadLetterConfig"]["TargetArn"]


def test_a_schedule_gets_its_time_zone(
    cloud: LocalCloud, deployed: dict[str, str]
) -> None:
    schedule = cloud.client("scheduler").get_schedule(Name="nightly")
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Amsterdam"


def test_a_value_exported_by_one_stack_is_imported_by_another(
    cloud: LocalCloud, deployed: dict[str, str]
) -> None:
    sealed: dict[str, Any] = {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": {"Fn::ImportValue": "probe:key"},
    }
    importing = cloud.deploy_template(
        "importing",
        {
            "Resources": {"Sealed": table(SSESpecification=sealed)},
            "Outputs": {"Sealed": {"Value": {"Ref": "Sealed"}}},
        },
    )
    tables = cloud.client("dynamodb")
    table_ = tables.describe_table(TableName=importing["Sealed"])["Table"]
    assert table_["SSEDescription"]["KMSMasterKeyArn"] == deployed["KeyArn"]
