"""Putting on record what somebody asks for themselves, the same way wherever it is asked.

On their own page or at the staff's desk, what freezes does so in the same act: there is
no moment at which somebody asked and their pictures could still go out. And the person is
told that it was received, at the address on record: also somebody in whose name another
asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.consent import Restriction, RestrictionKind
from beeldrecht.domain.mails import Mail, MailKind, mail_about
from beeldrecht.domain.request_decisions import freeze_id
from beeldrecht.domain.subject_requests import SubjectRequest, SubjectRequestKind
from beeldrecht.domain.time import Period

_FREEZES: Final = {
    SubjectRequestKind.OBJECTION: RestrictionKind.OBJECTED,
    SubjectRequestKind.RESTRICTION: RestrictionKind.RESTRICTED,
}


class Requests(Protocol):
    """Where what people ask is on record."""

    def create(
        self,
        request: SubjectRequest,
        entry: NewEntry,
        restriction: Restriction | None,
        mails: Iterable[Mail] = (),
    ) -> bool:
        """Record a request with what it causes; False when it is there."""
        ...


@dataclass(frozen=True, slots=True)
class Act:
    """In whose name something goes on record, under which tag, and when."""

    tag: str
    actor: str
    """A user, or the link of who holds it."""
    at: datetime


def put_on_record(requests: Requests, request: SubjectRequest, act: Act) -> bool:
    """Record a request with the freeze and the mail that it causes; False: it is there.

    The freeze begins when it is recorded, however long before that it was asked: what
    went out meanwhile went out.
    """
    objects = request.kind is SubjectRequestKind.OBJECTION
    told = MailKind.OBJECTION if objects else MailKind.REQUEST_RECEIVED
    mail = mail_about(told, request.person_id, act.at, request_id=request.request_id)
    entry = NewEntry(
        subject=request.person_id,
        entry_id=f"{act.tag}:{request.request_id}",
        tag=act.tag,
        at=act.at,
        actor=act.actor,
        data={
            "request_id": request.request_id,
            "kind": request.kind.value,
            "received": request.received.value,
            "identity": request.identity.value,
            "due_at": request.due_at.isoformat(),
        },
    )
    return requests.create(request, entry, _freeze(request, act.at), [mail])


def _freeze(request: SubjectRequest, at: datetime) -> Restriction | None:
    kind = _FREEZES.get(request.kind)
    if kind is None:
        return None
    name = freeze_id(request.request_id)
    return Restriction(name, request.person_id, kind, Period(at))
