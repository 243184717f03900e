"""Follow each open recall until the copies are gone: remind, lift, tell an officer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from beeldrecht.domain.mails import Mail, MailState
from beeldrecht.domain.recalls import (
    REMINDERS,
    Recall,
    RecallState,
    asking,
    lifted,
    reminded,
    told,
)
from beeldrecht.runtime.events import Frozen
from beeldrecht.runtime.facts import Bases, Pictures, Register
from beeldrecht.runtime.recalling import (
    ChangedRecalls,
    Disclosures,
    copies_of,
    entry_of,
)

_ON_ITS_WAY = frozenset({MailState.WAITING, MailState.CLAIMED})
_ARRIVED = frozenset({MailState.SENT, MailState.DELIVERED})


class Result(Frozen):
    """How many were looked at, and what came of them."""

    looked_at: int
    reminded: int
    unreachable: int
    lifted: int


class Recalls(ChangedRecalls, Protocol):
    """Recalls on record."""

    def due(self, at: datetime) -> Iterable[Recall]:
        """The open ones that want looking at."""
        ...


class Mails(Protocol):
    """Mails on record."""

    def get(self, mail_id: str) -> Mail | None:
        """One of them, with how far it came."""
        ...


class _Came(StrEnum):
    WAITS = "waits"
    REMINDED = "reminded"
    UNREACHABLE = "unreachable"
    LIFTED = "lifted"


def remind_recipients(
    library: Pictures,
    register: Register,
    bases: Bases,
    disclosures: Disclosures,
    recalls: Recalls,
    mails: Mails,
    at: datetime,
) -> Result:
    """Look at each recall that is due, and do the next thing about it.

    What may be used again is asked for no more. Whose mail did not arrive, or who does
    not answer the last reminder, stands on the officer's list from then on. Safe to
    repeat: each change is made on the condition that nobody made another, and the mail
    of a reminder is one with it.
    """
    came = [
        _moved_on(each, library, register, bases, disclosures, recalls, mails, at)
        for each in tuple(recalls.due(at))
    ]
    return Result(
        looked_at=len(came),
        reminded=came.count(_Came.REMINDED),
        unreachable=came.count(_Came.UNREACHABLE),
        lifted=came.count(_Came.LIFTED),
    )


def _moved_on(
    recall: Recall,
    library: Pictures,
    register: Register,
    bases: Bases,
    disclosures: Disclosures,
    recalls: Recalls,
    mails: Mails,
    at: datetime,
) -> _Came:
    found = copies_of(recall.asset_id, library, register, bases, disclosures, at)
    if lifted(recall, found.copies, found.decisions):
        return _settled(
            recall,
            RecallState.LIFTED,
            "consent:recipient:lift",
            _Came.LIFTED,
            recalls,
            at,
        )
    mail = mails.get(asking(recall, at).mail_id)
    if mail is not None and mail.state in _ON_ITS_WAY:
        return _Came.WAITS
    arrived = mail is not None and mail.state in _ARRIVED
    if not arrived or (recall.told_at is not None and recall.reminders >= REMINDERS):
        return _settled(
            recall,
            RecallState.UNREACHABLE,
            "consent:recipient:miss",
            _Came.UNREACHABLE,
            recalls,
            at,
        )
    if recall.told_at is None:
        sent_at = mail.sent_at if mail is not None and mail.sent_at else at
        recalls.change(recall, told(recall, sent_at))
        return _Came.WAITS
    again = reminded(recall, at)
    entry = entry_of(again, "consent:recipient:remind", at, round=str(again.reminders))
    done = recalls.change(recall, again, entry, [asking(again, at)])
    return _Came.REMINDED if done else _Came.WAITS


def _settled(
    recall: Recall,
    state: RecallState,
    tag: str,
    came: _Came,
    recalls: Recalls,
    at: datetime,
) -> _Came:
    after = replace(recall, state=state, next_at=None)
    done = recalls.change(recall, after, entry_of(recall, tag, at))
    return came if done else _Came.WAITS
