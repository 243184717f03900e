"""What goes wrong is heard of, and the clock runs in Amsterdam's time."""

import json

import pytest

from cdk.constructs.functions import FUNCTIONS
from tests.infra.synthesis import Assembly, Resource

MINUTES = (
    ("sweep_decisions", 5),
    ("sweep_consents", 20),
    ("reconcile_uploads", 35),
    ("remind_recipients", 40),
    ("lapse_recognition", 25),
    ("remind_officers", 35),
    ("checkpoint_audit", 50),
    ("sweep_retention", 55),
    ("build_index", 15),
)
SILENT = {
    "SweepDecisionsSilent",
    "SweepConsentsSilent",
    "RemindRecipientsSilent",
    "LapseRecognitionSilent",
    "CheckpointAuditSilent",
    "SweepRetentionSilent",
}
WORKFLOWS = (
    *("ClearAsset", "RequestConsent", "RenewConsent", "WithdrawConsent"),
    *("ExportPerson", "ErasePerson", "EraseAsset", "ApplyRetention"),
    "Relook",
)


def alarms(assembly: Assembly) -> dict[str, Resource]:
    made = assembly.application.of_type("AWS::CloudWatch::Alarm")
    return {name.removeprefix("Watch")[:-8]: alarm for name, alarm in made.items()}


def test_there_is_an_alarm_for_each_thing_that_can_go_wrong(assembly: Assembly) -> None:
    assert alarms(assembly).keys() == {
        "UploadsDeadLetters",
        "DetectionsDeadLetters",
        "MailsDeadLetters",
        "DeliveriesDeadLetters",
        "RegisterDeadLetters",
        "SchedulesDeadLetters",
        "UploadsOverdue",
        "DetectionsOverdue",
        "MailsOverdue",
        "DeliveriesOverdue",
        "FollowRegisterBehind",
        "FollowExpiryBehind",
        "ExpiryDeadLetters",
        "FollowLibraryBehind",
        "LibraryDeadLetters",
        "Throttles",
        *(f"{name}{how}" for name in WORKFLOWS for how in ("Failed", "TimedOut")),
        *SILENT,
        *(f"{spec.construct}Errors" for spec in FUNCTIONS),
    }


def test_every_dead_letter_queue_has_an_alarm(assembly: Assembly) -> None:
    watched = {
        dimension["Value"]
        for name, alarm in alarms(assembly).items()
        if name.endswith("DeadLetters")
        for dimension in alarm["Dimensions"]
    }
    dead = {
        name
        for template in assembly.both
        for name, queue in template.of_type("AWS::SQS::Queue").items()
        if "RedrivePolicy" not in queue
    }
    assert len(watched) == len(dead) == 8
    for name in dead:
        assert [each for each in watched if name in each]


def test_every_alarm_reaches_the_topic_and_says_what_it_means(
    assembly: Assembly,
) -> None:
    [topic] = assembly.application.of_type("AWS::SNS::Topic")
    for alarm in alarms(assembly).values():
        assert alarm["AlarmActions"] == [f"${{{topic}}}"]
        assert len(alarm["AlarmDescription"]) > 20


def test_silence_of_the_sweeps_and_of_checkpoints_is_bad_news_and_of_no_other(
    assembly: Assembly,
) -> None:
    for name, alarm in alarms(assembly).items():
        silent = name in SILENT
        assert alarm["TreatMissingData"] == ("breaching" if silent else "notBreaching")


@pytest.mark.parametrize("name", sorted(SILENT))
def test_each_of_them_may_miss_two_hours_but_not_a_third(
    assembly: Assembly, name: str
) -> None:
    alarm = alarms(assembly)[name]
    assert alarm["Period"] * alarm["EvaluationPeriods"] == 3 * 3600
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "LessThanThreshold")


def test_alarm_messages_are_encrypted_and_mailed_to_whom_the_context_names(
    assembly: Assembly, disposable: Assembly
) -> None:
    [topic] = assembly.application.of_type("AWS::SNS::Topic").values()
    assert topic["KmsMasterKeyId"].endswith(".Arn}")
    [mail] = assembly.application.of_type("AWS::SNS::Subscription").values()
    assert (mail["Protocol"], mail["Endpoint"]) == ("email", "watch@example.org")
    assert not disposable.application.of_type("AWS::SNS::Subscription")


def test_cloudwatch_may_use_the_topic_and_its_key(assembly: Assembly) -> None:
    template = assembly.application
    [key] = template.of_type("AWS::KMS::Key").values()
    [policy] = template.of_type("AWS::SNS::TopicPolicy").values()
    for document in (key["KeyPolicy"], policy["PolicyDocument"]):
        [statement] = [
            each
            for each in document["Statement"]
            if each.get("Sid") == "CloudWatchPublishes"
        ]
        assert statement["Principal"] == {"Service": "cloudwatch.amazonaws.com"}
        assert statement["Condition"] == {
            "StringEquals": {"aws:SourceAccount": "${AWS::AccountId}"}
        }


def test_the_schedules_run_each_hour_of_amsterdam_and_keep_what_failed(
    assembly: Assembly,
) -> None:
    schedules = assembly.application.of_type("AWS::Scheduler::Schedule")
    assert {
        schedule["Description"]: schedule["ScheduleExpression"]
        for schedule in schedules.values()
    } == {
        spec.does: f"cron({minute} * * * ? *)"
        for spec in FUNCTIONS
        for folder, minute in MINUTES
        if spec.folder == folder
    }
    for schedule in schedules.values():
        assert schedule["ScheduleExpressionTimezone"] == "Europe/Amsterdam"
        assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}
        assert "ClockDead" in schedule["Target"]["DeadLetterConfig"]["Arn"]


def test_the_dashboard_shows_every_function(assembly: Assembly) -> None:
    [dashboard] = assembly.application.of_type("AWS::CloudWatch::Dashboard").values()
    shown = json.dumps(json.loads(dashboard["DashboardBody"]))
    for spec in FUNCTIONS:
        assert spec.construct in shown
