"""Keep by what an officer's confirmation reaches the workflow that waits for it."""

from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.erasure import ErasureState
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent
from beeldrecht.runtime.events import Frozen


class Event(ErasureEvent):
    """Which erasure, and the token of who waits."""

    task_token: str


class Outcome(StrEnum):
    """What came of it."""

    WAITS = "waits"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    GONE = "gone"


class Result(Frozen):
    """What came of it."""

    outcome: Outcome


class Erasures(erasing.Erasures, Protocol):
    """Erasures on record, each with the task that waits for its confirmation."""

    def keep_task(self, erasure_id: str, token: str) -> None:
        """Keep the token of who waits; a later one takes its place."""
        ...

    def drop_task(self, erasure_id: str) -> None:
        """Nobody waits any more."""
        ...


class Tasks(Protocol):
    """States that wait for an answer."""

    def answer(self, token: str, outcome: str) -> bool:
        """Say what came of it; False when nobody waits any more."""
        ...


_SETTLED = {
    ErasureState.CONFIRMED: Outcome.CONFIRMED,
    ErasureState.ERASING: Outcome.CONFIRMED,
    ErasureState.CANCELLED: Outcome.CANCELLED,
}


def await_confirmation(event: Event, erasures: Erasures, tasks: Tasks) -> Result:
    """Keep the token, then look whether somebody confirmed or cancelled it already.

    In this order: who confirms before the token was kept is seen by the look, and who
    does so after it finds the token. Safe to repeat: the newest token is kept.
    """
    erasures.keep_task(event.erasure_id, event.task_token)
    erasure = erasures.get(event.erasure_id)
    if erasure is not None and erasure.state is ErasureState.PLANNED:
        return Result(outcome=Outcome.WAITS)
    outcome = Outcome.GONE if erasure is None else _SETTLED.get(erasure.state)
    outcome = outcome or Outcome.GONE
    tasks.answer(event.task_token, outcome.value)
    erasures.drop_task(event.erasure_id)
    return Result(outcome=outcome)
