"""Other people's rules: cfn-lint, cdk-nag, statelint and asl-validator find nothing."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from aws_cdk import Validations

from cdk.deployment import ROOT
from tests.infra.synthesis import Assembly

MACHINES = sorted((ROOT / "statemachines").glob("*.asl.json"))
MACHINE = pytest.mark.parametrize("machine", MACHINES, ids=lambda path: path.name)
CFN_LINT = Path(sys.executable).with_name("cfn-lint")
ASL_VALIDATOR = ROOT / "node_modules" / ".bin" / "asl-validator"

# Rules left unmet, how often, and never without a reason at the construct.
WAIVED = {
    "AwsSolutions-APIG4": 3,  # routes without a token: the site, links
    "AwsSolutions-COG1": 1,  # no rules of composition for passwords
    "AwsSolutions-COG3": 1,  # threat protection is a setting, for its price
    "AwsSolutions-COG8": 1,  # so is the tier that has it
    "AwsSolutions-DDB3": 3,  # no backups of templates, of keys of names, of counts
    "AwsSolutions-L1": 45,  # python3.13
    "AwsSolutions-SF1": 8,  # the workflows log errors only
    "AwsSolutions-SF2": 8,  # no traces
    "AwsSolutions-SQS3": 3,  # dead letters of schedules, of the register, of ends
    "AwsSolutions-IAM5": 81,  # families of object keys, the boundary's, log delivery
}


def passes(*command: str) -> None:
    """Run a linter; it must find nothing and say so by its exit code."""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("stack", ["Beeldrecht-Stores", "Beeldrecht"])
def test_cfn_lint_finds_nothing(assembly: Assembly, stack: str) -> None:
    template = assembly.folder / f"{stack}.template.json"
    # W3005: CDK writes a DependsOn beside some references; it is only said twice.
    passes(
        *(str(CFN_LINT), str(template)),
        *("--regions", "eu-central-1", "--ignore-checks", "W3005"),
    )


@MACHINE
def test_statelint_finds_nothing(machine: Path) -> None:
    # Placeholders stand for ARNs, which the linter wants to see.
    bound = re.sub(r"\$\{\w+\}", "arn:x:lambda:r:a:function:f", machine.read_text())
    passes(sys.executable, "-m", "statelint", bound)


@MACHINE
def test_asl_validator_finds_nothing(machine: Path) -> None:
    passes(str(ASL_VALIDATOR), "--json-path", str(machine))


def test_nag_and_cdks_own_rules_leave_nothing_open(assembly: Assembly) -> None:
    report = json.loads((assembly.folder / "validation-report.json").read_text())
    assert report["pluginReports"] == []


def waivers(assembly: Assembly) -> list[tuple[str, str]]:
    """Every rule acknowledged anywhere, with its reason."""
    key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY
    return [
        (rule.removeprefix("Annotation::"), reason)
        for construct in assembly.app.node.find_all()
        for entry in construct.node.metadata
        if entry.type == key
        for rule, reason in dict(entry.data).items()
    ]


def test_every_waiver_is_known_and_has_a_reason(assembly: Assembly) -> None:
    counted: dict[str, int] = {}
    for rule, reason in waivers(assembly):
        name = rule.partition("[")[0]
        counted[name] = counted.get(name, 0) + 1
        assert len(str(reason)) > 60, rule
    assert counted == WAIVED


def test_no_stack_or_app_is_waived_as_a_whole(assembly: Assembly) -> None:
    key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY
    for construct in (assembly.app, *assembly.app.node.children):
        assert not [entry for entry in construct.node.metadata if entry.type == key]
