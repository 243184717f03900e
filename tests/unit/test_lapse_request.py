"""lapse_request: silence ends a request, an answer never."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.consent_requests import LAPSE_AFTER, ConsentRequestState
from consent.lapse_request import step
from consent.lapse_request.step import Event, Outcome
from tests.fakes.following import REQUEST, Following, asked
from tests.fakes.samples import NOON

LATER = NOON + LAPSE_AFTER


def lapse(house: Following) -> Outcome:
    event = Event(request_id=REQUEST)
    return step.lapse_request(event, house.requests, LATER).outcome


def test_the_sample_event_carries_one_request() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample)


def test_an_open_request_lapses_with_an_entry_and_once() -> None:
    house = Following()
    house.ask(asked())
    house.requests.keep_task(REQUEST, "token-1", NOON, LATER)
    assert lapse(house) is Outcome.LAPSED
    stands = house.requests.get(REQUEST)
    assert stands is not None
    assert stands.state is ConsentRequestState.LAPSED
    assert stands.settled_at == LATER
    assert house.requests.task(REQUEST) is None
    assert lapse(house) is Outcome.LAPSED
    assert house.tags().count("consent:request:lapse") == 1


@pytest.mark.parametrize(
    "state", [ConsentRequestState.ANSWERED, ConsentRequestState.CANCELLED]
)
def test_what_was_settled_at_the_last_moment_stays_so(
    state: ConsentRequestState,
) -> None:
    house = Following()
    house.ask(asked())
    house.settle(state)
    assert lapse(house).value == state.value
    assert "consent:request:lapse" not in house.tags()


def test_who_answers_between_the_look_and_the_end_has_answered() -> None:
    house = Following()
    house.ask(asked())
    settle = house.requests.settle

    def answered_first(*given: object) -> bool:
        house.requests.settle = settle  # type: ignore[method-assign]  # once
        house.settle(ConsentRequestState.ANSWERED)
        return settle(*given)  # type: ignore[arg-type]  # passed on as it came

    house.requests.settle = answered_first  # type: ignore[assignment, method-assign]  # overtaken
    assert lapse(house) is Outcome.ANSWERED


def test_a_request_that_is_gone_is_gone() -> None:
    assert lapse(Following()) is Outcome.GONE
