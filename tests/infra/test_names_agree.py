"""One name everywhere: folder, construct, state, placeholder and test (house rule 2)."""

import json

import pytest

from cdk.constructs.functions import (
    COMMANDS,
    FUNCTIONS,
    CommandSpec,
    FunctionSpec,
    OnRequest,
    OnState,
)
from cdk.deployment import ROOT
from tests.infra.synthesis import Assembly

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)
ROWS: list[FunctionSpec | CommandSpec] = [*FUNCTIONS, *COMMANDS]
ROW = pytest.mark.parametrize("spec", ROWS, ids=lambda spec: spec.folder)
DEFINITION = json.loads((ROOT / "statemachines" / "clear_asset.asl.json").read_text())
TASKS = {
    name: state for name, state in DEFINITION["States"].items() if state["Type"] == "Task"
}


def test_every_function_folder_is_in_the_table_and_every_row_has_a_folder() -> None:
    folders = {
        (folder.parent.name, folder.name)
        for folder in (ROOT / "functions").glob("*/*")
        if folder.is_dir() and not folder.name.startswith("_")
    }
    assert folders == {(spec.stage.value, spec.folder) for spec in ROWS}


@ROW
def test_every_function_and_command_has_its_parts(
    spec: FunctionSpec | CommandSpec,
) -> None:
    home = ROOT / "functions" / spec.stage / spec.folder
    trigger = spec.trigger if isinstance(spec, FunctionSpec) else None
    assert (home / "event.json").is_file()
    assert (home / "handler.py").is_file() == (trigger is not None)
    # What answers requests has routes, each of which may run several steps.
    assert isinstance(trigger, OnRequest) or (home / "step.py").is_file()


@ROW
def test_every_function_and_command_has_a_unit_test_of_its_name(
    spec: FunctionSpec | CommandSpec,
) -> None:
    assert (ROOT / "tests" / "unit" / f"test_{spec.folder}.py").is_file()


def test_every_command_is_run_by_a_function_and_no_function_runs_another() -> None:
    run = {command for spec in FUNCTIONS for command in spec.runs}
    assert run == set(COMMANDS)


@EVERY
def test_the_construct_is_the_folder_in_capitals(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    assert spec.construct.lower() == spec.folder.replace("_", "")
    place = f"{spec.stage.capitalize()}{spec.construct}Function"
    functions = assembly.application.of_type("AWS::Lambda::Function")
    [handler] = [
        each["Handler"] for name, each in functions.items() if name.startswith(place)
    ]
    assert handler == spec.handler
    assert f"{spec.construct}Function" in assembly.application.raw["Outputs"]


def test_states_are_named_after_the_functions_that_states_start() -> None:
    assert TASKS.keys() == {
        spec.construct for spec in FUNCTIONS if isinstance(spec.trigger, OnState)
    }


@pytest.mark.parametrize("state", TASKS)
def test_a_state_runs_the_function_of_its_name(assembly: Assembly, state: str) -> None:
    assert TASKS[state]["Resource"] == f"${{{state}FunctionArn}}"
    template = assembly.application
    [machine] = template.of_type("AWS::StepFunctions::StateMachine").values()
    arn = machine["DefinitionSubstitutions"][f"{state}FunctionArn"]
    function = template.resources[arn.removeprefix("${").removesuffix(".Arn}")]
    [spec] = [spec for spec in FUNCTIONS if spec.construct == state]
    assert function["Properties"]["Handler"] == spec.handler


def test_the_template_holds_the_definition_as_it_is_in_its_file(
    assembly: Assembly,
) -> None:
    [machine] = assembly.application.of_type("AWS::StepFunctions::StateMachine").values()
    assert json.loads(machine["DefinitionString"]) == DEFINITION


EXPECTED_OUTPUTS = {
    "LibraryTable",
    "ConsentTable",
    "BiometricsTable",
    "KeysTable",
    "LimitsTable",
    "AuditTable",
    "BiometricsKeyArn",
    "PeopleKeyArn",
    "OriginalsBucket",
    "RenditionsBucket",
    "ExportsBucket",
    "UploadsQueueUrl",
    "DetectionsQueueUrl",
    "UploadsDeadQueueUrl",
    "DetectionsDeadQueueUrl",
}


def test_every_store_can_be_found_in_the_outputs(assembly: Assembly) -> None:
    assert assembly.stores.raw["Outputs"].keys() >= EXPECTED_OUTPUTS
    assert "ClearAssetArn" in assembly.application.raw["Outputs"]
