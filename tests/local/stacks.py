"""The small stacks that the probes deploy: a function, its role, its notebook.

Every probe function writes what it saw into a table of its own (`note`), so that a test
can wait for an effect instead of for a time.
"""

import json
from dataclasses import dataclass
from textwrap import dedent
from typing import Any, Self

from local.client import LocalCloud

type Template = dict[str, Any]

PRELUDE = """
import json, os
import boto3

def note(key, **values):
    item = {"pk": {"S": key}, "values": {"S": json.dumps(values)}}
    boto3.client("dynamodb").put_item(TableName=os.environ["NOTES"], Item=item)

"""


@dataclass(frozen=True)
class Probe:
    """A deployed probe function."""

    cloud: LocalCloud
    outputs: dict[str, str]

    @classmethod
    def deployed(
        cls,
        cloud: LocalCloud,
        name: str,
        *,
        code: str,
        resources: Template | None = None,
        allow: list[Template] | None = None,
        **properties: Any,
    ) -> Self:
        """Deploy `code`, which defines `handler`, with more resources beside it."""
        template = {
            "Resources": {
                "Notes": table(),
                "Role": role("lambda", [_NOTING, *(allow or [])]),
                "Function": function(code, **properties),
                **(resources or {}),
            }
        }
        wanted = ["Notes", "Function", *(resources or {})]
        template["Outputs"] = {key: {"Value": {"Ref": key}} for key in wanted}
        return cls(cloud, cloud.deploy_template(name, template))

    def invoke(self, event: object = None) -> Any:
        """Call the function and give what it answers, be it an error."""
        answer = self.cloud.client("lambda").invoke(
            FunctionName=self.outputs["Function"], Payload=json.dumps(event)
        )
        return json.loads(answer["Payload"].read())

    def noted(self, key: str) -> Any:
        """Give what the function noted under a key, or None."""
        found = self.cloud.client("dynamodb").get_item(
            TableName=self.outputs["Notes"], Key={"pk": {"S": key}}
        )
        return json.loads(found["Item"]["values"]["S"]) if "Item" in found else None


def function(code: str, **properties: Any) -> Template:
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "python3.13",
            "Handler": "index.handler",
            "Timeout": 10,
            "Role": arn_of("Role"),
            "Code": {"ZipFile": PRELUDE + dedent(code)},
            "Environment": {"Variables": {"NOTES": {"Ref": "Notes"}}},
            **properties,
        },
    }


def role(service: str, allow: list[Template]) -> Template:
    trust = {
        "Effect": "Allow",
        "Principal": {"Service": f"{service}.amazonaws.com"},
        "Action": "sts:AssumeRole",
    }
    policy = {"PolicyName": "probe", "PolicyDocument": document(*allow)}
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {"AssumeRolePolicyDocument": document(trust), "Policies": [policy]},
    }


def table(**properties: Any) -> Template:
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            **properties,
        },
    }


def mapping(source: Template, **properties: Any) -> Template:
    return {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {
            "FunctionName": {"Ref": "Function"},
            "EventSourceArn": source,
            **properties,
        },
    }


def document(*statements: Template) -> Template:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def allow(actions: str | list[str], resource: object = "*") -> Template:
    return {"Effect": "Allow", "Action": actions, "Resource": resource}


def arn_of(logical_id: str, attribute: str = "Arn") -> Template:
    return {"Fn::GetAtt": [logical_id, attribute]}


_NOTING = allow("dynamodb:PutItem", arn_of("Notes"))
