"""IAM in the local cloud: a boundary bounds, and what roles asked for is written down."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.local.stacks import Probe, Template, allow, document

ASK = """
def handler(event, context):
    import botocore.exceptions
    print("asking for", event)
    try:
        client = boto3.client(event["service"])
        getattr(client, event["method"])(**event.get("arguments", {}))
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    note("asked")
    return "answered"
"""
LIST_TABLES = {"service": "dynamodb", "method": "list_tables"}
LIST_QUEUES = {"service": "sqs", "method": "list_queues"}


@pytest.fixture(scope="module")
def bounded(probe: Callable[..., Probe]) -> Probe:
    """A function whose role may list tables and queues, and whose boundary no queues."""
    boundary: Template = {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": {"PolicyDocument": document(allow("dynamodb:*"))},
    }
    tables = allow("dynamodb:ListTables") | {"Sid": "ListTables"}
    queues = allow("sqs:ListQueues") | {"Sid": "ListQueues"}
    role: Template = {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": document(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ),
            "Policies": [
                {
                    "PolicyName": "probe",
                    "PolicyDocument": document(
                        tables, queues, allow("dynamodb:PutItem") | {"Sid": "Note"}
                    ),
                }
            ],
            "PermissionsBoundary": {"Ref": "Boundary"},
        },
    }
    return probe("bounded", code=ASK, resources={"Role": role, "Boundary": boundary})


def asked(probe: Probe) -> list[dict[str, Any]]:
    """What this emulator wrote down of the probe's role and function."""
    return [
        entry
        for file in Path(os.environ["LOCAL_OBSERVED"]).glob("*.jsonl")
        for entry in map(json.loads, file.read_text().splitlines())
        if "bounded-Role" in entry.get("role", "")
        or entry.get("function") == probe.outputs["Function"]
    ]


def test_a_role_may_not_what_its_boundary_does_not_allow(bounded: Probe) -> None:
    assert bounded.invoke(LIST_TABLES) == "answered"
    assert "AccessDenied" in bounded.invoke(LIST_QUEUES)


def test_what_a_role_asked_for_is_written_down_with_what_allowed_it(
    bounded: Probe,
) -> None:
    bounded.invoke(LIST_TABLES)
    bounded.invoke(LIST_QUEUES)
    found = {
        (entry["action"], tuple(entry["sids"]), entry["allowed"])
        for entry in asked(bounded)
        if entry["kind"] == "call"
    }
    assert found >= {
        ("dynamodb:ListTables", ("ListTables",), True),
        ("dynamodb:PutItem", ("Note",), True),
        ("sqs:ListQueues", ("ListQueues",), False),
    }


def test_what_a_function_prints_is_written_down(bounded: Probe) -> None:
    bounded.invoke(LIST_TABLES)
    said = [entry["message"] for entry in asked(bounded) if entry["kind"] == "log"]
    assert any(message.startswith("asking for") for message in said)
