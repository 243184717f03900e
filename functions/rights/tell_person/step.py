"""Tell somebody that they are erased, while there still is an address to write to."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import Mail, MailKind, MailState, mail_about
from beeldrecht.runtime import erasing
from beeldrecht.runtime.erasing import ErasureEvent, entry_of
from beeldrecht.runtime.events import Frozen

WAIT_AT_MOST: Final = timedelta(hours=1)
"""How long the erasure waits for the mail: a right does not wait for a mail server."""
SOONEST, LATEST = 2, 60
"""Seconds until it is looked again: a mail is mostly out within some."""


class Outcome(StrEnum):
    """Whether the mail is on its way."""

    TOLD = "told"
    WAITING = "waiting"
    """It was not sent yet."""


class Result(Frozen):
    """Whether the mail is on its way, and in how many seconds to look again."""

    outcome: Outcome
    wait: int = SOONEST


class Mails(Protocol):
    """Mails on record."""

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Put a mail on record with its entry; False when it is there already."""
        ...

    def get(self, mail_id: str) -> Mail | None:
        """A mail as it stands."""
        ...


def tell_person(
    event: ErasureEvent, erasures: erasing.Erasures, mails: Mails, at: datetime
) -> Result:
    """Record the mail, and say whether it was sent: the address goes after this.

    While it was not, it is looked again after half as long as it has waited, within
    bounds: an hour takes some seventy looks, and a mail that is out at once two seconds.
    Safe to repeat: the mail's id follows from the erasure. A mail that cannot be sent, or
    is not within the hour, is not waited for; a picture has nobody to be told of it.
    """
    erasure = erasures.get(event.erasure_id)
    if erasure is None or erasure.person_id is None:
        return Result(outcome=Outcome.TOLD)
    mail = mail_about(
        MailKind.ERASED, erasure.person_id, at, erasure_id=erasure.erasure_id
    )
    mails.add(mail, entry_of(erasure, "rights:person:tell", {"mail_id": mail.mail_id}))
    there = mails.get(mail.mail_id)
    out = there is None or there.state not in {MailState.WAITING, MailState.CLAIMED}
    age = at - (mail if there is None else there).created_at
    wait = min(max(int(age.total_seconds()) // 2, SOONEST), LATEST)
    done = out or age >= WAIT_AT_MOST
    return Result(outcome=Outcome.TOLD if done else Outcome.WAITING, wait=wait)
