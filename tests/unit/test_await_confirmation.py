"""An erasure waits for an officer, who may have been faster."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.erasure import ErasureState
from rights.await_confirmation import step
from rights.await_confirmation.step import Event, Outcome, await_confirmation
from tests.fakes.erasing import Erasing
from tests.fakes.workflows import FakeTasks

SAMPLE = Path(step.__file__).with_name("event.json")


def test_the_sample_event_is_one() -> None:
    assert Event.model_validate(json.loads(SAMPLE.read_text())).task_token


def test_the_token_is_kept_while_nobody_confirmed() -> None:
    here, tasks = Erasing(ErasureState.PLANNED), FakeTasks("a token")
    event = Event(erasure_id=here.erasure.erasure_id, task_token="a token")
    assert await_confirmation(event, here.erasures, tasks).outcome is Outcome.WAITS
    assert here.erasures.task(event.erasure_id) == "a token"
    assert not tasks.answered


@pytest.mark.parametrize(
    ("state", "outcome"),
    [
        (ErasureState.CONFIRMED, Outcome.CONFIRMED),
        (ErasureState.ERASING, Outcome.CONFIRMED),
        (ErasureState.CANCELLED, Outcome.CANCELLED),
        (ErasureState.ERASED, Outcome.GONE),
    ],
)
def test_what_was_settled_before_answers_itself(
    state: ErasureState, outcome: Outcome
) -> None:
    here, tasks = Erasing(state), FakeTasks("a token")
    event = Event(erasure_id=here.erasure.erasure_id, task_token="a token")
    assert await_confirmation(event, here.erasures, tasks).outcome is outcome
    assert tasks.answered == {"a token": outcome.value}
    assert here.erasures.task(event.erasure_id) is None


def test_one_that_is_not_there_is_waited_for_by_nobody() -> None:
    here, tasks = Erasing(ErasureState.PLANNED), FakeTasks("a token")
    event = Event(erasure_id="0" * 32, task_token="a token")
    assert await_confirmation(event, here.erasures, tasks).outcome is Outcome.GONE
