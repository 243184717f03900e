"""End a request that nobody answered: silence is no consent."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.runtime.events import Frozen, OpaqueId


class Event(Frozen):
    """Which request."""

    request_id: OpaqueId


class Outcome(StrEnum):
    """How it ended."""

    ANSWERED = "answered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    GONE = "gone"


class Result(Frozen):
    """How it ended."""

    outcome: Outcome


class Requests(Protocol):
    """Consent requests."""

    def get(self, request_id: str) -> ConsentRequest | None:
        """A request as it stands."""
        ...

    def settle(
        self,
        request_id: str,
        state: ConsentRequestState,
        at: datetime,
        entry: NewEntry,
    ) -> bool:
        """End an open request, with the entry that says so; False when it was ended."""
        ...

    def drop_task(self, request_id: str) -> None:
        """Nobody waits any more."""
        ...


def lapse_request(event: Event, requests: Requests, at: datetime) -> Result:
    """Let the request lapse if it is open, and say how it stands after that.

    Safe to repeat: a request ends once, and whoever answered at the last moment answered.
    """
    request = requests.get(event.request_id)
    if request is None:
        return Result(outcome=Outcome.GONE)
    entry = NewEntry(
        subject=request.person_id,
        entry_id=f"consent:request:lapse:{request.request_id}",
        tag="consent:request:lapse",
        at=at,
        actor="system",
        data={"request_id": request.request_id},
    )
    lapsed = request.state is ConsentRequestState.OPEN and requests.settle(
        request.request_id, ConsentRequestState.LAPSED, at, entry
    )
    requests.drop_task(request.request_id)
    if lapsed:
        return Result(outcome=Outcome.LAPSED)
    stands = requests.get(event.request_id)
    return Result(outcome=Outcome(stands.state.value) if stands else Outcome.GONE)
