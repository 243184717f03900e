"""How work reaches a function: queues, streams, workflows, and the machine's cap."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from local.client import LocalCloud
from tests.local.stacks import (
    Probe,
    Template,
    allow,
    arn_of,
    document,
    mapping,
    role,
    table,
)

READ_QUEUE = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
READ_STREAM = [
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
]
type Eventually = Callable[..., Any]


def test_an_upload_reaches_its_function_and_only_a_refused_message_dies(
    cloud: LocalCloud, probe: Callable[..., Probe], eventually: Eventually
) -> None:
    from_bucket = {
        "Effect": "Allow",
        "Principal": {"Service": "s3.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn_of("Queue"),
    }
    notification = {
        "Event": "s3:ObjectCreated:*",
        "Queue": arn_of("Queue"),
        "Filter": {"S3Key": {"Rules": [{"Name": "prefix", "Value": "originals/"}]}},
    }
    uploads = probe(
        "uploads",
        code="""
        def handler(event, context):
            failures = []
            for record in event["Records"]:
                body = json.loads(record["body"])
                if "refuse" in body:
                    failures.append({"itemIdentifier": record["messageId"]})
                for upload in body.get("Records", []):
                    stored = upload["s3"]["object"]
                    note(stored["key"], size=stored["size"])
                if "take" in body:
                    receives = record["attributes"]["ApproximateReceiveCount"]
                    note("taken", receives=receives)
            return {"batchItemFailures": failures}
        """,
        allow=[allow(READ_QUEUE, arn_of("Queue"))],
        resources={
            "Dead": {"Type": "AWS::SQS::Queue"},
            "Queue": {
                "Type": "AWS::SQS::Queue",
                "Properties": {
                    "VisibilityTimeout": 1,
                    "RedrivePolicy": {
                        "deadLetterTargetArn": arn_of("Dead"),
                        "maxReceiveCount": 2,
                    },
                },
            },
            "Access": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {
                    "Queues": [{"Ref": "Queue"}],
                    "PolicyDocument": document(from_bucket),
                },
            },
            "Bucket": {
                "Type": "AWS::S3::Bucket",
                "DependsOn": "Access",
                "Properties": {
                    "NotificationConfiguration": {"QueueConfigurations": [notification]}
                },
            },
            "Mapping": mapping(
                arn_of("Queue"),
                BatchSize=5,
                FunctionResponseTypes=["ReportBatchItemFailures"],
                ScalingConfig={"MaximumConcurrency": 2},
            ),
        },
    )
    store, bucket = cloud.client("s3"), uploads.outputs["Bucket"]
    store.put_object(Bucket=bucket, Key="originals/a", Body=b"12345")
    store.put_object(Bucket=bucket, Key="elsewhere/a", Body=b"12345")
    assert eventually(lambda: uploads.noted("originals/a")) == {"size": 5}
    assert uploads.noted("elsewhere/a") is None

    queues, dead = cloud.client("sqs"), uploads.outputs["Dead"]
    bodies = ['{"take": 1}', '{"refuse": 1}']
    batch = [{"Id": str(i), "MessageBody": body} for i, body in enumerate(bodies)]
    queues.send_message_batch(QueueUrl=uploads.outputs["Queue"], Entries=batch)
    refused = eventually(lambda: queues.receive_message(QueueUrl=dead).get("Messages"))
    assert [message["Body"] for message in refused] == ['{"refuse": 1}']
    assert uploads.noted("taken") == {"receives": "1"}


def test_a_stream_gives_up_on_one_record_and_loses_no_other(
    cloud: LocalCloud, probe: Callable[..., Probe], eventually: Eventually
) -> None:
    streaming = probe(
        "streaming",
        code="""
        def handler(event, context):
            for record in event["Records"]:
                key = record["dynamodb"]["Keys"]["pk"]["S"]
                if key == "bad":
                    number = record["dynamodb"]["SequenceNumber"]
                    return {"batchItemFailures": [{"itemIdentifier": number}]}
                seen.append(key)
                note(key, seen=seen)
            return {"batchItemFailures": []}
        seen = []
        """,
        allow=[allow(READ_STREAM), allow("sqs:SendMessage", arn_of("Dead"))],
        resources={
            "Dead": {"Type": "AWS::SQS::Queue"},
            "Facts": table(StreamSpecification={"StreamViewType": "NEW_IMAGE"}),
            "Mapping": mapping(
                arn_of("Facts", "StreamArn"),
                StartingPosition="TRIM_HORIZON",
                FunctionResponseTypes=["ReportBatchItemFailures"],
                MaximumRetryAttempts=1,
                DestinationConfig={"OnFailure": {"Destination": arn_of("Dead")}},
            ),
        },
    )
    writes = [{"PutRequest": {"Item": {"pk": {"S": key}}}} for key in ("a", "bad", "z")]
    facts = streaming.outputs["Facts"]
    cloud.client("dynamodb").batch_write_item(RequestItems={facts: writes})
    assert eventually(lambda: streaming.noted("z")) == {"seen": ["a", "z"]}
    queues, dead = cloud.client("sqs"), streaming.outputs["Dead"]
    [given_up] = eventually(lambda: queues.receive_message(QueueUrl=dead).get("Messages"))
    batch = json.loads(given_up["Body"])["DDBStreamBatchInfo"]
    assert batch["batchSize"] == 1


def workflow(kind: str, **task: Any) -> Template:
    """Define a state machine that tries the function twice and catches its refusal."""
    definition = {
        "StartAt": "Try",
        "States": {
            "Try": {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": "${Function}", "Payload.$": "$"},
                "ResultSelector": {"answer.$": "$.Payload"},
                "Next": "Done",
                **task,
            },
            "Refused": {"Type": "Pass", "Result": "refused", "End": True},
            "Done": {"Type": "Succeed"},
        },
    }
    return {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {
            "StateMachineType": kind,
            "RoleArn": arn_of("WorkflowRole"),
            "DefinitionString": json.dumps(definition),
            "DefinitionSubstitutions": {"Function": arn_of("Function")},
        },
    }


def run(cloud: LocalCloud, machine: str, given: object, eventually: Eventually) -> Any:
    workflows = cloud.client("stepfunctions")
    started = workflows.start_execution(stateMachineArn=machine, input=json.dumps(given))

    def ended() -> Any:
        execution = workflows.describe_execution(executionArn=started["executionArn"])
        return execution if execution["status"] != "RUNNING" else None

    return eventually(ended)


@pytest.fixture(scope="module")
def deciding(probe: Callable[..., Probe]) -> Probe:
    retry = {"ErrorEquals": ["BusyError"], "IntervalSeconds": 1, "MaxAttempts": 1}
    catch = {"ErrorEquals": ["RefusedError"], "Next": "Refused"}
    task = {"Retry": [retry], "Catch": [catch]}
    return probe(
        "deciding",
        code="""
        class BusyError(Exception):
            pass
        class RefusedError(Exception):
            pass
        tries = []
        def handler(event, context):
            tries.append(event)
            if event == "refuse":
                raise RefusedError
            if event == "busy" and tries.count("busy") == 1:
                raise BusyError
            return event
        """,
        resources={
            "WorkflowRole": role(
                "states", [allow("lambda:InvokeFunction", arn_of("Function"))]
            ),
            "Standard": workflow("STANDARD", **task),
            "Express": workflow("EXPRESS", **task),
        },
    )


@pytest.mark.parametrize("kind", ["Standard", "Express"])
def test_a_workflow_catches_a_function_error_by_its_class(
    kind: str, cloud: LocalCloud, deciding: Probe, eventually: Eventually
) -> None:
    ended = run(cloud, deciding.outputs[kind], "refuse", eventually)
    assert (ended["status"], ended.get("output")) == ("SUCCEEDED", '"refused"')


def test_a_workflow_retries_a_function_error_by_its_class(
    cloud: LocalCloud, deciding: Probe, eventually: Eventually
) -> None:
    ended = run(cloud, deciding.outputs["Standard"], "busy", eventually)
    assert (ended["status"], ended.get("output")) == ("SUCCEEDED", '{"answer": "busy"}')


def test_a_throttled_task_fails_with_the_name_that_aws_gives_it(
    cloud: LocalCloud, probe: Callable[..., Probe], eventually: Eventually
) -> None:
    never = probe(
        "never",
        code="def handler(event, context): return 1",
        ReservedConcurrentExecutions=0,
        resources={
            "WorkflowRole": role(
                "states", [allow("lambda:InvokeFunction", arn_of("Function"))]
            ),
            "Machine": workflow("STANDARD"),
        },
    )
    ended = run(cloud, never.outputs["Machine"], {}, eventually)
    assert (ended["status"], ended["error"]) == (
        "FAILED",
        "Lambda.TooManyRequestsException",
    )


def test_messages_beyond_the_machines_cap_wait_instead_of_failing(
    cloud: LocalCloud, probe: Callable[..., Probe], eventually: Eventually
) -> None:
    crowded = probe(
        "crowded",
        code="""
        import time
        def handler(event, context):
            time.sleep(0.3)
            for record in event["Records"]:
                receives = record["attributes"]["ApproximateReceiveCount"]
                note(record["body"], receives=receives)
        """,
        allow=[allow(READ_QUEUE, arn_of("Queue"))],
        resources={
            "Queue": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 60}},
            "Mapping": mapping(
                arn_of("Queue"), BatchSize=1, ScalingConfig={"MaximumConcurrency": 6}
            ),
        },
    )
    queues, numbers = cloud.client("sqs"), [str(number) for number in range(9)]
    entries = [{"Id": number, "MessageBody": number} for number in numbers]
    queues.send_message_batch(QueueUrl=crowded.outputs["Queue"], Entries=entries)

    def all_noted() -> Any:
        notes = [crowded.noted(number) for number in numbers]
        return notes if all(notes) else None

    assert eventually(all_noted, seconds=45) == [{"receives": "1"}] * 9
