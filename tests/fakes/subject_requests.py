"""What people ask for themselves, in memory."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from beeldrecht.adapters.consent_pages import SubjectRequestPage
from beeldrecht.adapters.errors import ActRefusedError
from beeldrecht.adapters.pages import place
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction
from beeldrecht.domain.mails import Mail
from beeldrecht.domain.subject_requests import (
    Decided,
    Extension,
    Identity,
    Lifting,
    SubjectRequest,
    SubjectRequestState,
)
from tests.fakes.audit import FakeAuditTrail
from tests.fakes.consent import FakeConsentRegister
from tests.fakes.lists import page_on
from tests.fakes.mails import FakeMails


class FakeAct:
    """What somebody's beginning puts into an act: the items, by their keys."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], Any] = {}

    def save(self, item: Any, condition: Any = None) -> None:
        key = (item.pk, item.sk)
        if condition is not None and key in self.items:
            raise ActRefusedError("it has begun already")
        self.items[key] = item


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
        self.begun = FakeAct()

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
        own = [_shut(r) for r in self.requests.values() if r.person_id == person_id]
        return tuple(sorted(own, key=lambda r: (r.asked_at, r.request_id), reverse=True))

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> SubjectRequestPage:
        places = {
            place(each.asked_at, each.request_id): _shut(each)
            for each in self.requests.values()
            if state is None or each.state is state
        }
        shown, following = page_on(places, after, limit)
        return SubjectRequestPage(tuple(shown), following)

    def identify(
        self, request_id: str, how: Identity, by: str, at: datetime, entry: NewEntry
    ) -> bool:
        there = self._open(request_id)
        if there is None or there.identity is not Identity.UNCHECKED:
            return False
        after = replace(there, identity=how, identity_by=by, identity_at=at)
        return self._put(after, entry)

    def extend(
        self,
        request_id: str,
        extension: Extension,
        due_at: datetime,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        there = self._open(request_id)
        if there is None or there.extension is not None:
            return False
        return self._put(replace(there, extension=extension, due_at=due_at), entry, mails)

    def decide(
        self,
        request_id: str,
        decided: Decided,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        lifts: Restriction | None = None,
        begins: Callable[[Any], None] | None = None,
    ) -> bool:
        there = self._open(request_id)
        if there is None:
            return False
        after = replace(
            there,
            state=decided.state,
            decided_by=decided.by,
            decided_at=decided.at,
            reason=decided.reason,
        )

        def together() -> None:
            if lifts is not None:
                self._register.put_lift(lifts, decided.at)
            if begins is not None:
                begins(self.begun)

        return self._put(after, entry, mails, together)

    def lift(
        self,
        request_id: str,
        lifting: Lifting,
        freeze: Restriction | None,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
    ) -> bool:
        there = self.requests.get(request_id)
        granted = there is not None and there.state is SubjectRequestState.UPHELD
        if there is None or not granted or there.lifting is not None:
            return False

        def together() -> None:
            if freeze is not None:
                self._register.put_lift(freeze, lifting.from_)

        return self._put(replace(there, lifting=lifting), entry, mails, together)

    def _open(self, request_id: str) -> SubjectRequest | None:
        there = self.requests.get(request_id)
        waits = there is not None and there.state is SubjectRequestState.OPEN
        return there if waits else None

    def _put(
        self,
        after: SubjectRequest,
        entry: NewEntry,
        mails: Iterable[Mail] = (),
        together: Callable[[], None] = lambda: None,
    ) -> bool:
        told = tuple(mails)

        def write() -> None:
            self._mails.put_new(told)
            together()
            self.requests[after.request_id] = after

        self._trail.record(entry, write)
        return True


def _shut(request: SubjectRequest) -> SubjectRequest:
    """A request as a list shows it: what was written of it stays sealed."""
    extension, lifting = request.extension, request.lifting
    return replace(
        request,
        details=None,
        reason=None,
        extension=extension and replace(extension, reason=None),
        lifting=lifting and replace(lifting, reason=None),
    )
