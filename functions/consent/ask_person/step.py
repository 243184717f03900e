"""Ask somebody for consent, and keep by what their answer reaches who waits for it."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import (
    ConsentRequest,
    ConsentRequestState,
    Delivery,
)
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.runtime.events import Frozen, OpaqueId


class Event(Frozen):
    """Which request, whether it is the second time, and the token of who waits."""

    request_id: OpaqueId
    again: bool
    task_token: str


class Outcome(StrEnum):
    """What came of it."""

    ASKED = "asked"
    """The workflow waits for the answer."""
    ANSWERED = "answered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    GONE = "gone"


class Result(Frozen):
    """What came of it."""

    outcome: Outcome


class Requests(Protocol):
    """Consent requests, each with the task that waits for its answer."""

    def get(self, request_id: str) -> ConsentRequest | None:
        """A request as it stands."""
        ...

    def keep_task(
        self, request_id: str, token: str, at: datetime, ends_at: datetime
    ) -> None:
        """Keep the token of who waits; a later one takes its place."""
        ...

    def drop_task(self, request_id: str) -> None:
        """Nobody waits any more."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Put a mail on record with its entry; False when it is there already."""
        ...


class Tasks(Protocol):
    """States that wait for an answer."""

    def answer(self, token: str, outcome: str) -> bool:
        """Say what came of it; False when nobody waits any more."""
        ...


def ask_person(
    event: Event, requests: Requests, mails: Mails, tasks: Tasks, at: datetime
) -> Result:
    """Keep the token, look whether the request is still open, and record the mail.

    In this order: whoever answers before the token was kept is seen by the look, and
    whoever answers after it finds the token. Safe to repeat: the mail's id follows from
    the request, and the newest token is the one that is kept.
    """
    request = requests.get(event.request_id)
    if request is not None:
        requests.keep_task(event.request_id, event.task_token, at, request.ends_at)
        request = requests.get(event.request_id)
    if request is None or request.state is not ConsentRequestState.OPEN:
        outcome = Outcome(request.state.value) if request else Outcome.GONE
        tasks.answer(event.task_token, outcome.value)
        requests.drop_task(event.request_id)
        return Result(outcome=outcome)
    # Who was asked with a tablet in their hands, or has the code, needs no letter.
    if request.delivery is Delivery.LINK:
        _record_mail(event, request, mails, at)
    return Result(outcome=Outcome.ASKED)


def _record_mail(
    event: Event, request: ConsentRequest, mails: Mails, at: datetime
) -> None:
    kind = MailKind.REMIND if event.again else MailKind.ASK
    tag = "consent:person:remind" if event.again else "consent:person:ask"
    mail = mail_about(kind, request.person_id, at, request_id=request.request_id)
    entry = NewEntry(
        subject=request.person_id,
        entry_id=f"{tag}:{request.request_id}",
        tag=tag,
        at=at,
        actor="system",
        data={"request_id": request.request_id},
    )
    mails.add(mail, entry)
