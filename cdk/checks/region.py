"""R19: what holds people's pictures stays in one Region, and nobody outside sees it.

Reads synthesized templates, not constructs: whatever wrote a template, this is what
CloudFormation would be handed. Three kinds of rule, each a row of a table below: a type
of resource that must not exist, a property that must not (or must) be set, and text that
must not stand anywhere, be it in an ARN, an environment variable, inline code or a state
machine. What a rule cannot see is a name put together at run time inside a function;
for that the roles deny every call to another Region.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from cdk.checks.rendering import Path, as_list, mappings, rendered, strings

HOME_REGION = "eu-central-1"
SOVEREIGN_REGION = "eusc-de-east-1"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place where a template would let data out."""

    id: str
    logical_id: str
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A kind of resource that must not exist."""

    id: str
    message: str
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PropertyRule:
    """A property of a kind of resource; `wrong` says what about it is not allowed.

    `wrong` is given the properties of the resource, rendered.
    """

    id: str
    message: str
    types: tuple[str, ...]
    wrong: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class TextRule:
    """Text that must not stand in a template.

    `spared` are keys below which it may: a service principal is a name, not an address.
    `spared_in` are properties of a kind of resource in which it may.
    """

    id: str
    message: str
    pattern: re.Pattern[str]
    spared: frozenset[str] = frozenset()
    spared_in: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class StatementRule:
    """An IAM statement that allows what must not be; `wrong` is given the statement."""

    id: str
    message: str
    wrong: Callable[[Mapping[str, Any]], bool]


def template_findings(template: Mapping[str, Any], region: str) -> list[Finding]:
    """Everything in one template that breaks R19, sorted; empty when nothing does."""
    whole = rendered(template)
    resources: Mapping[str, Mapping[str, Any]] = whole.get("Resources", {})
    found = {
        *_other_regions(whole, region),
        *_region_parameters(whole),
        *_bad_types(resources),
        *_bad_properties(resources),
        *_bad_text(whole),
        *_bad_statements(resources),
        *_without_tls(resources),
    }
    return sorted(found)


# Where a Region can be named ------------------------------------------------------------

_REGION = re.compile(
    r"(?<![a-z0-9])"
    r"(?:eusc-de|us-gov|us-iso[a-z]?|eu-iso[a-z]?|[a-z]{2})"
    r"-(?:central|north|south|east|west|northeast|northwest|southeast|southwest)"
    r"-\d(?!\d)"
)


def _other_regions(whole: Mapping[str, Any], region: str) -> Iterator[Finding]:
    for path, text in strings(whole):
        for name in _REGION.findall(text.lower()):
            if name != region:
                yield _finding("other_region", f"names {name}, not {region}", path)


def _region_parameters(whole: Mapping[str, Any]) -> Iterator[Finding]:
    for name in whole.get("Parameters", {}):
        if "region" in name.lower():
            yield _finding(
                "region_parameter",
                "lets whoever deploys choose a Region",
                ("Parameters", name),
            )


# Resources that must not exist ----------------------------------------------------------

_AI_SERVICES = (
    "augmentedairuntime|bedrock|codewhisperer|comprehend|comprehendmedical|forecast|"
    "frauddetector|healthlake|kendra|lex|lexv2|lookoutvision|nova-act|omics|panorama|"
    "personalize|polly|qbusiness|rekognition|sagemaker|textract|transcribe|translate|"
    "voiceid|wisdom"
)

TYPE_RULES = (
    TypeRule(
        "global_table",
        "keeps copies of a table in other Regions",
        ("AWS::DynamoDB::GlobalTable",),
    ),
    TypeRule(
        "replication",
        "copies data to other Regions",
        (
            "AWS::DocDB::GlobalCluster",
            "AWS::ECR::ReplicationConfiguration",
            "AWS::ElastiCache::GlobalReplicationGroup",
            "AWS::Events::Endpoint",
            "AWS::Neptune::GlobalCluster",
            "AWS::RDS::GlobalCluster",
            "AWS::S3::MultiRegionAccessPoint*",
        ),
    ),
    TypeRule(
        "multi_region_key",
        "lets a key decrypt in another Region",
        ("AWS::KMS::ReplicaKey",),
    ),
    TypeRule(
        "edge_service",
        "serves from places all over the world",
        (
            "AWS::CloudFront::*",
            "AWS::GlobalAccelerator::*",
            "AWS::NetworkManager::*",
            "AWS::Shield::*",
        ),
    ),
    TypeRule(
        "ai_service",
        "hands data to an AI service; inference runs in our own functions",
        (
            "AWS::Bedrock*::*",
            "AWS::Comprehend*::*",
            "AWS::Forecast::*",
            "AWS::FraudDetector::*",
            "AWS::HealthLake::*",
            "AWS::Kendra*::*",
            "AWS::Lex::*",
            "AWS::LookoutVision::*",
            "AWS::Omics::*",
            "AWS::Panorama::*",
            "AWS::Personalize::*",
            "AWS::QBusiness::*",
            "AWS::Rekognition::*",
            "AWS::SageMaker::*",
            "AWS::VoiceID::*",
            "AWS::Wisdom::*",
        ),
    ),
    TypeRule(
        "analytics",
        "sends usage of people to an analytics service in another Region",
        ("AWS::Pinpoint::*", "AWS::PinpointEmail::*"),
    ),
    TypeRule(
        "outside_delivery",
        "delivers events to addresses outside this account",
        (
            "AWS::AppFlow::*",
            "AWS::Events::ApiDestination",
            "AWS::Events::Connection",
            "AWS::Scheduler::Connection",
        ),
    ),
    TypeRule(
        "mail_elsewhere",
        "sends mail through another Region",
        ("AWS::SES::MultiRegionEndpoint",),
    ),
    TypeRule(
        "stack_set",
        "deploys into other accounts and Regions",
        ("AWS::CloudFormation::StackSet",),
    ),
    TypeRule(
        "custom_resource",
        "runs code at deployment that no check here can read",
        ("AWS::CloudFormation::CustomResource", "Custom::*"),
    ),
)


# Properties -----------------------------------------------------------------------------


def _at(properties: Mapping[str, Any], way: str) -> Any:
    """The value at `A.B`, or None."""
    value: Any = properties
    for name in way.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _has(way: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda properties: _at(properties, way) not in (None, [], {})


def _true(way: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda properties: str(_at(properties, way)).lower() == "true"


def _is(way: str, *values: str) -> Callable[[Mapping[str, Any]], bool]:
    return lambda properties: str(_at(properties, way)) in values


def _somewhere(name: str) -> Callable[[Mapping[str, Any]], bool]:
    """Whether a property of that name is set at any depth."""
    return lambda properties: any(each.get(name) for _, each in mappings(properties))


def _not_private(properties: Mapping[str, Any]) -> bool:
    block = _at(properties, "PublicAccessBlockConfiguration") or {}
    walls = (
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    )
    acl = str(_at(properties, "AccessControl") or "Private")
    return acl in {"PublicRead", "PublicReadWrite", "AuthenticatedRead"} or any(
        str(block.get(wall)).lower() != "true" for wall in walls
    )


def _edge_api(properties: Mapping[str, Any]) -> bool:
    # A REST API without a type is edge-optimized.
    types = _at(properties, "EndpointConfiguration.Types") or ["EDGE"]
    return "EDGE" in as_list(types)


def _leaves_account(properties: Mapping[str, Any]) -> bool:
    inside = {"email", "lambda", "sqs"}
    return str(properties.get("Protocol")).lower() not in inside


def _elsewhere_destination(properties: Mapping[str, Any]) -> bool:
    """Firehose: anything but a bucket of ours is a third party's or another service's."""
    return any(
        name.endswith("DestinationConfiguration") and "S3" not in name
        for name in properties
    )


_BUCKET = ("AWS::S3::Bucket",)

PROPERTY_RULES = (
    PropertyRule(
        "replication",
        "copies pictures to another bucket",
        _BUCKET,
        _has("ReplicationConfiguration"),
    ),
    PropertyRule(
        "replication",
        "copies secrets to other Regions",
        ("AWS::SecretsManager::Secret",),
        _has("ReplicaRegions"),
    ),
    PropertyRule(
        "replication",
        "spreads a cluster over Regions",
        ("AWS::DSQL::Cluster",),
        _has("MultiRegionProperties"),
    ),
    PropertyRule(
        "replication",
        "makes the database follow one in another Region",
        ("AWS::RDS::DBCluster", "AWS::RDS::DBInstance"),
        lambda each: (
            _has("GlobalClusterIdentifier")(each)
            or _has("AutomaticBackupReplicationRegion")(each)
        ),
    ),
    PropertyRule(
        "global_table",
        "keeps copies of a table in other Regions",
        ("AWS::DynamoDB::*",),
        _somewhere("Replicas"),
    ),
    PropertyRule(
        "multi_region_key",
        "lets a key decrypt in another Region",
        ("AWS::KMS::Key",),
        _true("MultiRegion"),
    ),
    PropertyRule(
        "backup_copy",
        "copies backups to another vault",
        ("AWS::Backup::BackupPlan",),
        _somewhere("CopyActions"),
    ),
    PropertyRule(
        "edge_api",
        "serves an API from places all over the world",
        ("AWS::ApiGateway::DomainName", "AWS::ApiGateway::RestApi"),
        _edge_api,
    ),
    PropertyRule(
        "edge_service",
        "guards an edge service, which must not exist",
        ("AWS::WAFv2::*",),
        _is("Scope", "CLOUDFRONT"),
    ),
    PropertyRule(
        "transfer_acceleration",
        "takes uploads in at places all over the world",
        _BUCKET,
        _is("AccelerateConfiguration.AccelerationStatus", "Enabled"),
    ),
    PropertyRule("public_bucket", "does not refuse the public", _BUCKET, _not_private),
    PropertyRule(
        "website_bucket",
        "serves pictures to anybody, without TLS",
        _BUCKET,
        _has("WebsiteConfiguration"),
    ),
    PropertyRule(
        "public_function",
        "answers anybody, signed or not",
        ("AWS::Lambda::Url",),
        _is("AuthType", "NONE"),
    ),
    PropertyRule(
        "public_function",
        "lets anybody invoke a function",
        ("AWS::Lambda::Permission",),
        lambda each: (
            _is("Principal", "*")(each) or _is("FunctionUrlAuthType", "NONE")(each)
        ),
    ),
    PropertyRule(
        "analytics",
        "sends sign-ins to an analytics service in another Region",
        ("AWS::Cognito::UserPoolClient",),
        _has("AnalyticsConfiguration"),
    ),
    PropertyRule(
        "outside_delivery",
        "delivers messages to an address outside this account",
        ("AWS::SNS::Subscription",),
        _leaves_account,
    ),
    PropertyRule(
        "outside_delivery",
        "streams data to an address outside this account",
        ("AWS::KinesisFirehose::DeliveryStream",),
        _elsewhere_destination,
    ),
    PropertyRule(
        "other_region",
        "subscribes a topic of another Region",
        ("AWS::SNS::Subscription",),
        lambda each: each.get("Region") not in (None, "${AWS::Region}"),
    ),
)


# Text -----------------------------------------------------------------------------------

_TOP_LEVEL = "ai|app|be|ch|cloud|co|com|de|dev|es|eu|fr|info|io|it|net|nl|org|ru|uk|us"
# A model's address that begins with a group of Regions: `eu.anthropic.claude-…`.
_REGION_GROUPS = "apac|au|ca|eu|global|jp|us|us-gov"

TEXT_RULES = (
    TextRule(
        "ai_service",
        "names an AI service; inference runs in our own functions",
        re.compile(rf"(?<![a-z0-9-])(?:{_AI_SERVICES})(?:-[a-z-]+)?(?=[:./\"'\\]|$)"),
    ),
    TextRule(
        "cross_region_inference",
        "lets a model run in whichever Region has room",
        re.compile(
            rf"inference-profile|(?<![\w.-])(?:{_REGION_GROUPS})\."
            r"(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|"
            r"stability|twelvelabs|writer)\."
        ),
    ),
    TextRule(
        "edge_service",
        "names an edge service",
        re.compile(
            r"(?<![a-z0-9-])(?:cloudfront|edgelambda|globalaccelerator)(?=[:./\"']|$)"
        ),
    ),
    TextRule(
        "transfer_acceleration",
        "names the accelerated address of S3",
        re.compile(r"s3-accelerate"),
    ),
    TextRule(
        "outside_delivery",
        "calls a web address from a state machine",
        re.compile(r":states:::http:invoke"),
    ),
    TextRule(
        "foreign_host",
        "names an address that is not AWS's",
        # Behind `@` and `identity/` stands who mail is from: nothing is sent there.
        re.compile(
            rf"(?<![@\w.-])(?<!:identity/)(?:[a-z0-9-]+\.)+(?:{_TOP_LEVEL})"
            r"(?![\w-])(?!\.[a-z])"
        ),
        # The organisation's own directory, which its staff sign in with: whoever deploys
        # names it, a browser is sent there, and nothing about a picture or a person in
        # one ever is. An address by number, or in another Region of AWS, is refused.
        spared_in=frozenset(
            {
                ("AWS::Cognito::UserPoolIdentityProvider", "ProviderDetails"),
                ("AWS::Cognito::UserPoolIdentityProvider", "AttributeMapping"),
                ("AWS::SES::EmailIdentity", "EmailIdentity"),
            }
        ),
    ),
    TextRule(
        "foreign_host",
        "names an address by its number",
        re.compile(r"https?://(?:\d{1,3}\.){3}\d{1,3}"),
    ),
    TextRule(
        "global_endpoint",
        "names an address of AWS without its Region, which is served from us-east-1",
        re.compile(
            r"(?<![a-z0-9.-])(?:[a-z0-9${}:-]+\.)?(?:s3|sts|iam|[a-z0-9-]+)"
            r"\.(?:amazonaws\.com|amazonaws\.eu|\$\{aws::urlsuffix\})"
        ),
        spared=frozenset({"Principal", "Service", "iam:PassedToService"}),
    ),
    TextRule(
        "foreign_account",
        "names an account by its number; our own is ${AWS::AccountId}",
        re.compile(r"(?<![\da-z])\d{12}(?![\da-z])"),
    ),
)

_OURS = re.compile(
    r"(?:\.|^)amazonaws\.(?:com|eu)$"
    # The sign-in pages of a user pool, at the Region's own address.
    rf"|\.auth\.(?:{HOME_REGION}|{SOVEREIGN_REGION})\.amazoncognito\.com$"
)
_REGIONAL = re.compile(
    rf"(?:{HOME_REGION}|{SOVEREIGN_REGION}|\$\{{aws::region\}})\."
    r"(?:amazonaws\.com|amazonaws\.eu|\$\{aws::urlsuffix\})$"
)


# Statements -----------------------------------------------------------------------------


def _everybody(statement: Mapping[str, Any]) -> bool:
    principal = statement.get("Principal")
    if "NotPrincipal" in statement:
        return True
    named = principal.values() if isinstance(principal, Mapping) else [principal]
    return any("*" in as_list(each) for each in named)


def _outsider(statement: Mapping[str, Any]) -> bool:
    principal = statement.get("Principal")
    if not isinstance(principal, Mapping):
        return False
    return bool({"CanonicalUser", "Federated"} & principal.keys())


def _actions(statement: Mapping[str, Any]) -> list[str]:
    return [str(action) for action in as_list(statement.get("Action"))]


def _anything(statement: Mapping[str, Any]) -> bool:
    return "NotAction" in statement or any(
        action == "*" or action.endswith(":*") for action in _actions(statement)
    )


_COPIES = (
    "backup:StartCopyJob",
    "dynamodb:CreateGlobalTable*",
    "dynamodb:CreateTableReplica",
    "dynamodb:ExportTableToPointInTime",
    "kms:ReplicateKey",
    "s3:PutReplicationConfiguration",
    "s3:Replicate*",
    "secretsmanager:ReplicateSecretToRegions",
)


def _copies(statement: Mapping[str, Any]) -> bool:
    return any(
        fnmatchcase(action, copy) for action in _actions(statement) for copy in _COPIES
    )


STATEMENT_RULES = (
    StatementRule("wildcard_principal", "allows everybody", _everybody),
    StatementRule("foreign_account", "allows somebody outside this account", _outsider),
    StatementRule("wildcard_action", "allows every action of a service", _anything),
    StatementRule("replication", "allows copying data elsewhere", _copies),
)


# Applying them --------------------------------------------------------------------------


def _bad_types(resources: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for logical_id, resource in resources.items():
        for rule in TYPE_RULES:
            if _one_of(resource, rule.types):
                yield _finding(rule.id, rule.message, ("Resources", logical_id, "Type"))


def _bad_properties(resources: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for logical_id, resource in resources.items():
        for rule in PROPERTY_RULES:
            if _one_of(resource, rule.types) and rule.wrong(
                resource.get("Properties", {})
            ):
                yield _finding(
                    rule.id, rule.message, ("Resources", logical_id, "Properties")
                )


def _bad_text(whole: Mapping[str, Any]) -> Iterator[Finding]:
    resources: Mapping[str, Mapping[str, Any]] = whole.get("Resources", {})
    for path, text in strings(whole):
        for rule in TEXT_RULES:
            if (
                rule.spared.isdisjoint(path)
                and _property(path, resources) not in rule.spared_in
                and _names(rule, text.lower())
            ):
                yield _finding(rule.id, rule.message, path)


def _property(
    path: Path, resources: Mapping[str, Mapping[str, Any]]
) -> tuple[str, str] | None:
    """The kind of resource and its property that a way leads into."""
    match path:
        case ("Resources", logical_id, "Properties", name, *_):
            return str(resources[logical_id].get("Type", "")), name
    return None


def _names(rule: TextRule, text: str) -> bool:
    for match in rule.pattern.finditer(text):
        host = match.group().removeprefix("https://").removeprefix("http://")
        if rule.id == "foreign_host" and _OURS.search(host):
            continue
        if rule.id == "global_endpoint" and _REGIONAL.search(host):
            continue
        return True
    return False


def _bad_statements(resources: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    for path, statement in mappings(resources, ("Resources",)):
        if statement.get("Effect") != "Allow":
            continue
        for rule in STATEMENT_RULES:
            if rule.wrong(statement):
                yield _finding(rule.id, rule.message, path)


def _without_tls(resources: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    """Buckets, queues and topics whose policy does not refuse plain HTTP."""
    policies = {
        "AWS::S3::Bucket": ("AWS::S3::BucketPolicy", "Bucket"),
        "AWS::SQS::Queue": ("AWS::SQS::QueuePolicy", "Queues"),
        "AWS::SNS::Topic": ("AWS::SNS::TopicPolicy", "Topics"),
    }
    for kind, (policy_kind, target) in policies.items():
        guarded = {
            str(name)
            for policy in resources.values()
            if policy.get("Type") == policy_kind and _refuses_plain_http(policy)
            for name in as_list(policy["Properties"].get(target))
        }
        for logical_id, resource in resources.items():
            if resource.get("Type") == kind and f"${{{logical_id}}}" not in guarded:
                yield _finding(
                    "without_tls", "can be reached without TLS", ("Resources", logical_id)
                )


def _refuses_plain_http(policy: Mapping[str, Any]) -> bool:
    statements = as_list(_at(policy, "Properties.PolicyDocument.Statement"))
    return any(
        statement.get("Effect") == "Deny"
        and _everybody(statement)
        and str(_at(statement, "Condition.Bool.aws:SecureTransport")).lower() == "false"
        for statement in statements
    )


def _one_of(resource: Mapping[str, Any], types: Iterable[str]) -> bool:
    kind = str(resource.get("Type", ""))
    return any(fnmatchcase(kind, pattern) for pattern in types)


def _finding(rule: str, message: str, path: Path) -> Finding:
    logical_id = path[1] if len(path) > 1 else ""
    return Finding(rule, logical_id, "/".join(path), message)
