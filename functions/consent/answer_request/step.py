"""Tell the workflow that waits for an answer that there is one."""

from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.runtime.events import Frozen, OpaqueId


class Event(Frozen):
    """What somebody signed."""

    person_id: OpaqueId
    quitclaim_id: OpaqueId


class Outcome(StrEnum):
    """Whether somebody waited for it."""

    TOLD = "told"
    NOBODY = "nobody"
    """It answers no request, or nobody waits for that answer any more."""


class Result(Frozen):
    """Whether somebody waited for it."""

    outcome: Outcome


class Requests(Protocol):
    """Consent requests, each with the task that waits for its answer."""

    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]:
        """Everything that a person was asked."""
        ...

    def task(self, request_id: str) -> str | None:
        """The token of who waits."""
        ...

    def drop_task(self, request_id: str) -> None:
        """Nobody waits any more."""
        ...


class Tasks(Protocol):
    """States that wait for an answer."""

    def answer(self, token: str, outcome: str) -> bool:
        """Say what came of it; False when nobody waits any more."""
        ...


def answer_request(event: Event, requests: Requests, tasks: Tasks) -> Result:
    """Send the kept token of each request that the document answers, then drop it.

    Safe to repeat: a token that was sent before, or ran out, finds nobody. The request
    is answered on record already; this only wakes who waits.
    """
    told = False
    for request in requests.of_person(event.person_id):
        if request.quitclaim_id != event.quitclaim_id:
            continue
        token = requests.task(request.request_id)
        if token is not None:
            told |= tasks.answer(token, ConsentRequestState.ANSWERED.value)
            requests.drop_task(request.request_id)
    return Result(outcome=Outcome.TOLD if told else Outcome.NOBODY)
