"""The command `evidence`: what is deployed is read, and drift turns it red."""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pikepdf
import pytest
from moto import mock_aws

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.evidence import LiveSetting, TestRun, gathered
from beeldrecht.domain.governance import GovernanceRecord, RegisterKind
from beeldrecht.domain.ids import derived_id
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.retention import RetentionKind, RetentionPolicy
from beeldrecht.domain.store_registry import STORES
from cli import proof_live, proof_pages
from cli.commands import DONE, NOT_DONE
from cli.proof_live import Account, Resource
from cli.proof_results import NoResultsError, results_of
from cli.stack import Deployed
from tests.fakes.checkpoints import FakeChains, FakeCheckpoints
from tests.fakes.governance import DPIA, signature_of, version_of
from tests.fakes.retention import FakeRetention
from tests.fakes.runtime import REGION, environment
from tests.fakes.samples import ANN, ASSESSMENT, NOON, PICTURE
from tests.fakes.world import World
from tests.unit.cli.desks import Office

TABLE, BUCKET, LOG = "AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Logs::LogGroup"
WALLED = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"),
    True,
)
ONLY_TLS = {
    "Statement": {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
}


class Here(Account):
    """An account with just these resources."""

    def __init__(self, *resources: Resource, region: str = REGION) -> None:
        super().__init__(Deployed(region, {}), "Beeldrecht")
        self.__dict__["resources"] = resources


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with environment(monkeypatch, {}), mock_aws():
        yield


def client(service: str) -> Any:
    return boto3.client(service, region_name=REGION)  # type: ignore[call-overload]


def found(settings: Iterator[LiveSetting]) -> Mapping[str, tuple[bool, str]]:
    return {each.what.partition(": ")[2]: (each.ok, each.found) for each in settings}


def table(name: str, *, ttl: bool = True, pitr: bool = True) -> Resource:
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    if ttl:
        terms = {"Enabled": True, "AttributeName": "expires_at"}
        dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification=terms)
    dynamodb.update_continuous_backups(
        TableName=name,
        PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": pitr},
    )
    return Resource(TABLE, name, name)


def bucket(name: str, *, walled: bool = True, tls: bool = True) -> Resource:
    s3 = client("s3")
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION}
    )
    wall = WALLED if walled else {**WALLED, "BlockPublicPolicy": False}
    s3.put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=wall)
    if tls:
        s3.put_bucket_policy(Bucket=name, Policy=json.dumps(ONLY_TLS))
    return Resource(BUCKET, name, name)


def test_r15_a_table_as_it_has_to_be_is_green(aws: None) -> None:
    told = found(proof_live.tables(Here(table("Library")), NOON))
    assert told == {
        "terms end": (True, "ENABLED expires_at"),
        "backups": (True, "ENABLED"),
        "copies in other Regions": (True, "0"),
    }


def test_r11_a_table_of_templates_or_keys_has_no_backups(aws: None) -> None:
    for name in ("Biometrics", "Keys"):
        good = found(proof_live.tables(Here(table(name, pitr=False)), NOON))
        assert good["backups"] == (True, "DISABLED")
    drifted = found(proof_live.tables(Here(table("Limits", pitr=True)), NOON))
    assert drifted["backups"] == (False, "ENABLED")


def test_r15_each_setting_of_a_table_that_drifts_is_red(aws: None) -> None:
    told = found(proof_live.tables(Here(table("Library", ttl=False, pitr=False)), NOON))
    assert told["terms end"] == (False, "DISABLED None")
    assert told["backups"] == (False, "DISABLED")


def test_r11_a_table_that_was_restored_under_its_own_name_is_red(aws: None) -> None:
    dynamodb, own = client("dynamodb"), table("Library")
    stream = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    dynamodb.update_table(TableName="Library", StreamSpecification=stream)
    deployed = dynamodb.describe_table(TableName="Library")["Table"]["LatestStreamArn"]
    follows = Resource("AWS::Lambda::EventSourceMapping", "Ends", "an-id")
    here = Here(own, follows)
    told = {"EventSourceArn": deployed}
    answers = SimpleNamespace(get_event_source_mapping=lambda **_: told)
    clients = {"dynamodb": dynamodb, "lambda": answers}
    here.__dict__["client"] = clients.__getitem__
    assert found(proof_live.tables(here, NOON))["the one deployed"] == (True, "yes")
    dynamodb.delete_table(TableName="Library")
    table("Library")
    assert found(proof_live.tables(here, NOON))["the one deployed"] == (False, "no")


def test_what_cannot_be_read_is_not_as_it_has_to_be(aws: None) -> None:
    absent = (Resource(TABLE, "Library", "gone"), Resource(BUCKET, "Originals", "gone"))
    gone = Here(*absent)
    told = [*proof_live.tables(gone, NOON), *proof_live.buckets(gone, NOON)]
    assert told
    for each in told:
        assert not each.ok, each.what
        assert "NotFound" in each.found or each.found == "NoSuchBucket"


def test_r16_a_bucket_is_walled_and_reached_over_tls_alone(aws: None) -> None:
    good = found(proof_live.buckets(Here(bucket("originals")), NOON))
    assert good["no public access"] == (True, "yes")
    assert good["only over TLS"] == (True, "yes")
    assert good["copied elsewhere"] == (True, "no")
    assert good["nobody can delete"] == (True, "no")
    open_one = Here(bucket("renditions", walled=False, tls=False))
    bad = found(proof_live.buckets(open_one, NOON))
    assert bad["no public access"] == (False, "no")
    assert not bad["only over TLS"][0]


def test_r11_only_checkpoints_are_locked(aws: None) -> None:
    client("s3").create_bucket(
        Bucket="locked",
        CreateBucketConfiguration={"LocationConstraint": REGION},
        ObjectLockEnabledForBucket=True,
    )
    for logical, right in (("Checkpoints", True), ("Originals", False)):
        here = Here(Resource(BUCKET, logical, "locked"))
        told = found(proof_live.buckets(here, NOON))
        assert told["nobody can delete"] == (right, "yes")


@pytest.mark.parametrize(
    ("days", "right"), [(365, True), (180, False), (90, False), (None, False)]
)
def test_r23_logs_are_kept_six_months_and_not_for_ever(
    aws: None, days: int | None, right: bool
) -> None:
    logs = client("logs")
    logs.create_log_group(logGroupName="/beeldrecht/a")
    if days:
        logs.put_retention_policy(logGroupName="/beeldrecht/a", retentionInDays=days)
    told = found(proof_live.logs(Here(Resource(LOG, "Logs", "/beeldrecht/a")), NOON))
    assert told == {
        "kept six months, and not for ever": (right, "yes" if right else "no")
    }


@pytest.mark.parametrize(("region", "right"), [(REGION, True), ("us-east-1", False)])
def test_r19_another_region_is_red(region: str, right: bool) -> None:
    [told] = proof_live.region(Here(region=region), NOON)
    assert (told.ok, told.found) == (right, region)


class Told(Here):
    """An account whose services answer as they were told."""

    def __init__(self, answers: Mapping[str, Any], *resources: Resource) -> None:
        super().__init__(*resources)
        self._answers = answers

    def client(self, service: str) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._answers:
            raise AttributeError(name)
        return lambda **about: self._answers[name]


def deny(*actions: str, arn: str = "arn:aws:dynamodb:eu-central-1:1:table/audit") -> Any:
    statement = {"Effect": "Deny", "Action": list(actions), "Resource": arn}
    return {
        "list_role_policies": {"PolicyNames": ["own"]},
        "get_role_policy": {"PolicyDocument": {"Statement": [statement]}},
        "list_attached_role_policies": {"AttachedPolicies": []},
    }


def attached(statement: Any) -> Any:
    return {
        "list_role_policies": {"PolicyNames": []},
        "list_attached_role_policies": {"AttachedPolicies": [{"PolicyArn": "arn"}]},
        "get_policy": {"Policy": {"DefaultVersionId": "v1"}},
        "get_policy_version": {"PolicyVersion": {"Document": {"Statement": [statement]}}},
    }


REWRITING = ("dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem")


def of_function(name: str, layer: str, policy: Any) -> Mapping[str, tuple[bool, str]]:
    arn = f"arn:aws:lambda:eu-central-1:1:layer:{layer}:1"
    told = {"Role": "arn:aws:iam::1:role/own", "Layers": [{"Arn": arn}]}
    account = Told({"get_function_configuration": told, **policy})
    account.deployed = Deployed(REGION, {f"{name}Function": "f", "AuditTable": "audit"})
    return found(proof_live.functions(account, NOON))


@pytest.mark.parametrize(
    ("name", "layer", "right"),
    [
        ("SuggestPeople", "Beeldrecht-LayersRecognition1A", True),
        ("DetectFaces", "Beeldrecht-LayersVision1A", True),
        ("DetectFaces", "Beeldrecht-LayersRecognition1A", False),
        ("EnrolPerson", "Beeldrecht-LayersVision1A", False),
    ],
)
def test_r02_only_what_acts_under_a_permit_carries_the_means_to_recognise(
    name: str, layer: str, right: bool
) -> None:
    told = of_function(name, layer, deny(*REWRITING))
    assert told["carries the means to recognise"][0] is right


@pytest.mark.parametrize(
    ("policy", "right"),
    [
        (deny(*REWRITING), True),
        (deny("dynamodb:UpdateItem"), False),
        (deny(*REWRITING, arn="arn:aws:dynamodb:eu-central-1:1:table/other"), False),
        (
            attached(
                deny(*REWRITING)["get_role_policy"]["PolicyDocument"]["Statement"][0]
            ),
            True,
        ),
        (attached({"Effect": "Allow", "Action": "*", "Resource": "*"}), False),
    ],
)
def test_r16_every_role_is_denied_to_change_the_audit_log(
    policy: Any, right: bool
) -> None:
    told = of_function("ServeSite", "Beeldrecht-LayersCore1A", policy)
    assert told["denied to change the audit log"][0] is right


@pytest.mark.parametrize(
    ("check", "kind", "answers", "right"),
    [
        (
            proof_live.keys,
            "AWS::KMS::Key",
            {
                "describe_key": {"KeyMetadata": {"KeyUsage": "ENCRYPT_DECRYPT"}},
                "get_key_rotation_status": {"KeyRotationEnabled": turned},
            },
            turned,
        )
        for turned in (True, False)
    ]
    + [
        (
            proof_live.accounts,
            "AWS::Cognito::UserPool",
            {"describe_user_pool": {"UserPool": {"MfaConfiguration": mfa}}},
            mfa == "ON",
        )
        for mfa in ("ON", "OPTIONAL", "OFF")
    ]
    + [
        (
            proof_live.mail,
            "AWS::SES::ConfigurationSet",
            {"get_configuration_set": {"DeliveryOptions": {"TlsPolicy": policy}}},
            policy == "REQUIRE",
        )
        for policy in ("REQUIRE", "OPTIONAL")
    ],
)
def test_r16_keys_turn_staff_bring_a_second_factor_and_mail_goes_over_tls(
    check: proof_live.Check, kind: str, answers: Mapping[str, Any], right: bool
) -> None:
    [told] = check(Told(answers, Resource(kind, "One", "one")), NOON)
    assert told.ok is right


def test_a_key_that_signs_cannot_be_turned_and_is_left_out() -> None:
    answers = {"describe_key": {"KeyMetadata": {"KeyUsage": "SIGN_VERIFY"}}}
    signing = Told(answers, Resource("AWS::KMS::Key", "Certificate", "one"))
    assert list(proof_live.keys(signing, NOON)) == []


def test_r18_recognition_that_nothing_carries_is_red_until_the_record_says_off() -> None:
    world = World()
    account = Here()
    account.deployed.__dict__["library"] = world.library
    [told] = proof_live.recognition(account, NOON)
    assert (told.ok, told.found) == (True, "detect")
    world.recognise(RecognitionMode.CLOSED_SESSION)
    [told] = proof_live.recognition(account, NOON)
    assert (told.ok, told.found) == (True, "closed_session")
    assert told.what == "recognition, carried until 2027-05-01"
    end = ASSESSMENT.period.end or NOON
    [told] = proof_live.recognition(account, end)
    assert (told.ok, told.expected) == (False, "detect")


def test_r23_the_term_of_the_audit_log_is_read_and_whether_it_is_kept_to() -> None:
    world, account = World(), Here()
    chains = FakeChains(world.audit, FakeCheckpoints())
    world.audit.add(NewEntry(PICTURE, "e1", "a:b:c", NOON, ANN))
    short = RetentionPolicy(chosen={RetentionKind.AUDIT: 200})

    def told(policy: RetentionPolicy, days: int) -> list[tuple[str, bool, str]]:
        account.deployed.__dict__.update(
            retention=FakeRetention(policy), audit_reader=chains, checkpoints=chains.kept
        )
        read = proof_live.audit_log(account, NOON + timedelta(days=days))
        return [(each.what.partition(": ")[2], each.ok, each.found) for each in read]

    term, kept = told(short, 204)
    assert term == ("ends after 200 days", True, "yes")
    assert kept == ("chains that hold what is older", True, "0")
    assert told(short, 210)[1] == ("chains that hold what is older", False, "1")
    assert told(RetentionPolicy(), 210)[1][1:] == (True, "0")
    assert told(replace(short, paused=True), 1)[0][1:] == (False, "no")
    assert told(RetentionPolicy(chosen={RetentionKind.AUDIT: 90}), 1)[0][1] is False


# -- the documents -----------------------------------------------------------------------


def report(
    *records: GovernanceRecord, tests: tuple[TestRun, ...] = (), language: str = "nl"
) -> dict[str, Any]:
    every = tests or tuple(
        TestRun(f"tests/x.py::test_r{n:02d}_it", "passed", "abc", "now")
        for n in range(1, 24)
    )
    return proof_pages.report_of(
        gathered(every, [], NOON),
        records,
        [TABLE, BUCKET, "AWS::IAM::Role"],
        controller="Gemeente Vis",
        region=REGION,
        language=language,
    )


def test_r15_the_record_of_processing_holds_what_is_shipped_and_what_was_signed() -> None:
    assert len(report()["activities"]) == 6
    version = version_of(
        RegisterKind.PROCESSING_ACTIVITY, derived_id("own", "activity"), ANN, NOON
    )
    own = GovernanceRecord(version.record_id, version.kind, (version,))
    assert report(own)["activities"][0]["record_id"] == own.record_id
    assert len(report(own)["activities"]) == 7


def test_r15_the_annex_names_every_store_and_who_runs_what_is_deployed() -> None:
    told = report()
    listed = [each for store in told["annex"]["stores"] for each in store["holds"]]
    assert len(listed) == len(STORES)
    assert told["sub_processors"]["deployed"] == {
        "name": proof_pages.OPERATOR,
        "region": REGION,
        "services": ["Amazon DynamoDB", "Amazon S3"],
    }


def test_r15_a_record_that_lapsed_turns_it_red_and_a_revoked_one_does_not() -> None:
    assert report(DPIA)["ok"]
    version = version_of(RegisterKind.PROCESSING_AGREEMENT, derived_id("x"), ANN, NOON)
    signature = signature_of(version, ANN, NOON, date(2026, 5, 31))
    over = GovernanceRecord(version.record_id, version.kind, (version,), (signature,))
    told = report(over)
    assert (told["ok"], told["lapsed"]) == (False, [over.record_id])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_r15_the_pdf_is_an_archive_copy_that_carries_its_data(language: str) -> None:
    told = report(DPIA, language=language)
    pdf = proof_pages.pdf_of(told, language)
    assert proof_pages.pdf_of(told, language) == pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        [(name, attached)] = document.attachments.items()
        assert name == "evidence.json"
        assert attached.get_file().read_bytes() == proof_pages.json_of(told)
        assert document.Root.Lang == language
        assert len(document.pages) >= 4


@pytest.mark.parametrize("drifted", [False, True])
def test_r15_the_command_writes_both_and_is_red_on_drift(
    drifted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(World())
    records = list(office.world.governance.every())
    found_now = "no" if drifted else "yes"
    setting = LiveSetting(("R16",), "bucket Originals: encrypted", "yes", found_now)
    monkeypatch.setattr(proof_live, "read_settings", lambda account, at: [setting])
    monkeypatch.setattr(proof_live, "controller", lambda account: "Gemeente Vis")
    monkeypatch.setattr(Account, "resources", (Resource(TABLE, "Library", "x"),))
    monkeypatch.setattr(
        "beeldrecht.adapters.governance.Governance.every", lambda self: iter(records)
    )
    office.desk.deployed.__dict__["outputs"] = {"LibraryTable": "library"}
    results = tmp_path / "tests.json"
    good = {"outcome": "passed", "commit": "abc", "at": "now"}
    every = {f"x::test_r{n:02d}_it": good for n in range(1, 24)}
    results.write_text(json.dumps(every))
    out = tmp_path / "out"
    ended = office.run("evidence", "--out", str(out), "--tests", str(results))
    assert ended == (NOT_DONE if drifted else DONE)
    assert ("encrypted: no, and not yes" in office.said) is drifted
    told = json.loads((out / "evidence.json").read_text("utf-8"))
    assert told["ok"] is not drifted
    assert (out / "evidence.pdf").read_bytes().startswith(b"%PDF-")
    assert office.run("evidence", "--json", "--tests", str(results)) == ended
    assert '"sub_processors"' in office.said
    assert office.run("evidence", "--tests", str(tmp_path / "none")) == NOT_DONE


def test_results_that_are_not_there_or_no_results_are_said(tmp_path: Path) -> None:
    file = tmp_path / "tests.json"
    for content in (None, "{", "[1]", '{"test_r01_x": 1}'):
        if content is not None:
            file.write_text(content)
        with pytest.raises(NoResultsError):
            results_of(file)
    good = {"outcome": "passed", "commit": "abc", "at": "now"}
    file.write_text(json.dumps({"x::test_r01_it": good, "x::test_it": good}))
    assert results_of(file) == [TestRun("x::test_r01_it", "passed", "abc", "now")]
