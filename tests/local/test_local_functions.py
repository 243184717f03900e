"""What a function finds around it, and what it may do (lambda_runtime, IAM)."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from local.client import LocalCloud
from local.testing import private_cloud
from tests.local.conftest import WORKER
from tests.local.stacks import Probe, Template, allow, arn_of, document

LOOK_AROUND = """
def handler(event, context):
    import sys
    found = {"python": sys.version_info[:2], "environment": sorted(os.environ)}
    for name in event:
        try:
            found[name] = __import__(name).__file__
        except ImportError as error:
            found[name] = str(error)
    return found
"""
READ_LAYER = """
def handler(event, context):
    import from_layer
    with open(os.environ["MODELS_DIR"] + "/model") as model:
        return [from_layer.VALUE, model.read(), from_layer.__file__]
"""


def package(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def publish(cloud: LocalCloud, name: str, **files: str) -> str:
    layer = cloud.client("lambda").publish_layer_version(
        LayerName=name, Content={"ZipFile": package(**files)}
    )
    return str(layer["LayerVersionArn"])


@pytest.fixture(scope="module")
def bare(probe: Callable[..., Probe]) -> Probe:
    return probe("bare", code=LOOK_AROUND)


def test_a_function_runs_on_the_python_it_asks_for(bare: Probe) -> None:
    assert bare.invoke([])["python"] == [3, 13]


def test_a_package_that_no_layer_brings_cannot_be_imported(bare: Probe) -> None:
    missing = ["pydantic", "numpy", "pytest", "ministack", "cryptography", "beeldrecht"]
    found = bare.invoke([*missing, "boto3"])
    assert {name: found[name] for name in missing} == {
        name: f"No module named '{name}'" for name in missing
    }
    assert found["boto3"].endswith("boto3/__init__.py")


def test_a_function_sees_nothing_of_the_developers_environment(
    bare: Probe, tmp_path: Path
) -> None:
    variables = bare.invoke([])["environment"]
    assert "NOTES" in variables
    assert not {"USER", "TMPDIR", "VIRTUAL_ENV", "LOCAL_LAYERS", "GATEWAY_PORT"} & set(
        variables
    )


def test_an_error_carries_its_class_and_the_process_lives_on(
    probe: Callable[..., Probe],
) -> None:
    failing = probe(
        "failing",
        code="""
        class PermitRefusedError(Exception):
            pass
        def handler(event, context):
            if event == "fail":
                raise PermitRefusedError("no permit")
            return os.getpid()
        """,
    )
    before = failing.invoke("work")
    refused = failing.invoke("fail")
    assert (refused["errorType"], refused["errorMessage"]) == (
        "PermitRefusedError",
        "no permit",
    )
    assert failing.invoke("work") == before


def test_layers_are_merged_at_opt_and_the_later_one_wins(
    cloud: LocalCloud, probe: Callable[..., Probe]
) -> None:
    first = publish(
        cloud,
        "first",
        **{"python/from_layer.py": "VALUE = 'first'", "models/model": "weights"},
    )
    second = publish(cloud, "second", **{"python/from_layer.py": "VALUE = 'second'"})
    layered = probe("layered", code=READ_LAYER, Layers=[first, second], **models_dir())
    assert layered.invoke() == ["second", "weights", "/opt/python/from_layer.py"]


def test_layers_work_where_nothing_can_be_mounted(tmp_path: Path) -> None:
    with private_cloud(tmp_path, "--no-mount", worker=WORKER) as cloud:
        layer = publish(
            cloud,
            "only",
            **{"python/from_layer.py": "VALUE = 1", "models/model": "weights"},
        )
        layered = Probe.deployed(
            cloud, "layered", code=READ_LAYER, Layers=[layer], **models_dir()
        )
        value, model, place = layered.invoke()
    assert (value, model) == (1, "weights")
    assert not place.startswith("/opt/")
    assert "Layers are not mounted" in (tmp_path / "cloud.log").read_text()


def test_a_function_may_do_what_its_role_grants_and_nothing_else(
    probe: Callable[..., Probe],
) -> None:
    bucket: Template = {"Type": "AWS::S3::Bucket"}
    granted = probe(
        "granted",
        code="""
        def handler(event, context):
            from botocore.exceptions import ClientError
            store, answers = boto3.client("s3"), []
            for key in ("granted/a", "other/a"):
                try:
                    store.put_object(Bucket=event, Key=key, Body=b"x")
                    answers.append("stored")
                except ClientError as error:
                    answers.append(error.response["Error"]["Code"])
            return answers
        """,
        resources={"Bucket": bucket},
        allow=[allow("s3:PutObject", {"Fn::Sub": "${Bucket.Arn}/granted/*"})],
    )
    assert granted.invoke(granted.outputs["Bucket"]) == ["stored", "AccessDenied"]


def test_a_role_makes_schedules_in_the_group_it_is_let_into_and_in_no_other(
    probe: Callable[..., Probe],
) -> None:
    everything = "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}"
    planner = probe(
        "planner",
        code="""
        def handler(event, context):
            from botocore.exceptions import ClientError
            clock, answers = boto3.client("scheduler"), []
            for group in (event["group"], "default"):
                about = {"Name": "once", "GroupName": group}
                try:
                    clock.create_schedule(
                        **about,
                        ScheduleExpression="at(2099-01-01T00:00:00)",
                        FlexibleTimeWindow={"Mode": "OFF"},
                        Target={"Arn": event["arn"], "RoleArn": event["role"]},
                    )
                    clock.delete_schedule(**about)
                    answers.append("made and removed")
                except ClientError as error:
                    answers.append(error.response["Error"]["Code"])
            return answers
        """,
        resources={
            "Group": {
                "Type": "AWS::Scheduler::ScheduleGroup",
                "Properties": {"Name": "planned"},
            },
        },
        allow=[
            allow(
                ["scheduler:CreateSchedule", "scheduler:DeleteSchedule"],
                {"Fn::Sub": f"{everything}:schedule/planned/*"},
            ),
            allow("iam:PassRole"),
        ],
    )
    about = {
        "group": "planned",
        "arn": "arn:aws:lambda:eu-central-1:000000000000:function:nobody",
        "role": "arn:aws:iam::000000000000:role/Nobody",
    }
    assert planner.invoke(about) == ["made and removed", "AccessDeniedException"]


def test_a_denial_of_unencrypted_requests_does_not_shut_out_this_machine(
    probe: Callable[..., Probe],
) -> None:
    denial = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn_of("Bucket"), {"Fn::Sub": "${Bucket.Arn}/*"}],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    policy: Template = {
        "Type": "AWS::S3::BucketPolicy",
        "Properties": {
            "Bucket": {"Ref": "Bucket"},
            "PolicyDocument": {"Version": "2012-10-17", "Statement": [denial]},
        },
    }
    guarded = probe(
        "guarded",
        code="""
        def handler(event, context):
            boto3.client("s3").put_object(Bucket=event, Key="a", Body=b"x")
            return "stored"
        """,
        resources={"Bucket": {"Type": "AWS::S3::Bucket"}, "Policy": policy},
        allow=[allow("s3:PutObject", {"Fn::Sub": "${Bucket.Arn}/*"})],
    )
    assert guarded.invoke(guarded.outputs["Bucket"]) == "stored"


def models_dir() -> Template:
    variables = {"MODELS_DIR": "/opt/models"}
    return {"Environment": {"Variables": variables | {"NOTES": {"Ref": "Notes"}}}}


@pytest.mark.parametrize(
    ("named", "answer"),
    [
        (arn_of("Role"), "sealed"),
        ("arn:aws:iam::000000000000:role/Somebody", "AccessDeniedException"),
    ],
)
def test_a_key_answers_the_roles_that_its_policy_names_in_a_condition(
    cloud: LocalCloud, named: object, answer: str
) -> None:
    administers = {
        "Effect": "Allow",
        "Principal": {"AWS": {"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:root"}},
        "Action": ["kms:PutKeyPolicy", "kms:DescribeKey", "kms:ScheduleKeyDeletion"],
        "Resource": "*",
    }
    uses = {
        **administers,
        "Action": "kms:GenerateDataKey",
        "Condition": {"ArnEquals": {"aws:PrincipalArn": named}},
    }
    key = {
        "Type": "AWS::KMS::Key",
        "Properties": {"KeyPolicy": document(administers, uses)},
    }
    probe = Probe.deployed(
        cloud,
        f"named-{answer.lower()}",
        code="""
            from botocore.exceptions import ClientError
            def handler(event, context):
                kms = boto3.client("kms")
                try:
                    kms.generate_data_key(KeyId=event, KeySpec="AES_256")
                except ClientError as error:
                    return error.response["Error"]["Code"]
                return "sealed"
            """,
        resources={"Key": key},
        allow=[allow("kms:GenerateDataKey")],
    )
    assert probe.invoke(probe.outputs["Key"]) == answer
