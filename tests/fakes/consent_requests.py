"""Consent requests in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.consent_pages import RequestPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent_requests import ConsentRequest, ConsentRequestState
from beeldrecht.domain.mails import Mail
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.lists import page_back
from tests.fakes.mails import FakeMails


class FakeConsentRequests:
    """Requests by identifier, with the task that waits for their answer."""

    def __init__(self, trail: FakeAuditTrail, mails: FakeMails | None = None) -> None:
        self._trail = trail
        self._mails = mails or FakeMails(trail)
        self._tasks: dict[str, tuple[str, datetime]] = {}
        self.requests: dict[str, ConsentRequest] = {}

    def create(
        self, request: ConsentRequest, entry: NewEntry, mails: Iterable[Mail] = ()
    ) -> bool:
        told = tuple(mails)
        if request.request_id in self.requests:
            return False
        self._write(request, entry, told)
        return True

    def get(self, request_id: str) -> ConsentRequest | None:
        return self.requests.get(request_id)

    def of_person(self, person_id: str) -> tuple[ConsentRequest, ...]:
        own = [each for each in self.requests.values() if each.person_id == person_id]
        return tuple(sorted(own, key=lambda r: (r.asked_at, r.request_id), reverse=True))

    def page(
        self, state: ConsentRequestState | None, after: str | None, limit: int
    ) -> RequestPage:
        places = {
            place(each.asked_at, each.request_id): each
            for each in self.requests.values()
            if state is None or each.state is state
        }
        shown, following = page_back(places, after, limit)
        return RequestPage(tuple(shown), following)

    def settle(
        self,
        request_id: str,
        state: ConsentRequestState,
        at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        told = tuple(mails)
        there = self.requests.get(request_id)
        if there is None or there.state is not ConsentRequestState.OPEN:
            return False
        self._write(replace(there, state=state, settled_at=at), entry, told)
        return True

    def keep_task(
        self, request_id: str, token: str, at: datetime, ends_at: datetime
    ) -> None:
        there = self._tasks.get(request_id)
        if there is None or there[1] <= at:
            self._tasks[request_id] = (token, at)

    def task(self, request_id: str) -> str | None:
        there = self._tasks.get(request_id)
        return None if there is None else there[0]

    def drop_task(self, request_id: str) -> None:
        self._tasks.pop(request_id, None)

    # -- for the other fakes, within their transactions --------------------------------

    def is_open(self, request_id: str) -> bool:
        """Whether it can be answered still."""
        there = self.requests.get(request_id)
        return there is not None and there.state is ConsentRequestState.OPEN

    def put_answered(self, request_id: str, quitclaim_id: str, at: datetime) -> None:
        """The answer, as part of somebody's act."""
        self.requests[request_id] = replace(
            self.requests[request_id],
            state=ConsentRequestState.ANSWERED,
            quitclaim_id=quitclaim_id,
            settled_at=at,
        )

    def _write(
        self, request: ConsentRequest, entry: NewEntry, mails: tuple[Mail, ...]
    ) -> None:
        def write() -> None:
            self._mails.put_new(mails)
            self.requests[request.request_id] = request

        self._trail.record(entry, write)
