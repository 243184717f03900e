"""Mails on record, and how far each came, in the `consent` table.

What SES says of a mail arrives at least once, in any order and sometimes before whoever
sent it could say so: a mail's state only ever moves on.
"""

from collections.abc import Iterator
from datetime import datetime

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailState

from . import keys
from .acts import Acts
from .audit import AuditTrail
from .binding import bind
from .consent_items import ConsentItem
from .dates import is_kept
from .errors import ActRefusedError
from .outbox import MailItem, MailOfItem, add_mails, mail_of
from .pages import place, stamp

_OUT = (MailState.WAITING, MailState.CLAIMED)
_BEFORE = {
    MailState.DELIVERED: (*_OUT, MailState.SENT),
    MailState.BOUNCED: (*_OUT, MailState.SENT, MailState.DELIVERED),
    MailState.COMPLAINED: (
        *(*_OUT, MailState.SENT),
        *(MailState.DELIVERED, MailState.BOUNCED),
    ),
    MailState.NOT_SENT: _OUT,
}
"""What a mail may be before each outcome; who complains did get it, whatever was said."""


class Mails:
    """The repository of mails."""

    def __init__(self, table: str, region: str, trail: AuditTrail | None = None) -> None:
        self._acts = Acts(bind(ConsentItem, table, region), trail)

    def get(self, mail_id: str) -> Mail | None:
        """A mail, read consistently."""
        try:
            item = MailItem.get(keys.mail(mail_id), keys.META, consistent_read=True)
        except DoesNotExist:
            return None
        return mail_of(item) if is_kept(item) else None

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        """Record a mail that no other fact brings along; False when it was there."""

        def write(act: TransactWrite) -> None:
            add_mails(act, [mail])

        try:
            self._acts.write(write, entry)
        except ActRefusedError:
            return False
        return True

    def claim(self, mail_id: str, at: datetime) -> Mail | None:
        """Take a mail up, to send it; None when another has it, or it was sent.

        A claim lasts fifteen minutes: whoever stopped in between leaves it to the next.
        """
        free = (MailItem.state == MailState.WAITING.value) | (
            (MailItem.state == MailState.CLAIMED.value)
            & (MailItem.claimed_at <= at - CLAIM_LASTS)
        )
        return self._change(
            mail_id,
            free,
            MailItem.state.set(MailState.CLAIMED.value),
            MailItem.claimed_at.set(at),
            ConsentItem.gsi1sk.set(place(at, mail_id)),
        )

    def sent(self, mail_id: str, message_id: str, at: datetime) -> None:
        """Record that SES took a mail; the first time stands."""
        first = MailItem.message_id.does_not_exist()
        said = (MailItem.message_id.set(message_id), MailItem.sent_at.set(at))
        moved = self._change(
            mail_id,
            first & MailItem.state.is_in(*_OUT),
            MailItem.state.set(MailState.SENT.value),
            *_unlisted(),
            *said,
        )
        if moved is None:
            # What became of it was said before: the state stays as far as it is.
            self._change(mail_id, ConsentItem.pk.exists() & first, *said)

    def outcome(
        self, mail_id: str, state: MailState, at: datetime, reason: str | None = None
    ) -> Mail | None:
        """Record what became of a mail; gives it as it is now, None when there is none.

        Twice, late and out of order: what is known already, or weighs less, changes
        nothing.
        """
        said = [] if reason is None else [MailItem.reason.set(reason)]
        moved = self._change(
            mail_id,
            MailItem.state.is_in(*_BEFORE[state]),
            MailItem.state.set(state.value),
            MailItem.settled_at.set(at),
            *_unlisted(),
            *said,
        )
        return self.get(mail_id) if moved is None else moved

    def waiting(self, before: datetime) -> Iterator[str]:
        """Mails that nobody took up since that instant, the one waiting longest first."""
        by_then = ConsentItem.gsi1sk < f"{stamp(before)}$"
        for item in ConsentItem.by_lookup.query(keys.MAILS, by_then):
            yield str(item.gsi1sk).rpartition("#")[2]

    def of_person(self, person_id: str) -> tuple[Mail, ...]:
        """Mails to somebody, the last one first."""
        found = MailOfItem.query(
            keys.dossier(person_id),
            ConsentItem.sk.startswith(keys.MAIL),
            consistent_read=True,
        )
        items = MailItem.batch_get(
            [(keys.mail(item.mail_id), keys.META) for item in found],
            consistent_read=True,
        )
        mails = [mail_of(item) for item in items if is_kept(item)]
        return tuple(sorted(mails, key=lambda m: (m.created_at, m.mail_id), reverse=True))

    @staticmethod
    def _change(mail_id: str, condition: Condition, *actions: Action) -> Mail | None:
        item = MailItem(keys.mail(mail_id), keys.META)
        try:
            item.update(actions=list(actions), condition=condition)
        except UpdateError as error:
            if error.cause_response_code != "ConditionalCheckFailedException":
                raise
            return None
        return mail_of(item)


def _unlisted() -> tuple[Action, Action]:
    return ConsentItem.gsi1pk.remove(), ConsentItem.gsi1sk.remove()
