"""Record that recognition is off once its impact assessment holds no more, and say so."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol

from beeldrecht.adapters.errors import StaleRevisionError
from beeldrecht.domain.access import Role
from beeldrecht.domain.accounts import Account, AccountStatus
from beeldrecht.domain.audit import NewEntry
from beeldrecht.domain.mails import Mail, MailKind, mail_id
from beeldrecht.domain.permits import RecognitionMode
from beeldrecht.domain.recognition import RecognitionSetting, lapsed
from beeldrecht.runtime.events import Frozen

SUBJECT = "recognition"
"""Whose history it is: the setting's own, as of who switches it by hand."""
ACTOR = "system"


class Result(Frozen):
    """What was found."""

    lapsed: bool = False
    """Whether recognition was switched off now."""
    told: int = 0
    """Officers to whom a mail was recorded now."""


class Library(Protocol):
    """Where the setting is on record."""

    def recognition(self) -> RecognitionSetting:
        """What is on record, with its assessment as the register has it now."""
        ...

    def switch_recognition(
        self, setting: RecognitionSetting, entry: NewEntry | None = None
    ) -> None:
        """Record a setting under the revision that was read."""
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


def lapse_recognition(
    library: Library, users: Users, mails: Mails, at: datetime
) -> Result:
    """Switch off what nothing carries any more.

    It was out of effect at the very instant: everybody who asks how far recognition goes
    asks the register. This makes the record say so, and tells the officers. The mails go
    first, under ids that follow from the switch: who stops in between finds the setting
    as it was an hour later, and tells nobody twice.
    """
    setting = library.recognition()
    after = lapsed(setting, ACTOR, at)
    if after is None:
        return Result()
    told = sum(
        mails.add(_mail(account, setting, at))
        for account in users.with_role(Role.PRIVACY_OFFICER)
        if account.status is not AccountStatus.DISABLED
    )
    try:
        library.switch_recognition(after, _entry(setting, at))
    except StaleRevisionError:
        # Somebody switched it meanwhile, which is as good; the next hour looks again.
        return Result(told=told)
    return Result(lapsed=True, told=told)


def _mail(account: Account, setting: RecognitionSetting, at: datetime) -> Mail:
    revision = str(setting.revision)
    return Mail(
        mail_id(MailKind.RECOGNITION_OFF, account.user_id, revision),
        MailKind.RECOGNITION_OFF,
        account.user_id,
        at,
        {"revision": revision, "since": _since(setting, at).isoformat()},
        to_staff=True,
    )


def _since(setting: RecognitionSetting, at: datetime) -> datetime:
    """From when on nothing carried it: as of now, when the register knows of nothing."""
    end = setting.assessment.period.end if setting.assessment else None
    return at if end is None else min(end, at)


def _entry(setting: RecognitionSetting, at: datetime) -> NewEntry:
    tag = "rights:recognition:lapse"
    return NewEntry(
        subject=SUBJECT,
        entry_id=f"{tag}:{setting.revision}",
        tag=tag,
        at=at,
        actor=ACTOR,
        data={"mode": RecognitionMode.DETECT.value, "before": setting.mode.value},
    )
