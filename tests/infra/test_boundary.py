"""The boundary: every role has it, every grant is within it, it denies for all (R16)."""

import copy
import json
from pathlib import Path

import pytest
from aws_cdk import App, CfnResource, Environment, Stack, Validations

from cdk.app import unbounded
from cdk.checks.plugin import BoundedRoles
from cdk.checks.region import HOME_REGION
from cdk.checks.rendering import as_list
from cdk.checks.roles import unbounded_roles
from tests.infra.evaluator import boundary_of, may, role_name, roles
from tests.infra.synthesis import Assembly, Resource, actions

# AWS's limit for a managed policy, spaces not counted.
LONGEST = 6144
TABLE = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table"
ANYTHING: list[Resource] = [{"Effect": "Allow", "Action": "*", "Resource": "*"}]


def test_every_role_has_the_boundary_and_the_stores_have_no_role(
    assembly: Assembly,
) -> None:
    [boundary] = [
        name
        for name in assembly.application.of_type("AWS::IAM::ManagedPolicy")
        if name.startswith("Boundary")
    ]
    for role in assembly.application.of_type("AWS::IAM::Role").values():
        assert role["PermissionsBoundary"] == f"${{{boundary}}}"
    assert assembly.stores.of_type("AWS::IAM::Role") == {}
    assert unbounded(assembly.folder) == []


@pytest.mark.parametrize("kind", ["AWS::IAM::Role", "AWS::IAM::User"])
@pytest.mark.parametrize(
    "boundary", [None, "arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess"]
)
def test_a_role_without_the_boundary_is_found(
    assembly: Assembly, kind: str, boundary: str | None
) -> None:
    template = copy.deepcopy(dict(assembly.application.raw))
    template["Resources"]["Seeded"] = {"Type": kind, "Properties": {}}
    if boundary:
        template["Resources"]["Seeded"]["Properties"]["PermissionsBoundary"] = boundary
    [finding] = unbounded_roles(template)
    assert finding.logical_id == "Seeded"


def test_synthesis_fails_on_a_role_without_it(tmp_path: Path) -> None:
    app = App(outdir=str(tmp_path), analytics_reporting=False)
    stack = Stack(app, "Loose", env=Environment(region=HOME_REGION))
    trust = {
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ]
    }
    CfnResource(
        stack,
        "Role",
        type="AWS::IAM::Role",
        properties={"AssumeRolePolicyDocument": trust},
    )
    Validations.of(app).add_plugins(BoundedRoles())
    with pytest.raises(RuntimeError, match="beeldrecht-bounded-roles::NoBoundary"):
        app.synth()


@pytest.mark.parametrize("which", ["Boundary", "Guardrails"])
def test_it_fits_what_iam_takes(assembly: Assembly, which: str) -> None:
    policy = assembly.application.managed_policy(which)
    text = json.dumps(policy["PolicyDocument"], separators=(",", ":"))
    # An imported ARN is shorter than the name it is imported by; a Region is not longer.
    assert len(text) < LONGEST


def test_nothing_a_role_is_granted_is_void_for_lack_of_room_in_the_boundary(
    assembly: Assembly,
) -> None:
    boundary = boundary_of(assembly)
    void = [
        (role, statement.get("Sid"), action, resource)
        for role, own in roles(assembly).items()
        for statement in own
        if statement["Effect"] == "Allow"
        for action in sorted(actions(statement))
        for resource in as_list(statement["Resource"])
        if not may(own, boundary, action, resource, role_name(assembly, role))
    ]
    assert void == [], "granted and not bounded: widen cdk/constructs/boundary.py, or not"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("iam:PutRolePolicy", "*"),
        ("iam:DeleteRolePermissionsBoundary", "*"),
        ("sts:AssumeRole", "arn:aws:iam::123456789012:role/Admin"),
        ("dynamodb:Scan", f"{TABLE}/Beeldrecht-Stores-Consent-X"),
        ("dynamodb:DeleteTable", f"{TABLE}/Beeldrecht-Stores-Library-X"),
        ("dynamodb:GetItem", f"{TABLE}/Payroll"),
        (
            "s3:DeleteObject",
            "arn:${AWS::Partition}:s3:::beeldrecht-stores-renditions-x/a",
        ),
        (
            "s3:DeleteObject",
            "arn:${AWS::Partition}:s3:::beeldrecht-stores-documents-x/signed/a",
        ),
        (
            "scheduler:DeleteSchedule",
            (
                "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}"
                ":schedule/default/Beeldrecht-ClockSweepDecisions"
            ),
        ),
        (
            "iam:PassRole",
            "arn:${AWS::Partition}:iam::${AWS::AccountId}:role/Beeldrecht-ClockRole-X",
        ),
        ("s3:GetObject", "arn:${AWS::Partition}:s3:::somebody-elses/a"),
        ("kms:Decrypt", "arn:aws:kms:eu-central-1:123456789012:key/another"),
        ("kms:ScheduleKeyDeletion", "*"),
        ("lambda:UpdateFunctionCode", "*"),
        ("cognito-idp:AdminSetUserPassword", "*"),
        ("cognito-idp:AdminDeleteUser", "*"),
        ("rekognition:SearchFacesByImage", "*"),
    ],
)
def test_even_a_role_that_is_granted_everything_may_not(
    assembly: Assembly, action: str, resource: str
) -> None:
    assert not may(ANYTHING, boundary_of(assembly), action, resource)


def test_even_a_role_that_is_granted_everything_cannot_rewrite_the_audit(
    assembly: Assembly,
) -> None:
    audit = f"{TABLE}/Beeldrecht-Stores-Audit-X"
    boundary = boundary_of(assembly)
    assert may(ANYTHING, boundary, "dynamodb:PutItem", audit)
    for rewriting in ("DeleteItem", "UpdateItem", "BatchWriteItem"):
        assert not may(ANYTHING, boundary, f"dynamodb:{rewriting}", audit)


def test_objects_are_bounded_to_this_account(assembly: Assembly) -> None:
    [objects] = [each for each in boundary_of(assembly) if each.get("Sid") == "Objects"]
    assert objects["Condition"] == {
        "StringEquals": {"aws:ResourceAccount": "${AWS::AccountId}"}
    }
