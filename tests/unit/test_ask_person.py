"""ask_person: asked once, reminded once, and who waits is never left waiting."""

import json
from pathlib import Path

import pytest

from beeldrecht.domain.consent_requests import ConsentRequestState, Delivery
from beeldrecht.domain.mails import MailKind
from consent.ask_person import step
from consent.ask_person.step import Event, Outcome, Result
from tests.fakes.following import REQUEST, Following, asked
from tests.fakes.samples import ANN, NOON


def ask(house: Following, again: bool = False, waits: str = "token-1") -> Result:
    house.tasks.waiting.add(waits)
    return step.ask_person(
        Event(request_id=REQUEST, again=again, task_token=waits),
        house.requests,
        house.mails,
        house.tasks,
        NOON,
    )


def test_the_sample_event_is_what_the_workflow_sends() -> None:
    sample = json.loads(Path(step.__file__).with_name("event.json").read_text())
    assert not Event.model_validate(sample).again


def test_an_open_request_is_asked_by_mail_and_waits_by_its_token() -> None:
    house = Following()
    house.ask(asked())
    assert ask(house).outcome is Outcome.ASKED
    [mail] = house.mails.mails.values()
    assert (mail.kind, mail.to, mail.to_staff) == (MailKind.ASK, ANN, False)
    assert mail.about == {"request_id": REQUEST}
    assert house.requests.task(REQUEST) == "token-1"
    assert house.tasks.waiting == {"token-1"}
    assert house.tags() == ["api:consent:ask", "consent:person:ask"]


def test_asked_twice_it_is_one_mail_and_the_newest_token_counts() -> None:
    house = Following()
    house.ask(asked())
    ask(house)
    ask(house, waits="token-2")
    assert len(house.mails.mails) == 1
    assert house.requests.task(REQUEST) == "token-2"
    assert house.tags().count("consent:person:ask") == 1


def test_the_second_time_it_reminds() -> None:
    house = Following()
    house.ask(asked())
    ask(house)
    ask(house, again=True, waits="token-2")
    kinds = [mail.kind for mail in house.mails.mails.values()]
    assert kinds == [MailKind.ASK, MailKind.REMIND]
    assert house.tags()[-1] == "consent:person:remind"


@pytest.mark.parametrize("delivery", [Delivery.TABLET, Delivery.QR, Delivery.PAPER])
def test_who_was_not_asked_by_mail_gets_none_and_is_waited_for(
    delivery: Delivery,
) -> None:
    house = Following()
    house.ask(asked(delivery=delivery))
    assert ask(house).outcome is Outcome.ASKED
    assert not house.mails.mails
    assert house.requests.task(REQUEST) == "token-1"


@pytest.mark.parametrize(
    "state",
    [
        ConsentRequestState.ANSWERED,
        ConsentRequestState.CANCELLED,
        ConsentRequestState.LAPSED,
    ],
)
def test_a_request_that_was_settled_answers_itself_and_nobody_is_written_to(
    state: ConsentRequestState,
) -> None:
    house = Following()
    house.ask(asked())
    house.settle(state)
    assert ask(house).outcome.value == state.value
    assert house.tasks.answered == {"token-1": state.value}
    assert not house.mails.mails
    assert house.requests.task(REQUEST) is None


def test_who_answers_while_the_token_is_kept_is_not_waited_for() -> None:
    """The answer finds no token yet; the look after keeping it finds the answer."""
    house = Following()
    house.ask(asked())
    keep = house.requests.keep_task

    def answered_just_before(*given: object) -> None:
        house.settle(ConsentRequestState.CANCELLED)
        keep(*given)  # type: ignore[arg-type]  # passed on as it came

    house.requests.keep_task = answered_just_before  # type: ignore[assignment, method-assign]  # overtaken
    assert ask(house).outcome is Outcome.CANCELLED
    assert house.tasks.answered == {"token-1": "cancelled"}


def test_a_request_that_is_gone_ends_the_wait() -> None:
    house = Following()
    assert ask(house).outcome is Outcome.GONE
    assert house.tasks.answered == {"token-1": "gone"}


def test_what_may_come_of_a_request_has_a_word_here() -> None:
    states = {state.value for state in ConsentRequestState}
    assert states <= {outcome.value for outcome in Outcome}
