"""Each function runs as its row in the table says, with its own code and no other."""

import ast
import json
from collections.abc import Iterator
from typing import Any

import pytest

from beeldrecht.adapters.expired_items import (
    BIOMETRICS_KINDS,
    CONSENT_KINDS,
    LIBRARY_KINDS,
    TIME_TO_LIVE,
)
from beeldrecht.domain.consent_requests import LAPSE_AFTER, REMIND_AFTER
from beeldrecht.domain.recorded import FactKind
from cdk.constructs.functions import (
    FUNCTIONS,
    FunctionSpec,
    OnExpiry,
    OnQueue,
    OnStream,
    Setting,
)
from cdk.deployment import ROOT
from tests.infra.synthesis import Assembly, Resource
from tests.states import states_of

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)
# Half a year can have 184 days (R23).
SIX_MONTHS = 184
# What every function is told, and what Powertools reads by itself.
COMMON = {
    "LOG_LEVEL",
    "TIMEZONE",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
}


@EVERY
def test_a_function_runs_as_the_table_says(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    function = assembly.application.function(spec)
    assert function["Runtime"] == "python3.13"
    assert function["Architectures"] == ["x86_64"]
    assert function["MemorySize"] == spec.memory_mib
    assert function["Timeout"] == spec.timeout_seconds
    assert len(function["Layers"]) == len(spec.layers) <= 5
    # New accounts may run ten functions at once; reserving takes from those for good.
    assert "ReservedConcurrentExecutions" not in function
    disk = function.get("EphemeralStorage", {"Size": 512})
    assert disk == {"Size": spec.scratch_mib}


@EVERY
def test_a_function_is_told_its_settings_and_no_others(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    told = assembly.application.function(spec)["Environment"]["Variables"]
    assert told.keys() == spec.settings
    assert told[Setting.POWERTOOLS_SERVICE_NAME] == spec.folder
    assert told[Setting.TIMEZONE] == "Europe/Amsterdam"


@EVERY
def test_a_handler_asks_for_the_settings_of_its_row(spec: FunctionSpec) -> None:
    source = ROOT / "functions" / spec.stage / spec.folder / "handler.py"
    asked = {
        field.target.id.upper()
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.ClassDef) and node.name == f"{spec.construct}Settings"
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }
    assert asked - COMMON == {setting.value for setting in spec.settings} - COMMON


@EVERY
def test_a_functions_asset_holds_its_own_code_and_its_commands_alone(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    key = assembly.application.function(spec)["Code"]["S3Key"]
    asset = assembly.folder / f"asset.{key.removesuffix('.zip')}"
    files = {str(file.relative_to(asset)) for file in asset.rglob("*") if file.is_file()}
    home = f"{spec.stage}/{spec.folder}"
    commands = {f"{each.stage}/{each.folder}/step.py" for each in spec.runs}
    assert files == {f"{home}/handler.py", f"{home}/step.py"} | commands


@EVERY
def test_r23_logs_are_kept_for_half_a_year_and_not_forever(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    template = assembly.application
    group = template.function(spec)["LoggingConfig"]["LogGroup"]
    kept = template.resources[group.removeprefix("${").removesuffix("}")]
    assert SIX_MONTHS <= kept["Properties"]["RetentionInDays"] <= 1827
    assert kept["DeletionPolicy"] == "Retain"


def test_every_log_group_has_a_term(assembly: Assembly) -> None:
    groups = assembly.application.of_type("AWS::Logs::LogGroup")
    # A function's own each; the workflows', and who called the API.
    assert len(groups) == len(FUNCTIONS) + len(DEFINITIONS) + 1
    assert {group["RetentionInDays"] for group in groups.values()} == {365}


def test_only_four_functions_carry_the_embedding_model(assembly: Assembly) -> None:
    carriers = {
        spec.construct
        for spec in FUNCTIONS
        if any(
            layer.startswith("${LayersRecognition")
            for layer in assembly.application.function(spec)["Layers"]
        )
    }
    # The last has it beside what turns templates, and computes none.
    assert carriers == {
        *("SuggestPeople", "RelookPictures", "EnrolPerson", "RenewTemplates"),
    }


def test_a_queue_hands_over_one_picture_a_time_and_hears_what_failed(
    assembly: Assembly,
) -> None:
    sources = {
        name: source
        for name, source in mappings(assembly).items()
        if "StartingPosition" not in source
    }
    assert len(sources) == len(
        [spec for spec in FUNCTIONS if isinstance(spec.trigger, OnQueue)]
    )
    for source in sources.values():
        assert source["BatchSize"] == 1
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["ScalingConfig"]["MaximumConcurrency"] == 2


def mappings(assembly: Assembly) -> dict[str, Resource]:
    """What feeds functions from queues and streams."""
    return assembly.application.of_type("AWS::Lambda::EventSourceMapping")


def streams(assembly: Assembly, spec: FunctionSpec) -> list[Resource]:
    """What feeds a function from streams."""
    return [
        each
        for each in mappings(assembly).values()
        if "StartingPosition" in each and spec.construct in each["FunctionName"]
    ]


def test_the_register_is_followed_in_order_and_what_fails_is_told_of(
    assembly: Assembly,
) -> None:
    [follow] = [spec for spec in FUNCTIONS if isinstance(spec.trigger, OnStream)]
    [source] = streams(assembly, follow)
    assert source["StartingPosition"] == "TRIM_HORIZON"
    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BisectBatchOnFunctionError"] is True
    assert source["MaximumRetryAttempts"] == 10
    # A stream keeps a day: what is given up is told of while it is still there.
    assert source["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert "ConsentDead" in source["DestinationConfig"]["OnFailure"]["Destination"]


def test_what_starts_nothing_is_left_in_the_stream(assembly: Assembly) -> None:
    [follow] = [spec for spec in FUNCTIONS if isinstance(spec.trigger, OnStream)]
    [source] = streams(assembly, follow)
    [found] = source["FilterCriteria"]["Filters"]
    pattern = json.loads(found["Pattern"])
    assert pattern["eventName"] == ["INSERT"]
    assert set(pattern["dynamodb"]["NewImage"]["kind"]["S"]) == set(FactKind)


def test_what_time_to_live_took_is_followed_from_every_table_that_dates(
    assembly: Assembly,
) -> None:
    [follow] = [spec for spec in FUNCTIONS if isinstance(spec.trigger, OnExpiry)]
    sources = streams(assembly, follow)
    assert len(sources) == 3
    kinds: set[str] = set()
    for source in sources:
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert source["MaximumRecordAgeInSeconds"] < 24 * 3600
        assert "ExpiryDead" in source["DestinationConfig"]["OnFailure"]["Destination"]
        [found] = source["FilterCriteria"]["Filters"]
        pattern = json.loads(found["Pattern"])
        assert pattern["eventName"] == ["REMOVE"]
        # Nobody's own removal, and no erasure, is taken for the end of a term; which
        # service it was, the function asks again.
        assert pattern["userIdentity"] == {"type": [TIME_TO_LIVE["type"]]}
        kinds |= set(pattern["dynamodb"]["OldImage"]["kind"]["S"])
    assert kinds == {*LIBRARY_KINDS, *CONSENT_KINDS, *BIOMETRICS_KINDS}


def test_a_new_accounts_ten_executions_are_not_all_taken_by_queues() -> None:
    at_once = sum(
        spec.trigger.at_once for spec in FUNCTIONS if isinstance(spec.trigger, OnQueue)
    )
    # Two is the least that Lambda takes; one more follows the register.
    assert at_once <= 8


def test_pictures_get_a_whole_core() -> None:
    for spec in FUNCTIONS:
        if Setting.PIXEL_LIMIT in spec.settings:
            assert spec.memory_mib >= 1769


def test_no_log_keeps_what_went_through_a_workflow(assembly: Assembly) -> None:
    machines = assembly.application.of_type("AWS::StepFunctions::StateMachine")
    kinds = {}
    for machine in machines.values():
        assert machine["LoggingConfiguration"]["Level"] == "ERROR"
        assert machine["LoggingConfiguration"]["IncludeExecutionData"] is False
        start = json.loads(machine["DefinitionString"])["StartAt"]
        kinds[start] = machine["StateMachineType"]
    # What waits for somebody outlives the five minutes of an express workflow.
    assert kinds.pop("CheckPermit") == "EXPRESS"
    assert set(kinds.values()) == {"STANDARD"}


DEFINITIONS = {
    file.name.removesuffix(".asl.json"): json.loads(file.read_text())
    for file in sorted((ROOT / "statemachines").glob("*.asl.json"))
}
DEFINITION = DEFINITIONS["clear_asset"]
STATES = [
    (name, state)
    for definition in DEFINITIONS.values()
    for name, state in states_of(definition)
]
DAY = 24 * 3600


def test_the_workflow_outlasts_its_states_within_what_express_allows() -> None:
    tasks = [state for state in DEFINITION["States"].values() if "Resource" in state]
    assert sum(state["TimeoutSeconds"] for state in tasks) < DEFINITION["TimeoutSeconds"]
    assert DEFINITION["TimeoutSeconds"] <= 300


@EVERY
def test_a_state_waits_longer_than_its_function_runs(spec: FunctionSpec) -> None:
    for name, state in STATES:
        if name.removesuffix("Again") == spec.construct:
            assert state["TimeoutSeconds"] > spec.timeout_seconds


@pytest.mark.parametrize("name", DEFINITIONS)
def test_no_workflow_lives_longer_than_ninety_days(name: str) -> None:
    definition = DEFINITIONS[name]
    assert definition["TimeoutSeconds"] <= 90 * DAY
    for state in definition["States"].values():
        if state["Type"] == "Task":
            assert state["TimeoutSeconds"] < definition["TimeoutSeconds"]


def test_a_request_waits_as_long_as_the_domain_says() -> None:
    definition = DEFINITIONS["request_consent"]
    first, second = (
        definition["States"][name]["TimeoutSeconds"]
        for name in ("AskPerson", "AskPersonAgain")
    )
    assert first == REMIND_AFTER.total_seconds()
    assert first + second == LAPSE_AFTER.total_seconds()
    assert first + second < definition["TimeoutSeconds"]


def test_only_named_errors_are_retried_or_caught_and_each_says_why() -> None:
    for _, state in STATES:
        for rule in [*state.get("Retry", []), *state.get("Catch", [])]:
            assert len(rule["Comment"]) > 20
            assert not {"States.ALL", "States.TaskFailed"} & set(rule["ErrorEquals"])


def test_no_failure_of_a_suggestion_stops_the_decision() -> None:
    suggest = DEFINITION["States"]["SuggestPeople"]
    refused, failed = suggest["Catch"]
    assert refused["ErrorEquals"] == ["PermitRefusedError"]
    assert {"States.Timeout", "GalleryTooLargeError", "Lambda.Unknown"} <= set(
        failed["ErrorEquals"]
    )
    # By name, so that nothing new is passed over in silence.
    assert "States.ALL" not in failed["ErrorEquals"]
    assert {refused["Next"], failed["Next"]} == {suggest["Next"]}


def test_no_word_a_function_may_invent_leads_to_success() -> None:
    for definition in DEFINITIONS.values():
        for state in definition["States"].values():
            if state["Type"] == "Choice":
                assert definition["States"][state["Default"]]["Type"] == "Fail"


def test_nothing_is_passed_on_but_ids_words_and_the_token_of_who_waits() -> None:
    passed = {
        value
        for _, state in STATES
        for value in leaves(state.get("Parameters", {}))
        if not value.startswith("${")
    }
    assert passed == {
        "$.asset_id",
        "$.request_id",
        "$.person_id",
        "$.quitclaim_id",
        "$.fact_id",
        "$.erasure_id",
        "erasure",
        "$.export_id",
        "$.run_id",
        "$.made.batch",
        "$.page.after",
        "$.enrolment_id",
        "$.look.after",
        "$.page.asset_ids",
        "$$.Task.Token",
    }


def leaves(value: Any) -> Iterator[str]:
    """Every string in some parameters."""
    if isinstance(value, dict):
        for each in value.values():
            yield from leaves(each)
    elif isinstance(value, str):
        yield value
