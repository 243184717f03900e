"""One name everywhere: folder, construct, state, placeholder and test (house rule 2)."""

import json
from collections.abc import Mapping
from typing import Any

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
from tests.infra.synthesis import Assembly, Resource
from tests.states import states_of

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)
ROWS: list[FunctionSpec | CommandSpec] = [*FUNCTIONS, *COMMANDS]
ROW = pytest.mark.parametrize("spec", ROWS, ids=lambda spec: spec.folder)
DEFINITIONS = {
    file.name.removesuffix(".asl.json"): json.loads(file.read_text())
    for file in sorted((ROOT / "statemachines").glob("*.asl.json"))
}
TASKS = [
    (machine, name, state)
    for machine, definition in DEFINITIONS.items()
    for name, state in states_of(definition)
    if state["Type"] == "Task"
]
TASK = pytest.mark.parametrize(
    ("machine", "name", "state"), TASKS, ids=lambda each: str(each)[:40]
)


def placeholder(state: Mapping[str, Any]) -> str:
    """What a state runs: its resource, or the function whose answer it waits for."""
    waits = state["Resource"] == "${InvokeAndWaitForAnswer}"
    return str(state["Parameters"]["FunctionName"] if waits else state["Resource"])


def machines(assembly: Assembly) -> dict[str, Resource]:
    """The state machines of the template, by the name of their file."""
    found = assembly.application.of_type("AWS::StepFunctions::StateMachine")
    return {
        name: machine
        for name, definition in DEFINITIONS.items()
        for machine in found.values()
        if json.loads(machine["DefinitionString"]) == definition
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
    """A second state of one function says so behind the name: `AskPersonAgain`."""
    assert {name.removesuffix("Again") for _, name, _ in TASKS} == {
        spec.construct for spec in FUNCTIONS if isinstance(spec.trigger, OnState)
    }


@TASK
def test_a_state_runs_the_function_of_its_name(
    assembly: Assembly, machine: str, name: str, state: Mapping[str, Any]
) -> None:
    function_name = name.removesuffix("Again")
    assert placeholder(state) == f"${{{function_name}FunctionArn}}"
    told = machines(assembly)[machine]["DefinitionSubstitutions"]
    arn = told[f"{function_name}FunctionArn"]
    template = assembly.application
    function = template.resources[arn.removeprefix("${").removesuffix(".Arn}")]
    [spec] = [spec for spec in FUNCTIONS if spec.construct == function_name]
    assert function["Properties"]["Handler"] == spec.handler


def test_the_template_holds_each_definition_as_it_is_in_its_file(
    assembly: Assembly,
) -> None:
    assert machines(assembly).keys() == DEFINITIONS.keys()
    found = assembly.application.of_type("AWS::StepFunctions::StateMachine")
    assert len(found) == len(DEFINITIONS)


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
    "DocumentsBucket",
    "MailsQueueUrl",
    "MailsDeadQueueUrl",
}


def test_every_store_can_be_found_in_the_outputs(assembly: Assembly) -> None:
    assert assembly.stores.raw["Outputs"].keys() >= EXPECTED_OUTPUTS
    for name in DEFINITIONS:
        construct = "".join(word.capitalize() for word in name.split("_"))
        assert f"{construct}Arn" in assembly.application.raw["Outputs"]
