"""Other people's rules within CDK: cdk-nag finds nothing that is not waived.

The linters of templates and workflows are stages of their own (`tools.check`).
"""

import json

from aws_cdk import Validations

from tests.infra.synthesis import Assembly

# Rules left unmet, how often, and never without a reason at the construct.
WAIVED = {
    "AwsSolutions-APIG4": 5,  # routes without a token: the site, links, embeds
    "AwsSolutions-COG1": 1,  # no rules of composition for passwords
    "AwsSolutions-COG3": 1,  # threat protection is a setting, for its price
    "AwsSolutions-COG8": 1,  # so is the tier that has it
    "AwsSolutions-DDB3": 3,  # no backups of templates, of keys of names, of counts
    "AwsSolutions-L1": 53,  # python3.13
    "AwsSolutions-SF1": 9,  # the workflows log errors only
    "AwsSolutions-SF2": 9,  # no traces
    "AwsSolutions-SQS3": 4,  # dead letters of schedules, and of three kinds of streams
    "AwsSolutions-IAM5": 100,  # families of object keys, the boundary's, log delivery
}


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
