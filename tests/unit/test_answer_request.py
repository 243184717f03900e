"""answer_request: who waits is told, once; nobody else is."""

import json
from dataclasses import replace
from pathlib import Path

from beeldrecht.domain.consent_requests import ConsentRequestState
from beeldrecht.domain.ids import derived_id
from consent.answer_request import step
from consent.answer_request.step import Event, Outcome
from tests.fakes.following import REQUEST, Following, asked
from tests.fakes.samples import ANN, NOON

SIGNED = derived_id("test", "signed")


def answered(quitclaim_id: str = SIGNED) -> Following:
    house = Following()
    request = house.ask(asked())
    house.requests.keep_task(REQUEST, "token-1", NOON, request.ends_at)
    house.requests.requests[REQUEST] = replace(
        request, state=ConsentRequestState.ANSWERED, quitclaim_id=quitclaim_id
    )
    house.tasks.waiting.add("token-1")
    return house


def tell(house: Following) -> Outcome:
    event = Event(person_id=ANN, quitclaim_id=SIGNED)
    return step.answer_request(event, house.requests, house.tasks).outcome


def test_the_sample_event_carries_a_person_and_a_document() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert Event.model_validate(sample)


def test_the_token_is_sent_and_dropped_and_a_second_time_nobody_waits() -> None:
    house = answered()
    assert tell(house) is Outcome.TOLD
    assert house.tasks.answered == {"token-1": "answered"}
    assert house.requests.task(REQUEST) is None
    assert tell(house) is Outcome.NOBODY


def test_a_token_that_ran_out_is_no_failure() -> None:
    house = answered()
    house.tasks.waiting.clear()
    assert tell(house) is Outcome.NOBODY
    assert house.requests.task(REQUEST) is None


def test_another_document_answers_nothing_of_this() -> None:
    house = answered(derived_id("test", "another"))
    assert tell(house) is Outcome.NOBODY
    assert house.requests.task(REQUEST) == "token-1"


def test_who_signed_unasked_wakes_nobody() -> None:
    assert tell(Following()) is Outcome.NOBODY
