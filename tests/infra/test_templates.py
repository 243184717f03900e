"""One template for two clouds: neutral to partition, account and second deployments."""

import re

import pytest

from cdk.checks.rendering import Path, strings
from tests.infra.synthesis import Assembly

# A principal is a name that every partition shares, not an address.
_PRINCIPALS = {"Principal", "Service", "iam:PassedToService"}
_PHYSICAL_NAMES = {
    "AlarmName",
    "Alias",
    "AliasName",
    "BucketName",
    "DashboardName",
    "FunctionName",
    "KeyName",
    "LayerName",
    "LogGroupName",
    "PolicyName",
    "QueueName",
    "RoleName",
    "StateMachineName",
    "TableName",
    "TopicName",
}
# These are known to a key's policy in the other stack; they begin with the deployment's
# name, so a second deployment has others.
_NAMED_ROLES = {
    f"Beeldrecht-{function}"
    for function in (
        "CertifyErasure",
        "CollectTraces",
        "DeliverMail",
        "EnrolPerson",
        "GatherExport",
        "RelookPictures",
        "RenderAsset",
        "RenewTemplates",
        "StaffApi",
        "SubjectApi",
        "SuggestPeople",
    )
}


def texts(assembly: Assembly) -> list[tuple[Path, str]]:
    return [found for template in assembly.both for found in strings(template.resources)]


def test_no_arn_names_a_partition(assembly: Assembly) -> None:
    assert not [
        text for _, text in texts(assembly) if re.search(r"arn:aws[a-z-]*:", text)
    ]


def test_no_address_names_a_partitions_domain(assembly: Assembly) -> None:
    assert not [
        (path, text)
        for path, text in texts(assembly)
        if "amazonaws" in text and not _PRINCIPALS & set(path)
    ]


def test_no_name_stands_in_the_way_of_a_second_deployment(assembly: Assembly) -> None:
    named = {
        str(resource["Properties"][name])
        for template in assembly.both
        for resource in template.resources.values()
        for name in _PHYSICAL_NAMES & resource.get("Properties", {}).keys()
        # The name of an inline policy is its role's own affair.
        if name != "PolicyName"
    }
    assert {name for name in named if not name.startswith("${")} == _NAMED_ROLES


def test_a_second_deployment_shares_no_name_with_the_first(
    assembly: Assembly, disposable: Assembly
) -> None:
    def exports(each: Assembly) -> set[str]:
        return {
            output["Export"]["Name"]
            for output in each.stores.raw["Outputs"].values()
            if "Export" in output
        }

    assert not exports(assembly) & exports(disposable)


def test_nothing_runs_at_deployment_that_is_not_in_the_template(
    assembly: Assembly,
) -> None:
    kinds = {
        resource["Type"]
        for template in assembly.both
        for resource in template.resources.values()
    }
    assert not [kind for kind in kinds if kind.startswith("Custom::")]
    assert "AWS::CloudFormation::CustomResource" not in kinds


@pytest.mark.parametrize("limit", [500])
def test_each_stack_stays_below_what_cloudformation_takes(
    assembly: Assembly, limit: int
) -> None:
    for template in assembly.both:
        assert len(template.resources) < limit
