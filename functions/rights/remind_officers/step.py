"""Remind privacy officers, once each morning, of the answers that the law waits for."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Protocol

from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.subject_requests import (
    SubjectRequest,
    SubjectRequestState,
    to_remind,
)
from beeldrecht.domain.time import day_of, midnight
from beeldrecht.runtime.events import Frozen

MORNING = timedelta(hours=6)
"""Nobody reads a reminder at midnight."""
NAMED = 30
"""Requests that one mail names; of those beyond it says how many there are."""
PAGE = 100


class Result(Frozen):
    """What there was to be reminded of."""

    requests: int = 0
    """Answers that are due soon, or late."""
    told: int = 0
    """Officers to whom a mail was recorded now."""


class RequestPage(Protocol):
    """Some subject requests."""

    @property
    def requests(self) -> tuple[SubjectRequest, ...]:
        """Those requests."""
        ...

    @property
    def after(self) -> str | None:
        """Where the next page begins; None: there is none."""
        ...


class Requests(Protocol):
    """What people ask for themselves."""

    def page(
        self, state: SubjectRequestState | None, after: str | None, limit: int
    ) -> RequestPage:
        """Some of them, in a state."""
        ...


class Other(Protocol):
    """Something else that officers are reminded of."""

    def due(self, on: date, at: datetime) -> int:
        """How many of them to remind of that day."""
        ...


class Users(Protocol):
    """The accounts of the staff."""

    def with_role(self, role: Role) -> Iterator[Account]:
        """Everybody who has this role."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Record a mail; False when it was there."""
        ...


def remind_officers(
    requests: Requests,
    others: Mapping[str, Other],
    users: Users,
    mails: Mails,
    at: datetime,
) -> Result:
    """Record a mail to each officer when anything is due, or late.

    Safe to repeat: a mail's id follows from the day and its reader, so each is told once
    a day, however often this runs; which is each hour, so that a day is missed only when
    nothing ran on it. A day begins in the morning, so what ran late makes up for the one
    before. What was decided meanwhile the mail itself leaves out.
    """
    today = day_of(at)
    if at < midnight(today) + MORNING:
        today -= timedelta(days=1)
    due = sorted(
        (each for each in _open(requests) if to_remind(each, today)),
        key=lambda each: (each.due_at, each.request_id),
    )
    counted = {name: other.due(today, at) for name, other in others.items()}
    if not due and not any(counted.values()):
        return Result()
    counted["more"] = len(due[NAMED:])
    about = {
        "day": today.isoformat(),
        "requests": ",".join(each.request_id for each in due[:NAMED]),
        **{name: str(count) for name, count in counted.items() if count},
    }
    told = sum(
        mails.add(_mail(account.user_id, about, at))
        for account in users.with_role(Role.PRIVACY_OFFICER)
        if account.status is not AccountStatus.DISABLED
    )
    return Result(requests=len(due), told=told)


def _open(requests: Requests) -> Iterator[SubjectRequest]:
    after = None
    while True:
        page = requests.page(SubjectRequestState.OPEN, after, PAGE)
        yield from page.requests
        after = page.after
        if after is None:
            return


def _mail(user_id: str, about: Mapping[str, str], at: datetime) -> Mail:
    kind = MailKind.OFFICER_DIGEST
    name = mail_id(kind, user_id, about["day"])
    return Mail(name, kind, user_id, at, about, to_staff=True)
