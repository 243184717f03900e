"""Mail: who sends it, and that what comes back carries ids alone."""

import json
import re
from typing import Any

import pytest
from aws_cdk import App

from cdk.checks.region import HOME_REGION, template_findings
from cdk.constructs.functions import function_named
from cdk.deployment import Deployment, DeploymentError, deployment_from
from consent.note_delivery.step import Event, Happened
from tests.infra.synthesis import Assembly, actions, targets

SES = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}"


def rules(assembly: Assembly) -> dict[str, Any]:
    found = assembly.application.of_type("AWS::Events::Rule")
    return {name.removeprefix("Mail")[:-8]: each for name, each in found.items()}


def the_set(assembly: Assembly) -> str:
    [name] = assembly.application.of_type("AWS::SES::ConfigurationSet")
    return name


def test_events_of_mails_are_told_and_none_of_who_opened_or_clicked(
    assembly: Assembly,
) -> None:
    template = assembly.application
    [told] = template.of_type("AWS::SES::ConfigurationSetEventDestination").values()
    destination = told["EventDestination"]
    assert destination["Enabled"] is True
    assert set(destination["MatchingEventTypes"]) == {
        *("send", "delivery", "bounce", "complaint")
    }
    [made] = template.of_type("AWS::SES::ConfigurationSet").values()
    assert "TrackingOptions" not in made
    assert made["DeliveryOptions"]["TlsPolicy"] == "REQUIRE"
    assert set(made["SuppressionOptions"]["SuppressedReasons"]) == {"BOUNCE", "COMPLAINT"}


def test_the_rules_hear_every_event_that_the_function_knows(assembly: Assembly) -> None:
    heard = [
        kind
        for rule in rules(assembly).values()
        for kind in rule["EventPattern"]["detail-type"]
    ]
    assert sorted(heard) == sorted(each.value for each in Happened)


@pytest.mark.parametrize(
    ("rule", "happened"), [("Outcomes", Happened.SENT), ("Bounces", Happened.BOUNCED)]
)
def test_what_a_rule_passes_on_is_what_the_function_takes(
    assembly: Assembly, rule: str, happened: Happened
) -> None:
    [target] = rules(assembly)[rule]["Targets"]
    event = {
        "detail-type": happened.value,
        "time": "2026-06-01T12:00:00Z",
        "detail": {
            "bounce": {"bounceType": "Permanent"},
            "mail": {
                "messageId": "0102-000000",
                "destination": ["ann@example.org"],
                "commonHeaders": {"subject": "Zomerfeest", "to": ["ann@example.org"]},
                "tags": {"mail_id": ["0" * 32]},
            },
        },
    }
    passed = transformed(target["InputTransformer"], event)
    assert "@" not in passed
    assert "Zomerfeest" not in passed
    taken = Event.model_validate_json(passed)
    assert (taken.event, taken.mail_id) == (happened, ("0" * 32,))
    assert taken.bounce == ("Permanent" if happened is Happened.BOUNCED else None)
    assert "DeadLetterConfig" not in target


def transformed(transformer: Any, event: Any) -> str:
    def found(match: re.Match[str]) -> str:
        value = event
        for part in transformer["InputPathsMap"][match[1]].removeprefix("$.").split("."):
            value = value[part]
        return json.dumps(value)

    return re.sub(r"<(\w+)>", found, transformer["InputTemplate"])


def test_the_queue_takes_events_of_this_deployments_rules_alone(
    assembly: Assembly,
) -> None:
    statements = [
        statement
        for policy in assembly.stores.of_type("AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement.get("Principal") == {"Service": "events.amazonaws.com"}
    ]
    [statement] = statements
    assert statement["Condition"]["ArnLike"]["aws:SourceArn"].endswith(
        ":rule/Beeldrecht-*"
    )
    assert targets(statement) == {"${Deliveries.Arn}"}


def test_one_role_may_send_and_only_as_this_deployment(assembly: Assembly) -> None:
    template = assembly.application
    may_send = {
        role: targets(statement)
        for role in template.of_type("AWS::IAM::Role")
        for statement in template.statements(role)
        if any(action.startswith("ses:") for action in actions(statement))
        and statement["Effect"] == "Allow"
    }
    assert may_send == {
        template.role_of(function_named("DeliverMail")): {
            f"{SES}:identity/example.org",
            f"{SES}:configuration-set/${{{the_set(assembly)}}}",
        }
    }


def test_the_senders_domain_is_made_an_identity_that_stays(assembly: Assembly) -> None:
    [(name, made)] = assembly.application.of_type("AWS::SES::EmailIdentity").items()
    assert made["EmailIdentity"] == "example.org"
    assert assembly.application.resources[name]["DeletionPolicy"] == "Retain"


def test_without_a_sender_there_is_no_identity_and_nobody_may_send(
    disposable: Assembly,
) -> None:
    template = disposable.application
    assert template.of_type("AWS::SES::EmailIdentity") == {}
    assert "ses:SendEmail" not in json.dumps(template.raw)
    function = template.function(function_named("DeliverMail"))
    assert function["Environment"]["Variables"]["MAIL_FROM"] == ""


def chosen(**context: str) -> Deployment:
    return deployment_from(App(context=context, analytics_reporting=False).node)


def test_an_identity_that_is_there_is_used_and_not_made() -> None:
    own = chosen(mail_from="Beeld <beeld@pers.example.nl>")
    assert (own.mail_identity, own.makes_identity) == ("pers.example.nl", True)
    there = chosen(mail_from="beeld@pers.example.nl", mail_identity="example.nl")
    assert (there.mail_identity, there.makes_identity) == ("example.nl", False)


@pytest.mark.parametrize(
    "context",
    [
        {"mail_from": "beeld"},
        {"mail_from": "beeld@localhost"},
        {"mail_from": "a@example.nl\r\nBcc: b@example.nl"},
        {"mail_language": "it"},
    ],
)
def test_a_sender_that_is_none_is_refused(context: dict[str, str]) -> None:
    with pytest.raises(DeploymentError):
        chosen(**context)


def test_a_senders_domain_is_no_address_that_data_goes_to() -> None:
    def found(resource: dict[str, Any]) -> list[str]:
        template = {"Resources": {"One": resource}}
        return [each.id for each in template_findings(template, HOME_REGION)]

    identity = {"Type": "AWS::SES::EmailIdentity"}
    assert found({**identity, "Properties": {"EmailIdentity": "example.org"}}) == []
    tags = {"Tags": [{"Key": "a", "Value": "collect.example.org"}]}
    assert found({**identity, "Properties": tags}) == ["foreign_host"]
    other = {"Type": "AWS::X::Y", "Properties": {"To": "identity.example.org"}}
    assert found(other) == ["foreign_host"]
