"""The settings that carry promises, read from what is deployed: nothing is assumed.

What cannot be read is not as it has to be: the refusal's code stands as what was found.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any, Final

import boto3
from botocore.exceptions import ClientError

from beeldrecht.domain.audit import SHARDS
from beeldrecht.domain.audit_beginnings import (
    beginning_of,
    is_over,
    over_from,
    start_of,
)
from beeldrecht.domain.evidence import LiveSetting
from beeldrecht.domain.recognition import effective_mode, recognises
from beeldrecht.domain.retention import TERMS, RetentionKind
from cli.stack import REGIONS, Deployed

LEAST_LOG_DAYS = 184
"""Six months, whichever they are."""
LATENESS: Final = timedelta(days=7)
"""Two nights, an hour's checkpoint, a day's notice and time to live, and then some."""
UNBACKED = frozenset({"Biometrics", "Keys", "Limits"})
"""Tables that no backup may hold: their copies would open what was destroyed."""
REWRITES = frozenset({"dynamodb:UpdateItem", "dynamodb:DeleteItem"})
RECOGNISING = frozenset(
    {"EnrolPerson", "RelookPictures", "RenewTemplates", "SuggestPeople"}
)
LOCKED = frozenset({"Checkpoints"})
"""Buckets whose objects nobody may end: they hold nothing of anybody."""
MISSING = {
    "ReplicationConfigurationNotFoundError",
    "ObjectLockConfigurationNotFoundError",
}
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Resource:
    """Something that a stack made."""

    kind: str
    logical: str
    physical: str


class Account:
    """The account's own answers, for one deployment."""

    def __init__(self, deployed: Deployed, name: str) -> None:
        self.deployed = deployed
        self.region = deployed.region
        self._name = name

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Everything that the two stacks made."""
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        return tuple(
            Resource(
                each["ResourceType"],
                each["LogicalResourceId"],
                each.get("PhysicalResourceId", ""),
            )
            for stack in (f"{self._name}-Stores", self._name)
            for page in pages.paginate(StackName=stack)
            for each in page["StackResourceSummaries"]
        )

    def of(self, kind: str) -> tuple[Resource, ...]:
        """The resources of one kind, in the order of their names."""
        found = [each for each in self.resources if each.kind == kind]
        return tuple(sorted(found, key=lambda r: r.logical))

    def client(self, service: str) -> Any:
        """A client of the account, for this deployment's Region."""
        return boto3.client(service, region_name=self.region)  # type: ignore[call-overload]


def controller(account: Account) -> str:
    """Who is responsible, as the deployment was told."""
    name = account.deployed.outputs.get("StaffApiFunction", "")
    client = account.client("lambda")
    found = refusable(client.get_function_configuration, FunctionName=name)
    told: Mapping[str, str] = found.get("Environment", {}).get("Variables", {})
    return told.get("CONTROLLER") or "?"


type Check = Callable[[Account, datetime], Iterator[LiveSetting]]


def read_settings(account: Account, at: datetime) -> list[LiveSetting]:
    """Every setting that carries a promise, as it is now."""
    return [setting for check in CHECKS for setting in check(account, at)]


def region(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Where everything is (R19)."""
    found = account.region
    expected = found if found in REGIONS else REGIONS[0]
    yield LiveSetting(("R19",), "Region of the deployment", expected, found)


def tables(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Terms, backups, encryption and copies of each table."""
    client, followed = account.client("dynamodb"), _followed(account)
    for table in account.of("AWS::DynamoDB::Table"):
        name = f"table {table.logical}"
        where = {"TableName": table.physical}
        found = refusable(client.describe_time_to_live, "TimeToLiveDescription", **where)
        ttl = f"{found.get('TimeToLiveStatus')} {found.get('AttributeName')}"
        yield _setting(("R11",), f"{name}: terms end", "ENABLED expires_at", ttl, found)
        found = refusable(client.describe_continuous_backups, **where)
        backups = found.get("ContinuousBackupsDescription", {})
        pitr = backups.get("PointInTimeRecoveryDescription", {})
        status = str(pitr.get("PointInTimeRecoveryStatus", "DISABLED"))
        expected = "DISABLED" if table.logical in UNBACKED else "ENABLED"
        yield _setting(("R11", "R16"), f"{name}: backups", expected, status, found)
        found = refusable(client.describe_table, "Table", **where)
        copies = str(len(found.get("Replicas", [])))
        yield _setting(("R19",), f"{name}: copies in other Regions", "0", copies, found)
        streams = followed.get(table.physical)
        if streams is not None:
            own = str(found.get("LatestStreamArn", "none"))
            same = _yes(streams == {own})
            yield _setting(("R11",), f"{name}: the one deployed", YES, same, found)


def _followed(account: Account) -> dict[str, set[str]]:
    """The streams that functions follow, by the table that each was of when deployed.

    A stream is named by the instant at which it began. A table that somebody restores
    under the same name has none, or another: so it shows, whoever was erased meanwhile.
    """
    client, streams = account.client("lambda"), dict[str, set[str]]()
    for mapping in account.of("AWS::Lambda::EventSourceMapping"):
        found = refusable(client.get_event_source_mapping, UUID=mapping.physical)
        arn = str(found.get("EventSourceArn", ""))
        if ":dynamodb:" in arn:
            table = arn.partition(":table/")[2].partition("/")[0]
            streams.setdefault(table, set()).add(arn)
    return streams


def buckets(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Who can reach a bucket, and whether what is deleted is gone."""
    client = account.client("s3")
    for bucket in account.of("AWS::S3::Bucket"):
        name, where = f"bucket {bucket.logical}", {"Bucket": bucket.physical}
        found = refusable(
            client.get_public_access_block, "PublicAccessBlockConfiguration", **where
        )
        blocked = _yes(len(found) == 4 and all(v is True for v in found.values()))
        yield _setting(("R16",), f"{name}: no public access", YES, blocked, found)
        found = refusable(client.get_bucket_encryption, **where)
        rules = found.get("ServerSideEncryptionConfiguration", {}).get("Rules", [])
        yield _setting(("R16",), f"{name}: encrypted", YES, _yes(bool(rules)), found)
        found = refusable(client.get_bucket_policy, **where)
        secure = _yes(_refuses_plain_http(found.get("Policy", "{}")))
        yield _setting(("R16",), f"{name}: only over TLS", YES, secure, found)
        found = refusable(client.get_bucket_replication, **where)
        copied = _yes("ReplicationConfiguration" in found)
        yield _setting(("R19",), f"{name}: copied elsewhere", NO, copied, found)
        found = refusable(client.get_object_lock_configuration, **where)
        lock = found.get("ObjectLockConfiguration", {})
        locked = _yes(lock.get("ObjectLockEnabled") == "Enabled")
        expected = _yes(bucket.logical in LOCKED)
        rows = ("R11", "R16")
        yield _setting(rows, f"{name}: nobody can delete", expected, locked, found)


def logs(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """How long logs are kept (R23)."""
    client = account.client("logs")
    for group in account.of("AWS::Logs::LogGroup"):
        found = refusable(client.describe_log_groups, logGroupNamePrefix=group.physical)
        named = [
            each
            for each in found.get("logGroups", [])
            if each["logGroupName"] == group.physical
        ]
        days = named[0].get("retentionInDays") if named else None
        kept = _yes(days is not None and days >= LEAST_LOG_DAYS)
        what = f"log {group.logical}: kept six months, and not for ever"
        yield _setting(("R23",), what, YES, kept, found)


def audit_log(account: Account, at: datetime) -> Iterator[LiveSetting]:
    """How long the audit log is kept, and whether what is older has gone (R16, R23).

    A term that runs stand still for is not kept to.
    """
    policy = account.deployed.retention.policy()
    days = policy.days(RetentionKind.AUDIT)
    bounded = days is not None and TERMS[RetentionKind.AUDIT].allows(days)
    term = _yes(bounded and not policy.paused)
    yield LiveSetting(("R23",), f"audit log: ends after {days} days", YES, term)
    reader = account.deployed.audit_reader
    checkpoint = account.deployed.checkpoints.last(at)
    overdue = partial(is_over, policy, at=at - LATENESS)
    left = 0
    for shard in SHARDS:
        start = start_of(beginning_of(checkpoint, shard))
        undated = reader.undated(shard, start.number)
        behind = reader.since(shard, start.number + 1)
        left += any(overdue(entry.instant) for entry in undated) or (
            over_from(behind, shard, start, overdue).acts > 0
        )
    what = "audit log: chains that hold what is older"
    yield LiveSetting(("R16", "R23"), what, "0", str(left))


def functions(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Who can recognise at all, and what no role may do (R1, R2, R16)."""
    client, iam = account.client("lambda"), account.client("iam")
    outputs = account.deployed.outputs
    names = {
        key.removesuffix("Function"): value
        for key, value in outputs.items()
        if key.endswith("Function")
    }
    for name, physical in sorted(names.items()):
        found = refusable(client.get_function_configuration, FunctionName=physical)
        layers = [str(each.get("Arn", "")) for each in found.get("Layers", [])]
        can = _yes(any("ecognition" in arn.rpartition("layer:")[2] for arn in layers))
        expected = _yes(name in RECOGNISING)
        what = f"function {name}: carries the means to recognise"
        yield _setting(("R1", "R2"), what, expected, can, found)
        role = str(found.get("Role", "")).rpartition("/")[2]
        if role:
            yield _denial(iam, name, role, outputs.get("AuditTable", "?"))


def _denial(iam: Any, name: str, role: str, table: str) -> LiveSetting:
    """Whether the role is denied by name to rewrite the audit log."""

    def documents() -> dict[str, Any]:
        found: dict[str, Any] = {"statements": []}
        for policy in iam.list_role_policies(RoleName=role)["PolicyNames"]:
            document = iam.get_role_policy(RoleName=role, PolicyName=policy)
            found["statements"] += _statements(document["PolicyDocument"])
        attached = iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"]
        for arn in (policy["PolicyArn"] for policy in attached):
            version = iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"]
            kept = iam.get_policy_version(PolicyArn=arn, VersionId=version)
            found["statements"] += _statements(kept["PolicyVersion"]["Document"])
        return found

    found = refusable(documents)
    denied = any(
        statement.get("Effect") == "Deny"
        and set(_list(statement, "Action")) >= REWRITES
        and any(arn.endswith(f"table/{table}") for arn in _list(statement, "Resource"))
        for statement in found.get("statements", [])
    )
    what = f"function {name}: denied to change the audit log"
    return _setting(("R16",), what, YES, _yes(denied), found)


def keys(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Whether our own keys are turned over (R16); one that signs cannot be."""
    client = account.client("kms")
    for key in account.of("AWS::KMS::Key"):
        where = {"KeyId": key.physical}
        found = refusable(client.describe_key, "KeyMetadata", **where)
        if found.get("KeyUsage", "ENCRYPT_DECRYPT") != "ENCRYPT_DECRYPT":
            continue
        found = refusable(client.get_key_rotation_status, **where)
        turned = _yes(found.get("KeyRotationEnabled") is True)
        yield _setting(("R16",), f"key {key.logical}: rotated", YES, turned, found)


def accounts(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Whether staff sign in with two factors (R16)."""
    client = account.client("cognito-idp")
    for pool in account.of("AWS::Cognito::UserPool"):
        found = refusable(client.describe_user_pool, "UserPool", UserPoolId=pool.physical)
        mfa = str(found.get("MfaConfiguration"))
        yield _setting(("R16",), "accounts: a second factor", "ON", mfa, found)


def mail(account: Account, _at: datetime) -> Iterator[LiveSetting]:
    """Whether mail leaves over TLS alone (R16)."""
    client = account.client("sesv2")
    for made in account.of("AWS::SES::ConfigurationSet"):
        found = refusable(
            client.get_configuration_set, ConfigurationSetName=made.physical
        )
        policy = str(found.get("DeliveryOptions", {}).get("TlsPolicy"))
        yield _setting(("R16",), "mail: only over TLS", "REQUIRE", policy, found)


def recognition(account: Account, at: datetime) -> Iterator[LiveSetting]:
    """What carries recognition, where it is on at all (R18)."""
    setting = account.deployed.library.recognition()
    mode, end = effective_mode(setting, at), None
    if recognises(setting.mode) and setting.assessment:
        end = setting.assessment.period.end
    found = setting.mode.value if mode is setting.mode else f"{setting.mode} without DPIA"
    expected = setting.mode.value if mode is setting.mode else mode.value
    until = f", carried until {end:%Y-%m-%d}" if end else ""
    yield LiveSetting(("R1", "R18"), f"recognition{until}", expected, found)


CHECKS: tuple[Check, ...] = (
    *(region, tables, buckets, logs, audit_log, functions),
    *(keys, accounts, mail, recognition),
)


def refusable(
    ask: Callable[..., Mapping[str, Any]], part: str | None = None, **about: str
) -> dict[str, Any]:
    """What the account answers, or a part of it; a refusal by its code, as `refused`.

    So that a refusal is never taken for an answer that there is nothing.
    """
    try:
        told = ask(**about)
        return dict(told if part is None else told[part])
    except KeyError:
        return {"refused": "not told"}
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return {} if code in MISSING else {"refused": code}


def _setting(
    rows: tuple[str, ...], what: str, expected: str, found: str, told: Mapping[str, Any]
) -> LiveSetting:
    return LiveSetting(rows, what, expected, str(told.get("refused") or found))


def _yes(value: bool) -> str:
    return YES if value else NO


def _list(statement: Mapping[str, Any], key: str) -> list[str]:
    given = statement.get(key, [])
    return [given] if isinstance(given, str) else list(given)


def _statements(document: Any) -> Iterable[Mapping[str, Any]]:
    told = json.loads(document) if isinstance(document, str) else document
    given = told.get("Statement", [])
    return [given] if isinstance(given, dict) else list(given)


def _refuses_plain_http(policy: str) -> bool:
    return any(
        statement.get("Effect") == "Deny"
        and str(statement.get("Condition", {}).get("Bool", {}).get("aws:SecureTransport"))
        .lower()
        .strip("[]'\"")
        == "false"
        for statement in _statements(policy)
    )
