"""R9, R11: whichever process is ended, after whichever change, it ends the same.

Every workflow as its own file says, and every function that is started by itself, over
moto. Here each is ended after some of its changes, the same ones each time; `python -m
bench.kills` ends each after every one. That Step Functions does them again is proven with
a process (`tests/workflows/test_killed.py`).
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cdk.constructs.functions import FUNCTIONS, OnRequest
from tests.adapters.aws import Aws
from tests.adapters.kill_cases import CASES, ELSEWHERE, READING
from tests.adapters.kill_scene import Case, Scene, scene_of, tasks_of
from tests.adapters.killing import drawn
from tests.states import DEFINITIONS

HERE = Path(__file__).parents[2]
moto = pytest.mark.parametrize("aws_endpoint", ["moto"], indirect=True, scope="session")
MODELS = HERE / "build/models"


@pytest.fixture(scope="module")
def stood(aws: Aws) -> Iterator[Scene]:
    with (
        pytest.MonkeyPatch.context() as patch,
        scene_of(aws, patch, drawn(20), str(MODELS)) as scene,
    ):
        yield scene


@moto
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_ends_the_same_wherever_a_process_ends(stood: Scene, case: Case) -> None:
    scene = stood.begin(case)
    case.play(scene)
    assert scene.kill.otherwise == []
    assert {name for name, changes in scene.kill.ended.items() if changes} == (
        case.covers - READING
    )
    assert not any(scene.kill.ended.get(name) for name in READING)
    for workflow in case.workflows:
        assert scene.visited[workflow] == tasks_of(workflow)


def test_every_workflow_and_every_function_that_changes_something_is_ended() -> None:
    assert {each for case in CASES for each in case.workflows} == set(DEFINITIONS)
    covered = {each for case in CASES for each in case.covers} | READING
    started = {
        spec.folder for spec in FUNCTIONS if not isinstance(spec.trigger, OnRequest)
    }
    assert covered.isdisjoint(ELSEWHERE)
    assert covered | ELSEWHERE.keys() == started


@pytest.mark.parametrize(("function", "module"), sorted(ELSEWHERE.items()))
def test_what_is_ended_elsewhere_is_ended_there(function: str, module: str) -> None:
    told = (HERE / module).read_text()
    assert function in told
    assert "killed" in told.lower() or ".kill(" in told
