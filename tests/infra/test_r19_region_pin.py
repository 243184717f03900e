"""R19: each way out of the Region, seeded into the real templates, is found.

A mutation takes a copy of a synthesized template and opens one way out. The check must
name that way, by the id of its finding; the untouched templates must give none.
"""

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from aws_cdk import (
    Acknowledgment,
    App,
    CfnResource,
    Environment,
    Stack,
    Validations,
)

from cdk.app import escapes
from cdk.checks.plugin import RegionPin, refuse_unpinned
from cdk.checks.region import (
    HOME_REGION,
    PROPERTY_RULES,
    SOVEREIGN_REGION,
    STATEMENT_RULES,
    TEXT_RULES,
    TYPE_RULES,
    template_findings,
)
from cdk.deployment import DeploymentError
from tests.infra.synthesis import Assembly

type Json = dict[str, Any]
type Mutation = Callable[[Json], None]


def resource(kind: str, properties: Json | None = None) -> Mutation:
    """A resource that was not there."""

    def mutate(template: Json) -> None:
        template["Resources"]["Seeded"] = {"Type": kind, "Properties": properties or {}}

    return mutate


def changed(kind: str, **properties: Any) -> Mutation:
    """A property of the first resource of that type; None takes it away."""

    def mutate(template: Json) -> None:
        found = first(template, kind)["Properties"]
        for name, value in properties.items():
            if value is None:
                found.pop(name)
            else:
                found[name] = value

    return mutate


def told(value: Any) -> Mutation:
    """An environment variable of a function."""

    def mutate(template: Json) -> None:
        function = first(template, "AWS::Lambda::Function")["Properties"]
        function["Environment"]["Variables"]["SEEDED"] = value

    return mutate


def inline(code: str) -> Mutation:
    """Code within the template."""

    def mutate(template: Json) -> None:
        first(template, "AWS::Lambda::Function")["Properties"]["Code"] = {"ZipFile": code}

    return mutate


def state(target: str) -> Mutation:
    """One more state in the state machine."""

    def mutate(template: Json) -> None:
        machine = first(template, "AWS::StepFunctions::StateMachine")["Properties"]
        definition = json.loads(machine["DefinitionString"])
        definition["States"]["Seeded"] = {
            "Type": "Task",
            "Resource": target,
            "End": True,
        }
        machine["DefinitionString"] = json.dumps(definition)

    return mutate


def statement(**parts: Any) -> Mutation:
    """One more statement in a role's policy."""

    def mutate(template: Json) -> None:
        policy = first(template, "AWS::IAM::Policy")["Properties"]["PolicyDocument"]
        policy["Statement"].append({"Effect": "Allow", "Resource": "*", **parts})

    return mutate


def bucket_statement(**parts: Any) -> Mutation:
    """One more statement in a bucket's policy."""

    def mutate(template: Json) -> None:
        policy = first(template, "AWS::S3::BucketPolicy")["Properties"]["PolicyDocument"]
        policy["Statement"].append(
            {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", **parts}
        )

    return mutate


def without_tls(kind: str) -> Mutation:
    """A policy that no longer refuses plain HTTP."""

    def mutate(template: Json) -> None:
        policy = first(template, kind)["Properties"]["PolicyDocument"]
        policy["Statement"] = [
            each for each in policy["Statement"] if each["Effect"] != "Deny"
        ]

    return mutate


def parameter(name: str) -> Mutation:
    """A choice left to whoever deploys."""

    def mutate(template: Json) -> None:
        template["Parameters"][name] = {"Type": "String"}

    return mutate


def output(value: Any) -> Mutation:
    """A value handed out."""

    def mutate(template: Json) -> None:
        template["Outputs"]["Seeded"] = {"Value": value}

    return mutate


def first(template: Json, kind: str) -> Json:
    """The first resource of a type."""
    found: Json = next(
        each for each in template["Resources"].values() if each["Type"] == kind
    )
    return found


BUCKET = "AWS::S3::Bucket"
OURS = {"Ref": "AWS::AccountId"}
VIRGINIA = "us-east-1"

IN_STORES: list[tuple[str, str, Mutation]] = [
    (
        "a bucket is replicated",
        "replication",
        changed(BUCKET, ReplicationConfiguration={"Role": "r", "Rules": [{}]}),
    ),
    ("a bucket is public", "public_bucket", changed(BUCKET, AccessControl="PublicRead")),
    (
        "a bucket no longer refuses the public",
        "public_bucket",
        changed(BUCKET, PublicAccessBlockConfiguration=None),
    ),
    (
        "one of four walls is down",
        "public_bucket",
        changed(
            BUCKET,
            PublicAccessBlockConfiguration={
                "BlockPublicAcls": True,
                "BlockPublicPolicy": False,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
        ),
    ),
    (
        "a bucket is a web site",
        "website_bucket",
        changed(BUCKET, WebsiteConfiguration={"IndexDocument": "index.html"}),
    ),
    (
        "uploads go in at the edge",
        "transfer_acceleration",
        changed(BUCKET, AccelerateConfiguration={"AccelerationStatus": "Enabled"}),
    ),
    ("a bucket takes plain HTTP", "without_tls", without_tls("AWS::S3::BucketPolicy")),
    ("a queue takes plain HTTP", "without_tls", without_tls("AWS::SQS::QueuePolicy")),
    (
        "everybody may fetch",
        "wildcard_principal",
        bucket_statement(Principal="*"),
    ),
    (
        "everybody may fetch, under a condition",
        "wildcard_principal",
        bucket_statement(
            Principal={"AWS": ["*"]},
            Condition={"StringLike": {"aws:Referer": "https://*"}},
        ),
    ),
    (
        "everybody but one may fetch",
        "wildcard_principal",
        bucket_statement(NotPrincipal={"AWS": {"Fn::Sub": "${AWS::AccountId}"}}),
    ),
    (
        "another account may fetch",
        "foreign_account",
        bucket_statement(Principal={"AWS": "arn:aws:iam::111122223333:root"}),
    ),
    (
        "another account, by its canonical id",
        "foreign_account",
        bucket_statement(Principal={"CanonicalUser": "79a59df900b949e55d96a1e698fb"}),
    ),
    (
        "an edge cache may fetch",
        "edge_service",
        bucket_statement(Principal={"Service": "cloudfront.amazonaws.com"}),
    ),
    (
        "a key works in other Regions",
        "multi_region_key",
        changed("AWS::KMS::Key", MultiRegion=True),
    ),
    ("a key's copy", "multi_region_key", resource("AWS::KMS::ReplicaKey")),
    ("a global table", "global_table", resource("AWS::DynamoDB::GlobalTable")),
    (
        "a table with copies",
        "global_table",
        changed("AWS::DynamoDB::Table", Replicas=[{"Region": {"Ref": "Elsewhere"}}]),
    ),
    (
        "an address over many Regions",
        "replication",
        resource("AWS::S3::MultiRegionAccessPoint"),
    ),
    (
        "a secret's copies",
        "replication",
        resource("AWS::SecretsManager::Secret", {"ReplicaRegions": [{"Region": "x"}]}),
    ),
    (
        "backups copied to another vault",
        "backup_copy",
        resource(
            "AWS::Backup::BackupPlan",
            {"BackupPlan": {"BackupPlanRule": [{"CopyActions": [{"Lifecycle": {}}]}]}},
        ),
    ),
    ("a Region to choose", "region_parameter", parameter("TargetRegion")),
    ("an output elsewhere", "other_region", output("arn:aws:s3:ap-southeast-2::b")),
]

IN_APPLICATION: list[tuple[str, str, Mutation]] = [
    ("a Region in the environment", "other_region", told(VIRGINIA)),
    (
        "a Region put together from parts",
        "other_region",
        told({"Fn::Join": ["-", ["us", "east", "1"]]}),
    ),
    (
        "a Region put in by a substitution",
        "other_region",
        told({"Fn::Sub": ["sqs.${R}.x", {"R": "ap-south-1"}]}),
    ),
    (
        "a Region in an address",
        "other_region",
        told("https://s3.us-gov-west-1.amazonaws.com"),
    ),
    (
        "the sovereign Region in the other partition's template",
        "other_region",
        told(SOVEREIGN_REGION),
    ),
    (
        "a layer from another Region",
        "other_region",
        changed(
            "AWS::Lambda::Function",
            Layers=[{"Fn::Sub": "arn:aws:lambda:eu-west-1:${AWS::AccountId}:layer:x:1"}],
        ),
    ),
    (
        "a certificate for the edge",
        "other_region",
        resource(
            "AWS::ApiGatewayV2::DomainName",
            {
                "DomainNameConfigurations": [
                    {
                        "CertificateArn": {
                            "Fn::Sub": "arn:aws:acm:us-east-1:${AWS::AccountId}:c/1"
                        }
                    }
                ]
            },
        ),
    ),
    (
        "events sent to a bus elsewhere",
        "other_region",
        resource(
            "AWS::Events::Rule",
            {
                "Targets": [
                    {
                        "Id": "1",
                        "Arn": {
                            "Fn::Sub": "arn:aws:events:eu-west-3:${AWS::AccountId}:b/x"
                        },
                    }
                ]
            },
        ),
    ),
    (
        "a topic subscribed across Regions",
        "other_region",
        resource("AWS::SNS::Subscription", {"Protocol": "sqs", "Region": {"Ref": "R"}}),
    ),
    (
        "mail sent as an identity elsewhere",
        "other_region",
        resource(
            "AWS::Cognito::UserPool",
            {
                "EmailConfiguration": {
                    "SourceArn": {
                        "Fn::Sub": "arn:aws:ses:us-west-2:${AWS::AccountId}:identity/x"
                    }
                }
            },
        ),
    ),
    (
        "mail over many Regions",
        "mail_elsewhere",
        resource("AWS::SES::MultiRegionEndpoint"),
    ),
    ("an edge cache", "edge_service", resource("AWS::CloudFront::Distribution")),
    ("an accelerator", "edge_service", resource("AWS::GlobalAccelerator::Accelerator")),
    (
        "a function at the edge",
        "edge_service",
        statement(
            Principal={"Service": "edgelambda.amazonaws.com"}, Action="sts:AssumeRole"
        ),
    ),
    (
        "a firewall of the edge",
        "edge_service",
        resource("AWS::WAFv2::WebACL", {"Scope": "CLOUDFRONT"}),
    ),
    (
        "an edge-optimized API",
        "edge_api",
        resource(
            "AWS::ApiGateway::RestApi", {"EndpointConfiguration": {"Types": ["EDGE"]}}
        ),
    ),
    ("an API that is so by default", "edge_api", resource("AWS::ApiGateway::RestApi")),
    ("an AI service's resource", "ai_service", resource("AWS::Rekognition::Collection")),
    ("a hosted model", "ai_service", resource("AWS::SageMaker::Endpoint")),
    ("an assistant", "ai_service", resource("AWS::QBusiness::Application")),
    (
        "permission to ask an AI service",
        "ai_service",
        statement(Action="rekognition:DetectFaces"),
    ),
    (
        "permission to ask a model",
        "ai_service",
        statement(Action=["bedrock:InvokeModel"]),
    ),
    (
        "a state that asks an AI service",
        "ai_service",
        state("arn:aws:states:::aws-sdk:textract:detectDocumentText"),
    ),
    (
        "a state that asks a model",
        "ai_service",
        state("arn:aws:states:::bedrock:invokeModel"),
    ),
    (
        "code that asks an AI service",
        "ai_service",
        inline("import boto3\nclient = boto3.client('comprehend')\n"),
    ),
    (
        "an AI service's address in this Region",
        "ai_service",
        told("polly.eu-central-1.amazonaws.com"),
    ),
    (
        "a model that runs where there is room",
        "cross_region_inference",
        told("eu.anthropic.claude-sonnet-4-20250514-v1:0"),
    ),
    (
        "a profile of such a model",
        "cross_region_inference",
        statement(
            Action="x:Invoke",
            Resource={"Fn::Sub": "arn:aws:x:::inference-profile/y"},
        ),
    ),
    ("an outside AI service", "foreign_host", told("https://api.openai.com/v1")),
    ("an address without a scheme", "foreign_host", told("vision.googleapis.com")),
    ("an address by its number", "foreign_host", told("http://203.0.113.7:8080")),
    (
        "code that calls outside",
        "foreign_host",
        inline("import urllib.request as u\nu.urlopen('https://example.org/collect')\n"),
    ),
    ("an address without a Region", "global_endpoint", told("https://s3.amazonaws.com")),
    (
        "a bucket's address without a Region",
        "global_endpoint",
        told({"Fn::Sub": "originals.s3.${AWS::URLSuffix}"}),
    ),
    (
        "the accelerated address",
        "transfer_acceleration",
        told("b.s3-accelerate.amazonaws.com"),
    ),
    (
        "a state that calls outside",
        "outside_delivery",
        state("arn:aws:states:::http:invoke"),
    ),
    (
        "alarms to a web address",
        "outside_delivery",
        resource("AWS::SNS::Subscription", {"Protocol": "https", "Endpoint": "x"}),
    ),
    (
        "events to a web address",
        "outside_delivery",
        resource("AWS::Events::ApiDestination"),
    ),
    (
        "a stream to a third party",
        "outside_delivery",
        resource(
            "AWS::KinesisFirehose::DeliveryStream",
            {"HttpEndpointDestinationConfiguration": {}},
        ),
    ),
    (
        "events that follow to another Region",
        "replication",
        resource("AWS::Events::Endpoint"),
    ),
    (
        "permission to replicate",
        "replication",
        statement(Action="s3:ReplicateObject"),
    ),
    (
        "permission to export a table",
        "replication",
        statement(Action=["dynamodb:ExportTableToPointInTime"]),
    ),
    ("permission for everything", "wildcard_action", statement(Action="*")),
    ("permission for a whole service", "wildcard_action", statement(Action=["s3:*"])),
    (
        "permission for all but something",
        "wildcard_action",
        statement(NotAction="iam:*"),
    ),
    (
        "a queue of another account",
        "foreign_account",
        told("https://sqs.eu-central-1.amazonaws.com/111122223333/q"),
    ),
    (
        "a function that answers anybody",
        "public_function",
        resource("AWS::Lambda::Url", {"AuthType": "NONE"}),
    ),
    (
        "a function that anybody may invoke",
        "public_function",
        resource("AWS::Lambda::Permission", {"Principal": "*"}),
    ),
    (
        "sign-ins sent to analytics",
        "analytics",
        resource(
            "AWS::Cognito::UserPoolClient",
            {"AnalyticsConfiguration": {"ApplicationId": "x"}},
        ),
    ),
    ("an analytics service", "analytics", resource("AWS::Pinpoint::App")),
    ("stacks elsewhere", "stack_set", resource("AWS::CloudFormation::StackSet")),
    ("code at deployment", "custom_resource", resource("Custom::S3AutoDeleteObjects")),
    ("alarms over plain HTTP", "without_tls", without_tls("AWS::SNS::TopicPolicy")),
]


def named(cases: list[tuple[str, str, Mutation]]) -> list[Any]:
    return [pytest.param(finding, mutate, id=name) for name, finding, mutate in cases]


def ids(template: Mapping[str, Any], region: str = HOME_REGION) -> set[str]:
    return {finding.id for finding in template_findings(template, region)}


def test_the_real_templates_have_no_way_out(assembly: Assembly) -> None:
    for template in assembly.both:
        assert template_findings(template.raw, HOME_REGION) == []
    assert escapes(assembly.folder, HOME_REGION) == []


@pytest.mark.parametrize(("finding", "mutate"), named(IN_STORES))
def test_a_way_out_of_the_stores_is_found(
    assembly: Assembly, finding: str, mutate: Mutation
) -> None:
    template = copy.deepcopy(dict(assembly.stores.raw))
    mutate(template)
    assert finding in ids(template)


@pytest.mark.parametrize(("finding", "mutate"), named(IN_APPLICATION))
def test_a_way_out_of_the_application_is_found(
    assembly: Assembly, finding: str, mutate: Mutation
) -> None:
    template = copy.deepcopy(dict(assembly.application.raw))
    mutate(template)
    assert finding in ids(template)


def test_every_rule_is_proved_by_a_mutation() -> None:
    rules = {
        rule.id for rule in (*TYPE_RULES, *PROPERTY_RULES, *TEXT_RULES, *STATEMENT_RULES)
    } | {"other_region", "region_parameter", "without_tls"}
    assert {finding for _, finding, _ in (*IN_STORES, *IN_APPLICATION)} == rules


def test_a_finding_names_its_place() -> None:
    template = {
        "Resources": {
            "Send": {
                "Type": "AWS::Lambda::Function",
                "Properties": {"Environment": {"Variables": {"TO": VIRGINIA}}},
            }
        }
    }
    [finding] = template_findings(template, HOME_REGION)
    assert (finding.id, finding.logical_id) == ("other_region", "Send")
    assert finding.path == "Resources/Send/Properties/Environment/Variables/TO"
    assert finding.message == "names us-east-1, not eu-central-1"


@pytest.mark.parametrize(
    "text",
    [
        "eu-central-1",
        "eu-central-1a",
        "s3.eu-central-1.amazonaws.com",
        "dynamodb.${AWS::Region}.${AWS::URLSuffix}",
        "watch@example.org",
        "intake.receive_upload.handler.handler",
        "recognition",
        "0.5",
    ],
)
def test_what_stays_inside_is_not_found(text: str) -> None:
    template = {"Resources": {"R": {"Type": "X", "Properties": {"Text": text}}}}
    assert template_findings(template, HOME_REGION) == []


def test_the_sovereign_region_is_home_when_chosen_and_nothing_else_is() -> None:
    here = {"Outputs": {"R": {"Value": SOVEREIGN_REGION}}}
    there = {"Outputs": {"R": {"Value": HOME_REGION}}}
    assert ids(here, SOVEREIGN_REGION) == set()
    assert ids(there, SOVEREIGN_REGION) == {"other_region"}


@pytest.mark.parametrize("region", [VIRGINIA, "eu-west-1", None])
def test_a_stack_elsewhere_or_nowhere_is_refused(region: str | None) -> None:
    app = App()
    Stack(app, "Elsewhere", env=Environment(region=region))
    with pytest.raises(DeploymentError, match="Elsewhere is not pinned to eu-central-1"):
        refuse_unpinned(app, HOME_REGION)


def leaky(folder: Path) -> App:
    """A stack with a cache at the edge, and the check as synthesis runs it."""
    app = App(outdir=str(folder), analytics_reporting=False)
    stack = Stack(app, "Leaky", env=Environment(region=HOME_REGION))
    properties = {
        "DistributionConfig": {
            "Enabled": True,
            "DefaultCacheBehavior": {
                "TargetOriginId": "o",
                "ViewerProtocolPolicy": "https-only",
            },
            "Origins": [{"Id": "o", "DomainName": "example.org"}],
        }
    }
    CfnResource(
        stack, "Cache", type="AWS::CloudFront::Distribution", properties=properties
    )
    Validations.of(app).add_plugins(RegionPin(HOME_REGION))
    return app


def test_synthesis_fails_where_the_check_finds_something(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="beeldrecht-region-pin::edge_service"):
        leaky(tmp_path).synth()


def test_acknowledging_a_finding_does_not_let_it_pass(tmp_path: Path) -> None:
    app = leaky(tmp_path)
    for rule in ("edge_service", "foreign_host"):
        Validations.of(app).acknowledge(
            Acknowledgment(id=f"beeldrecht-region-pin::{rule}", reason="I would like to")
        )
    app.synth()
    found = {finding.id for finding in escapes(tmp_path, HOME_REGION)}
    assert found == {"edge_service", "foreign_host"}
