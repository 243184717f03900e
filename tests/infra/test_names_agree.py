"""One name everywhere: folder, construct, state, placeholder and test (house rule 2)."""

import json

import pytest

from cdk.constructs.functions import FUNCTIONS, FunctionSpec, OnState, Stage
from cdk.deployment import ROOT
from tests.infra.synthesis import Assembly

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)
DEFINITION = json.loads((ROOT / "statemachines" / "clear_asset.asl.json").read_text())
TASKS = {
    name: state for name, state in DEFINITION["States"].items() if state["Type"] == "Task"
}


def test_every_function_folder_is_in_the_table_and_every_row_has_a_folder() -> None:
    folders = {
        (stage.value, folder.name)
        for stage in Stage
        for folder in (ROOT / "functions" / stage).iterdir()
        if folder.is_dir() and not folder.name.startswith("_")
    }
    assert folders == {(spec.stage.value, spec.folder) for spec in FUNCTIONS}


@EVERY
@pytest.mark.parametrize("part", ["handler.py", "step.py", "event.json"])
def test_every_function_has_its_three_parts(spec: FunctionSpec, part: str) -> None:
    assert (ROOT / "functions" / spec.stage / spec.folder / part).is_file()


@EVERY
def test_every_function_has_a_unit_test_of_its_name(spec: FunctionSpec) -> None:
    assert (ROOT / "tests" / "unit" / f"test_{spec.folder}.py").is_file()


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
    "AuditTable",
    "BiometricsKeyArn",
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
