"""What holds pictures, people and proof is kept as the law and the contract ask."""

import pytest

from beeldrecht.adapters.export_files import DAYS_TAG
from beeldrecht.adapters.library_items import IN_INDEX
from beeldrecht.adapters.objects import MASKED_TAG
from beeldrecht.domain.egress import LINK_SECONDS
from beeldrecht.domain.masking import KEPT_DAYS
from beeldrecht.domain.retention import TERMS, RetentionKind
from cdk.constructs.functions import FUNCTIONS, OnQueue
from intake.request_upload.step import LEAVE_SECONDS
from tests.infra.synthesis import Assembly, Resource, actions, targets

TABLES = ("Library", "Consent", "Biometrics", "Keys", "Limits", "Audit")
NO_BACKUPS = {"Biometrics", "Keys", "Limits"}
SILENT = {"Keys", "Limits", "Audit"}
OWN_KEY = {"Biometrics": "BiometricsKey", "Keys": "PeopleKey"}
PICTURE_BUCKETS = ("Originals", "Renditions", "Exports")
WALLED = (*PICTURE_BUCKETS, "Documents")
BUCKETS = (*WALLED, "Checkpoints", "AccessLogs")
LONGEST = TERMS[RetentionKind.EXPORTS].longest


@pytest.mark.parametrize("table", TABLES)
def test_a_table_expires_items_is_paid_per_request_and_cannot_be_dropped(
    assembly: Assembly, table: str
) -> None:
    made = assembly.stores.of_type("AWS::DynamoDB::Table")[table]
    assert made["BillingMode"] == "PAY_PER_REQUEST"
    assert made["TimeToLiveSpecification"] == {
        "AttributeName": "expires_at",
        "Enabled": True,
    }
    assert [key["AttributeName"] for key in made["KeySchema"]] == ["pk", "sk"]
    assert made["DeletionProtectionEnabled"] is True


@pytest.mark.parametrize("table", TABLES)
def test_r11_only_templates_keys_and_counts_have_no_backups(
    assembly: Assembly, table: str
) -> None:
    made = assembly.stores.of_type("AWS::DynamoDB::Table")[table]
    backups = made["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"]
    assert backups is (table not in NO_BACKUPS)


@pytest.mark.parametrize("table", TABLES)
def test_those_that_somebody_follows_tell_what_changed(
    assembly: Assembly, table: str
) -> None:
    made = assembly.stores.of_type("AWS::DynamoDB::Table")[table]
    view = made.get("StreamSpecification", {}).get("StreamViewType")
    assert view == (None if table in SILENT else "NEW_AND_OLD_IMAGES")


@pytest.mark.parametrize(
    ("table", "indexes"),
    [
        (
            "Library",
            {"by_lookup": ["gsi1pk", "gsi1sk"], "by_work": ["gsi2pk", "gsi2sk"]},
        ),
        ("Consent", {"by_lookup": ["gsi1pk", "gsi1sk"]}),
        ("Biometrics", {}),
        ("Keys", {}),
        ("Limits", {}),
        ("Audit", {"by_subject": ["subject", "sk"], "by_day": ["day", "time"]}),
    ],
)
def test_a_table_has_the_indexes_its_readers_need(
    assembly: Assembly, table: str, indexes: dict[str, list[str]]
) -> None:
    made = assembly.stores.of_type("AWS::DynamoDB::Table")[table]
    found = made.get("GlobalSecondaryIndexes", [])
    assert {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in found
    } == indexes
    # Ids alone, but where items never change.
    ids = {"ProjectionType": "INCLUDE", "NonKeyAttributes": IN_INDEX}
    whole = {"ProjectionType": "ALL"}
    for index in found:
        assert index["Projection"] == (whole if table == "Audit" else ids)


def test_templates_and_names_each_have_a_key_of_their_own(assembly: Assembly) -> None:
    tables = assembly.stores.of_type("AWS::DynamoDB::Table")
    for table, key in OWN_KEY.items():
        assert tables[table]["SSESpecification"] == {
            "KMSMasterKeyId": f"${{{key}.Arn}}",
            "SSEEnabled": True,
            "SSEType": "KMS",
        }
    for table in set(TABLES) - OWN_KEY.keys():
        # Encrypted all the same, with a key that AWS owns and nobody pays for.
        assert tables[table]["SSESpecification"] == {"SSEEnabled": False}


def test_r16_nobody_rewrites_the_audit(assembly: Assembly) -> None:
    audit = assembly.stores.of_type("AWS::DynamoDB::Table")["Audit"]
    statements = audit["ResourcePolicy"]["PolicyDocument"]["Statement"]
    for each in statements:
        assert (each["Effect"], each["Principal"]) == ("Deny", {"AWS": "*"})
    rewriting, ending, of_the_ledger = statements
    assert "Condition" not in rewriting
    assert actions(rewriting) == {
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteItem",
        "dynamodb:UpdateItem",
    }
    # A date of removal: one role may put one, and in the chains alone.
    for each in (ending, of_the_ledger):
        assert actions(each) == {"dynamodb:PutItem"}
        dated = each["Condition"]["ForAnyValue:StringEquals"]
        assert dated == {"dynamodb:Attributes": ["expires_at"]}
    [name] = ending["Condition"]["ArnNotLike"].values()
    assert str(name).endswith(":role/Beeldrecht-RightsApplyRetention*")
    keys = {"dynamodb:LeadingKeys": ["CHAIN#*"]}
    assert of_the_ledger["Condition"]["ForAnyValue:StringNotLike"] == keys


@pytest.mark.parametrize("bucket", BUCKETS)
def test_a_bucket_is_private_encrypted_and_keeps_no_half_uploads(
    assembly: Assembly, bucket: str
) -> None:
    made = assembly.stores.of_type("AWS::S3::Bucket")[bucket]
    assert set(made["PublicAccessBlockConfiguration"].values()) == {True}
    [encryption] = made["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert encryption["ServerSideEncryptionByDefault"] == {"SSEAlgorithm": "AES256"}
    [rule, *others] = made["LifecycleConfiguration"]["Rules"]
    # A scan of a form is read and sealed, or gone within a day.
    passing = {"Prefix": "paper/", "ExpirationInDays": 1, "Status": "Enabled"}
    remade = {
        "TagFilters": [dict(zip(("Key", "Value"), MASKED_TAG, strict=True))],
        "ExpirationInDays": KEPT_DAYS,
        "Status": "Enabled",
    }
    # A package says for how many days it may be fetched; its parts are gone before.
    packed = [
        {"Prefix": prefix, "ExpirationInDays": days, "Status": "Enabled"}
        for prefix, days in (
            ("building/", 1),
            ("packages/", 1),
            ("exports/", LONGEST + 1),
        )
    ] + [
        {
            "Prefix": "exports/",
            "TagFilters": [{"Key": DAYS_TAG, "Value": str(days)}],
            "ExpirationInDays": days,
            "Status": "Enabled",
        }
        for days in range(1, LONGEST + 1)
    ]
    ending = {"Documents": [passing], "Renditions": [remade], "Exports": packed}
    assert others == ending.get(bucket, [])
    assert rule["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    terms = {"AccessLogs": 365, "Checkpoints": 365}
    assert rule.get("ExpirationInDays") == terms.get(bucket)
    # Object lock makes erasure impossible: it is on what holds nobody alone.
    assert ("ObjectLockConfiguration" in made) is (bucket == "Checkpoints")


def test_r16_nobody_at_all_changes_a_checkpoint_for_its_term(
    assembly: Assembly, disposable: Assembly
) -> None:
    """Where data is to be removed with the deployment, whoever may bypass it can."""
    for each, retention in (
        (assembly, {"Mode": "COMPLIANCE", "Days": 365}),
        (disposable, {"Mode": "GOVERNANCE", "Days": 1}),
    ):
        made = each.stores.of_type("AWS::S3::Bucket")["Checkpoints"]
        assert made["ObjectLockEnabled"] is True
        assert made["ObjectLockConfiguration"] == {
            "ObjectLockEnabled": "Enabled",
            "Rule": {"DefaultRetention": retention},
        }


@pytest.mark.parametrize("bucket", BUCKETS)
def test_only_originals_and_checkpoints_keep_versions(
    assembly: Assembly, bucket: str
) -> None:
    made = assembly.stores.of_type("AWS::S3::Bucket")[bucket]
    kept = made.get("VersioningConfiguration", {}).get("Status") == "Enabled"
    assert kept is (bucket in {"Originals", "Checkpoints"})


@pytest.mark.parametrize("bucket", [*WALLED, "Checkpoints"])
def test_who_fetched_what_is_logged(assembly: Assembly, bucket: str) -> None:
    made = assembly.stores.of_type("AWS::S3::Bucket")[bucket]
    assert made["LoggingConfiguration"]["DestinationBucketName"] == "${AccessLogs}"


def denials(assembly: Assembly, bucket: str) -> dict[str, Resource]:
    """What a bucket's policy denies, by name, or by its condition where it has none."""
    return {
        statement.get("Sid", "OnlyEncrypted"): statement
        for policy in assembly.stores.of_type("AWS::S3::BucketPolicy").values()
        if policy["Bucket"] == f"${{{bucket}}}"
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
    }


WALLS = {
    "OnlyEncrypted",
    "NoAddressOutlivesAMinute",
    "NoFormOutlivesAQuarter",
    "OnlyFunctionsOfThisDeployment",
    "NoAccessLists",
}


@pytest.mark.parametrize("bucket", WALLED)
def test_a_bucket_of_pictures_has_its_walls_for_everybody_and_every_object(
    assembly: Assembly, bucket: str
) -> None:
    walls = denials(assembly, bucket)
    assert walls.keys() == WALLS
    for wall in walls.values():
        assert wall["Principal"] == {"AWS": "*"}
        assert f"${{{bucket}.Arn}}/*" in targets(wall)
    assert walls["OnlyEncrypted"]["Condition"] == {
        "Bool": {"aws:SecureTransport": "false"}
    }
    assert "Condition" not in walls["NoAccessLists"]
    assert actions(walls["NoAccessLists"]) == {
        "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
    }


@pytest.mark.parametrize("bucket", WALLED)
def test_no_address_of_a_picture_outlives_a_minute_and_no_form_a_quarter(
    assembly: Assembly, bucket: str
) -> None:
    walls = denials(assembly, bucket)
    address, form = walls["NoAddressOutlivesAMinute"], walls["NoFormOutlivesAQuarter"]
    assert actions(address) == {"s3:GetObject", "s3:GetObjectVersion"}
    assert address["Condition"] == {
        "NumericGreaterThan": {"s3:signatureAge": str(1000 * LINK_SECONDS)},
        "StringEquals": {"s3:authType": ["REST-QUERY-STRING"]},
    }
    assert actions(form) == {"s3:PutObject"}
    assert form["Condition"] == {
        "NumericGreaterThan": {"s3:signatureAge": str(1000 * LEAVE_SECONDS)},
        "StringEquals": {"s3:authType": ["REST-QUERY-STRING", "POST"]},
    }


@pytest.mark.parametrize("bucket", WALLED)
def test_nobody_but_the_deployments_functions_touches_a_picture(
    assembly: Assembly, disposable: Assembly, bucket: str
) -> None:
    """A deployment made to be removed can be emptied; nothing in it can be read."""
    for each, touching in (
        (assembly, {"s3:GetObject*", "s3:PutObject*", "s3:DeleteObject*"}),
        (disposable, {"s3:GetObject*", "s3:PutObject*"}),
    ):
        wall = denials(each, bucket)["OnlyFunctionsOfThisDeployment"]
        assert actions(wall) == touching
        family = f"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:role/{each.name}-*"
        assert wall["Condition"] == {"ArnNotLike": {"aws:PrincipalArn": family}}


def test_the_roles_that_touch_pictures_have_the_name_that_the_buckets_know(
    assembly: Assembly,
) -> None:
    """CloudFormation begins a name that we leave to it with the stack's."""
    named = [
        role["RoleName"]
        for role in assembly.application.of_type("AWS::IAM::Role").values()
        if "RoleName" in role
    ]
    assert all(name.startswith(f"{assembly.name}-") for name in named)
    stack = assembly.app.node.find_child(assembly.name)
    assert getattr(stack, "stack_name", "") == assembly.name


def test_an_upload_is_announced_to_its_queue_by_this_accounts_bucket_alone(
    assembly: Assembly,
) -> None:
    template = assembly.stores
    originals = template.resources["Originals"]
    [told] = originals["Properties"]["NotificationConfiguration"]["QueueConfigurations"]
    assert told["Queue"] == "${Uploads.Arn}"
    assert told["Event"] == "s3:ObjectCreated:*"
    assert told["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "originals/"}]
    # S3 tries the queue out when the bucket is made: its policy has to be there.
    [policy] = originals["DependsOn"]
    properties = template.resources[policy]["Properties"]
    assert properties["Queues"] == ["${Uploads}"]
    [allow] = [
        statement
        for statement in properties["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    assert allow["Principal"] == {"Service": "s3.amazonaws.com"}
    assert actions(allow) == {"sqs:SendMessage"}
    assert allow["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "${AWS::AccountId}"},
        "ArnLike": {
            "aws:SourceArn": "arn:${AWS::Partition}:s3:::beeldrecht-stores-originals-*"
        },
    }


def test_the_longest_name_allowed_leaves_the_bucket_its_part() -> None:
    # CloudFormation appends a dash and at most 13 characters of its own.
    assert len(f"{'n' * 20}-stores-originals-") + 13 <= 63


@pytest.mark.parametrize("name", ["Uploads", "Detections", "Mails"])
def test_a_work_queue_gives_five_tries_and_time_for_each(
    assembly: Assembly, name: str
) -> None:
    queues = assembly.stores.of_type("AWS::SQS::Queue")
    queue = queues[name]
    [timeout] = [
        spec.timeout_seconds
        for spec in FUNCTIONS
        if isinstance(spec.trigger, OnQueue) and spec.trigger.queue == name.lower()
    ]
    assert queue["VisibilityTimeout"] >= 6 * timeout
    assert queue["RedrivePolicy"] == {
        "deadLetterTargetArn": f"${{{name}Dead.Arn}}",
        "maxReceiveCount": 5,
    }
    assert queues[f"{name}Dead"]["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_every_queue_is_encrypted(assembly: Assembly) -> None:
    for template in assembly.both:
        for queue in template.of_type("AWS::SQS::Queue").values():
            assert queue["SqsManagedSseEnabled"] is True


HOLDING_DATA = (
    "AWS::DynamoDB::Table",
    "AWS::S3::Bucket",
    "AWS::KMS::Key",
)


def test_removing_the_stack_leaves_the_data(assembly: Assembly) -> None:
    for resource in assembly.stores.resources.values():
        if resource["Type"] in HOLDING_DATA:
            assert resource["DeletionPolicy"] == "Retain"
            assert resource["UpdateReplacePolicy"] == "Retain"


def test_a_trial_takes_its_data_along_when_it_goes(disposable: Assembly) -> None:
    for template in disposable.both:
        for resource in template.resources.values():
            if resource["Type"] in (*HOLDING_DATA, "AWS::Logs::LogGroup"):
                assert resource["DeletionPolicy"] == "Delete"
    tables = disposable.stores.of_type("AWS::DynamoDB::Table")
    assert not any(table["DeletionProtectionEnabled"] for table in tables.values())


def test_only_a_stack_that_keeps_data_is_protected_from_removal(
    assembly: Assembly, disposable: Assembly
) -> None:
    def protected(each: Assembly, stack: str) -> bool:
        made = each.app.node.find_child(stack)
        return bool(getattr(made, "termination_protection", False))

    assert protected(assembly, "Beeldrecht-Stores")
    assert not protected(assembly, "Beeldrecht")
    assert not protected(disposable, "Trial-Stores")


@pytest.mark.parametrize("bucket", BUCKETS)
def test_pages_send_to_originals_and_fetch_what_is_shown_and_ask_no_other_bucket(
    assembly: Assembly, bucket: str
) -> None:
    made = assembly.stores.of_type("AWS::S3::Bucket")[bucket]
    rules = made.get("CorsConfiguration", {}).get("CorsRules", [])
    asked = [method for rule in rules for method in rule["AllowedMethods"]]
    assert asked == {
        "Originals": ["POST", "PUT"],
        "Renditions": ["GET"],
        "Exports": ["GET"],
    }.get(bucket, [])
    assert all(rule["ExposedHeaders"] == ["ETag"] for rule in rules)
