"""What people ask for themselves, in memory."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.consent_pages import SubjectRequestPage
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestState
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.lists import page_on
from tests.fakes.mails import FakeMails


class FakeSubjectRequests:
    """Requests by identifier; freezes go to the register."""

    def __init__(
        self,
        trail: FakeAuditTrail,
        register: FakeConsentRegister | None = None,
        mails: FakeMails | None = None,
    ) -> None:
        self._trail = trail
        self._mails = mails or FakeMails(trail)
        self._register = register or FakeConsentRegister(trail=trail)
        self.requests: dict[str, SubjectRequest] = {}

    def create(
        self,
        request: SubjectRequest,
        entry: NewEntry,
        restriction: Restriction | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        told = tuple(mails)
        if request.request_id in self.requests:
            return False

        def write() -> None:
            self._mails.put_new(told)
            self.requests[request.request_id] = request
            if restriction is not None:
                self._register.put_restriction(restriction)

        self._trail.record(entry, write)
        return True

    def get(self, request_id: str) -> SubjectRequest | None:
        return self.requests.get(request_id)

    def of_person(self, person_id: str) -> tuple[SubjectRequest, ...]:
        own = [
            replace(each, reason=None)
            for each in self.requests.values()
            if each.person_id == person_id
        ]
        return tuple(sorted(own, key=lambda r: (r.asked_at, r.request_id), reverse=True))

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        places = {
            place(each.asked_at, each.request_id): replace(each, reason=None)
            for each in self.requests.values()
            if state is None or each.state is state
        }
        shown, following = page_on(places, after, limit)
        return SubjectRequestPage(tuple(shown), following)

    def decide(
        self,
        request_id: str,
        state: SubjectRequestState,
        by: str,
        at: datetime,
        reason: str | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
    ) -> bool:
        told = tuple(mails)
        there = self.requests.get(request_id)
        if there is None or there.state is not SubjectRequestState.OPEN:
            return False
        after = replace(there, state=state, decided_by=by, decided_at=at, reason=reason)

        def write() -> None:
            self._mails.put_new(told)
            self.requests[request_id] = after
            if lifts is not None:
                self._register.put_lift(lifts, at)

        self._trail.record(entry, write)
        return True
