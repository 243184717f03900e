"""How many of a function may run at once, where a deployment reserves for it."""

import pytest

from cdk.constructs.functions import FUNCTIONS, FunctionSpec, OnQueue, OnSchedule
from cdk.deployment import DeploymentError, deployment_from
from tests.infra.synthesis import Assembly, app_with, synthesized

EVERY = pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.construct)
# Of the thousand that an account may run, AWS keeps a hundred for what reserves nothing.
RESERVABLE = 900


@pytest.fixture(scope="module")
def reserving(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    folder = tmp_path_factory.mktemp("reserving")
    return synthesized(folder, reserved_concurrency="true")


@EVERY
def test_a_function_gets_the_number_of_its_row(
    reserving: Assembly, spec: FunctionSpec
) -> None:
    function = reserving.application.function(spec)
    assert function["ReservedConcurrentExecutions"] == spec.reserved


@EVERY
def test_nothing_is_reserved_unless_asked_for(
    assembly: Assembly, spec: FunctionSpec
) -> None:
    assert "ReservedConcurrentExecutions" not in assembly.application.function(spec)


@EVERY
def test_a_queue_never_asks_for_more_than_is_reserved(spec: FunctionSpec) -> None:
    # It would be refused, and five refusals end in the dead-letter queue.
    if isinstance(spec.trigger, OnQueue):
        assert spec.reserved >= spec.trigger.at_once


@EVERY
def test_what_the_clock_starts_never_runs_beside_itself(spec: FunctionSpec) -> None:
    assert (spec.reserved == 1) == isinstance(spec.trigger, OnSchedule)


def test_all_of_it_fits_in_an_account_with_the_usual_limit() -> None:
    assert sum(spec.reserved for spec in FUNCTIONS) <= RESERVABLE


def test_an_unclear_wish_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = app_with(tmp_path_factory.mktemp("x"), {"reserved_concurrency": "yes"})
    with pytest.raises(DeploymentError, match="use true or false"):
        deployment_from(app.node)
