"""Mails on record, in memory."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from beeldrecht.adapters.errors import ActRefusedError, UnwiredTrailError
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import CLAIM_LASTS, Mail, MailState
from tests.fakes.audit import FakeAuditTrail

_OUT = frozenset({MailState.WAITING, MailState.CLAIMED})
_RANK = tuple(MailState)


class FakeMails:
    """Mails by their id."""

    def __init__(self, trail: FakeAuditTrail | None = None) -> None:
        self._trail = trail
        self.mails: dict[str, Mail] = {}

    def get(self, mail_id: str) -> Mail | None:
        return self.mails.get(mail_id)

    def add(self, mail: Mail, entry: NewEntry | None = None) -> bool:
        if entry is not None and self._trail is None:
            raise UnwiredTrailError(entry.tag)
        if mail.mail_id in self.mails:
            return False
        if entry is None or self._trail is None:
            self.put_new([mail])
        else:
            self._trail.record(entry, lambda: self.put_new([mail]))
        return True

    def claim(self, mail_id: str, at: datetime) -> Mail | None:
        mail = self.mails.get(mail_id)
        if mail is None or mail.state not in _OUT:
            return None
        if mail.claimed_at is not None and mail.claimed_at > at - CLAIM_LASTS:
            return None
        return self._put(replace(mail, state=MailState.CLAIMED, claimed_at=at))

    def sent(self, mail_id: str, message_id: str, at: datetime) -> None:
        mail = self.mails.get(mail_id)
        if mail is None or mail.message_id is not None:
            return
        if mail.state in _OUT:
            mail = replace(mail, state=MailState.SENT)
        self._put(replace(mail, message_id=message_id, sent_at=at))

    def outcome(
        self, mail_id: str, state: MailState, at: datetime, reason: str | None = None
    ) -> Mail | None:
        mail = self.mails.get(mail_id)
        if mail is None:
            return None
        over = mail.state is MailState.NOT_SENT
        early = state is not MailState.NOT_SENT or mail.state in _OUT
        if over or not early or _RANK.index(state) <= _RANK.index(mail.state):
            return mail
        return self._put(replace(mail, state=state, reason=reason or mail.reason))

    def waiting(self, before: datetime) -> Iterator[str]:
        waits = sorted(
            (mail.claimed_at or mail.created_at, mail.mail_id)
            for mail in self.mails.values()
            if mail.state in _OUT
        )
        return iter([mail_id for since, mail_id in waits if since <= before])

    def of_person(self, person_id: str) -> tuple[Mail, ...]:
        own = [m for m in self.mails.values() if m.to == person_id and not m.to_staff]
        return tuple(sorted(own, key=lambda m: (m.created_at, m.mail_id), reverse=True))

    # -- for the other fakes, within their transactions --------------------------------

    def put_new(self, mails: Iterable[Mail]) -> None:
        """Mails of new facts; one that is there already refuses the act."""
        new = {mail.mail_id: mail for mail in mails}
        if new.keys() & self.mails.keys():
            raise ActRefusedError("a mail is on record already")
        self.mails.update(new)

    def _put(self, mail: Mail) -> Mail:
        self.mails[mail.mail_id] = mail
        return mail
