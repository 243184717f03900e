"""What a state does when the process of its function ends before it has answered."""

import pytest

from tests.states import DEFINITIONS, states_of

FALTERED = {
    *("Lambda.ServiceException", "Lambda.AWSLambdaException"),
    *("Lambda.SdkClientException", "Lambda.TooManyRequestsException"),
}
ENDED = {"Lambda.Unknown", "Runtime.ExitError", "Sandbox.Timedout"}
"""How Step Functions names a process that was killed, that ran out of memory or time."""
GOES_ON = "SuggestPeople"
"""A help and no gate: done again, it could take all the time that deciding has."""
TASKS = [
    (name, state, rules)
    for name, definition in sorted(DEFINITIONS.items())
    for state, rules in states_of(definition)
    if rules["Type"] == "Task"
]


@pytest.mark.parametrize(
    ("machine", "name", "state"), TASKS, ids=[f"{m}-{n}" for m, n, _ in TASKS]
)
def test_what_ended_half_way_is_done_again(
    machine: str, name: str, state: dict[str, list[dict[str, list[str]]]]
) -> None:
    retried = {error for rule in state["Retry"] for error in rule["ErrorEquals"]}
    assert retried >= FALTERED, machine
    if name == GOES_ON:
        caught = {error for rule in state["Catch"] for error in rule["ErrorEquals"]}
        assert not retried & ENDED
        assert caught >= ENDED
    else:
        assert retried >= ENDED


def test_who_catches_a_faltering_lambda_catches_an_ended_process_too() -> None:
    for machine, name, state in TASKS:
        for rule in state.get("Catch", []):
            if FALTERED & set(rule["ErrorEquals"]):
                assert set(rule["ErrorEquals"]) >= ENDED, (machine, name)
