"""Nothing is deployed that keeps data and does not stand in the registry of stores."""

import pytest

from beeldrecht.domain.store_registry import entries_of
from beeldrecht.domain.stores import Store
from tests.infra.synthesis import Assembly

NAMED_BY = {
    "Library": Store.LIBRARY,
    "Consent": Store.CONSENT,
    "Biometrics": Store.BIOMETRICS,
    "Keys": Store.KEYS,
    "Limits": Store.LIMITS,
    "Audit": Store.AUDIT,
    "Originals": Store.ORIGINALS,
    "Renditions": Store.RENDITIONS,
    "Exports": Store.EXPORTS,
    "Documents": Store.DOCUMENTS,
    "Checkpoints": Store.CHECKPOINTS,
    "AccessLogs": Store.ACCESS_LOGS,
}
KEEPERS = {
    "AWS::SQS::Queue": Store.QUEUES,
    "AWS::StepFunctions::StateMachine": Store.WORKFLOWS,
    "AWS::Logs::LogGroup": Store.LOGS,
    "AWS::Scheduler::Schedule": Store.SCHEDULES,
    "AWS::Scheduler::ScheduleGroup": Store.SCHEDULES,
    "AWS::Cognito::UserPool": Store.USERS,
    "AWS::SES::ConfigurationSet": Store.MAIL_SERVICE,
}
# What holds configuration, code, keys or rules, and no data of anybody.
KEEPS_NOTHING = (
    "AWS::ApiGatewayV2::",
    "AWS::CDK::",
    "AWS::CloudWatch::",
    "AWS::Cognito::",
    "AWS::Events::Rule",
    "AWS::IAM::",
    "AWS::KMS::",
    "AWS::Lambda::",
    "AWS::S3::BucketPolicy",
    "AWS::SES::",
    "AWS::SNS::",
    "AWS::SQS::QueuePolicy",
)


@pytest.mark.parametrize("kind", ["AWS::DynamoDB::Table", "AWS::S3::Bucket"])
def test_every_table_and_bucket_is_in_the_registry(assembly: Assembly, kind: str) -> None:
    for template in assembly.both:
        for name in template.of_type(kind):
            assert entries_of(NAMED_BY[name]), name


def test_whatever_else_keeps_something_is_in_the_registry(assembly: Assembly) -> None:
    unknown = {
        kind
        for template in assembly.both
        for kind in sorted({each["Type"] for each in template.resources.values()})
        if kind not in {"AWS::DynamoDB::Table", "AWS::S3::Bucket"}
        and kind not in KEEPERS
        and not kind.startswith(KEEPS_NOTHING)
    }
    assert unknown == set(), "say in the registry what it keeps"
    assert all(entries_of(store) for store in KEEPERS.values())


def test_only_followed_tables_have_a_stream(assembly: Assembly) -> None:
    # What a stream holds for a day is what its table holds: sealed, or by identifiers.
    streams = {
        NAMED_BY[name]
        for name, table in assembly.stores.of_type("AWS::DynamoDB::Table").items()
        if "StreamSpecification" in table
    }
    assert streams == {Store.LIBRARY, Store.CONSENT, Store.BIOMETRICS}
    assert entries_of(Store.STREAMS)
