"""Find what was missed in the life of a consent, and put it back on its way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.domain.mails import CLAIM_LASTS
from beeldrecht.domain.milestones import TOLD_WITHIN
from beeldrecht.domain.recorded import FactKind, RecordedFact
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.facts import Bases, Pictures, Register
from beeldrecht.runtime.milestones import Documents as Signed
from beeldrecht.runtime.milestones import Mails as Outbox
from beeldrecht.runtime.milestones import tell

from .digest import Appearances, digests
from .digest import Documents as Ending

PATIENCE = timedelta(minutes=20)
"""Longer than a stream takes with its retries, so that nothing under way is pushed."""
LOST = timedelta(hours=26)
"""A stream keeps what it has not delivered for a day; after that a fact is followed here
or by nobody."""
SLACK = timedelta(days=1)
"""Milestones are days of Amsterdam, and ends are looked for by the hour."""
GRACE = timedelta(hours=2)
"""What a workflow is given to let its own request lapse."""
PAGE = 100


class Result(Frozen):
    """How much was found in each condition."""

    told: int = 0
    """Mails of milestones that no schedule had told."""
    digests: int = 0
    resent: int = 0
    """Mails that waited too long and were handed on again."""
    lapsed: int = 0
    """Requests past their end that no workflow had ended."""
    started: int = 0
    """Facts that no workflow had followed."""


class Documents(Signed, Ending, Protocol):
    """What people signed, and when it ends."""


class Mails(Outbox, Protocol):
    """Mails on record."""

    def waiting(self, before: datetime) -> Iterator[str]:
        """Mails that are not sent, and were taken up by nobody since then."""
        ...


class RequestPage(Protocol):
    """Some consent requests."""

    @property
    def requests(self) -> tuple[ConsentRequest, ...]:
        """Those requests."""
        ...

    @property
    def after(self) -> str | None:
        """Where the next page begins; None: there is none."""
        ...


class Requests(Protocol):
    """Consent requests, each with the task that waits for its answer."""

    def page(
        self, state: ConsentRequestState | None, after: str | None, limit: int
    ) -> RequestPage:
        """The next requests in a state."""
        ...

    def task(self, request_id: str) -> str | None:
        """The token of who waits."""
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


class Facts(Protocol):
    """Facts by when they were put on record."""

    def between(self, first: datetime, last: datetime) -> Iterator[RecordedFact]:
        """What people signed and took back, and what was frozen or lifted, since then."""
        ...


class Workflow(Protocol):
    """A workflow that is started once for each fact."""

    def start(self, fact_id: str, ids: Mapping[str, str]) -> bool:
        """Start it; False when what follows that fact is done already."""
        ...


class MailQueue(Protocol):
    """The queue of mails that wait to be sent."""

    def send(self, mail_id: str) -> None:
        """Hand a mail on; twice does no harm."""
        ...


@dataclass(frozen=True, slots=True)
class House:
    """Everything that is looked at and put back on its way."""

    library: Pictures
    appearances: Appearances
    register: Register
    bases: Bases
    documents: Documents
    requests: Requests
    facts: Facts
    mails: Mails
    queue: MailQueue
    request_consent: Workflow
    renew_consent: Workflow
    withdraw_consent: Workflow
    export_person: Workflow
    erase_person: Workflow
    erase_asset: Workflow
    relook: Workflow
    days: tuple[int, ...]
    """How many days before an end somebody is told (`milestones.days_from`)."""


def sweep_consents(house: House, at: datetime) -> Result:
    """Compare the register with what should have come of it.

    Safe to repeat, and beside everything it makes up for: mails have ids of their own,
    an execution carries the name of its fact, and a request ends once.
    """
    started, lapsed = _requests(house, at)
    return Result(
        told=_milestones(house, at),
        digests=sum(
            house.mails.add(mail)
            for mail in digests(
                house.library,
                house.register,
                house.bases,
                house.documents,
                house.appearances,
                at,
            )
        ),
        resent=_mails(house, at),
        lapsed=lapsed,
        started=started + _facts(house, at),
    )


def _milestones(house: House, at: datetime) -> int:
    """Tell whoever had a milestone lately, an end or one before it, what is due of it.

    Only ends of which one came within the time it is told still: however far ahead the
    first of them is, not everything in between is read each hour.
    """
    moments = [at + timedelta(days=days) for days in (0, *house.days)]
    people = {
        each.person_id
        for moment in moments
        for each in house.documents.ending(moment - TOLD_WITHIN - SLACK, moment + SLACK)
    }
    return sum(
        tell(
            person_id,
            house.register,
            house.documents,
            house.mails,
            "consent:milestone:sweep",
            at,
            at,
            house.days,
        )
        for person_id in sorted(people)
    )


def _mails(house: House, at: datetime) -> int:
    waiting = list(house.mails.waiting(at - CLAIM_LASTS))
    for mail_id in waiting:
        house.queue.send(mail_id)
    return len(waiting)


def _requests(house: House, at: datetime) -> tuple[int, int]:
    """Start what was never started, and end what nobody ended."""
    started = lapsed = 0
    for request in list(_open(house.requests)):
        if request.ends_at + GRACE <= at:
            lapsed += _lapse(request, house.requests, at)
        elif request.asked_at + PATIENCE <= at and not house.requests.task(
            request.request_id
        ):
            started += house.request_consent.start(
                request.request_id, {"request_id": request.request_id}
            )
    return started, lapsed


def _open(requests: Requests) -> Iterator[ConsentRequest]:
    after = None
    while True:
        page = requests.page(ConsentRequestState.OPEN, after, PAGE)
        yield from page.requests
        after = page.after
        if after is None:
            return


def _lapse(request: ConsentRequest, requests: Requests, at: datetime) -> bool:
    tag = "consent:request:sweep"
    entry = NewEntry(
        subject=request.person_id,
        entry_id=f"{tag}:{request.request_id}",
        tag=tag,
        at=at,
        actor="system",
        data={"request_id": request.request_id},
    )
    return requests.settle(request.request_id, ConsentRequestState.LAPSED, at, entry)


def _facts(house: House, at: datetime) -> int:
    """Start the workflow of each fact of the last day; most were started long ago."""
    started = 0
    for fact in house.facts.between(at - LOST, at - PATIENCE):
        about = fact.subject_id or fact.fact_id
        if fact.kind is FactKind.QUITCLAIM:
            ids = {"person_id": about, "quitclaim_id": fact.fact_id}
            started += house.renew_consent.start(fact.fact_id, ids)
        elif fact.kind is FactKind.EXPORT:
            ids = {"export_id": fact.fact_id, "person_id": about}
            started += house.export_person.start(fact.fact_id, ids)
        elif fact.kind is FactKind.ERASURE:
            ids = {"erasure_id": fact.fact_id, "person_id": about}
            started += house.erase_person.start(fact.fact_id, ids)
        elif fact.kind is FactKind.PICTURE_ERASURE:
            ids = {"erasure_id": fact.fact_id, "asset_id": about}
            started += house.erase_asset.start(fact.fact_id, ids)
        elif fact.kind is FactKind.ENROLMENT:
            ids = {"enrolment_id": fact.fact_id, "person_id": about}
            started += house.relook.start(fact.fact_id, ids)
        else:
            ids = {"person_id": about, "fact_id": fact.fact_id}
            started += house.withdraw_consent.start(fact.fact_id, ids)
    return started
